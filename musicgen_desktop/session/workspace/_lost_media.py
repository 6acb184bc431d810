"""Audio files that are gone from where the project knows them, and how they are found again."""

import os
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath, PureWindowsPath

import msgspec

from musicgen_desktop.document import AudioSource, Project
from musicgen_desktop.foundation import Report, StopFlag, UserInputError, no_report
from musicgen_desktop.media import content_hash, read_info
from musicgen_desktop.session.commands import Edit
from musicgen_desktop.storage import collect_files, source_path

_SUFFIXES = frozenset(
    {".wav", ".wave", ".w64", ".rf64", ".flac", ".ogg", ".oga", ".opus", ".mp3", ".aif", ".aiff"}
)
_MOST_FILES = 100_000


class MissingMedia(msgspec.Struct, frozen=True):
    """An audio file that is not there.

    Attributes:
        source_id: of the source in the project.
        name: what the project calls it.
        path: where it was expected.
        clips: how many clips play it; 0 when only the undo history or a frozen track needs it.
    """

    source_id: str
    name: str
    path: Path
    clips: int


class Found(msgspec.Struct, frozen=True):
    """What a search brought.

    Attributes:
        files: source id → where it lies now.
        is_cut_short: whether the folder has so many files that not all were looked at.
    """

    files: dict[str, Path]
    is_cut_short: bool = False


def missing_media(project: Project, folder: Path | None) -> tuple[MissingMedia, ...]:
    """Every source whose file is gone, in the project's order.

    Args:
        project: as it is now.
        folder: its own; None for one that was never saved.
    """
    plays: defaultdict[str, int] = defaultdict(int)
    for track in project.tracks:
        for clip in track.clips:
            plays[getattr(clip, "source_id", "")] += 1
    found: list[MissingMedia] = []
    for source in project.sources:
        path = source_path(folder or Path(), source.path)
        if not _is_file(path):
            found.append(MissingMedia(source.id, source.name, path, plays[source.id]))
    return tuple(found)


def relocate(project: Project, source_id: str, found: Path, folder: Path | None) -> Edit:
    """Let a source play a file that was found somewhere else. It is read whole: no work for the main thread.

    Args:
        project: as it is now.
        source_id: of the lost file.
        found: where it lies now, or another version of it at the same rate.
        folder: the project's; a file from outside is copied into its `audio/`.

    Raises:
        UserInputError: when the file is no sound, has another rate, or cannot be copied.
        KeyError: when there is no such source.
    """
    return relocate_all(project, {source_id: found}, folder)


def relocate_all(project: Project, found: Mapping[str, Path], folder: Path | None) -> Edit:
    """Several files at once, as one step of the history. Arguments and errors as those of `relocate`.

    Args:
        project: as it is now.
        found: source id → where its file lies now.
        folder: the project's.
    """
    changed = project
    for source_id, path in found.items():
        changed = changed.with_source(_at(changed.source(source_id), path))
    if folder is not None:
        changed = collect_files(changed, folder)
    names = [project.source(source_id).name for source_id in found]
    label = f"Find “{names[0]}”" if len(names) == 1 else f"Find {len(names)} audio files"
    return Edit(label[:200], changed)


def find_in_folder(
    project: Project,
    missing: Sequence[MissingMedia],
    folder: Path,
    *,
    report: Report = no_report,
    stop: StopFlag | None = None,
) -> Found:
    """Look for lost files in a folder and all folders in it, so that one choice mends them all.

    A file with the same content is the one, whatever it is called now. Else a file of the same name that is
    as long, at the same rate, is taken for it: another program may have written its tags anew.

    Args:
        project: knows what is looked for.
        missing: what `missing_media` told.
        folder: where to look.
        report: told the share done.
        stop: asked before every file.

    Raises:
        Stopped: when `stop` was set.
        UserInputError: when the folder cannot be read.
    """
    lost = {each.source_id: project.source(each.source_id) for each in missing}
    files, is_cut_short = _sound_files(folder, stop)
    names = {_name_of(source): source for source in lost.values()}
    files.sort(key=lambda path: path.name.casefold() not in names)  # those of a known name first
    by_hash: dict[str, Path] = {}
    by_name: dict[str, Path] = {}
    open_ids = set(lost)
    for number, path in enumerate(files):
        if not open_ids:
            break
        _raise_if_set(stop)
        report(number / len(files), f"Looking at {path.name}")
        matches = _alike(path, [lost[each] for each in open_ids])
        if not matches:
            continue
        hashed = _hash_of(path)
        for source in matches:
            if source.content_hash == hashed:
                by_hash[source.id] = path
                open_ids.discard(source.id)
            elif _name_of(source) == path.name.casefold():
                by_name.setdefault(source.id, path)
    report(1.0, "Done")
    chosen = by_name | by_hash
    return Found({each: chosen[each] for each in lost if each in chosen}, is_cut_short)


def _at(source: AudioSource, path: Path) -> AudioSource:
    info = read_info(path)
    if info.rate != source.rate:
        raise UserInputError(
            f"“{path.name}” has {info.rate} Hz, but “{source.name}” had {source.rate} Hz;"
            " choose a copy of the lost file, or import this one as a new clip."
        )
    return msgspec.structs.replace(
        source,
        path=path.resolve().as_posix(),
        content_hash=content_hash(path),
        channels=info.channels,
        frames=info.frames,
    )


def _alike(path: Path, sources: list[AudioSource]) -> list[AudioSource]:
    """The sources that this file may be: as long, at the same rate. Only the head of the file is read."""
    try:
        info = read_info(path)
    except UserInputError:
        return []
    told = (info.rate, info.channels, info.frames)
    return [source for source in sources if (source.rate, source.channels, source.frames) == told]


def _hash_of(path: Path) -> str:
    try:
        return content_hash(path)
    except UserInputError:
        return ""


def _name_of(source: AudioSource) -> str:
    """The file's own name, on whichever system the project was made."""
    path = source.path
    name = PureWindowsPath(path).name if "\\" in path else PurePosixPath(path).name
    return name.casefold()


def _sound_files(folder: Path, stop: StopFlag | None) -> tuple[list[Path], bool]:
    files: list[Path] = []
    for path in _walk(folder):
        _raise_if_set(stop)
        if len(files) == _MOST_FILES:
            return files, True
        if path.suffix.casefold() in _SUFFIXES:
            files.append(path)
    return files, False


def _walk(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        raise UserInputError(f"“{folder}” is not a folder; choose the one that holds the audio files.")
    for inner, folders, names in os.walk(folder):
        folders.sort()
        yield from (Path(inner, name) for name in sorted(names))


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _raise_if_set(stop: StopFlag | None) -> None:
    if stop is not None:
        stop.raise_if_set()
