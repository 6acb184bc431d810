"""A request becomes a song in a folder."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np

from musicgen_desktop.document import Project
from musicgen_desktop.dsp import Audio
from musicgen_desktop.exchange.stems import FileRights
from musicgen_desktop.foundation import Report, StopFlag, UserInputError, no_report
from musicgen_desktop.generation import NotesTake, Request, request_values
from musicgen_desktop.listening import GridMeasure, measure_grid
from musicgen_desktop.media import Bits
from musicgen_desktop.storage import ProjectLock

from ._asked import chosen_soundfont, rings_out, with_asked
from ._earlier_files import already_holds
from ._engines import engine_named
from ._project_of_take import project_of_take
from ._rights import with_sound_rights
from ._song_audio import SongAudio, mixed_song, song_frames
from ._song_folder import (
    REPORT,
    Written,
    prepare_folder,
    project_lock,
    project_place,
    remove_rendered,
    write_song,
)
from ._song_rights import SongRights
from .song_report import RemakeReport, SongReport, UnderstoodReport, chord_reports, section_reports

HARMONIC_ROLES = frozenset({"chords", "pad", "arp", "melody"})


@dataclass(frozen=True)
class ComposeSong:
    """Compose, render, balance, measure and write one song.

    Attributes:
        request: what is asked of the engine.
        folder: where the song's files go; made when it is missing.
        tail: True lets the last notes ring out to a bar line, False ends the files with the last bar,
            None keeps the tail when the form has an ending and cuts it for loops.
        soundfont: a General MIDI font instead of the shipped one.
        replace: write over another song that lies in the folder.
    """

    request: Request
    folder: Path
    rate: int = 48_000
    bits: Bits = 24
    tail: bool | None = None
    soundfont: Path | None = None
    replace: bool = False

    def run(self, report: Report = no_report, stop: StopFlag | None = None) -> SongReport:
        """Do the work.

        Raises:
            UserInputError: when the request or the folder cannot be used.
            Stopped: when `stop` was set.
        """
        stop = stop or StopFlag()
        started = time.perf_counter()
        engine = engine_named(self.request.engine)
        refuse_other_song(self.folder, self.request, replace=self.replace)
        prepare_folder(self.folder)
        report(0.0, "Composing")
        take = engine.generate(self.request, stop=stop)
        soundfont = chosen_soundfont(self.soundfont)
        take = with_sound_rights(take, soundfont)
        project = project_of_take(take, rate=self.rate)
        project = with_asked(project, tail=self.tail, soundfont=self.soundfont)
        place = project_place(project, self.folder)
        with project_lock(place) as lock:
            song = mixed_song(
                project,
                levels_lu=wanted_levels(project, take),
                frames=song_frames(project, tail=rings_out(project)),
                soundfont=soundfont,
                report=lambda done, stage: report(0.03 + 0.82 * done, stage),
                stop=stop,
            )
            return finished_song(
                song,
                take,
                self.folder,
                place,
                started,
                report,
                stop,
                bits=self.bits,
                lock=lock,
                soundfont=soundfont,
            )


def finished_song(
    song: SongAudio,
    take: NotesTake,
    folder: Path,
    place: Path,
    started: float,
    report: Report,
    stop: StopFlag,
    *,
    bits: Bits,
    lock: ProjectLock | None,
    soundfont: Path | None,
    remake: RemakeReport | None = None,
) -> SongReport:
    """Listen to the song, write it all, and say what was made.

    The project is written into `place`, which `lock` keeps for us where one lies there already. `soundfont`
    is the one that played.
    """
    report(0.86, "Listening")
    grid = heard_grid(song, take)
    song = song._replace(project=_with_measures(song.project, grid))
    report(0.92, "Writing files")
    earlier = earlier_song(folder)
    rights = SongRights(song.project, place, soundfont)

    def described(written: Written) -> SongReport:
        said = song_report(
            song.project,
            take,
            rights.of_song(),
            written,
            grid,
            folder,
            time.perf_counter() - started,
            len(song.mix),
        )
        return msgspec.structs.replace(said, remake=remake)

    said = write_song(song, folder, place, described, soundfont=soundfont, bits=bits, lock=lock, stop=stop)
    remove_rendered(folder, set(earlier.files if earlier else ()) - set(said.files))
    report(1.0, "Done")
    return said


def wanted_levels(project: Project, take: NotesTake) -> dict[str, float]:
    """Track id → the loudness that the take wants for it, in LU against the anchor."""
    levels = {stem.role: stem.mix.level_lu for stem in take.stems}
    return {track.id: levels[track.role] for track in project.tracks if track.role in levels}


def refuse_other_song(folder: Path, request: Request, *, replace: bool) -> None:
    """A folder holds one song: another one would mix its stems with the first one's.

    Raises:
        UserInputError: when the folder already holds a song made from another request.
    """
    refuse_other_wish(folder, request_values(request), replace=replace)


def refuse_other_wish(folder: Path, values: Mapping[str, object], *, replace: bool) -> None:
    """As `refuse_other_song`, for what was asked as JSON values."""
    found = None if replace else earlier_song(folder)
    if found is not None and found.request != values:
        raise _another_song(folder, found)


def refuse_other_project(folder: Path, place: Path) -> None:
    """As `refuse_other_song`, for a project that lies in the folder or will.

    Raises:
        UserInputError: when the song in the folder belongs to another project.
    """
    found = earlier_song(folder)
    if found is not None and found.project and found.project != place.name:
        raise _another_song(folder, found)


class EarlierSong(msgspec.Struct):
    """The part of an earlier report that tells whose folder this is, and what was written."""

    title: str
    request: dict[str, object]
    project: str = ""
    files: tuple[str, ...] = ()


def earlier_song(folder: Path) -> EarlierSong | None:
    """The song that lies in a folder, if one does."""
    try:
        return msgspec.json.decode((folder / REPORT).read_bytes(), type=EarlierSong)
    except (OSError, msgspec.MsgspecError):
        return None


def _another_song(folder: Path, found: EarlierSong) -> UserInputError:
    return already_holds(folder, f"the song “{found.title}”")


def heard_grid(song: SongAudio, take: NotesTake) -> GridMeasure:
    """Tempo, bar lines and key of the finished sound against what was asked."""
    project = song.project
    harmony: Audio | None = None
    for track in project.tracks:
        if track.role in HARMONIC_ROLES and track.id in song.stems:
            harmony = np.zeros_like(song.mix) if harmony is None else harmony
            harmony += song.stems[track.id]
    return measure_grid(
        song.mix,
        harmony,
        project.rate,
        tempo_map=project.tempo_map,
        meter_map=project.meter_map,
        bars=take.bars,
        key=take.key,
    )


def _with_measures(project: Project, grid: GridMeasure) -> Project:
    measured = {name: value for name, value in msgspec.structs.asdict(grid).items() if value is not None}
    takes = tuple(msgspec.structs.replace(take, measured=measured) for take in project.takes[-1:])
    return msgspec.structs.replace(project, takes=(*project.takes[:-1], *takes))


def song_report(
    project: Project,
    take: NotesTake,
    rights: FileRights,
    written: Written,
    grid: GridMeasure,
    folder: Path,
    elapsed_s: float,
    frames: int,
) -> SongReport:
    """The song's report from what was asked, made, written and measured."""
    made = take.provenance
    return SongReport(
        title=take.title,
        prompt=made.prompt,
        engine=made.engine,
        model=made.model,
        licence=rights.licence,
        commercial_use=rights.commercial_use,
        seed=made.seed,
        style=take.style,
        tempo_bpm=take.tempo_map.points[0].bpm,
        key=str(take.key),
        meter=str(take.meter_map.changes[0].meter),
        bars=take.bars,
        length_s=round(frames / project.rate, 3),
        chords=chord_reports(project),
        sections=section_reports(project),
        stems=written.stems,
        mix=written.mix,
        grid=grid,
        understood=tuple(UnderstoodReport(u.words, u.meaning) for u in take.understood),
        not_understood=take.not_understood,
        request=made.request,
        versions=made.versions,
        project=written.project,
        files=written.files,
        folder=str(folder),
        elapsed_s=round(elapsed_s, 3),
    )
