"""A wish for sound becomes a song in a folder; a take that ended early goes on where it was."""

import time
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from musicgen_desktop.document import Project
from musicgen_desktop.exchange.stems import FileRights, mix_tags
from musicgen_desktop.foundation import (
    MusicgenDesktopError,
    Report,
    StopFlag,
    UserInputError,
    no_report,
    safe_file_name,
)
from musicgen_desktop.media import Bits, CannotWriteError, make_folder, write_file, write_wav
from musicgen_desktop.playback.offline import render_mix
from musicgen_desktop.playback.plan import compile_plan
from musicgen_desktop.session.controllers._asked import chosen_soundfont
from musicgen_desktop.session.controllers._long_songs import part_of
from musicgen_desktop.session.controllers._pending_files import PendingFiles
from musicgen_desktop.session.controllers._song_folder import (
    MIX,
    REPORT,
    project_lock,
    remove_rendered,
)
from musicgen_desktop.session.controllers._song_rights import SongRights
from musicgen_desktop.session.controllers.compose import earlier_song, refuse_other_wish
from musicgen_desktop.storage import (
    PROJECT_SUFFIX,
    TAKES_FOLDER,
    ProjectLock,
    open_project,
    project_folder,
    save_project,
)

from ._candidate import Candidate
from ._keep import keep
from ._resume import can_resume, resumed
from ._shelf import TakesShelf
from ._sound_files import copy_sound, is_take_id, remove_sound
from ._sound_models import SoundMaker, chosen_model
from ._sound_record import ENDED_BECAUSE, STOPPED, sound_name
from ._sound_take import GenerateSound
from ._wish import SoundWish, Wish

_WRITING = 0.98  # of the work is done when the sound is there


class SoundReport(msgspec.Struct, frozen=True):
    """Everything a program may want to know of a song that is sound; written as `report.json`.

    Attributes:
        path: how it was decoded; empty when the process died before it told.
        stopped: it ended early.
        can_resume: `ResumeSound` goes on with it.
        ended_because: why, unless the user ended it.
        take: the take's id.
        measured: all that was measured, seams among it.
        files: written into the folder, relative to it.
    """

    title: str
    prompt: str
    engine: str
    model: str
    licence: str
    commercial_use: bool | None
    seed: int
    tempo_bpm: float
    length_s: float
    path: str
    steps_per_s: float
    first_sound_s: float
    elapsed_s: float
    stopped: bool
    can_resume: bool
    ended_because: str
    take: str
    measured: dict[str, float | bool | str]
    request: dict[str, Any]
    versions: dict[str, str]
    project: str
    files: tuple[str, ...]
    folder: str


@dataclass(frozen=True)
class ComposeSound:
    """Have sound made, and write a project with the take on an audio track, the mix and a report.

    What was made when the user or the engine ended it is written all the same, and waits in the project for
    `ResumeSound`.

    Attributes:
        client: the sound process's handle.
        wish: for a new song; each variation gets a folder of its own.
        folder: where the song's files go; made when it is missing.
        rate: frames per second.
        bits: of the mix: 16, 24, or 32 for float.
        replace: write over another song that lies in the folder.
    """

    client: SoundMaker
    wish: Wish
    folder: Path
    rate: int = 48_000
    bits: Bits = 24
    replace: bool = False

    def run(self, report: Report = no_report, stop: StopFlag | None = None) -> tuple[SoundReport, ...]:
        """Do the work; a report for each variation.

        Raises:
            UserInputError: when the wish cannot be met, or the folder cannot be used.
            MusicgenDesktopError: when the engine or its process failed before there was any sound.
            Stopped: when `stop` was set before there was any sound.
        """
        started = time.perf_counter()
        stop = stop or StopFlag()
        wishes = self.wish.single_wishes()
        report(0.0, "Preparing")
        model = chosen_model(self.client, self.wish.engine, self.wish.model, stop)
        wishes = tuple(msgspec.structs.replace(each, model=model.id) for each in wishes)
        folders = [self.folder]
        if len(wishes) > 1:
            folders = [self.folder / f"variation-{number}" for number in range(1, len(wishes) + 1)]
        for folder, wish in zip(folders, wishes, strict=True):
            refuse_other_wish(folder, _values(wish), replace=self.replace)
        name = safe_file_name(sound_name(wishes[0]))
        places = [folder / f"{name}{PROJECT_SUFFIX}" for folder in folders]
        new = [path for path in (self.folder, *folders, *places) if not path.exists()]
        try:
            with ExitStack() as stack:
                locks = [stack.enter_context(project_lock(place)) for place in places]
                making = GenerateSound(
                    self.client,
                    msgspec.structs.replace(self.wish, model=model.id),
                    places[0],
                    rate=self.rate,
                )
                takes = making.run(part_of(report, 0.0, _WRITING), stop)
                report(_WRITING, "Writing files")
                for take, place in zip(takes[1:], places[1:], strict=False):
                    make_folder(place / TAKES_FOLDER)
                    copy_sound(take, places[0], place)
                    remove_sound(take, places[0])
                return tuple(
                    self._written(take, place, lock, started)
                    for take, place, lock in zip(takes, places, locks, strict=False)
                )
        except MusicgenDesktopError:
            _remove_empty(new)
            raise

    def _written(self, take: Candidate, place: Path, lock: ProjectLock | None, started: float) -> SoundReport:
        project = keep(Project.new("Untitled", rate=self.rate), take, folder=place).project
        save_project(project, place, lock=lock)
        _put_away(take, place)
        said = _report(project, take, place, (MIX, place.name, REPORT), started)
        _write_mix(project, take, place, said, self.bits)
        return said


