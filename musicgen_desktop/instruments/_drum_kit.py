"""What a drum kit says: one recipe per drum, and which drum each General MIDI key plays."""

from typing import Annotated

import msgspec
from msgspec import Meta

_Decibel = Annotated[float, Meta(ge=-96, le=24)]
_Milliseconds = Annotated[float, Meta(gt=0, le=8000)]
_Hertz = Annotated[float, Meta(gt=0, le=22000)]
_Band = tuple[_Hertz, _Hertz]


class DrumSound(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A drum from up to four parts: a tuned body, noise, metal and a click. A part at −96 dB is left out.

    `peak_db` is the peak at velocity 110. `body` lists partials as [hz, dB, milliseconds to fall 60 dB];
    `drop_octaves` is how far above them the pitch starts and `drop_ms` how fast it falls. `metal` is a
    cluster of clashing squares.
    """

    peak_db: _Decibel = -10.0
    pan: Annotated[float, Meta(ge=-1, le=1)] = 0.0
    body: Annotated[tuple[tuple[float, float, float], ...], Meta(max_length=12)] = ()
    body_attack_ms: _Milliseconds = 0.4
    body_hold_ms: Annotated[float, Meta(ge=0, le=1000)] = 0.0
    drop_octaves: Annotated[float, Meta(ge=-4, le=6)] = 0.0
    drop_ms: _Milliseconds = 30.0
    noise_db: _Decibel = -96.0
    noise_ms: _Milliseconds = 150.0
    noise_attack_ms: _Milliseconds = 0.3
    noise_band: _Band = (200.0, 16000.0)
    bursts: Annotated[int, Meta(ge=1, le=24)] = 1
    burst_gap_ms: _Milliseconds = 10.0
    metal_db: _Decibel = -96.0
    metal_hz: _Hertz = 320.0
    metal_ms: _Milliseconds = 120.0
    metal_band: _Band = (6500.0, 20000.0)
    click_db: _Decibel = -96.0
    click_hz: _Hertz = 3500.0
    drive: Annotated[float, Meta(ge=0, le=12)] = 0.0
    velocity_bright: Annotated[float, Meta(ge=0, le=3)] = 1.0

    def __post_init__(self) -> None:
        for hz, level_db, decay_ms in self.body:
            if not (10 <= hz <= 20000 and -96 <= level_db <= 24 and 1 <= decay_ms <= 8000):
                raise ValueError(f"body: {[hz, level_db, decay_ms]} is out of range")


class DrumKit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Drums by name; what a kit leaves out it takes from its `base`."""

    name: str
    category: str
    base: str = ""
    level_db: _Decibel = 0.0
    lowpass_hz: _Hertz = 22000.0
    bits: Annotated[int, Meta(ge=0, le=16)] = 0
    sampler_hz: Annotated[float, Meta(ge=0, le=48000)] = 0.0
    tune: Annotated[float, Meta(ge=-12, le=12)] = 0.0
    sounds: dict[str, DrumSound] = {}


# General MIDI key → drum, semitones by which its body is tuned.
KEYS: dict[int, tuple[str, float]] = {
    27: ("whistle_short", 3), 28: ("rim", 2), 31: ("sticks", 0), 33: ("sticks", -3),
    34: ("triangle_mute", -5), 35: ("kick2", 0), 36: ("kick", 0), 37: ("rim", 0), 38: ("snare", 0),
    39: ("clap", 0), 40: ("snare2", 0), 41: ("tom", -7), 42: ("closed_hat", 0), 43: ("tom", -4),
    44: ("pedal_hat", 0), 45: ("tom", -1), 46: ("open_hat", 0), 47: ("tom", 2), 48: ("tom", 5),
    49: ("crash", 0), 50: ("tom", 8), 51: ("ride", 0), 52: ("china", 0), 53: ("ride_bell", 0),
    54: ("tambourine", 0), 55: ("splash", 0), 56: ("cowbell", 0), 57: ("crash", 2), 58: ("vibraslap", 0),
    59: ("ride", 2), 60: ("bongo", 5), 61: ("bongo", 0), 62: ("conga_mute", 0), 63: ("conga", 3),
    64: ("conga", -2), 65: ("timbale", 4), 66: ("timbale", 0), 67: ("agogo", 5), 68: ("agogo", 0),
    69: ("cabasa", 0), 70: ("maracas", 0), 71: ("whistle_short", 0), 72: ("whistle_long", 0),
    73: ("guiro_short", 0), 74: ("guiro_long", 0), 75: ("claves", 0), 76: ("woodblock", 4),
    77: ("woodblock", 0), 78: ("cuica_mute", 0), 79: ("cuica_open", 0), 80: ("triangle_mute", 0),
    81: ("triangle", 0), 82: ("shaker", 0),
}  # fmt: skip
_ANY_KEY = ("woodblock", 0.0)

# A drum of the first group, struck, silences what still rings of the second.
_HATS = frozenset({42, 44, 46})
CHOKES: dict[int, frozenset[int]] = {
    **dict.fromkeys((42, 44, 46), _HATS),
    80: frozenset({80, 81}),
    81: frozenset({81}),
    71: frozenset({71, 72}),
    73: frozenset({73, 74}),
    78: frozenset({78, 79}),
}


def drum_of(key: int) -> tuple[str, float]:
    """The drum a key plays, and by how many semitones it is tuned; keys outside General MIDI play a wood
    block.
    """
    return KEYS.get(key, _ANY_KEY)
