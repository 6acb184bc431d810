"""A take's file gets its place in the project's `audio/` folder, and is never for a moment without a name."""

import os
import shutil
from contextlib import suppress
from pathlib import Path

from musicgen_desktop.foundation import safe_file_name, sync_file
from musicgen_desktop.media import CannotWriteError, make_folder
from musicgen_desktop.storage import AUDIO_FOLDER


def collected(take: Path, folder: Path, name: str, *, earlier: str = "") -> str:
    """Give a take a second name in a project.

    Args:
        take: the file; it stays.
        folder: the project's.
        name: what the user calls it.
        earlier: where an attempt before a crash had put it already.

    Returns:
        Its path from the folder.

    Raises:
        CannotWriteError, CannotWriteIntoError: when the disk refuses.
    """
    if _is_collected(earlier) and _is_same(folder / earlier, take):
        return earlier
    place = folder / AUDIO_FOLDER
    make_folder(place)
    stem = safe_file_name(name, fallback="take", longest_bytes=100)
    number = 1
    while True:
        target = place / (f"{stem}.wav" if number == 1 else f"{stem} {number}.wav")
        try:
            _give_name(take, target)
        except FileExistsError:
            number += 1
        except OSError as error:
            raise CannotWriteError(target, error) from error
        else:
            return f"{AUDIO_FOLDER}/{target.name}"


def _give_name(take: Path, target: Path) -> None:
    """A second name for the same bytes; where the disk knows none, a copy of them."""
    try:
        os.link(take, target)
    except FileExistsError:
        raise
    except OSError:
        with target.open("xb") as copy, take.open("rb") as file:
            try:
                shutil.copyfileobj(file, copy, 1 << 20)
                copy.flush()
                sync_file(copy.fileno())
            except BaseException:
                with suppress(OSError):
                    target.unlink()
                raise


def _is_collected(path: str) -> bool:
    """Whether it is a name in the folder of audio: what a log says is not trusted."""
    return path.count("/") == 1 and path.startswith(f"{AUDIO_FOLDER}/") and "\\" not in path


def _is_same(path: Path, take: Path) -> bool:
    try:
        return path.samefile(take)
    except OSError:
        return False
