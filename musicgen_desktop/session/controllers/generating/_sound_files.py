"""The files of a take that is sound: in the folder of takes until it is kept, then in the project's audio."""

import re
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import msgspec

from musicgen_desktop.document import AudioSource
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.media import read_info
from musicgen_desktop.session.controllers._recorded_files import collected
from musicgen_desktop.storage import TAKES_FOLDER

from ._candidate import Candidate

TOKENS = ".tokens"

_ID = re.compile(r"take-[0-9a-f]{12}")
_MOST_BYTES = 16 * 2**20  # 600 s in eight codebooks are half a megabyte


def with_collected_sound(candidate: Candidate, folder: Path) -> Candidate:
    """The candidate whose sound has a name in the project's `audio/` too; one of notes stays as it is.

    Raises:
        UserInputError: when its file is missing or was changed.
        CannotWriteError, CannotWriteIntoError: when the disk refuses.
    """
    sources = []
    for source in candidate.project.sources:
        require_sound(source, folder)
        path = collected(folder / source.path, folder, candidate.take.name)
        sources.append(source.placed_at(path))
    project = msgspec.structs.replace(candidate.project, sources=tuple(sources))
    return msgspec.structs.replace(candidate, project=project)


def require_sound(source: AudioSource, folder: Path) -> None:
    """See that a take's file lies in the folder of takes and is what its record says.

    Raises:
        UserInputError: when it does not.
    """
    path = folder / source.path
    if path.parent != folder / TAKES_FOLDER or not path.is_file():
        raise UserInputError(f"The sound of the take, “{path.name[:60]}”, is missing; make the take again.")
    info = read_info(path)
    if (info.rate, info.channels, info.frames) != (source.rate, source.channels, source.frames):
        raise UserInputError(f"The sound of the take, “{path.name[:60]}”, was changed; make the take again.")


def copy_sound(candidate: Candidate, old: Path, new: Path) -> None:
    """Bring a take's files into another project folder.

    Raises:
        OSError: what the system says.
    """
    for path in _files(candidate, old):
        if path.is_file():
            target = new / TAKES_FOLDER / path.name
            target.parent.mkdir(exist_ok=True)
            shutil.copyfile(path, target)


def remove_sound(candidate: Candidate, folder: Path) -> None:
    """Remove a take's files from the folder of takes; what was kept has names of its own."""
    for path in _files(candidate, folder):
        with suppress(OSError):
            path.unlink(missing_ok=True)


def remove_take_files(take_id: str, folder: Path) -> None:
    """Remove what a take that is on no shelf left in the folder of takes."""
    for path in (sound_file(take_id, folder), tokens_file(take_id, folder)):
        with suppress(OSError):
            path.unlink(missing_ok=True)


def kept_tokens(take_id: str, folder: Path) -> bytes:
    """The tokens of a take that ended early, as `SoundTake.tokens`.

    Raises:
        UserInputError: when they are not there.
    """
    try:
        if not is_take_id(take_id):
            raise FileNotFoundError
        with tokens_file(take_id, folder).open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except OSError:
        raise UserInputError("What the take would go on from is missing; make a new one.") from None
    if not 0 < len(data) <= _MOST_BYTES:
        raise UserInputError("What the take would go on from is damaged; make a new one.")
    return data


def is_take_id(text: str) -> bool:
    """Whether it looks like the id of a take, after which its files are named."""
    return _ID.fullmatch(text) is not None


def sound_file(take_id: str, folder: Path) -> Path:
    """Where the sound of a take lies until it is kept."""
    return folder / TAKES_FOLDER / f"{take_id}.wav"


def tokens_file(take_id: str, folder: Path) -> Path:
    """Where the tokens of a take lie, if it has any."""
    return folder / TAKES_FOLDER / f"{take_id}{TOKENS}"


def _files(candidate: Candidate, folder: Path) -> Iterable[Path]:
    for source in candidate.project.sources:
        path = folder / source.path
        if path.parent == folder / TAKES_FOLDER:  # a shelf's file is not trusted with any other place
            yield path
            yield path.with_suffix(TOKENS)
