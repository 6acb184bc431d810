"""A song as a folder for REAPER: the project file, and beside it all the sound that it plays."""

import shutil
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from musicgen_desktop.document import AudioClip, AudioSource, Project, Track
from musicgen_desktop.exchange.reaper_project import TrackSound, reaper_project, reaper_remarks
from musicgen_desktop.exchange.stems import numbered_name
from musicgen_desktop.foundation import Report, StopFlag, UserInputError, safe_file_name
from musicgen_desktop.media import CannotWriteError, ReplacingFile, WavWriter, make_folder, write_file
from musicgen_desktop.playback.offline import stream_strip
from musicgen_desktop.playback.plan import RenderPlan, compile_plan
from musicgen_desktop.storage import is_project, source_path

from ._long_songs import part_of
from ._sounds import refuse_lost_sounds

_AUDIO = "audio"


class ReaperFolder(NamedTuple):
    """Files, relative to the folder, and what has to be told."""

    files: tuple[str, ...]
    remarks: tuple[str, ...]


class _Names(NamedTuple):
    """What the files are called, relative to the folder: those of sources and of tracks by their ids."""

    project: str
    sources: dict[str, str]
    sounds: dict[str, str]

    @property
    def all(self) -> tuple[str, ...]:
        return (self.project, *self.sources.values(), *self.sounds.values())


def preview_reaper_folder(project: Project, folder: Path | None, *, soundfont: Path | None) -> ReaperFolder:
    """What `write_reaper_folder` would write; a track that turns out to be silent will have no file.

    Raises:
        UserInputError: when a sound that is heard is missing.
    """
    plan, names = _planned(project, folder, soundfont)
    return ReaperFolder(names.all, (*plan.notes, *reaper_remarks(project, names.sources, names.sounds)))


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
        UserInputError: when a sound that is heard is missing, the folder is one of our projects, whose own
            `audio/` nothing may change, or the disk refuses.
        Stopped: when `stop` was set.
    """
    if is_project(out):
        raise UserInputError(f"“{out.name}” is a project's own folder; choose another one for REAPER's.")
    plan, names = _planned(project, folder, soundfont)
    make_folder(out / _AUDIO)
    for source_id, name in names.sources.items():
        stop.raise_if_set()
        _copy(source_path(folder or Path(), project.source(source_id).path), out / name)
    sounds: dict[str, TrackSound] = {}
    for done, (track_id, name) in enumerate(names.sounds.items()):
        part = part_of(report, done / len(names.sounds), 1.0 / len(names.sounds))
        sound = _write_sound(plan, track_id, out, name, part, stop)
        if sound is not None:
            sounds[track_id] = sound
    written = reaper_project(project, names.sources, sounds=sounds, comment=comment)
    write_file(out / names.project, written.text.encode())
    files = (names.project, *names.sources.values(), *(sound.path for sound in sounds.values()))
    return ReaperFolder(files, (*plan.notes, *written.remarks))


def _planned(project: Project, folder: Path | None, soundfont: Path | None) -> tuple[RenderPlan, _Names]:
    home = folder or Path()
    refuse_lost_sounds(project, home)
    plan = compile_plan(project, media_folder=folder, soundfont=soundfont)
    taken: set[str] = set()
    sources = {
        source.id: f"{_AUDIO}/{_free(path.name, taken)}"
        for source in _played(project)
        if (path := source_path(home, source.path)).is_file()
    }
    sounds = {
        track.id: f"{_AUDIO}/{_free(f'{numbered_name(number, track.name)}.wav', taken)}"
        for number, track in _sounded_here(project, plan)
    }
    return plan, _Names(f"{safe_file_name(project.name)}.RPP", sources, sounds)


def _sounded_here(project: Project, plan: RenderPlan) -> Iterable[tuple[int, Track]]:
    """What REAPER could not sound itself, numbered as its MIDI files are."""
    buses = [track for track in project.tracks if track.kind == "bus"]
    others = [track for track in project.tracks if track.kind != "bus"]
    playing = {strip.id for strip in plan.sources}
    return (
        (number, track)
        for number, track in enumerate([*others, *buses], start=1)
        if (track.kind == "notes" and track.id in playing) or _is_effect_return(track, project)
    )


def _is_effect_return(track: Track, project: Project) -> bool:
    """Whether a bus is heard by its effects alone: without them it would only double what is sent to it."""
    return (
        track.kind == "bus"
        and any(not insert.bypassed for insert in track.inserts)
        and all(other.output != track.id for other in project.tracks)
    )


def _write_sound(
    plan: RenderPlan, track_id: str, out: Path, path: str, report: Report, stop: StopFlag
) -> TrackSound | None:
    """The track's sound as a file; None, and no file, when it is silent."""
    start = 0
    with WavWriter(out / path, plan.rate, 2, 32) as wav:
        blocks = stream_strip(plan, track_id, after_fader=False, report=report, stop=stop)
        for first, audio in blocks:
            start = start if wav.frames else first
            wav.write(audio)
        frames = wav.frames
        if not frames:
            wav.discard()
    return TrackSound(path, start / plan.rate, frames / plan.rate) if frames else None


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
