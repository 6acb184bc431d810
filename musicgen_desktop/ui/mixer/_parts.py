"""The parts of a strip that a hand can point at."""

import msgspec


class Part(msgspec.Struct, frozen=True):
    """One part of a strip.

    Attributes:
        name: what it is: “name”, “fold”, “insert”, “power”, “add_insert”, “more_inserts”, “send”, “tap”,
            “add_send”, “more_sends”, “output”, “pan”, “mute”, “solo”, “arm”, “peak”, “fader”, “value”.
        id: of the insert or the send.
    """

    name: str
    id: str = ""


NAME, FOLD = Part("name"), Part("fold")
ADD_INSERT, MORE_INSERTS = Part("add_insert"), Part("more_inserts")
ADD_SEND, MORE_SENDS = Part("add_send"), Part("more_sends")
OUTPUT, PAN, MUTE, SOLO, ARM = Part("output"), Part("pan"), Part("mute"), Part("solo"), Part("arm")
PEAK, FADER, VALUE = Part("peak"), Part("fader"), Part("value")


_MOVED = {
    "fader": "gain_db",
    "value": "gain_db",
    "pan": "pan",
    "mute": "muted",
    "solo": "soloed",
    "arm": "armed",
    "send": "send:{id}:gain_db",
    "tap": "send:{id}:gain_db",
    "insert": "insert:{id}:bypassed",
    "power": "insert:{id}:bypassed",
}


def learnable_of(part: Part | None) -> str:
    """What a controller can move of a part, as `MidiBinding.target` has it; empty for nothing."""
    return _MOVED.get(part.name, "").format(id=part.id) if part is not None else ""


class Spot(msgspec.Struct, frozen=True):
    """A part of a certain strip. A strip's bare ground has the part None."""

    track_id: str
    part: Part | None
