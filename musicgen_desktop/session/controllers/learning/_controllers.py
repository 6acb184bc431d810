"""Controllers in words, as the settings file keeps them, and as MIDI messages name them."""

import re

from musicgen_desktop.document import MidiController
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.playback.host import ControlMove

_KINDS = {"control": ("CC", 0xB0), "note": ("note", 0x90)}
_WRITTEN = re.compile(r"\s*(cc|note)\s+(\d{1,3})\s+(?:on\s+)?channel\s+(\d{1,2})\s*", re.IGNORECASE)


def controller_of(move: ControlMove) -> MidiController:
    """What was moved."""
    kind = next(name for name, (_, status) in _KINDS.items() if status == move.kind)
    return MidiController(move.channel, move.number, "note" if kind == "note" else "control")


def status_of(controller: MidiController) -> tuple[int, int, int]:
    """Kind, channel and number, as `ListenToMidi.reserved` has them."""
    return _KINDS[controller.kind][1], controller.channel, controller.number


def text_of_controller(controller: MidiController) -> str:
    """As the settings file has it; channels count from 1.

    >>> text_of_controller(MidiController(0, 7)), text_of_controller(MidiController(9, 36, "note"))
    ('CC 7 channel 1', 'note 36 channel 10')
    """
    return f"{_KINDS[controller.kind][0]} {controller.number} channel {controller.channel + 1}"


def read_controller(text: str) -> MidiController:
    """The inverse of `text_of_controller`.

    Raises:
        UserInputError: when it is no controller.
    """
    found = _WRITTEN.fullmatch(text)
    number, channel = (int(found[2]), int(found[3])) if found else (128, 0)
    if found is None or number > 127 or not 1 <= channel <= 16:
        raise UserInputError(
            f"“{text}” is no controller: write it as “CC 7 channel 1” or “note 36 channel 10”."
        )
    return MidiController(channel - 1, number, "control" if found[1].lower() == "cc" else "note")
