"""What a synthesizer preset says: values checked on the way in."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from ._envelope import Envelope

_WAVES = frozenset({"saw", "square", "pulse", "triangle", "sine"})
Share = Annotated[float, Meta(ge=0, le=1)]
Hertz = Annotated[float, Meta(gt=0, le=22000)]
Decibel = Annotated[float, Meta(ge=-96, le=48)]
Seconds = Annotated[float, Meta(gt=0, le=60)]
Waves = Annotated[tuple[str, ...], Meta(min_length=1, max_length=16)]


def _check_wave(wave: str) -> None:
    """Raise a ValueError unless `wave_spectrum` knows this wave."""
    if wave in _WAVES:
        return
    try:
        numbers = [float(part) for part in (wave.removeprefix("pulse")).split()]
    except ValueError:
        numbers = []
    if wave.startswith("pulse"):
        good = len(numbers) == 1 and 2 <= numbers[0] <= 98
    else:
        good = 1 <= len(numbers) <= 64 and all(abs(number) <= 4 for number in numbers)
    if not good:
        raise ValueError(f"there is no wave “{wave}”")


def _check_rows(
    name: str, rows: tuple[tuple[float, float, float], ...], lowest: float, highest: float
) -> None:
    """Raise a ValueError unless each row is [lowest..highest, −96..24 dB, above 0]."""
    for first, level_db, last in rows:
        if not (lowest <= first <= highest and -96 <= level_db <= 24 and 0 < last <= 20000):
            raise ValueError(f"{name}: {[first, level_db, last]} is out of range")


class Filter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A resonant filter; what moves it is counted in octaves of its cutoff, which is for middle C and
    velocity 100.
    """

    kind: Literal["lp12", "lp24", "hp12", "bp12"] = "lp24"
    cutoff_hz: Hertz = 8000.0
    resonance: Share = 0.1
    key_track: Annotated[float, Meta(ge=-1, le=2)] = 0.5
    velocity_octaves: Annotated[float, Meta(ge=-4, le=6)] = 1.0
    env_octaves: Annotated[float, Meta(ge=-8, le=8)] = 0.0
    env: Envelope = Envelope()
    lfo_hz: Annotated[float, Meta(ge=0, le=30)] = 0.0
    lfo_octaves: Annotated[float, Meta(ge=0, le=4)] = 0.0


