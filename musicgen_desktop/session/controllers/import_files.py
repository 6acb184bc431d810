"""Sound, MIDI files and whole songs of others come into the project."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from musicgen_desktop.document import AudioSource, Project, Track
from musicgen_desktop.exchange.dawproject import is_dawproject, read_dawproject
from musicgen_desktop.exchange.midi_file import is_midi, read_midi
from musicgen_desktop.foundation import (
    Report,
    StopFlag,
    UserInputError,
    new_id,
    no_report,
    safe_file_name,
)
from musicgen_desktop.media import NoSoundFileError, content_hash, read_info, told_place
from musicgen_desktop.session.commands import Edit
from musicgen_desktop.session.commands.tracks import behind_clips
from musicgen_desktop.session.store import ProjectStore
from musicgen_desktop.storage import (
    PROJECT_SUFFIX,
    collect_files,
    is_project,
    save_project,
    source_path,
)

from ._named_tracks import tracks_named
from ._origins import origin_of_file, origin_of_sound
from ._placed_files import ImportedAudio, ImportedMidi, Placing, placed_audio, placed_midi
from ._placed_song import ImportedSong, placed_song
from ._unpacked_song import require_folder, unpacked

__all__ = [
    "ImportFiles",
    "ImportIntoProject",
    "ImportReport",
    "Imported",
    "ImportedAudio",
    "ImportedMidi",
    "ImportedSong",
    "place_imported",
]

_MIDI_SUFFIXES = frozenset({".mid", ".midi"})
_DAWPROJECT_SUFFIX = ".dawproject"


class Imported(msgspec.Struct, frozen=True):
    """Files that were looked at; the project does not know of them yet.

    Attributes:
        files: in the order in which they were named.
        remarks: a sentence for each file that could not be read.
    """

    files: tuple[ImportedAudio | ImportedMidi | ImportedSong, ...]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class ImportFiles:
    """Look at files, and copy sound into the project's `audio/` folder.

    To put what `run` returns on tracks is the caller's (`place_imported`): this may run on any thread, and
    the store is edited on its own.

    Attributes:
        project: as it is now.
        paths: sound files (WAV, FLAC, Ogg, MP3, AIFF), Standard MIDI Files and DAWprojects.
        folder: the project's; None while it was never saved: sources then name their files where they lie.
    """

    project: Project
    paths: tuple[Path, ...]
    folder: Path | None = None

    def run(self, report: Report = no_report, stop: StopFlag | None = None) -> Imported:
        """Do the work.

        Raises:
            UserInputError: when none of the files can be read, or a copy cannot be written.
            Stopped: when `stop` was set; what was copied before lies in the folder, unused.
        """
        stop = stop or StopFlag()
        files: list[ImportedAudio | ImportedMidi | ImportedSong] = []
        failures: list[UserInputError] = []
        project = self.project
        for number, path in enumerate(self.paths):
            stop.raise_if_set()
            report(number / len(self.paths), f"Importing {path.name}")
            try:
                found = self._looked_at(path.expanduser().absolute(), project, stop)
            except UserInputError as error:
                failures.append(error)
                continue
            if isinstance(found, ImportedAudio) and found.is_new:
                project = project.with_source(found.source)
                if self.folder is not None:
                    project = collect_files(project, self.folder)
                    found = msgspec.structs.replace(found, source=project.source(found.source.id))
            files.append(found)
        if failures and not files:
            raise failures[0]
        report(1.0, "Done")
        return Imported(tuple(files), tuple(str(failure) for failure in failures))

    def _looked_at(
        self, path: Path, project: Project, stop: StopFlag
    ) -> ImportedAudio | ImportedMidi | ImportedSong:
        kind = _kind_of(path)
        if kind == "midi":
            midi = read_midi(path, stop=stop)
            return ImportedMidi(path.stem, midi, origin_of_file(path, midi.rights))
        if kind == "dawproject":
            folder = require_folder(self.folder, path)
            song = read_dawproject(path, stop=stop)
            origin = origin_of_file(path, song.rights)
            return ImportedSong(path.stem, unpacked(song, path, folder, project, origin, stop), origin)
        try:
            info = read_info(path)
        except NoSoundFileError:
            raise UserInputError(
                f"“{path.name}” is nothing that can be imported; choose sound (WAV, FLAC, Ogg, MP3 or AIFF),"
                " a MIDI file (.mid) or a .dawproject."
            ) from None
        if not info.frames:
            raise UserInputError(f"“{path.name}” holds no sound; record or export it again.")
        told = told_place(path, info.rate)
        digest = content_hash(path)
        known = self._known(project, digest)
        source = known or AudioSource(
            id=new_id("source"),
            name=path.stem,
            path=str(path),
            content_hash=digest,
            rate=info.rate,
            channels=info.channels,
            frames=info.frames,
            origins=(origin_of_sound(path),),
        )
        return ImportedAudio(path.stem, source, known is None, told.tempo_bpm, told.start_s)

    def _known(self, project: Project, digest: str) -> AudioSource | None:
        """A source of the project with the same content, when its file is there."""
        for source in project.sources:
            if source.content_hash == digest and source_path(self.folder or Path(), source.path).is_file():
                return source
        return None


def place_imported(
    project: Project, imported: Imported, *, at_tick: int | None = None, track_id: str | None = None
) -> tuple[Edit, tuple[str, ...]]:
    """Put files on tracks, as one edit.

    A sound file lies on the named track when that plays audio, and the first of several does; others get new
    tracks named after them, below it, or above the buses at the end when no track is named. A MIDI file with
    one track lies on the named one when that plays notes; each of several tracks gets a new one. The tempo of
    a MIDI file, with its meters, keys and markers, is taken over when it is put at the beginning of a project
    without clips. A DAWproject brings its own tracks, and what it says of the song in the same way.

    Args:
        project: as it is now; may have changed since the files were looked at.
        imported: from `ImportFiles`.
        at_tick: where they begin; None puts sound where its file tells (bext), else at the beginning.
        track_id: the track on which they were dropped.

    Returns:
        The edit, and a sentence for each thing that is not as the files have it.
    """
    target = next((track for track in project.tracks if track.id == track_id), None)
    position = behind_clips(project) if target is None else project.tracks.index(target) + 1
    placing = Placing(project, position, imported.remarks)
    for file in imported.files:
        if isinstance(file, ImportedAudio):
            on = target if target is not None and target.kind == "audio" else None
            placing = placed_audio(placing, _still_known(file, placing.project), at_tick, on)
        elif isinstance(file, ImportedSong):
            on = None
            placing = placed_song(placing, file, at_tick or 0)
        else:
            on = target if target is not None and target.kind == "notes" else None
            placing = placed_midi(placing, file, at_tick or 0, on)
        if on is not None:
            target = None  # one file a track: they would lie over each other
    names = ", ".join(f"“{file.name}”" for file in imported.files)
    return Edit(f"Import {names}"[:200], placing.project), placing.remarks


class ImportReport(msgspec.Struct, frozen=True):
    """What came in: the names of the tracks that have it, and what is not as the files have it.

    `is_new` tells that the project was made for it.
    """

    project: str
    tracks: tuple[str, ...]
    remarks: tuple[str, ...]
    is_new: bool = False


@dataclass(frozen=True)
class ImportIntoProject:
    """Import files into a saved project, and save it.

    Attributes:
        project: its folder. With MIDI files or a DAWproject among the files it need not exist: it is made
            then; in a folder that is no project, a new one is made that is called as the first of these is.
        paths: as in `ImportFiles`.
        at_bar: from 1; None as in `place_imported`.
        track: name, role or number of the track to lie on; None makes new ones.
    """

    project: Path
    paths: tuple[Path, ...]
    at_bar: int | None = None
    track: str | None = None

    def run(self, report: Report = no_report, stop: StopFlag | None = None) -> ImportReport:
        """Do the work.

        Raises:
            UserInputError: when the project cannot be opened or saved, there is no such track, or none of the
                files can be read.
            Stopped: when `stop` was set; the project is as it was then.
        """
        songs = [path for path in self.paths if _kind_of(path) != "sound"]
        if not songs:
            return self._run_in_saved(self.project, report, stop)
        place = self.project
        if place.is_dir() and place.suffix != PROJECT_SUFFIX and not is_project(place):
            place = _place_named(songs[0], place, stop)
        if place.exists():
            return self._run_in_saved(place, report, stop)
        return self._run_in_new(place, report, stop)

    def _run_in_new(self, place: Path, report: Report, stop: StopFlag | None) -> ImportReport:
        """Make the project first; a failure takes it away again."""
        save_project(Project.new(place.name.removesuffix(PROJECT_SUFFIX) or "Untitled"), place)
        try:
            done = self._run_in_saved(place, report, stop)
            return msgspec.structs.replace(done, is_new=True)
        except BaseException:
            shutil.rmtree(place, ignore_errors=True)
            raise

    def _run_in_saved(self, place: Path, report: Report, stop: StopFlag | None) -> ImportReport:
        store = ProjectStore.open(place)
        try:
            before = store.project
            track_id = None if self.track is None else _one_track(before, self.track).id
            imported = ImportFiles(before, self.paths, store.folder).run(report, stop)
            edit, remarks = place_imported(before, imported, at_tick=self._tick(before), track_id=track_id)
            store.apply(edit.label, edit.project)
            store.save()
            changed = [track for track in edit.project.tracks if track not in before.tracks]
            return ImportReport(str(store.folder), tuple(track.name for track in changed), remarks)
        finally:
            store.close()

    def _tick(self, project: Project) -> int | None:
        if self.at_bar is None:
            return None
        if not 1 <= self.at_bar <= 100_000:
            raise UserInputError(f"Bars count from 1 to 100 000, so there is no bar {self.at_bar}.")
        return project.meter_map.tick_of_bar(self.at_bar)


def _place_named(song: Path, folder: Path, stop: StopFlag | None) -> Path:
    """Where a new project is made that is called as the song is, or else as its file.

    Raises:
        UserInputError: when the song cannot be read, or something is there already.
    """
    if _kind_of(song) == "midi":
        title = read_midi(song, stop=stop).name or song.stem
    else:
        title = read_dawproject(song, stop=stop).project.name
    place = folder / f"{safe_file_name(title)}{PROJECT_SUFFIX}"
    if place.exists():
        raise UserInputError(
            f"“{place}” is there already; name it with --project, or a new one, like {folder / 'NAME'}"
            f"{PROJECT_SUFFIX}."
        )
    return place


def _one_track(project: Project, word: str) -> Track:
    return tracks_named(project, (word,))[0]


def _still_known(audio: ImportedAudio, project: Project) -> ImportedAudio:
    """The file as new when the project no longer lists it: an undo may have come in between."""
    is_new = all(source.id != audio.source.id for source in project.sources)
    return msgspec.structs.replace(audio, is_new=is_new)


def _kind_of(path: Path) -> Literal["midi", "dawproject", "sound"]:
    """What a file says that it is by how it begins, or else by its name."""
    try:
        with path.open("rb") as file:
            head = file.read(4)
    except OSError:  # told by who reads it
        head = b""
    suffix = path.suffix.casefold()
    if is_midi(head) or suffix in _MIDI_SUFFIXES:
        return "midi"
    return "dawproject" if is_dawproject(head) or suffix == _DAWPROJECT_SUFFIX else "sound"
