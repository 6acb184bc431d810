"""The sounds of a song that came as one file get their places in the project's `audio/` folder."""

from contextlib import suppress
from pathlib import Path, PurePosixPath

import msgspec

from musicgen_desktop.document import AudioClip, AudioSource, Project
from musicgen_desktop.exchange.dawproject import DawSong, extract_sounds
from musicgen_desktop.foundation import StopFlag, UserInputError, safe_file_name
from musicgen_desktop.media import UnreadableAudioError, content_hash, make_folder, read_info
from musicgen_desktop.storage import AUDIO_FOLDER, source_path


def unpacked(song: DawSong, path: Path, folder: Path, project: Project, stop: StopFlag) -> DawSong:
    """The song with its sources inside a project's folder.

    A sound that the project has already is used again. One that cannot be read is left out with its clips,
    and that is told.

    Args:
        song: as it was read.
        path: the file that holds its sounds.
        folder: the project's.
        project: that lists what is there.
        stop: asked before each sound.

    Raises:
        UserInputError: when the file is damaged or the disk refuses; nothing is left in the folder then.
        Stopped: when `stop` was set; the same.
    """
    targets: dict[str, Path] = {}
    place = folder / AUDIO_FOLDER
    if song.project.sources:
        make_folder(place)
        taken = {each.name.casefold() for each in place.iterdir()}
        for source in song.project.sources:
            targets[source.path] = place / _free_name(PurePosixPath(source.path).name, taken)
    try:
        extract_sounds(path, targets, stop=stop)
        return _with_found(song, targets, folder, project)
    except BaseException:
        for target in targets.values():
            with suppress(OSError):
                target.unlink(missing_ok=True)
        raise


def _free_name(wanted: str, taken: set[str]) -> str:
    """A name that no file has, whatever the disk thinks of capitals; it is taken from now on."""
    wanted = safe_file_name(wanted, fallback="audio.wav")
    stem, suffix = PurePosixPath(wanted).stem, PurePosixPath(wanted).suffix
    number, name = 1, wanted
    while name.casefold() in taken:
        number += 1
        name = f"{stem}-{number}{suffix}"
    taken.add(name.casefold())
    return name


def _with_found(song: DawSong, targets: dict[str, Path], folder: Path, project: Project) -> DawSong:
    """The song with its sources as they turned out to be."""
    lost: list[str] = []
    found: dict[str, tuple[AudioSource, float]] = {}
    known = {source.content_hash: source for source in project.sources}
    for source in song.project.sources:
        target = targets[source.path]
        try:
            info = read_info(target)
            digest = content_hash(target)
        except UnreadableAudioError:
            target.unlink(missing_ok=True)
            lost.append(source.name)
            continue
        twin = known.get(digest)
        if twin is not None and source_path(folder, twin.path).is_file():
            target.unlink()
            found[source.id] = (twin, twin.rate / source.rate)
            continue
        new = AudioSource(
            id=source.id,
            name=source.name,
            path=f"{AUDIO_FOLDER}/{target.name}",
            content_hash=digest,
            rate=info.rate,
            channels=info.channels,
            frames=info.frames,
        )
        known[digest] = new
        found[source.id] = (new, info.rate / source.rate)
    tracks = tuple(
        msgspec.structs.replace(
            track,
            clips=tuple(
                _on_source(clip, *found[clip.source_id]) if isinstance(clip, AudioClip) else clip
                for clip in track.clips
                if not isinstance(clip, AudioClip) or clip.source_id in found
            ),
        )
        for track in song.project.tracks
    )
    sources = tuple({source.id: source for source, _ in found.values()}.values())
    remarks = song.remarks
    if lost:
        names = ", ".join(f"“{name}”" for name in lost[:6])
        remarks = (*remarks, f"Sounds that cannot be read were left out with their clips: {names}.")
    return DawSong(msgspec.structs.replace(song.project, tracks=tracks, sources=sources), remarks)


def _on_source(clip: AudioClip, source: AudioSource, stretched: float) -> AudioClip:
    """The clip on what its sound turned out to be; a file may have another rate than was told of it."""
    offset = clip.source_offset_frames
    if stretched != 1.0:
        offset = round(offset * stretched)
    return msgspec.structs.replace(clip, source_id=source.id, source_offset_frames=offset)


def require_folder(folder: Path | None, path: Path) -> Path:
    """The folder for the sounds of a song.

    Raises:
        UserInputError: the project was never saved.
    """
    if folder is None:
        raise UserInputError(f"Save the project before “{path.name}” comes in: its sounds need a folder.")
    return folder
