"""What all edits of notes share: finding the clip, exchanging notes in it, and the new selection."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable

import msgspec

from musicgen_desktop.document import NotesClip, Project, Track
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.music import Note, note_order
from musicgen_desktop.session.commands._edit import Edit
from musicgen_desktop.session.commands._find import find_clip


class NotesEdit(Edit, frozen=True):
    """An edit of notes, and what the edited notes have become: the selection to show next.

    Attributes:
        notes: in the order of `music.note_order`; empty when they are gone.
    """

    notes: tuple[Note, ...] = ()


def find_notes_clip(project: Project, clip_id: str) -> tuple[Track, NotesClip]:
    """The track and the clip.

    Raises:
        UserInputError: when it is not there, or holds audio.
    """
    track, clip = find_clip(project, clip_id)
    if not isinstance(clip, NotesClip):
        raise UserInputError("This clip holds audio, not notes; select a clip of notes.")
    return track, clip


def with_clip_changed(project: Project, track: Track, clip: NotesClip) -> Project:
    """The project with that clip replaced; the same object when the clip is as it was."""
    if track.clip(clip.id) == clip:
        return project
    return project.with_track(track.with_clip(clip))


def exchange_notes(
    project: Project,
    clip_id: str,
    label: str,
    old: Iterable[Note],
    new: Iterable[Note],
    *,
    grow: bool = False,
) -> NotesEdit:
    """Take notes out of a clip and put others in.

    Args:
        project: the project as it is.
        clip_id: of a notes clip.
        label: for the undo history.
        old: notes of the clip; named twice, two equal ones go.
        new: what comes instead, and will be the selection.
        grow: lengthen a clip that does not loop to the end of the last new note.

    Raises:
        UserInputError: when there is no such clip of notes, or it has not all the old notes.
    """
    track, clip = find_notes_clip(project, clip_id)
    selected = tuple(sorted(new, key=note_order))
    kept = _without(clip.notes, old)
    changed = clip.with_notes(tuple(sorted((*kept, *selected), key=note_order)))
    if grow:
        changed = grown_for(changed, selected)
    return NotesEdit(label, with_clip_changed(project, track, changed), selected)


def map_notes(
    project: Project, clip_id: str, label: str, notes: Collection[Note], change: Callable[[Note], Note]
) -> NotesEdit:
    """Every one of these notes becomes another."""
    return exchange_notes(project, clip_id, label, notes, map(change, notes))


def grown_for(clip: NotesClip, notes: Collection[Note]) -> NotesClip:
    """The clip, at least so long that these notes end in it; a loop stays as it is."""
    end = max((note.end_ticks for note in notes), default=0) - clip.content_offset_ticks
    if clip.loop_length_ticks is not None or end <= clip.length_ticks:
        return clip
    return msgspec.structs.replace(clip, length_ticks=end)


def changed_note(
    note: Note,
    *,
    start_ticks: int | None = None,
    length_ticks: int | None = None,
    pitch: int | None = None,
    velocity: int | None = None,
) -> Note:
    """The note with some of its values replaced. Faster than `replace`: a drag changes thousands."""
    return Note(
        note.start_ticks if start_ticks is None else start_ticks,
        note.length_ticks if length_ticks is None else length_ticks,
        note.pitch if pitch is None else pitch,
        note.velocity if velocity is None else velocity,
    )


def song_tick(clip: NotesClip, content_tick: int) -> int:
    """Where a tick of the content sounds in the song; of a loop, where it sounds first."""
    offset, loop = clip.content_offset_ticks, clip.loop_length_ticks
    if loop is None:
        return clip.start_ticks + content_tick - offset
    offset %= loop
    wraps = content_tick < offset
    return clip.start_ticks + content_tick - offset + (loop if wraps else 0)


def _without(notes: tuple[Note, ...], gone: Iterable[Note]) -> list[Note]:
    left = Counter(gone)
    kept: list[Note] = []
    for note in notes:
        if left.get(note, 0):
            left[note] -= 1
        else:
            kept.append(note)
    if any(left.values()):
        raise UserInputError("A selected note is no longer in the clip; select the notes again.")
    return kept
