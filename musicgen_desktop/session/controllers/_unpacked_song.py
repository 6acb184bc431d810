"""The sounds of a song that came as one file get their places in the project's `audio/` folder."""

import math
from contextlib import suppress
from pathlib import Path, PurePosixPath

import msgspec

from musicgen_desktop.document import AudioClip, AudioSource, Origin, Project
from musicgen_desktop.exchange.dawproject import (
    MOST_SAMPLES,
    DawSong,
    StretchedSound,
    extract_sounds,
    stretched,
)
from musicgen_desktop.foundation import StopFlag, UserInputError, safe_file_name
from musicgen_desktop.media import (
    UnreadableAudioError,
    content_hash,
    make_folder,
    read_audio,
    read_info,
    write_wav,
)
from musicgen_desktop.storage import AUDIO_FOLDER, source_path

_SPARE_S = 0.1  # of a sound behind what is heard of it: for seams


def unpacked(
    song: DawSong, path: Path, folder: Path, project: Project, origin: Origin, stop: StopFlag
) -> DawSong:
    """The song with its sources inside a project's folder.

    A sound that the project has already is used again. One that followed the tempo is stretched into a file
    of its own. One that cannot be read is left out with its clips, and that is told.

    Args:
        song: as it was read.
        path: the file that holds its sounds.
        folder: the project's.
        project: that lists what is there.
        origin: what the sounds will tell of the file.
        stop: asked before each sound.

    Raises:
        UserInputError: when the file is damaged or the disk refuses; nothing is left in the folder then.
        Stopped: when `stop` was set; the same.
    """
    made = {each.source_id for each in song.stretched}
    members: dict[str, Path] = {}
    files: dict[str, Path] = {}  # by the id of the source
    place = folder / AUDIO_FOLDER
    if song.project.sources:
        make_folder(place)
        taken = {each.name.casefold() for each in place.iterdir()}
        for source in song.project.sources:
            files[source.id] = place / _free_name(PurePosixPath(source.path).name, taken)
            if source.id not in made:
                members[source.path] = files[source.id]
        for each in song.stretched:
            if each.member not in members:
                members[each.member] = place / _free_name(PurePosixPath(each.member).name, taken)
    try:
        extract_sounds(path, members, stop=stop)
        for each in song.stretched:
            stop.raise_if_set()
            _stretch(each, members[each.member], files[each.source_id])
        for target in set(members.values()) - set(files.values()):
            target.unlink(missing_ok=True)  # no clip plays it as it is
        return _with_found(song, files, folder, project, origin)
    except BaseException:
        for target in (*members.values(), *files.values()):
            with suppress(OSError):
                target.unlink(missing_ok=True)
        raise


def _stretch(wanted: StretchedSound, original: Path, target: Path) -> None:
    """Make the file of a sound that followed the tempo; none when the original cannot be read.

    Nor is one made when the original has far more to it than the song told.
    """
    (_, first_s), (_, last_s) = wanted.anchors[0], wanted.anchors[-1]
    try:
        info = read_info(original)
        rate, longest_s = info.rate, max(wanted.anchors[-1][0], last_s - first_s + _SPARE_S)
        if longest_s * rate * info.channels > MOST_SAMPLES:
            return
        start = math.floor(first_s * rate)
        audio, _ = read_audio(original, start=start, frames=math.ceil((last_s - first_s + _SPARE_S) * rate))
    except UnreadableAudioError:
        return
    anchors = [(time, max(0.0, second - start / rate)) for time, second in wanted.anchors]
    write_wav(target, stretched(audio, rate, anchors), rate, 32)


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


def _with_found(
    song: DawSong, files: dict[str, Path], folder: Path, project: Project, origin: Origin
) -> DawSong:
    """The song with its sources as they turned out to be."""
    lost: list[str] = []
    found: dict[str, tuple[AudioSource, float]] = {}
    known = {source.content_hash: source for source in project.sources}
    for source in song.project.sources:
        target = files[source.id]
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
            origins=(origin,),
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
    return DawSong(
        msgspec.structs.replace(song.project, tracks=tracks, sources=sources), remarks, rights=song.rights
    )


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
