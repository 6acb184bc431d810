"""A parameter as a controller sees it: a way from one end to the other, and an edit for each place on it."""

from collections.abc import Callable
from typing import NamedTuple

from musicgen_desktop.document import SILENT_DB, Insert, Project, Track
from musicgen_desktop.session.commands import (
    Edit,
    arm_tracks,
    bypass_insert,
    find_learnable,
    mute_tracks,
    set_gain,
    set_pan,
    set_parameter,
    set_send_gain,
    solo_tracks,
)
from musicgen_desktop.session.controllers.catalogue import (
    EffectParameter,
    effect_entry,
    rounded,
    share_of,
    value_at,
)
from musicgen_desktop.session.fader_law import gain_at, position_of

_NEAR_ZERO_DB = 0.1
_MIDDLE = 64 / 127
"""Where controllers have their middle: 64 of 0 … 127 is no half."""


class Parameter(NamedTuple):
    """One parameter of the project as it is now.

    Attributes:
        label: for a person: “Drums: Gain”.
        places: how many values it has; 0 when it has no steps.
        value: where it stands.
        share: where that is on its way, 0 … 1.
        value_at: the value at a share.
        share_of: its inverse.
        moved_to: the edit that sets a value.
    """

    label: str
    places: int
    value: float
    share: float
    value_at: Callable[[float], float]
    share_of: Callable[[float], float]
    moved_to: Callable[[float], Edit]


def find_parameter(project: Project, track_id: str, target: str) -> Parameter | None:
    """What a binding moves; None while the track, or what it is of, is not there."""
    found = find_learnable(project, track_id, target)
    if found is None:
        return None
    track = project.track(track_id)
    label = f"{track.name}: {found.label}"
    kind, _, rest = target.partition(":")
    part_id, _, name = rest.partition(":")
    if kind == "insert":
        return _of_insert(project, track, part_id, name, label)
    if kind == "send":
        gain_db = next(each.gain_db for each in track.sends if each.id == part_id)
        return _level(label, gain_db, lambda value: set_send_gain(project, track_id, part_id, value))
    return _of_strip(project, track, kind, label)


def text_of_value(parameter: Parameter | None, target: str) -> str:
    """Where it stands, for a person: “−6.0 dB”, “35 % right”, “62 %” of its way."""
    if parameter is None:
        return ""
    if parameter.places == 2:
        return "on" if parameter.value else "off"
    if target.endswith("gain_db"):
        if parameter.value <= SILENT_DB:
            return "−∞ dB"
        return f"{parameter.value:+.1f} dB".replace("-", "−")
    if target == "pan":
        side = "left" if parameter.value < 0 else "right"
        return "centre" if parameter.value == 0 else f"{abs(round(parameter.value * 100))} % {side}"
    return f"{round(parameter.share * 100)} %"


def _level(label: str, gain_db: float, moved_to: Callable[[float], Edit]) -> Parameter:
    def at(share: float) -> float:
        value = round(gain_at(share), 1)
        return 0.0 if abs(value) <= _NEAR_ZERO_DB else value  # 127 places miss 0 dB by a hair

    return Parameter(label, 0, gain_db, position_of(gain_db), at, position_of, moved_to)


def _switch(label: str, is_on: bool, moved_to: Callable[[bool], Edit]) -> Parameter:  # noqa: FBT001
    return Parameter(
        label,
        2,
        float(is_on),
        float(is_on),
        lambda share: float(share >= 0.5),
        lambda value: value,
        lambda value: moved_to(value >= 0.5),
    )


def _of_strip(project: Project, track: Track, kind: str, label: str) -> Parameter:
    track_id = track.id
    switches: dict[str, tuple[bool, Callable[[bool], Edit]]] = {
        "muted": (track.muted, lambda on: mute_tracks(project, (track_id,), muted=on)),
        "soloed": (track.soloed, lambda on: solo_tracks(project, (track_id,), soloed=on)),
        "armed": (track.armed, lambda on: arm_tracks(project, (track_id,), armed=on)),
    }
    if kind in switches:
        return _switch(label, *switches[kind])
    if kind == "gain_db":
        return _level(label, track.gain_db, lambda value: set_gain(project, track_id, value))
    return Parameter(
        label,
        0,
        track.pan,
        _share_of_pan(track.pan),
        _pan_at,
        _share_of_pan,
        lambda value: set_pan(project, track_id, value),
    )


def _of_insert(project: Project, track: Track, insert_id: str, name: str, label: str) -> Parameter:
    track_id = track.id
    insert: Insert = next(each for each in track.inserts if each.id == insert_id)
    if name == "bypassed":
        return _switch(
            label, insert.bypassed, lambda on: bypass_insert(project, track_id, insert_id, bypassed=on)
        )
    knob: EffectParameter = effect_entry(insert.effect).parameter(name)
    value = insert.parameters.get(name, knob.default)
    places = round(knob.high - knob.low) + 1 if knob.scale == "choice" else 0
    return Parameter(
        label,
        places,
        value,
        share_of(knob, value),
        lambda share: rounded(knob, value_at(knob, share)),
        lambda at: share_of(knob, at),
        lambda at: set_parameter(project, track_id, insert.id, name, at),
    )


def _pan_at(share: float) -> float:
    way = share - _MIDDLE
    return round(way / (1.0 - _MIDDLE) if way > 0.0 else way / _MIDDLE, 3)


def _share_of_pan(pan: float) -> float:
    return _MIDDLE + pan * (1.0 - _MIDDLE if pan > 0.0 else _MIDDLE)
