"""A song as a folder for REAPER: the project file, and beside it all the sound that it plays."""

from pathlib import Path
from typing import NamedTuple

from musicgen_desktop.document import Project
from musicgen_desktop.exchange.reaper_project import TrackSound, reaper_project, reaper_remarks
from musicgen_desktop.exchange.stems import numbered_name
from musicgen_desktop.foundation import Report, StopFlag, UserInputError, safe_file_name
from musicgen_desktop.media import make_folder, write_file
from musicgen_desktop.playback.plan import RenderPlan, compile_plan
from musicgen_desktop.storage import is_project, source_path

from ._carried_sounds import copy_file, free_name, played_sources, sounded_here, write_carried_sound
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
        copy_file(source_path(folder or Path(), project.source(source_id).path), out / name)
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
        source.id: f"{_AUDIO}/{free_name(path.name, taken)}"
        for source in played_sources(project)
        if (path := source_path(home, source.path)).is_file()
    }
    sounds = {
        track.id: f"{_AUDIO}/{free_name(f'{numbered_name(number, track.name)}.wav', taken)}"
        for number, track in sounded_here(project, plan)
    }
    return plan, _Names(f"{safe_file_name(project.name)}.RPP", sources, sounds)


def _write_sound(
    plan: RenderPlan, track_id: str, out: Path, path: str, report: Report, stop: StopFlag
) -> TrackSound | None:
    """The track's sound as a file; None, and no file, when it is silent."""
    written = write_carried_sound(plan, track_id, out / path, report, stop)
    if written is None:
        return None
    return TrackSound(path, written.start_frame / plan.rate, written.frames / plan.rate)
