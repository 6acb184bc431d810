"""Bringing audio files into the project folder."""

import contextlib
from pathlib import Path, PurePosixPath

import msgspec

from musicgen_desktop.document import AudioSource, Project
from musicgen_desktop.foundation import safe_file_name, sync_folder
from musicgen_desktop.media import UnreadableAudioError, content_hash

from ._disk import copy_whole
from ._errors import CannotSaveError
from ._layout import AUDIO_FOLDER


def collect_files(project: Project, folder: Path, *, source_folder: Path | None = None) -> Project:
    """Copy every audio file that lies outside the folder into its `audio/`, and point the sources there.

    A file that is already there with the same content is used again. A file that cannot be found keeps its
    reference: the source points to where the file would belong, and is found there once it is put back.

    Args:
        project: whose sources.
        folder: of the project, made when missing.
        source_folder: what relative paths are relative to now, for “save as”; the folder itself unless given.

    Returns:
        The project with all sources inside; the same one when nothing had to change.

    Raises:
        CannotSaveError: when a file cannot be copied; files copied before stay, the project does not change.
    """
    origin = folder if source_folder is None else source_folder
    taken: dict[str, AudioSource] = {}
    sources: list[AudioSource] = []
    try:
        for source in project.sources:
            path = _collected(source, origin, folder, taken)
            taken[path.casefold()] = source
            sources.append(source if path == source.path else source.placed_at(path))
    except OSError as error:
        raise CannotSaveError(folder, error) from error
    if all(new is old for new, old in zip(sources, project.sources, strict=True)):
        return project
    return msgspec.structs.replace(project, sources=tuple(sources))


def _collected(source: AudioSource, origin: Path, folder: Path, taken: dict[str, AudioSource]) -> str:
    """The path inside the folder at which the source lies from now on."""
    found = origin / source.path
    inside = _inside(found, folder)
    if inside is not None:
        return inside
    wanted = safe_file_name(found.name, fallback="audio")
    stem, suffix = PurePosixPath(wanted).stem, PurePosixPath(wanted).suffix
    for number in range(1, 1_000_000):
        name = wanted if number == 1 else f"{stem}-{number}{suffix}"
        path = f"{AUDIO_FOLDER}/{name}"
        target = folder / AUDIO_FOLDER / name
        holder = taken.get(path.casefold())
        if holder is not None and holder.content_hash != source.content_hash:
            continue
        if target.exists():
            if holder is not None or _has_content(target, source.content_hash):
                return path
            continue
        if found.is_file():
            _copy(found, target)
        return path
    raise OSError(f"no free name for {wanted}")


def _inside(found: Path, folder: Path) -> str | None:
    """The path from the folder, when the file lies in it, links and dots resolved."""
    try:
        return found.resolve().relative_to(folder.resolve()).as_posix()
    except ValueError:
        return None


def _copy(found: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(target.name + ".tmp")
    try:
        copy_whole(found, temporary)
        temporary.replace(target)
        sync_folder(target.parent)
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()


def _has_content(path: Path, wanted: str) -> bool:
    try:
        return content_hash(path) == wanted
    except UnreadableAudioError:
        return False
