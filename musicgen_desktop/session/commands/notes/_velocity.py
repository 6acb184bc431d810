"""How loud notes are. Notes, clips and errors as in `_draw`."""

from collections.abc import Collection

from musicgen_desktop.document import Project
from musicgen_desktop.music import Note

from ._exchange import NotesEdit, changed_note, map_notes


def set_velocity(project: Project, clip_id: str, notes: Collection[Note], velocity: int) -> NotesEdit:
    """Make notes equally loud: 1 … 127, what lies outside becomes the nearest of these."""
    return map_notes(
        project,
        clip_id,
        "Change velocity",
        notes,
        lambda note: changed_note(note, velocity=_within(velocity)),
    )


def scale_velocity(project: Project, clip_id: str, notes: Collection[Note], factor: float) -> NotesEdit:
    """Make notes louder or softer by a factor, 0 or more, each within 1 … 127."""
    return map_notes(
        project,
        clip_id,
        "Change velocity",
        notes,
        lambda note: changed_note(note, velocity=_within(note.velocity * factor)),
    )


def ramp_velocity(
    project: Project, clip_id: str, notes: Collection[Note], first: int, last: int
) -> NotesEdit:
    """A crescendo or diminuendo, linear in time from the first start (velocity `first`) to the last start.

    Notes that all start together get `first`. Both are 1 … 127; what lies outside becomes the nearest.
    """
    starts = [note.start_ticks for note in notes]
    begin = min(starts, default=0)
    span = max(1, max(starts, default=0) - begin)

    def ramped(note: Note) -> Note:
        way = (note.start_ticks - begin) / span
        return changed_note(note, velocity=_within(first + (last - first) * way))

    return map_notes(project, clip_id, "Ramp velocity", notes, ramped)


def _within(velocity: float) -> int:
    return round(max(1, min(127, velocity)))
