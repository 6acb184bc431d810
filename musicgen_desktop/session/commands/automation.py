"""Edits of automation: which knobs can move with the song, and the points of their curves."""

import math
import re
from collections import Counter
from collections.abc import Iterator
from typing import Literal

import msgspec

from musicgen_desktop.document import SILENT_DB, Automation, AutomationPoint, Project, Track
from musicgen_desktop.foundation import UserInputError, new_id
from musicgen_desktop.playback.mixer import EFFECTS, EffectSpec

from ._edit import Edit, checked_tick, counted, edited
from ._find import find_track

_QUANTITIES = {"hz": "frequency", "db": "gain", "q": "Q", "ms": "in ms", "beats": "in beats"}
_LOUDEST_DB = 24.0


class AutomationTarget(msgspec.Struct, frozen=True):
    """One knob of a track that can move with the song.

    Attributes:
        target: as in `Automation.target`.
        label: for a person to read: “Equalizer: low shelf gain”.
        low, high: the range, both inside it.
        default: where the knob stands when nothing is said.
        unit: “dB”, “Hz”, “ms” …; empty for plain numbers.
        is_switch: whole numbers only; its curve is held, never sloping.
    """

    target: str
    label: str
    low: float
    high: float
    default: float
    unit: str
    is_switch: bool = False


def automation_targets(project: Project, track: Track) -> list[AutomationTarget]:
    """All that can be automated on a track, in the order to offer it: strip, inserts, sends."""
    names = {other.id: other.name for other in project.tracks}
    return [
        AutomationTarget("gain_db", "Gain", SILENT_DB, _LOUDEST_DB, 0.0, "dB"),
        AutomationTarget("pan", "Pan", -1.0, 1.0, 0.0, ""),
        AutomationTarget("muted", "Mute", 0.0, 1.0, 0.0, "", is_switch=True),
        *_insert_targets(track),
        *(
            AutomationTarget(
                f"send:{send.id}:gain_db",
                f"Send to {names.get(send.target, 'a bus')}",
                SILENT_DB,
                _LOUDEST_DB,
                0.0,
                "dB",
            )
            for send in track.sends
        ),
    ]


def parameter_label(effect: str, name: str) -> str:
    """A parameter of a built-in effect in words: “low shelf gain”, “attack”, “peak 1 Q”.

    The quantity is said only where the effect has another knob of the same name.

    Raises:
        UserInputError: when there is no such effect or parameter.
    """
    spec = EFFECTS.get(effect)
    if spec is None:
        raise UserInputError(f"There is no effect “{effect}”; choose another one.")
    spec.parameter(name)
    stem, quantity = _parts(name)
    stems = Counter(_parts(parameter.name)[0] for parameter in spec.parameters)
    words = re.sub(r"(?<=[a-z])(?=[0-9])", " ", stem.replace("_", " "))
    return f"{words} {quantity}" if quantity and stems[stem] > 1 else words


def add_automation(project: Project, track_id: str, target: str) -> tuple[Edit, str]:
    """Let a knob move with the song. The new curve has no points yet, so nothing moves until it has.

    Returns:
        The edit and the id of the curve; of the one that is there, when the knob has one already.

    Raises:
        UserInputError: when the track has no such knob or is not there.
    """
    track = find_track(project, track_id)
    label = f"Automate {_find_target(project, track, target).label}"
    for curve in track.automation:
        if curve.target == target:
            return Edit(label, project), curve.id
    curve = Automation(id=new_id("automation"), target=target)
    return edited(label, project, project.with_track(track.with_automation(curve))), curve.id


def set_point(
    project: Project,
    track_id: str,
    automation_id: str,
    tick: int,
    value: float,
    *,
    curve: Literal["hold", "linear"] = "linear",
    replaces: int | None = None,
) -> Edit:
    """Put a point on a curve, or move one there.

    Args:
        project: as it is.
        track_id: of the track.
        automation_id: of the curve.
        tick: where; a point that is there goes.
        value: in the knob's range. A switch goes to the nearest whole number.
        curve: how it goes on to the next point; a switch is always held.
        replaces: the tick of the point that moves here; None adds one.

    Raises:
        UserInputError: for a place before the song, a value out of range, or when the curve, or the point
            that should move, is not there.
    """
    checked_tick("A point", tick)
    track, automation = _find_curve(project, track_id, automation_id)
    knob = _target_of(project, track, automation.target)
    if not math.isfinite(value) or not knob.low <= value <= knob.high:
        unit = f" {knob.unit}" if knob.unit else ""
        raise UserInputError(
            f"{knob.label} must lie between {knob.low:g} and {knob.high:g}{unit}, not {value:g}."
        )
    if replaces is not None:
        if not any(point.tick == replaces for point in automation.points):
            raise UserInputError("This point is no longer on the curve; choose another one.")
        automation = automation.without_points(replaces, replaces + 1)
    point = AutomationPoint(
        tick,
        float(round(value)) if knob.is_switch else float(value),
        "hold" if knob.is_switch else curve,
    )
    label = "Add point" if replaces is None else "Move point"
    return edited(label, project, project.with_track(track.with_automation(automation.with_point(point))))


