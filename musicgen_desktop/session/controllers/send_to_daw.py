"""“Send to DAW”: stems, MIDI, mix or a whole project, and a sheet of rights, in one folder."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from musicgen_desktop.document import Project
from musicgen_desktop.exchange.midi_file import MidiForm, midi_remarks
from musicgen_desktop.foundation import Report, StopFlag, UserInputError, no_report
from musicgen_desktop.media import Bits, make_folder

from ._asked import chosen_soundfont
from ._rights_sheet import (
    SHEET,
    SHEET_JSON,
    HandedOver,
    ImportedRights,
    RightsSheet,
    TakeRights,
    refuse_unsafe,
    rights_sheet,
    write_sheet,
)
from ._song_sound import USUAL_SOUND, SongSound, SoundWish
from ._whole_song import PROJECT_KINDS, WholeSong
from .export import midi_names, write_midi_files

__all__ = [
    "ImportedRights",
    "MidiForm",
    "RightsSheet",
    "SendPreview",
    "SendToDaw",
    "SentToDaw",
    "SoundWish",
    "TakeRights",
    "What",
]

What = Literal["stems", "midi", "mix", "all", "dawproject", "reaper", "ardour"]

_USUAL_MIDI = MidiForm()

_STEMS, _MIDI, _MIX = "stems", "midi", "mix"


class SentToDaw(msgspec.Struct, frozen=True):
    """What was written: names relative to the folder, the rights, and what could not be as it is."""

    folder: str
    files: tuple[str, ...]
    rights: RightsSheet
    notes: tuple[str, ...]


class SendPreview(msgspec.Struct, frozen=True):
    """What would be written: names relative to the folder, the rights, and what cannot be as it is."""

    files: tuple[str, ...]
    rights: RightsSheet
    notes: tuple[str, ...]


@dataclass(frozen=True)
class SendToDaw:
    """Write a song for a DAW.

    The folder gets `stems/` (tagged files, all of one length), `midi/` (a file per track and the song),
    `mix.wav`, and always `RIGHTS.md` and `rights.json`. Files of the same names are replaced. A track that
    mute or solo silences has no stem, and the notes say so; its number stays free for it.

    A project of another program is the whole song, so bars, bits and groups mean nothing to it.

    Attributes:
        project: as it is now.
        folder: the project's; None while it was never saved.
        out: the folder to write into, made when missing.
        what: stems, MIDI or mix, or all three; or another program's project.
        bits: of sound files.
        groups: stems of buses too.
        first_bar: of the sound; None for bar 1.
        last_bar: included; None for the song's end and its tail.
        soundfont: a wish; else the project's own.
        commercial_safe: refuse a song that is not known to be safe: files of others are not.
        midi: the form of MIDI files.
        sound: how sound files are written; the mix is one file also where each clip has its own.
    """

    project: Project
    folder: Path | None
    out: Path
    what: What = "all"
    bits: Bits = 24
    groups: bool = False
    first_bar: int | None = None
    last_bar: int | None = None
    soundfont: Path | None = None
    commercial_safe: bool = False
    midi: MidiForm = _USUAL_MIDI
    sound: SoundWish = USUAL_SOUND

    def preview(self) -> SendPreview:
        """What `run` would write, without writing it; quick enough for a dialog.

        Raises:
            UserInputError: as `run`, but for the disk.
        """
        self._refuse_empty()
        if song := self._whole_song():
            sheet = self._checked(song.rights())
            names, notes = song.preview()
            return SendPreview((*names, SHEET, SHEET_JSON), sheet, notes)
        font = chosen_soundfont(self.soundfont, self.project, frozen_in=self.folder)
        sheet = self._rights(font)
        files: list[str] = []
        notes = ()
        if self.what != "midi":
            stems, notes = self._sound(font).preview(stems=self.what != "mix")
            files += (f"{_STEMS}/{name}" for name in stems)
        if self.what in ("mix", "all"):
            files.append(self._mix)
        if self.what in ("midi", "all"):
            files += (f"{_MIDI}/{name}" for name in midi_names(self.project).values())
        return SendPreview((*files, SHEET, SHEET_JSON), sheet, (*notes, *self._midi_remarks()))

    def run(self, report: Report = no_report, stop: StopFlag | None = None) -> SentToDaw:
        """Do the work.

        Raises:
            UserInputError: when the song is empty, lacks the bars, an audio file is missing, or the folder
                cannot be written.
            Stopped: when `stop` was set.
        """
        stop = stop or StopFlag()
        self._refuse_empty()
        if song := self._whole_song():
            sheet = self._checked(song.rights())
            names, notes = song.write(self.out, report=report, stop=stop)
            return self._sent([*names], sheet, notes, report)
        font = chosen_soundfont(self.soundfont, self.project, frozen_in=self.folder)
        sheet = self._rights(font)
        make_folder(self.out)
        files: list[str] = []
        notes = ()
        if self.what != "midi":
            written, notes = self._write_sound(font, report, stop)
            files += written
        if self.what in ("midi", "all"):
            stop.raise_if_set()
            make_folder(self.out / _MIDI)
            names = write_midi_files(self.project, self.out / _MIDI, self.midi)
            files += (f"{_MIDI}/{name}" for name in names)
        return self._sent(files, sheet, (*notes, *self._midi_remarks()), report)

    def _midi_remarks(self) -> tuple[str, ...]:
        """What MIDI alone does not carry; beside stems there is nothing missing."""
        return midi_remarks(self.project) if self.what == "midi" else ()

    def _sent(
        self, files: list[str], sheet: RightsSheet, notes: tuple[str, ...], report: Report
    ) -> SentToDaw:
        sheets = write_sheet(sheet, self.out)
        report(1.0, "Done")
        return SentToDaw(str(self.out), (*files, *sheets), sheet, notes)

    def _whole_song(self) -> WholeSong | None:
        """The song, when it leaves as another program's project."""
        for kind in PROJECT_KINDS:
            if self.what == kind:
                return WholeSong(self.project, self.folder, kind, self.soundfont)
        return None

    def _rights(self, font: Path | None) -> RightsSheet:
        handed = HandedOver(notes=self.what in ("midi", "all"))
        return self._checked(rights_sheet(self.project, folder=self.folder, soundfont=font, handed=handed))

    def _checked(self, sheet: RightsSheet) -> RightsSheet:
        if self.commercial_safe:
            refuse_unsafe(sheet)
        return sheet

    def _refuse_empty(self) -> None:
        if not self.project.length_ticks:
            raise UserInputError("The song is empty; there is nothing to send.")

    def _write_sound(
        self, font: Path | None, report: Report, stop: StopFlag
    ) -> tuple[list[str], tuple[str, ...]]:
        """(names of the stems and the mix, what has to be told)."""
        stems = None if self.what == "mix" else self.out / _STEMS
        mix = None if self.what == "stems" else self.out / self._mix
        written, notes = self._sound(font).write(stems=stems, mix=mix, report=report, stop=stop)
        names = [f"{_STEMS}/{name}" for name in written]
        return names if mix is None else [*names, self._mix], notes

    def _sound(self, font: Path | None) -> SongSound:
        return SongSound(
            self.project,
            self.folder,
            font,
            self.bits,
            self.sound,
            self.first_bar,
            self.last_bar,
            groups=self.groups,
        )

    @property
    def _mix(self) -> str:
        return f"{_MIX}.{self.sound.extension}"