class _Layer(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", kw_only=True):
    level_db: Decibel = 0.0
    tune: Annotated[float, Meta(ge=-48, le=48)] = 0.0
    pan: Annotated[float, Meta(ge=-1, le=1)] = 0.0
    amp: Envelope = Envelope()


class _Periodic(_Layer, frozen=True, forbid_unknown_fields=True):
    unison: Annotated[int, Meta(ge=1, le=9)] = 1
    detune_cents: Annotated[float, Meta(ge=0, le=100)] = 0.0
    spread: Share = 0.0


class WaveLayer(_Periodic, frozen=True, forbid_unknown_fields=True, tag="wave"):
    """A classic or hand-written wave through a filter. `pwm` moves a pulse's width; `formants` are [hz, dB,
    width hz].
    """

    wave: str = "saw"
    width: Annotated[float, Meta(ge=0.02, le=0.98)] = 0.5
    pwm: Annotated[float, Meta(ge=0, le=0.48)] = 0.0
    pwm_hz: Hertz = 0.5
    filter: Filter | None = None
    drive: Annotated[float, Meta(ge=0, le=20)] = 0.0
    formants: Annotated[tuple[tuple[float, float, float], ...], Meta(max_length=12)] = ()

    def __post_init__(self) -> None:
        _check_wave(self.wave)
        _check_rows("formants", self.formants, 20, 20000)


class FmLayer(_Periodic, frozen=True, forbid_unknown_fields=True, tag="fm"):
    """One sine bends another: `carrier` and `modulator` are multiples of the pitch, `index` is in radians."""

    carrier: Annotated[int, Meta(ge=1, le=32)] = 1
    modulator: Annotated[int, Meta(ge=1, le=32)] = 1
    index: Annotated[float, Meta(ge=0, le=20)] = 1.0
    index_floor: Annotated[float, Meta(ge=0, le=20)] = 0.0
    feedback: Annotated[float, Meta(ge=0, le=1.5)] = 0.0
    env: Envelope = Envelope()
    velocity_index: Share = 0.6
    key_scale: Annotated[float, Meta(ge=0, le=1)] = 0.4


class MorphLayer(_Periodic, frozen=True, forbid_unknown_fields=True, tag="morph"):
    """A walk through several waves, by an envelope from the last to the first and by a slow wave around
    there.
    """

    waves: Waves = ("sine", "saw")
    env: Envelope = Envelope()
    depth: Share = 1.0
    lfo_hz: Annotated[float, Meta(ge=0, le=30)] = 0.0
    lfo_depth: Share = 0.0
    filter: Filter | None = None

    def __post_init__(self) -> None:
        for wave in self.waves:
            _check_wave(wave)


class StringLayer(_Periodic, frozen=True, forbid_unknown_fields=True, tag="string"):
    """A plucked or struck string: harmonics that die away, the high ones sooner."""

    decay_s: Seconds = 3.0
    damping: Annotated[float, Meta(ge=0, le=4)] = 0.6
    tilt: Annotated[float, Meta(ge=0, le=4)] = 1.0
    pick: Annotated[float, Meta(ge=0.02, le=0.5)] = 0.13
    brightness: Annotated[float, Meta(ge=200, le=20000)] = 4000.0
    velocity_octaves: Annotated[float, Meta(ge=0, le=4)] = 1.5


class ModalLayer(_Layer, frozen=True, forbid_unknown_fields=True, tag="modal", kw_only=True):
    """A struck bar, bell or plate: partials as [ratio, dB, seconds to fall 60 dB]."""

    partials: Annotated[tuple[tuple[float, float, float], ...], Meta(min_length=1, max_length=24)]
    velocity_tilt: Annotated[float, Meta(ge=0, le=3)] = 1.0
    key_decay: Annotated[float, Meta(ge=0, le=1)] = 0.5
    spread: Share = 0.0

    def __post_init__(self) -> None:
        _check_rows("partials", self.partials, 0.05, 64)


class NoiseLayer(_Layer, frozen=True, forbid_unknown_fields=True, tag="noise"):
    """Filtered noise; `wide` gives each side its own."""

    filter: Filter = Filter()
    wide: bool = False


Layer = WaveLayer | FmLayer | MorphLayer | StringLayer | ModalLayer | NoiseLayer


class Vibrato(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A slow wave on the pitch, swelling in after a delay; `level` is its share of the loudness."""

    cents: Annotated[float, Meta(ge=0, le=200)] = 0.0
    hz: Hertz = 5.2
    delay_s: Annotated[float, Meta(ge=0, le=10)] = 0.3
    level: Annotated[float, Meta(ge=0, le=0.9)] = 0.0


class PitchBend(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A fall (or rise) of the pitch into the note, or over `ms` milliseconds of it."""

    semitones: Annotated[float, Meta(ge=-60, le=60)] = 0.0
    ms: Annotated[float, Meta(ge=1, le=20000)] = 60.0


class Chorus(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="chorus"):
    """Two slowly moving copies, one to each side."""

    hz: Hertz = 0.6
    depth_ms: Annotated[float, Meta(ge=0, le=8)] = 2.0
    delay_ms: Annotated[float, Meta(ge=1, le=20)] = 8.0
    mix: Share = 0.5


class Tremolo(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="tremolo"):
    """Loudness that swings, or swings from side to side (`pan`)."""

    hz: Hertz = 4.5
    depth: Share = 0.4
    pan: bool = False


class Wow(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="wow"):
    """The unsteady pitch of an old tape."""

    hz: Hertz = 0.7
    depth_ms: Annotated[float, Meta(ge=0, le=4)] = 0.8
    flutter_ms: Annotated[float, Meta(ge=0, le=0.5)] = 0.03


class Drive(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="drive"):
    """Soft saturation of the whole part; keep it small, or use the layer's own drive."""

    amount: Annotated[float, Meta(ge=0.1, le=10)] = 1.5


class Crush(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="crush"):
    """Coarse steps, as of an old sampler."""

    bits: Annotated[int, Meta(ge=4, le=16)] = 12


Effect = Chorus | Tremolo | Wow | Drive | Crush


class SynthPreset(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One sound. `level_db` is what brings velocity 100 at its middle note to −18 dBFS RMS."""

    name: str
    category: str
    layers: Annotated[tuple[Layer, ...], Meta(min_length=1, max_length=6)]
    release_ms: Annotated[float, Meta(ge=5, le=8000)] = 120.0
    level_db: Decibel = 0.0
    velocity_db: Annotated[float, Meta(ge=0, le=60)] = 30.0
    mono: bool = False
    glide_ms: Annotated[float, Meta(ge=0, le=2000)] = 0.0
    middle: Annotated[int, Meta(ge=12, le=108)] = 60
    vibrato: Vibrato = Vibrato()
    bend: PitchBend = PitchBend()
    effects: tuple[Effect, ...] = ()


class PresetInfo(msgspec.Struct, frozen=True):
    """What a list of presets shows."""

    id: str
    name: str
    category: str
