"""A song as a folder for REAPER: the project file, and beside it all the sound that it plays."""

import shutil
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from musicgen_desktop.document import AudioClip, AudioSource, Project, Track
from musicgen_desktop.exchange.reaper_project import TrackSound, reaper_project
from musicgen_desktop.exchange.stems import numbered_name
from musicgen_desktop.foundation import Report, StopFlag, safe_file_name
from musicgen_desktop.media import CannotWriteError, ReplacingFile, WavWriter, make_folder, write_file
from musicgen_desktop.playback.offline import stream_strip
from musicgen_desktop.playback.plan import RenderPlan, compile_plan
from musicgen_desktop.storage import source_path

from ._long_songs import part_of
from ._sounds import refuse_lost_sounds

_AUDIO = "audio"


class ReaperFolder(NamedTuple):
    """The files that were written, relative to the folder, and what has to be told."""

    files: tuple[str, ...]
    remarks: tuple[str, ...]


def write_reaper_folder(
    project: Project,
    folder: Path | None,
    out: Path,
    *,
    soundfont: Path | None,
    comment: str,
    report: Report,
    stop: StopFlag,
) -> ReaperFolder:
    """Write `NAME.RPP` and `audio/`: the files that clips play, and what REAPER cannot sound itself.

    That is each track of notes and each effect return, as files of 32-bit floats before the fader, effects
    included: the mixer stays REAPER's to move. Files of the same names are replaced.

    Args:
        project: the song.
        folder: the project's; None while it was never saved.
        out: the folder to write into, made when missing.
        soundfont: the General MIDI font by which the song is played.
        comment: REAPER's notes of the project.
        report: told the share done.
        stop: asked inside the rendering.

    Raises:
        UserInputError: when a sound that is heard is missing, or the disk refuses.
        Stopped: when `stop` was set.
    """
    home = folder or Path()
    refuse_lost_sounds(project, home)
    plan = compile_plan(project, media_folder=folder, soundfont=soundfont)
    make_folder(out / _AUDIO)
    taken: set[str] = set()
    files = _copy_sources(project, home, out, taken, stop)
    sounds = _write_sounds(project, plan, out, taken, report, stop)
    written = reaper_project(project, files, sounds=sounds, comment=comment)
    name = f"{safe_file_name(project.name)}.RPP"
    write_file(out / name, written.text.encode())
    remarks = (*plan.notes, *written.remarks)
    return ReaperFolder((name, *files.values(), *(sound.path for sound in sounds.values())), remarks)


def _copy_sources(project: Project, home: Path, out: Path, taken: set[str], stop: StopFlag) -> dict[str, str]:
    """Source id → path in the folder, of all files that clips play and that are there."""
    files: dict[str, str] = {}
    for source in _played(project):
        stop.raise_if_set()
        path = source_path(home, source.path)
        if path.is_file():
            files[source.id] = f"{_AUDIO}/{_free(path.name, taken)}"
            _copy(path, out / files[source.id])
    return files


def _write_sounds(
    project: Project, plan: RenderPlan, out: Path, taken: set[str], report: Report, stop: StopFlag
) -> dict[str, TrackSound]:
    """Track id → its sound, of all that REAPER could not sound itself."""
    buses = [track for track in project.tracks if track.kind == "bus"]
    others = [track for track in project.tracks if track.kind != "bus"]
    playing = {strip.id for strip in plan.sources}
    wanted = [
        (number, track)
        for number, track in enumerate([*others, *buses], start=1)  # as stems are numbered
        if (track.kind == "notes" and track.id in playing) or _is_effect_return(track, project)
    ]
    sounds: dict[str, TrackSound] = {}
    for done, (number, track) in enumerate(wanted):
        path = f"{_AUDIO}/{_free(f'{numbered_name(number, track.name)}.wav', taken)}"
        part = part_of(report, done / len(wanted), 1.0 / len(wanted))
        sound = _write_sound(plan, track, project.rate, out, path, part, stop)
        if sound is not None:
            sounds[track.id] = sound
    return sounds


def _is_effect_return(track: Track, project: Project) -> bool:
    """Whether a bus is heard by its effects alone: without them it would only double what is sent to it."""
    return (
        track.kind == "bus"
        and any(not insert.bypassed for insert in track.inserts)
        and all(other.output != track.id for other in project.tracks)
    )


def _write_sound(
    plan: RenderPlan, track: Track, rate: int, out: Path, path: str, report: Report, stop: StopFlag
) -> TrackSound | None:
    """The track's sound as a file; None, and no file, when it is silent."""
    start = 0
    with WavWriter(out / path, rate, 2, 32) as wav:
        blocks = stream_strip(plan, track.id, after_fader=False, report=report, stop=stop)
        for first, audio in blocks:
            start = start if wav.frames else first
            wav.write(audio)
        frames = wav.frames
        if not frames:
            wav.discard()
    return TrackSound(path, start / rate, frames / rate) if frames else None


def _played(project: Project) -> Iterable[AudioSource]:
    """What clips play, muted ones too, in the project's order."""
    used = {clip.source_id for track in project.tracks for clip in track.clips if isinstance(clip, AudioClip)}
    return (source for source in project.sources if source.id in used)


def _free(wanted: str, taken: set[str]) -> str:
    """A file name that none of the folder's other files has, small and large letters being one."""
    name = PurePosixPath(safe_file_name(wanted, fallback="audio"))
    number = 1
    free = name.name
    while free.casefold() in taken:
        number += 1
        free = f"{name.stem}-{number}{name.suffix}"
    taken.add(free.casefold())
    return free


def _copy(path: Path, copy: Path) -> None:
    """Copy a file's bytes, unless it is that file."""
    if copy.exists() and copy.samefile(path):
        return
    try:
        with path.open("rb") as source, ReplacingFile(copy) as target:
            shutil.copyfileobj(source, target, 1 << 20)
    except OSError as error:
        raise CannotWriteError(copy, error) from error
