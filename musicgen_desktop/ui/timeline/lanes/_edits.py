"""Edits of the lanes that are more than one command."""

from musicgen_desktop.document import ChordChange, Project
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.session.commands import (
    Edit,
    delete_chord,
    delete_key,
    delete_meter,
    move_tempo,
    set_chord,
    set_key,
    set_meter,
    set_tempo,
)


def chord_at(project: Project, tick: int) -> ChordChange:
    """The chord that begins at a tick.

    Raises:
        UserInputError: when none does.
    """
    for chord in project.chords:
        if chord.tick == tick:
            return chord
    raise UserInputError("There is no chord here; choose another place.")


def resize_chord(project: Project, tick: int, start: int, end: int) -> Edit:
    """Drag an end of a chord.

    Raises:
        UserInputError: when nothing would be left of it, or when it is not there.
    """
    chord = chord_at(project, tick)
    without = delete_chord(project, tick).project
    return Edit("Resize chord", set_chord(without, start, end - start, chord.symbol).project)


def move_key(project: Project, tick: int, bar: int) -> Edit:
    """Let the song change its key in another bar.

    Raises:
        UserInputError: when the key does not change at that tick, or for a bar below 1.
    """
    change = next((each for each in project.keys if each.tick == tick), None)
    if change is None:
        raise UserInputError("The key does not change here; choose another place.")
    without = delete_key(project, project.meter_map.bar_of(tick)).project
    return Edit("Move key", set_key(without, bar, change.key).project)


def move_meter(project: Project, tick: int, bar: int) -> Edit:
    """Let the meter change in another bar.

    Raises:
        UserInputError: for the first meter, or when the meter does not change at that tick.
    """
    old = project.meter_map.bar_of(tick)
    meter = project.meter_map.meter_of_bar(old)
    if old == 1:
        raise UserInputError("The song's first meter stays in bar 1: change it instead of moving it.")
    without = delete_meter(project, old).project
    return Edit("Move meter", set_meter(without, max(2, bar), meter).project)


def move_tempo_point(project: Project, tick: int, to_tick: int, bpm: float) -> Edit:
    """Drag a tempo point; the song's first one stays at its start.

    Raises:
        UserInputError: for a tempo out of range, or when there is none at `tick`.
    """
    at = tick if tick == 0 else max(1, to_tick)
    moved = project if at == tick else move_tempo(project, tick, at).project
    return Edit("Move tempo", set_tempo(moved, at, bpm).project)
