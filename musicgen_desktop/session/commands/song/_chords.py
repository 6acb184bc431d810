"""Edits of the chord track."""

import msgspec

from musicgen_desktop.document import ChordChange, Project
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.music import Chord
from musicgen_desktop.session.commands._edit import Edit, checked_tick, edited


def set_chord(project: Project, tick: int, length_ticks: int, symbol: str) -> Edit:
    """Write a chord. One that begins on the same tick goes; others keep what lies outside the new one.

    Args:
        project: as it is.
        tick: where it begins.
        length_ticks: at least 1.
        symbol: as `music.Chord` reads it: “Am7/G”.

    Raises:
        UserInputError: for text that is no chord, a place before the song or no length.
    """
    chord = ChordChange(checked_tick("A chord", tick), length_ticks, str(Chord.parse(symbol)))
    if length_ticks < 1:
        raise UserInputError("A chord needs some length: let it end after it begins.")
    others = tuple(other for other in project.chords if other.tick != tick)
    return edited("Set chord", project, _with_chord(project, others, chord))


def move_chord(project: Project, tick: int, to_tick: int) -> Edit:
    """Move a chord; others keep what lies outside its new place.

    Raises:
        UserInputError: for a place before the song, or when no chord begins at `tick`.
    """
    chord = _find_chord(project, tick)
    if tick == to_tick:
        return Edit("Move chord", project)
    others = tuple(other for other in project.chords if other is not chord)
    moved = msgspec.structs.replace(chord, tick=checked_tick("A chord", to_tick))
    return edited("Move chord", project, _with_chord(project, others, moved))


def delete_chord(project: Project, tick: int) -> Edit:
    """Take a chord away; its place stays without one.

    Raises:
        UserInputError: when no chord begins at `tick`.
    """
    chord = _find_chord(project, tick)
    chords = tuple(other for other in project.chords if other is not chord)
    return edited("Delete chord", project, msgspec.structs.replace(project, chords=chords))


def _find_chord(project: Project, tick: int) -> ChordChange:
    for chord in project.chords:
        if chord.tick == tick:
            return chord
    raise UserInputError("There is no chord here; choose another place.")


def chords_outside(chords: tuple[ChordChange, ...], start: int, end: int) -> list[ChordChange]:
    """The chords, a span cut out of them."""
    left: list[ChordChange] = []
    for chord in chords:
        chord_end = chord.tick + chord.length_ticks
        if chord_end <= start or chord.tick >= end:
            left.append(chord)
            continue
        if chord.tick < start:
            left.append(msgspec.structs.replace(chord, length_ticks=start - chord.tick))
        if chord_end > end:
            left.append(msgspec.structs.replace(chord, tick=end, length_ticks=chord_end - end))
    return left


def _with_chord(project: Project, others: tuple[ChordChange, ...], chord: ChordChange) -> Project:
    kept = chords_outside(others, chord.tick, chord.tick + chord.length_ticks)
    chords = sorted([*kept, chord], key=lambda each: each.tick)
    return msgspec.structs.replace(project, chords=tuple(chords))