def delete_points(
    project: Project, track_id: str, automation_id: str, start_ticks: int, end_ticks: int
) -> Edit:
    """Take away the points from `start_ticks` up to, not including, `end_ticks`.

    Raises:
        UserInputError: when the curve is not there.
    """
    track, automation = _find_curve(project, track_id, automation_id)
    left = automation.without_points(start_ticks, end_ticks)
    label = counted("Delete", "point", len(automation.points) - len(left.points))
    return edited(label, project, project.with_track(track.with_automation(left)))


def remove_automation(project: Project, track_id: str, automation_id: str) -> Edit:
    """Take a curve away; the knob stands still again.

    Raises:
        UserInputError: when it is not there.
    """
    track, automation = _find_curve(project, track_id, automation_id)
    kept = tuple(curve for curve in track.automation if curve.id != automation.id)
    after = project.with_track(msgspec.structs.replace(track, automation=kept))
    return edited("Remove automation", project, after)


def enable_automation(project: Project, track_id: str, automation_id: str, *, enabled: bool = True) -> Edit:
    """Let a curve move its knob, or rest.

    Raises:
        UserInputError: when it is not there.
    """
    track, automation = _find_curve(project, track_id, automation_id)
    changed = msgspec.structs.replace(automation, enabled=enabled)
    label = "Enable automation" if enabled else "Disable automation"
    return edited(label, project, project.with_track(track.with_automation(changed)))


def _insert_targets(track: Track) -> Iterator[AutomationTarget]:
    """The parameters of its inserts; two effects of one name are numbered."""
    named = [
        (insert, spec, insert.name or spec.title)
        for insert in track.inserts
        if (spec := EFFECTS.get(insert.effect)) is not None
    ]
    counts = Counter(name for _, _, name in named)
    numbers: Counter[str] = Counter()
    for insert, spec, name in named:
        numbers[name] += 1
        title = f"{name} {numbers[name]}" if counts[name] > 1 else name
        yield from _effect_targets(insert.id, spec, title)


def _effect_targets(insert_id: str, spec: EffectSpec, title: str) -> Iterator[AutomationTarget]:
    for knob in spec.parameters:
        yield AutomationTarget(
            f"insert:{insert_id}:{knob.name}",
            f"{title}: {parameter_label(spec.name, knob.name)}",
            knob.low,
            knob.high,
            knob.default,
            knob.unit,
            is_switch=knob.scale == "switch",
        )


def _parts(name: str) -> tuple[str, str]:
    """A parameter's name without its unit, and what the unit measures: (“low_shelf”, “gain”)."""
    stem, _, unit = name.rpartition("_")
    return (stem, _QUANTITIES[unit]) if stem and unit in _QUANTITIES else (name, "")


def _find_target(project: Project, track: Track, target: str) -> AutomationTarget:
    for knob in automation_targets(project, track):
        if knob.target == target:
            return knob
    raise UserInputError(f"“{track.name}” has no such knob to automate; choose one from its list.")


def _target_of(project: Project, track: Track, target: str) -> AutomationTarget:
    """The knob of a curve; of one that this version does not know, any value is taken."""
    try:
        return _find_target(project, track, target)
    except UserInputError:
        return AutomationTarget(target, target, -math.inf, math.inf, 0.0, "")


def _find_curve(project: Project, track_id: str, automation_id: str) -> tuple[Track, Automation]:
    track = find_track(project, track_id)
    for curve in track.automation:
        if curve.id == automation_id:
            return track, curve
    raise UserInputError(f"This automation is no longer on “{track.name}”; choose another one.")