@dataclass(frozen=True)
class ResumeSound:
    """Go on with a take of a project that ended early; the longer one takes its place.

    Attributes:
        client: the sound process's handle.
        place: the project's folder (`Name.mgproj`), or the take's id below it.
        bits: of the mix, when the project lies in a song's folder.
    """

    client: SoundMaker
    place: Path
    bits: Bits = 24

    def run(self, report: Report = no_report, stop: StopFlag | None = None) -> SoundReport:
        """Do the work.

        Raises:
            UserInputError: when the project cannot be opened, or has no such take.
            MusicgenDesktopError: when the engine or its process failed before there was any sound.
            Stopped: when `stop` was set before there was any sound.
        """
        started = time.perf_counter()
        stop = stop or StopFlag()
        take_id = self.place.stem if is_take_id(self.place.stem) else ""
        place = project_folder(self.place.parent if take_id else self.place)
        open_project(place)  # no lock is left in what is no project
        with project_lock(place) as lock:
            project = open_project(place).project
            shelf = TakesShelf(place)
            short = _stopped_take(shelf, take_id, place)
            wish = resumed(short)
            making = GenerateSound(
                self.client,
                wish,
                place,
                None if wish.stands_alone else project,
                short.project.rate,
            )
            (take,) = making.run(part_of(report, 0.0, _WRITING), stop)
            report(_WRITING, "Writing files")
            project = keep(project, take, folder=place).project
            save_project(project, place, lock=lock)
            _put_away(take, place)
            shelf.delete(short.id)
            shelf.close()
            song = earlier_song(place.parent)
            if song is None or song.request != _values(short.wish):  # another song lies there, or none
                return _report(project, take, place, (), started)
            said = _report(project, take, place, (MIX, place.name, REPORT), started)
            _write_mix(project, take, place, said, self.bits)
            return said


def _stopped_take(shelf: TakesShelf, take_id: str, place: Path) -> Candidate:
    for candidate in shelf.candidates:
        if can_resume(candidate, place) and take_id in ("", candidate.id):
            return candidate
    raise UserInputError(
        f"“{place.name}” has no take “{take_id[:40]}” that could go on; leave its name out."
        if take_id
        else f"“{place.name}” has no take that ended early; compose a new one."
    )


def _put_away(take: Candidate, place: Path) -> None:
    """What can go on waits on the project's shelf; what is whole lies in the project's audio."""
    if can_resume(take, place):
        TakesShelf(place).add(take)
    else:
        remove_sound(take, place)


def _write_mix(project: Project, take: Candidate, place: Path, said: SoundReport, bits: Bits) -> None:
    """Write what lies beside the project.

    Raises:
        UserInputError: when the disk refuses; the sentence says that the take itself is there.
    """
    try:
        _write_beside(project, place, said, bits)
    except CannotWriteError as error:
        waits = f" The take is in “{place}”"
        mend = "; free some space, then --resume goes on with it." if can_resume(take, place) else "."
        raise UserInputError(f"{error}{waits}{mend}") from error


def _write_beside(project: Project, place: Path, said: SoundReport, bits: Bits) -> None:
    folder, earlier = place.parent, earlier_song(place.parent)
    plan = compile_plan(project, media_folder=place, soundfont=chosen_soundfont(None, project))
    mix = render_mix(plan, frames=project.tempo_map.frame_at(project.length_ticks, project.rate))
    with PendingFiles(folder) as files:
        tags = mix_tags(project, rights=_rights(project, place), frames=len(mix), bits=bits)
        write_wav(files.path(MIX), mix, project.rate, bits, chunks=tags)
        write_file(files.path(REPORT), msgspec.json.format(msgspec.json.encode(said), indent=2) + b"\n")
        files.move_in()
    remove_rendered(folder, set(earlier.files if earlier else ()) - set(said.files))


def _rights(project: Project, place: Path) -> FileRights:
    """Those of the whole song: a take that goes on may lie in one with more in it."""
    return SongRights(project, place, chosen_soundfont(None, project)).of_song()


def _report(
    project: Project, take: Candidate, place: Path, files: tuple[str, ...], started: float
) -> SoundReport:
    record, measured = take.take, take.take.measured
    rights = _rights(project, place)
    (source,) = take.project.sources
    return SoundReport(
        title=project.name,
        prompt=record.prompt,
        engine=record.engine,
        model=record.model,
        licence=rights.licence,
        commercial_use=rights.commercial_use,
        seed=record.seed,
        tempo_bpm=project.tempo_map.bpm_at(take.start_ticks),
        length_s=round(source.frames / source.rate, 3),
        path=str(measured.get("path", "")),
        steps_per_s=float(measured.get("steps_per_s", 0.0)),
        first_sound_s=float(measured.get("first_sound_s", 0.0)),
        elapsed_s=round(time.perf_counter() - started, 3),
        stopped=measured.get(STOPPED) is True,
        can_resume=can_resume(take, place),
        ended_because=str(measured.get(ENDED_BECAUSE, "")),
        take=take.id,
        measured=measured,
        request=_values(take.wish),
        versions=record.versions,
        project=place.name,
        files=files,
        folder=str(place.parent),
    )


def _values(wish: Wish) -> dict[str, Any]:
    """What was asked for as JSON values, the same whether it was made at once or in two goes."""
    sound = (wish.sound or SoundWish()).anew()
    # As a report that was read says it, where a tuple is a list.
    values: dict[str, Any] = msgspec.json.decode(
        msgspec.json.encode(msgspec.structs.replace(wish, sound=sound))
    )
    return values


def _remove_empty(folders: list[Path]) -> None:
    """Leave no folders behind for a song that there is not."""
    for place in reversed(folders):
        for path in (place / TAKES_FOLDER, place):
            with suppress(OSError):
                path.rmdir()
