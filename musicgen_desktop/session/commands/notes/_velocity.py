"""How loud notes are. Notes, clips and errors as in `_draw`."""

from collections.abc import Collection, Sequence

import numpy as np

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


def shift_velocity(project: Project, clip_id: str, notes: Collection[Note], by: int) -> NotesEdit:
    """Make notes louder or softer by a step, each within 1 … 127; what they differ by stays."""
    return map_notes(
        project,
        clip_id,
        "Change velocity",
        notes,
        lambda note: changed_note(note, velocity=_within(note.velocity + by)),
    )


def draw_velocity(
    project: Project, clip_id: str, notes: Collection[Note], points: Sequence[tuple[int, int]]
) -> NotesEdit:
    """Draw over the velocities: each note that starts under the stroke becomes as loud as the stroke is high.

    Args:
        project: the project as it is.
        clip_id: of a notes clip.
        notes: those that may change; the ones before or after the stroke stay.
        points: (tick, velocity) of the stroke, at least one, in any order; linear between them.
    """
    drawn = sorted(dict(points).items())
    ticks, heights = [tick for tick, _ in drawn], [height for _, height in drawn]

    def under(note: Note) -> Note:
        if not ticks[0] <= note.start_ticks <= ticks[-1]:
            return note
        height = float(np.interp(note.start_ticks, ticks, heights))
        return changed_note(note, velocity=_within(height))

    return map_notes(project, clip_id, "Draw velocity", notes, under)


def _within(velocity: float) -> int:
    return round(max(1, min(127, velocity)))
