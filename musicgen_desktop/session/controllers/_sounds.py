"""Audio files that a project plays, looked at before anything is written."""

from pathlib import Path

from musicgen_desktop.document import AudioClip, AudioSource, Project
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.media import read_info
from musicgen_desktop.storage import source_path


def refuse_lost_sounds(project: Project, folder: Path) -> None:
    """See that every audio file that is to be heard is there, readable and whole.

    While a song is played a lost file is silent and the rest goes on; a file that is written must not have
    holes that nobody asked for.

    Args:
        project: the song.
        folder: the project's, which the files' paths start from.

    Raises:
        UserInputError: naming the first file that is not.
    """
    for source in _heard(project):
        path = source_path(folder, source.path)
        if not path.is_file():
            raise UserInputError(
                f"The audio file “{path}” is missing; put it back, or mute or delete the clips that play it."
            )
        if read_info(path).frames < source.frames * 0.999:
            raise UserInputError(
                f"The audio file “{path}” is shorter than it was, so it is damaged; put back a whole copy."
            )


def _heard(project: Project) -> list[AudioSource]:
    """Sources of clips and tracks that are not muted, each once and in the project's order."""
    used = {
        clip.source_id
        for track in project.tracks
        if not track.muted
        for clip in track.clips
        if isinstance(clip, AudioClip) and not clip.muted
    }
    return [source for source in project.sources if source.id in used]
