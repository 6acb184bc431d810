"""Drawing notes: add, delete, move, resize, split, glue, copy, paste.

Notes have no ids: a note is named by its value, and two equal notes by naming the value twice. All ticks are
the clip's content ticks. Every function raises UserInputError when the clip, or one of the notes in it, is
gone, or when it is a clip of audio.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable

import msgspec

from musicgen_desktop.document import Origin, Project, Take
from musicgen_desktop.music import Note, note_order
from musicgen_desktop.session.commands._edit import counted
from musicgen_desktop.session.commands._rights import strictest_take
from musicgen_desktop.timing import PPQ

from ._exchange import (
    NotesEdit,
    changed_note,
    exchange_notes,
    find_notes_clip,
    with_clip_changed,
)

SHORTEST_TICKS = PPQ // 16
"""A 1/64: how short a note becomes when its edge is dragged, unless said otherwise."""


def selection_in(project: Project, clip_id: str, notes: Iterable[Note]) -> tuple[Note, ...]:
    """Those of the notes that the clip still has: what is left of a selection after undo."""
    there = Counter(find_notes_clip(project, clip_id)[1].notes)
    return tuple(sorted((Counter(notes) & there).elements(), key=note_order))


def count_from_clip_start(project: Project, clip_id: str, notes: Collection[Note] = ()) -> NotesEdit:
    """Let the content begin no later than the clip, so that notes can be drawn from its first tick on.

    A clip whose left end was pulled out shows ticks before its content's first. Its notes and controls get
    later numbers then, and sound where they did; other clips stay as they are.
    """
    track, clip = find_notes_clip(project, clip_id)
    by_ticks = max(0, -clip.content_offset_ticks)
    rebased = msgspec.structs.replace(
        clip,
        notes=tuple(_later(note, by_ticks) for note in clip.notes),
        controls=tuple(msgspec.structs.replace(each, tick=each.tick + by_ticks) for each in clip.controls),
        content_offset_ticks=clip.content_offset_ticks + by_ticks,
    )
    selected = tuple(sorted((_later(note, by_ticks) for note in notes), key=note_order))
    return NotesEdit("Lengthen clip", with_clip_changed(project, track, rebased), selected)


def add_notes(project: Project, clip_id: str, notes: Collection[Note], *, grow: bool = False) -> NotesEdit:
    """Draw notes.

    Args:
        project: the project as it is.
        clip_id: of a notes clip.
        notes: what to add.
        grow: lengthen the clip when a note ends after it; a loop stays as it is.
    """
    return exchange_notes(project, clip_id, counted("Add", "note", len(notes)), (), notes, grow=grow)


def delete_notes(project: Project, clip_id: str, notes: Collection[Note]) -> NotesEdit:
    """Take notes out."""
    return exchange_notes(project, clip_id, counted("Delete", "note", len(notes)), notes, ())


def move_notes(
    project: Project,
    clip_id: str,
    notes: Collection[Note],
    *,
    by_ticks: int = 0,
    by_semitones: int = 0,
    copy: bool = False,
    grow: bool = False,
) -> NotesEdit:
    """Move notes together, as far as all of them stay at tick 0 or later and between pitch 0 and 127.

    Args:
        project: the project as it is.
        clip_id: of a notes clip.
        notes: what to move.
        by_ticks: later, or earlier when negative.
        by_semitones: up, or down when negative.
        copy: leave the notes where they are and move copies of them.
        grow: lengthen the clip when a moved note ends after it; a loop stays as it is.
    """
    if notes:
        by_ticks = max(by_ticks, -min(note.start_ticks for note in notes))
        by_semitones = max(by_semitones, -min(note.pitch for note in notes))
        by_semitones = min(by_semitones, 127 - max(note.pitch for note in notes))
    moved = [
        changed_note(note, start_ticks=note.start_ticks + by_ticks, pitch=note.pitch + by_semitones)
        for note in notes
    ]
    label = counted("Copy" if copy else "Move", "note", len(notes))
    return exchange_notes(project, clip_id, label, () if copy else notes, moved, grow=grow)


def resize_notes(
    project: Project,
    clip_id: str,
    notes: Collection[Note],
    *,
    start_by: int = 0,
    end_by: int = 0,
    shortest_ticks: int = SHORTEST_TICKS,
    grow: bool = False,
) -> NotesEdit:
    """Move the left or right edges of notes, each as far as it goes.

    Args:
        project: the project as it is.
        clip_id: of a notes clip.
        notes: what to resize.
        start_by: ticks that the left edges move, the right ones staying; not before tick 0.
        end_by: ticks that the right edges move.
        shortest_ticks: at least 1; no note gets shorter, and one that was shorter keeps its length.
        grow: lengthen the clip when a note ends after it; a loop stays as it is.
    """

    def resized(note: Note) -> Note:
        least = max(1, min(shortest_ticks, note.length_ticks))
        start = max(0, min(note.start_ticks + start_by, note.end_ticks - least))
        end = max(note.end_ticks + end_by, start + least)
        return changed_note(note, start_ticks=start, length_ticks=end - start)

    return exchange_notes(
        project, clip_id, counted("Resize", "note", len(notes)), notes, map(resized, notes), grow=grow
    )


def split_notes(project: Project, clip_id: str, notes: Collection[Note], at_tick: int) -> NotesEdit:
    """Cut those of the notes that sound at a tick in two there; the others stay whole."""
    parts: list[Note] = []
    for note in notes:
        if note.start_ticks < at_tick < note.end_ticks:
            parts.append(changed_note(note, length_ticks=at_tick - note.start_ticks))
            parts.append(changed_note(note, start_ticks=at_tick, length_ticks=note.end_ticks - at_tick))
        else:
            parts.append(note)
    return exchange_notes(project, clip_id, counted("Split", "note", len(notes)), notes, parts)


def glue_notes(project: Project, clip_id: str, notes: Collection[Note]) -> NotesEdit:
    """Join the notes of each pitch into one, from the first's start to the last end, as loud as the first."""
    by_pitch: defaultdict[int, list[Note]] = defaultdict(list)
    for note in sorted(notes, key=note_order):
        by_pitch[note.pitch].append(note)
    glued = [
        changed_note(same[0], length_ticks=max(note.end_ticks for note in same) - same[0].start_ticks)
        for same in by_pitch.values()
    ]
    return exchange_notes(project, clip_id, counted("Glue", "note", len(notes)), notes, glued)


