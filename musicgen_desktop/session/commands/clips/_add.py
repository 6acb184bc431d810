"""New clips."""

from musicgen_desktop.document import NotesClip, Project, Track
from musicgen_desktop.foundation import UserInputError, new_id
from musicgen_desktop.session.commands._edit import Edit, checked_tick, edited
from musicgen_desktop.session.commands._find import find_track


def add_notes_clip(project: Project, track_id: str, start_ticks: int, length_ticks: int) -> tuple[Edit, str]:
    """Lay an empty clip for notes on a track.

    Returns:
        The edit and the clip's id.

    Raises:
        UserInputError: when the track holds no notes or is not there, or for a place before the song or a
            length below one tick.
    """
    track = find_track(project, track_id)
    if track.kind != "notes":
        raise UserInputError(f"Track “{track.name}” cannot play notes: choose or add an instrument track.")
    checked_tick("A clip", start_ticks)
    clip = NotesClip(new_id("clip"), _free_name(track), start_ticks, length_ticks)
    return edited("Add clip", project, project.with_clip(track_id, clip)), clip.id


def _free_name(track: Track) -> str:
    """The track's name, with a number from its second clip on."""
    names = {clip.name for clip in track.clips}
    if track.name not in names:
        return track.name
    return next(
        name for number in range(2, len(names) + 3) if (name := f"{track.name} {number}") not in names
    )
