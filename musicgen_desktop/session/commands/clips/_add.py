"""New clips."""

import math

from musicgen_desktop.document import AudioClip, AudioSource, NotesClip, Project, Track
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


def add_audio_clip(
    project: Project, track_id: str, source: AudioSource, start_ticks: int
) -> tuple[Edit, str]:
    """Lay a whole audio file on a track; the project lists the file from then on.

    Returns:
        The edit and the clip's id.

    Raises:
        UserInputError: when the track holds no audio or is not there, for a place before the song or an
            empty file.
    """
    track = find_track(project, track_id)
    if track.kind != "audio":
        raise UserInputError(f"Track “{track.name}” cannot play audio: choose or add an audio track.")
    checked_tick("A clip", start_ticks)
    if source.frames < 1:
        raise UserInputError(f"“{source.name}” holds no sound: choose another file.")
    tempo = project.tempo_map
    end = math.ceil(tempo.tick_at(tempo.seconds_at(start_ticks) + source.frames / source.rate) - 1e-6)
    clip = AudioClip(
        id=new_id("clip"),
        name=source.name,
        start_ticks=start_ticks,
        length_ticks=max(1, end - start_ticks),
        source_id=source.id,
    )
    after = project.with_source(source).with_clip(track_id, clip)
    return edited("Add clip", project, after), clip.id


def _free_name(track: Track) -> str:
    """The track's name, with a number from its second clip on."""
    names = {clip.name for clip in track.clips}
    if track.name not in names:
        return track.name
    return next(
        name for number in range(2, len(names) + 3) if (name := f"{track.name} {number}") not in names
    )