def paste_notes(
    project: Project,
    clip_id: str,
    notes: Collection[Note],
    *,
    at_tick: int,
    grow: bool = False,
    origins: Iterable[Origin] = (),
    take: Take | None = None,
) -> NotesEdit:
    """Add notes of another place so that the first of them starts at a tick (0 when it is negative).

    Args:
        project: the project as it is.
        clip_id: of a notes clip.
        notes: what was copied; the distances between them stay.
        at_tick: where the first starts.
        grow: lengthen the clip when a note ends after it; a loop stays as it is.
        origins: the files of others that the notes came from; the clip tells of them from now on.
        take: that they came from, maybe in another project. One that may not be sold becomes the clip's.
    """
    first = min((note.start_ticks for note in notes), default=0)
    pasted = [_later(note, max(0, at_tick) - first) for note in notes]
    track, clip = find_notes_clip(project, clip_id)
    told = msgspec.structs.replace(clip, origins=tuple(dict.fromkeys((*clip.origins, *origins))))
    if take is not None and not take.commercial_use:
        if all(take.id != each.id for each in project.takes):
            # What it was made from stays in the other project.
            project = project.with_take(msgspec.structs.replace(take, request={}, made_from=()))
        told = msgspec.structs.replace(told, take_id=strictest_take(project, (clip.take_id, take.id)))
    project = with_clip_changed(project, track, told)
    return exchange_notes(project, clip_id, counted("Paste", "note", len(notes)), (), pasted, grow=grow)


def duplicate_notes(
    project: Project, clip_id: str, notes: Collection[Note], *, step_ticks: int = 1, grow: bool = False
) -> NotesEdit:
    """The same notes once more, right behind themselves.

    Args:
        project: the project as it is.
        clip_id: of a notes clip.
        notes: what to repeat; the copies become the selection.
        step_ticks: at least 1; the distance to the copies is a whole number of such steps, so that short
            notes on the grid are repeated on the grid.
        grow: lengthen the clip when a copy ends after it; a loop stays as it is.
    """
    first = min((note.start_ticks for note in notes), default=0)
    span = max((note.end_ticks for note in notes), default=0) - first
    distance = -(-span // step_ticks) * step_ticks
    copies = [_later(note, distance) for note in notes]
    return exchange_notes(project, clip_id, counted("Duplicate", "note", len(notes)), (), copies, grow=grow)


def _later(note: Note, by_ticks: int) -> Note:
    return changed_note(note, start_ticks=note.start_ticks + by_ticks)
