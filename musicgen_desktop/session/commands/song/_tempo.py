"""Edits of the tempo. All clips keep their ticks; audio plays on at its own speed."""

import msgspec

from musicgen_desktop.document import Project
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.session.commands._edit import Edit, checked_tick, edited
from musicgen_desktop.timing import TempoMap, TempoPoint, check_tempo


def set_tempo(project: Project, tick: int, bpm: float, *, ramp: bool | None = None) -> Edit:
    """Let the tempo be another from a tick on.

    Args:
        project: as it is.
        tick: where; a tempo point that is there is changed.
        bpm: quarter notes per minute, 20 to 400.
        ramp: whether it moves from here to the next point in a straight line; None keeps what is there.

    Raises:
        UserInputError: for a tempo out of range or a place before the song.
    """
    checked_tick("A tempo", tick)
    bpm = check_tempo(bpm)
    there = next((point for point in project.tempo_map.points if point.tick == tick), None)
    is_ramp = ramp if ramp is not None else there is not None and there.ramp
    after = _with_point(project, TempoPoint(tick, bpm, is_ramp))
    return edited("Set tempo", project, after)


def move_tempo(project: Project, tick: int, to_tick: int) -> Edit:
    """Move a tempo point; one that is already there goes.

    Raises:
        UserInputError: for the first one, which begins the song, for a place at or before the song's start,
            or when there is none at `tick`.
    """
    point = _find_point(project, tick)
    if tick == 0 or to_tick <= 0:
        raise UserInputError("The song's first tempo stays at its start: move another one, or behind it.")
    if tick == to_tick:
        return Edit("Move tempo", project)
    moved = msgspec.structs.replace(point, tick=to_tick)
    return edited("Move tempo", project, _with_point(_without_point(project, tick), moved))


def delete_tempo(project: Project, tick: int) -> Edit:
    """Take a tempo point away; the tempo before it holds on.

    Raises:
        UserInputError: for the first one, or when there is none at `tick`.
    """
    _find_point(project, tick)
    if tick == 0:
        raise UserInputError("The song needs a tempo at its start: change it instead of deleting it.")
    return edited("Delete tempo", project, _without_point(project, tick))


def ramp_tempo(project: Project, tick: int, *, ramp: bool = True) -> Edit:
    """Let the tempo move in a straight line from a point to the next one, or hold until there.

    Raises:
        UserInputError: when there is no tempo point at `tick`.
    """
    point = msgspec.structs.replace(_find_point(project, tick), ramp=ramp)
    return edited("Ramp tempo" if ramp else "Hold tempo", project, _with_point(project, point))


def _find_point(project: Project, tick: int) -> TempoPoint:
    for point in project.tempo_map.points:
        if point.tick == tick:
            return point
    raise UserInputError("There is no change of tempo here; choose another place.")


def _with_point(project: Project, point: TempoPoint) -> Project:
    others = [other for other in project.tempo_map.points if other.tick != point.tick]
    points = tuple(sorted([*others, point], key=lambda each: each.tick))
    return msgspec.structs.replace(project, tempo_map=TempoMap(points))


def _without_point(project: Project, tick: int) -> Project:
    points = tuple(point for point in project.tempo_map.points if point.tick != tick)
    return msgspec.structs.replace(project, tempo_map=TempoMap(points))
