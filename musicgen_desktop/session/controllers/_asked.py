"""How a song was asked to sound, beside its music: kept with its take, so that it sounds the same again."""

from pathlib import Path
from typing import Any

import msgspec

from musicgen_desktop.document import Project
from musicgen_desktop.foundation import UserInputError, load_settings
from musicgen_desktop.instruments import available_soundfont
from musicgen_desktop.playback.plan import PIANO, freeze_holds

TAIL, SOUNDFONT = "tail", "soundfont"
ENDINGS = frozenset({"outro", "ending"})


def with_asked(project: Project, *, tail: bool | None, soundfont: Path | None) -> Project:
    """The project whose last take remembers these wishes; what is None was left to us and is left out."""
    wishes: dict[str, Any] = {}
    if tail is not None:
        wishes[TAIL] = tail
    if soundfont is not None:
        wishes[SOUNDFONT] = str(soundfont.expanduser().resolve())
    take = project.takes[-1]
    return project.with_take(msgspec.structs.replace(take, request={**take.request, **wishes}))


def rings_out(project: Project) -> bool:
    """Whether the song's files ring out after the last bar.

    As it was asked for; else a composed loop ends with its last bar, and a form with an ending, or a song
    that was not composed here, rings out.
    """
    asked = _asked(project).get(TAIL)
    if isinstance(asked, bool):
        return asked
    if not any(take.request for take in project.takes):
        return True
    return bool(project.sections) and project.sections[-1].name.lower() in ENDINGS


def chosen_soundfont(
    wish: Path | None, project: Project | None = None, *, frozen_in: Path | None = None
) -> Path | None:
    """The SoundFont to play: asked for now, asked for when the project was made, in the settings, or ours.

    None when SoundFonts cannot be played here, and when the project's is gone but not needed.

    Args:
        wish: asked for now.
        project: remembers what it was made with.
        frozen_in: the project's folder when it is only to sound as it is: a font may be gone when all that
            it played is frozen there.

    Raises:
        UserInputError: when the one that the project was made with is gone; another would change every stem.
    """
    asked = _asked(project).get(SOUNDFONT) if project else None
    if wish is None and isinstance(asked, str):
        wish = Path(asked)
        if not wish.is_file():
            if project is not None and frozen_in is not None and _is_frozen(project, frozen_in):
                return None
            raise UserInputError(
                f"The SoundFont “{wish}” that this song was made with is missing;"
                " put it back, or name another one with --soundfont."
            )
    return available_soundfont(wish or load_settings().soundfont_path)


def _is_frozen(project: Project, folder: Path) -> bool:
    """Whether all that General MIDI plays is frozen, and the files still hold it."""
    return all(
        freeze_holds(track, project, None, folder)
        for track in project.tracks
        if track.kind == "notes" and track.clips and (track.patch or PIANO).source == "general_midi"
    )


def _asked(project: Project) -> dict[str, Any]:
    return next((take.request for take in reversed(project.takes) if take.request), {})
