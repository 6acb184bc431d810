"""The effects a strip may hold, worded for a person."""

from functools import cache
from typing import Literal

import msgspec

from musicgen_desktop.playback.mixer import EFFECTS, ParameterSpec, UnknownEffectError

from ._effect_files import EffectFile, effect_file

_UNIT_SUFFIXES = ("_hz", "_db", "_ms", "_beats")
_BAND_KNOBS = {"hz": "Frequency", "db": "Gain", "q": "Q"}
_LABELS = {
    "wet": "Mix",
    "drive_db": "Drive",
    "makeup_db": "Make-up",
    "ping_pong": "Ping-pong",
    "pre_delay_ms": "Pre-delay",
    "time_beats": "Time",
    "time_ms": "Free time",
    "mono_below_hz": "Mono below",
    "centre_delay_ms": "Centre delay",
}


class EffectParameter(msgspec.Struct, frozen=True):
    """One knob.

    Attributes:
        id: as in `Insert.parameters`.
        label: for a person, without the unit.
        unit: “Hz”, “dB”, “ms”, “beats”, “:1”, “bits”, “%” for shares of 1, or empty.
        low, high: the range, both inside it. A share runs from 0 to 1 and is shown times 100.
        default: where it stands when nothing is said.
        scale: how a knob moves. A logarithmic one whose `low` is 0 is off there.
        choices: the names of the whole numbers from `low` on, for the scale “choice”; else empty.
        group: the title it stands under.
    """

    id: str
    label: str
    unit: str
    low: float
    high: float
    default: float
    scale: Literal["linear", "logarithmic", "choice"]
    choices: tuple[str, ...]
    group: str


class EffectEntry(msgspec.Struct, frozen=True):
    """One effect; its parameters in the order to show them, those of a group side by side."""

    id: str
    name: str
    description: str
    parameters: tuple[EffectParameter, ...]

    def parameter(self, parameter_id: str) -> EffectParameter:
        """The knob with this id.

        Raises:
            KeyError: when there is none.
        """
        for parameter in self.parameters:
            if parameter.id == parameter_id:
                return parameter
        raise KeyError(parameter_id)


@cache
def effects() -> tuple[EffectEntry, ...]:
    """Every built-in effect, in the order to offer them."""
    return tuple(_entry(effect) for effect in EFFECTS)


def effect_entry(effect: str) -> EffectEntry:
    """The effect of that id, as `Insert.effect` names it.

    Raises:
        UserInputError: when it is not built in.
    """
    for entry in effects():
        if entry.id == effect:
            return entry
    raise UnknownEffectError(effect)


def _entry(effect: str) -> EffectEntry:
    spec, file = EFFECTS[effect], effect_file(effect)
    parameters = tuple(
        _parameter(spec.parameter(knob), group, file)
        for group, knobs in file.groups.items()
        for knob in knobs
    )
    return EffectEntry(effect, spec.title, file.description, parameters)


def _parameter(knob: ParameterSpec, group: str, file: EffectFile) -> EffectParameter:
    is_share = not knob.unit and knob.scale == "linear" and knob.high <= 2.0
    return EffectParameter(
        id=knob.name,
        label=_label(knob.name, group),
        unit="%" if is_share else knob.unit,
        low=knob.low,
        high=knob.high,
        default=knob.default,
        scale="choice" if knob.scale == "switch" else knob.scale,
        choices=file.choices.get(knob.name, ()),
        group=group,
    )


def _label(name: str, group: str) -> str:
    """The words of a knob; under its band's title (“Peak 1”) a knob is only called what it turns."""
    if name in _LABELS:
        return _LABELS[name]
    band = group.lower().replace("peak ", "peak").replace(" ", "_")
    if name.startswith(f"{band}_") and (turned := _BAND_KNOBS.get(name.removeprefix(f"{band}_"))):
        return turned
    for suffix in _UNIT_SUFFIXES:
        name = name.removesuffix(suffix)
    return name.replace("_", " ").capitalize()
