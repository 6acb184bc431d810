"""A project leaves for another program: MIDI files, stems, or the whole song as another program's project."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from musicgen_desktop.document import Project
from musicgen_desktop.exchange.midi_file import MidiForm, midi_remarks, save_midi, song_midi, track_midi
from musicgen_desktop.exchange.stems import numbered_name
from musicgen_desktop.foundation import Report, StopFlag, UserInputError, no_report
from musicgen_desktop.media import Bits, make_folder
from musicgen_desktop.storage import is_project, open_project, project_folder

from ._asked import chosen_soundfont
from ._earlier_files import refuse_earlier_files
from ._rights_sheet import (
    SHEET,
    SHEET_JSON,
    HandedOver,
    RightsSheet,
    refuse_unsafe,
    rights_sheet,
    write_sheet,
)
from ._song_sound import USUAL_SOUND, SongSound, SoundWish
from ._whole_song import PROJECT_KINDS, WholeSong

KINDS = ("midi", "stems", *PROJECT_KINDS)

_USUAL_MIDI = MidiForm()

_SPOKEN = {
    "midi": "MIDI",
    "dawproject": "A DAWproject",
    "reaper": "A REAPER project",
    "ardour": "An Ardour session",
}


class ExportReport(msgspec.Struct, frozen=True):
    """The files that were written, a sentence for each thing that does not leave as it is, and the rights."""

    to: str
    folder: str
    files: tuple[str, ...]
    remarks: tuple[str, ...]
    rights: RightsSheet


@dataclass(frozen=True)
class ExportProject:
    """Write a project for another program into a folder; `to` is one of `KINDS`.

    `RIGHTS.md` and `rights.json` lie beside the files, and speak of the whole song. The bars, `only` and
    `groups` choose stems as in `RenderProject`, `mix` adds the mix, and `sound` says how they are written;
    `commercial_safe` refuses what may not be sold; `midi` is the form of MIDI files. Files that lie in the
    folder already are written over only with `replace`.
    """

    project: Path
    to: str
    out: Path
    bits: Bits = 24
    soundfont: Path | None = None
    first_bar: int | None = None
    last_bar: int | None = None
    only: tuple[str, ...] | None = None
    groups: bool = False
    commercial_safe: bool = False
    midi: MidiForm = _USUAL_MIDI
    sound: SoundWish = USUAL_SOUND
    mix: bool = False
    replace: bool = False

    def run(self, report: Report = no_report, stop: StopFlag | None = None) -> ExportReport:
        """Do the work.

        Raises:
            UserInputError: for an unknown kind, an unreadable project, or a folder that cannot be written or
                holds such files already.
            Stopped: when `stop` was set.
        """
        if self.to not in KINDS:
            raise UserInputError(f"Export to {' or '.join(KINDS)}, not “{self.to[:40]}”.")
        chosen = (self.first_bar, self.last_bar, self.only, self.groups or None, self.mix or None)
        if self.to != "stems" and (any(each is not None for each in chosen) or self.sound != USUAL_SOUND):
            raise UserInputError(
                f"{_SPOKEN[self.to]} is exported whole; bars, tracks and the kind of files can be chosen for"
                " stems."
            )
        if self.to != "midi" and self.midi != _USUAL_MIDI:
            raise UserInputError("Type and ticks per quarter note can be chosen for MIDI files.")
        folder = project_folder(self.project)
        project = open_project(folder).project
        stop = stop or StopFlag()
        for kind in PROJECT_KINDS:
            if self.to == kind:
                return self._write_whole_song(WholeSong(project, folder, kind, self.soundfont), report, stop)
        has_sound = self.to == "stems"
        font = chosen_soundfont(self.soundfont, project, frozen_in=folder) if has_sound else None
        handed = HandedOver(audio=has_sound, instruments=has_sound, notes=not has_sound)
        sheet = self._checked(rights_sheet(project, folder=folder, soundfont=font, handed=handed))
        if has_sound:
            return self._reported(*self._write_sound(project, folder, font, report, stop), sheet, report)
        self._refuse_earlier(midi_names(project).values())
        make_folder(self.out)
        files = write_midi_files(project, self.out, self.midi)
        return self._reported(files, midi_remarks(project), sheet, report)

    def _write_whole_song(self, song: WholeSong, report: Report, stop: StopFlag) -> ExportReport:
        sheet = self._checked(song.rights())
        if not is_project(self.out):  # whose own folder is refused whatever lies there
            self._refuse_earlier(song.preview().files)
        files, remarks = song.write(self.out, report=report, stop=stop)
        return self._reported(files, remarks, sheet, report)

    def _checked(self, sheet: RightsSheet) -> RightsSheet:
        if self.commercial_safe:
            refuse_unsafe(sheet)
        return sheet

    def _refuse_earlier(self, names: Iterable[str]) -> None:
        refuse_earlier_files(self.out, (*names, SHEET, SHEET_JSON), replace=self.replace)

    def _reported(
        self, files: tuple[str, ...], remarks: tuple[str, ...], sheet: RightsSheet, report: Report
    ) -> ExportReport:
        sheets = write_sheet(sheet, self.out)
        report(1.0, "Done")
        return ExportReport(self.to, str(self.out), (*files, *sheets), remarks, sheet)

    def _write_sound(
        self, project: Project, folder: Path, font: Path | None, report: Report, stop: StopFlag
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """(names of the files, what has to be told)."""
        sound = SongSound(
            project,
            folder,
            font,
            self.bits,
            self.sound,
            self.first_bar,
            self.last_bar,
            self.only,
            groups=self.groups,
            with_unheard=True,
        )
        mix = f"mix.{self.sound.extension}"
        mixes = (mix,) if self.mix else ()
        self._refuse_earlier((*sound.preview(stems=True).names, *mixes))
        out = self.out / mix if self.mix else None
        names, remarks = sound.write(stems=self.out, mix=out, report=report, stop=stop)
        return (*names, *mixes), remarks


def midi_names(project: Project) -> dict[str, str]:
    """The MIDI files to write: track id → file name, the song's under an empty one."""
    tracks = [track for track in project.tracks if track.kind in ("notes", "audio")]
    numbered = {
        track.id: f"{numbered_name(number, track.name)}.mid"
        for number, track in enumerate(tracks, start=1)
        if track.kind == "notes"
    }
    return {"": "song.mid", **numbered}


def write_midi_files(project: Project, folder: Path, form: MidiForm = _USUAL_MIDI) -> tuple[str, ...]:
    """The song and each of its tracks of notes; their numbers are those of the stems.

    Raises:
        UserInputError: the form has not channels enough for the song, or the disk refuses.
    """
    names = midi_names(project)
    for track_id, name in names.items():
        midi = track_midi(project, project.track(track_id), form) if track_id else song_midi(project, form)
        save_midi(midi, folder / name)
    return tuple(names.values())
