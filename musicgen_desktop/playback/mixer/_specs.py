"""What effects there are, and the name, unit, range and default of each of their parameters."""

import math
from collections.abc import Mapping
from typing import Literal

import msgspec

from musicgen_desktop.foundation import UserInputError

Scale = Literal["linear", "logarithmic", "switch"]


class UnknownEffectError(UserInputError):
    """An effect of this kind does not exist here."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"There is no effect “{kind}”; there are: {', '.join(sorted(EFFECTS))}.")
        self.kind = kind


class BadParameterError(UserInputError):
    """A parameter that the effect has not, or a value outside its range."""


class ParameterSpec(msgspec.Struct, frozen=True):
    """One knob.

    Attributes:
        name: ends in its unit, `_hz`, `_db`, `_ms`, `_beats` (quarter notes); plain numbers have none.
        unit: for a person to read; empty for plain numbers.
        low, high: the range, both inside it.
        default: where the knob stands when nothing is said.
        scale: how a slider should move; `switch` means whole numbers only.
    """

    name: str
    unit: str
    low: float
    high: float
    default: float
    scale: Scale = "linear"


class EffectSpec(msgspec.Struct, frozen=True):
    """One kind of effect.

    Attributes:
        name: as in `Insert.effect`.
        title: for a person to read.
        parameters: every knob, in the order to show them.
        linear: whether two sounds through it one by one sum to both at once; then stems sum to the mix.
    """

    name: str
    title: str
    parameters: tuple[ParameterSpec, ...]
    linear: bool

    def parameter(self, name: str) -> ParameterSpec:
        """The knob of this name.

        Raises:
            BadParameterError: when there is none.
        """
        for parameter in self.parameters:
            if parameter.name == name:
                return parameter
        names = ", ".join(parameter.name for parameter in self.parameters)
        raise BadParameterError(f"The {self.title.lower()} has no parameter “{name}”; it has: {names}.")


def _hz(name: str, low: float, high: float, default: float) -> ParameterSpec:
    return ParameterSpec(name, "Hz", low, high, default, "logarithmic")


def _db(name: str, low: float, high: float, default: float = 0.0) -> ParameterSpec:
    return ParameterSpec(name, "dB", low, high, default)


def _ms(name: str, low: float, high: float, default: float) -> ParameterSpec:
    return ParameterSpec(name, "ms", low, high, default, "logarithmic" if low > 0.0 else "linear")


def _share(name: str, default: float, low: float = 0.0, high: float = 1.0) -> ParameterSpec:
    return ParameterSpec(name, "", low, high, default)


def _q(name: str) -> ParameterSpec:
    return ParameterSpec(name, "", 0.1, 12.0, 0.9, "logarithmic")


_WET = "wet"  # 0 dry only … 1 effect only, by equal power: a return uses 1

_ALL = (
    EffectSpec(
        "equalizer",
        "Equalizer",
        (
            # A cut of 0 Hz (or 20 kHz and more for the high cut) is off; 12 dB per octave.
            ParameterSpec("low_cut_hz", "Hz", 0.0, 2000.0, 0.0, "logarithmic"),
            _hz("low_shelf_hz", 20.0, 2000.0, 120.0),
            _db("low_shelf_db", -24.0, 24.0),
            _hz("peak1_hz", 20.0, 20000.0, 300.0),
            _db("peak1_db", -24.0, 24.0),
            _q("peak1_q"),
            _hz("peak2_hz", 20.0, 20000.0, 1000.0),
            _db("peak2_db", -24.0, 24.0),
            _q("peak2_q"),
            _hz("peak3_hz", 20.0, 20000.0, 3500.0),
            _db("peak3_db", -24.0, 24.0),
            _q("peak3_q"),
            _hz("high_shelf_hz", 500.0, 20000.0, 8000.0),
            _db("high_shelf_db", -24.0, 24.0),
            ParameterSpec("high_cut_hz", "Hz", 0.0, 22000.0, 0.0, "logarithmic"),
        ),
        linear=True,
    ),
    EffectSpec(
        "compressor",
        "Compressor",
        (
            _db("threshold_db", -60.0, 0.0, -18.0),
            ParameterSpec("ratio", ":1", 1.0, 40.0, 3.0, "logarithmic"),
            _ms("attack_ms", 0.1, 200.0, 10.0),
            _ms("release_ms", 5.0, 2000.0, 120.0),
            _db("makeup_db", -12.0, 24.0),
            _share(_WET, 1.0),
        ),
        linear=False,
    ),
    EffectSpec(
        "gate",
        "Noise gate",
        (
            _db("threshold_db", -90.0, 0.0, -50.0),
            ParameterSpec("ratio", ":1", 1.0, 40.0, 10.0, "logarithmic"),
            _ms("attack_ms", 0.1, 100.0, 1.0),
            _ms("release_ms", 5.0, 2000.0, 100.0),
        ),
        linear=False,
    ),
    EffectSpec(
        "limiter", "Limiter", (_db("gain_db", -24.0, 36.0), _db("ceiling_db", -24.0, 0.0, -1.0)), linear=False
    ),
    EffectSpec(
        "reverb",
        "Reverb",
        (
            _share("room_size", 0.5),
            _share("damping", 0.5),
            _share("width", 1.0),
            _share(_WET, 0.3),
            _ms("pre_delay_ms", 0.0, 250.0, 15.0),
            ParameterSpec("low_cut_hz", "Hz", 0.0, 2000.0, 150.0, "logarithmic"),
        ),
        linear=True,
    ),
    EffectSpec(
        "delay",
        "Delay",
        (
            # The delay follows the tempo at the song's start, unless time_ms is above 0.
            ParameterSpec("time_beats", "beats", 0.0625, 8.0, 0.75, "logarithmic"),
            _ms("time_ms", 0.0, 4000.0, 0.0),
            _share("feedback", 0.35, high=0.95),
            _share(_WET, 0.3),
            _share("ping_pong", 0.0),
            ParameterSpec("low_cut_hz", "Hz", 0.0, 2000.0, 120.0, "logarithmic"),
            ParameterSpec("high_cut_hz", "Hz", 0.0, 22000.0, 6000.0, "logarithmic"),
        ),
        linear=True,
    ),
    EffectSpec(
        "chorus",
        "Chorus",
        (
            ParameterSpec("rate_hz", "Hz", 0.05, 10.0, 0.8, "logarithmic"),
            _share("depth", 0.25),
            _ms("centre_delay_ms", 1.0, 50.0, 8.0),
            _share("feedback", 0.0, -0.9, 0.9),
            _share(_WET, 0.5),
        ),
        linear=True,
    ),
    EffectSpec(
        "phaser",
        "Phaser",
        (
            ParameterSpec("rate_hz", "Hz", 0.05, 10.0, 0.5, "logarithmic"),
            _share("depth", 0.5),
            _hz("centre_hz", 100.0, 8000.0, 1300.0),
            _share("feedback", 0.3, -0.9, 0.9),
            _share(_WET, 0.5),
        ),
        linear=True,
    ),
    EffectSpec(
        "distortion",
        "Distortion",
        (_db("drive_db", 0.0, 48.0, 18.0), _share("tone", 0.6), _share(_WET, 1.0)),
        linear=False,
    ),
    EffectSpec(
        "saturation", "Saturation", (_db("drive_db", 0.0, 24.0, 6.0), _share(_WET, 1.0)), linear=False
    ),
    EffectSpec(
        "bitcrush",
        "Bit crusher",
        (ParameterSpec("bits", "bits", 2.0, 16.0, 10.0), _share(_WET, 1.0)),
        linear=False,
    ),
    EffectSpec(
        "filter",
        "Filter",
        (
            # 0 low-pass, 1 high-pass, 2 band-pass; 24 dB per octave (band-pass 12). It saturates a little.
            ParameterSpec("mode", "", 0.0, 2.0, 0.0, "switch"),
            _hz("cutoff_hz", 20.0, 20000.0, 2000.0),
            _share("resonance", 0.1),
        ),
        linear=False,
    ),
    EffectSpec("gain", "Gain", (_db("gain_db", -60.0, 24.0),), linear=True),
    # 0 mono … 1 as it is … 2 twice as wide; the bass below `mono_below_hz` is made mono when that is above 0.
    EffectSpec(
        "width", "Width", (_share("width", 1.0, high=2.0), _hz("mono_below_hz", 0.0, 500.0, 0.0)), linear=True
    ),
    EffectSpec(
        "pump",
        "Pump",
        (
            # Ducks at every `time_beats` from the song's start, as a compressor keyed by the kick would.
            _db("depth_db", 0.0, 36.0, 9.0),
            ParameterSpec("time_beats", "beats", 0.25, 4.0, 1.0, "logarithmic"),
            _share("recovery", 0.6, 0.1, 1.0),
        ),
        linear=True,
    ),
)

EFFECTS: dict[str, EffectSpec] = {spec.name: spec for spec in _ALL}
"""Every built-in effect by its name."""


def effect_spec(kind: str) -> EffectSpec:
    """The effect of this kind.

    Raises:
        UnknownEffectError: when there is none.
    """
    try:
        return EFFECTS[kind]
    except KeyError:
        raise UnknownEffectError(kind) from None


def check_effect(kind: str, parameters: Mapping[str, float]) -> None:
    """Refuse what a person wrote wrongly, for example in a style file.

    Raises:
        UnknownEffectError: for an unknown kind.
        BadParameterError: for an unknown parameter, or a value that is no number or outside its range.
    """
    spec = effect_spec(kind)
    for name, value in parameters.items():
        knob = spec.parameter(name)
        if not knob.low <= value <= knob.high:
            unit = f" {knob.unit}" if knob.unit else ""
            raise BadParameterError(
                f"{spec.title}: {name} must lie between {knob.low:g} and {knob.high:g}{unit}, not {value:g}."
            )


def resolve_parameters(kind: str, parameters: Mapping[str, float]) -> dict[str, float]:
    """Every parameter of the effect: what is given, held inside its range, and the defaults of the rest.

    Unknown names are left out, so that a project of a newer version still plays.

    Raises:
        UnknownEffectError: for an unknown kind.
    """
    return {
        knob.name: _held_value(knob, parameters.get(knob.name, knob.default))
        for knob in effect_spec(kind).parameters
    }


def _held_value(knob: ParameterSpec, value: float) -> float:
    """The value inside the knob's range; what is no number becomes the default."""
    if math.isnan(value):
        return knob.default
    held = max(knob.low, min(knob.high, float(value)))
    return float(round(held)) if knob.scale == "switch" else held
