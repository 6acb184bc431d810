"""“Send to DAW”: stems, MIDI, mix or a whole project, and a sheet of rights, in one folder."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from musicgen_desktop.document import Project
from musicgen_desktop.exchange.midi_file import MidiForm, midi_remarks
from musicgen_desktop.foundation import Report, StopFlag, UserInputError, no_report
from musicgen_desktop.media import Bits, make_folder
from musicgen_desktop.playback.plan import RenderPlan, compile_plan

from ._asked import chosen_soundfont
from ._bars import checked_bars
from ._mix_file import write_mix_file
from ._rights_sheet import (
    SHEET,
    SHEET_JSON,
    HandedOver,
    RightsSheet,
    TakeRights,
    refuse_unsafe,
    rights_sheet,
    write_sheet,
)
from ._sounds import refuse_lost_sounds
from ._stem_files import stem_names, write_stem_files
from ._unheard import unheard_tracks, why_unheard
from ._whole_song import PROJECT_KINDS, WholeSong
from .export import midi_names, write_midi_files
from .render import bars_in_frames

__all__ = ["MidiForm", "RightsSheet", "SendPreview", "SendToDaw", "SentToDaw", "TakeRights", "What"]

What = Literal["stems", "midi", "mix", "all", "dawproject", "reaper"]

_USUAL_MIDI = MidiForm()

_STEMS, _MIDI, _MIX = "stems", "midi", "mix.wav"


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

    The folder gets `stems/` (tagged WAV, all of one length), `midi/` (a file per track and the song),
    `mix.wav`, and always `RIGHTS.md` and `rights.json`. Files of the same names are replaced. A track that
    mute or solo silences has no stem, and the notes say so; its number stays free for it.

    A project of another program is the whole song, so bars, bits and groups mean nothing to it.

    Attributes:
        project: as it is now.
        folder: the project's; None while it was never saved.
        out: the folder to write into, made when missing.
        what: stems, MIDI or mix, or all three; or another program's project.
        bits: of WAV files.
        groups: stems of buses too.
        first_bar: of the sound; None for bar 1.
        last_bar: included; None for the song's end and its tail.
        soundfont: a wish; else the project's own.
        commercial_safe: refuse a song that may not be used commercially.
        midi: the form of MIDI files.
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
            refuse_lost_sounds(self.project, self.folder or Path())
            checked_bars(self.project, self.first_bar, self.last_bar)
            plan = compile_plan(self.project, media_folder=self.folder, soundfont=font)
            stems, notes = self._stems(plan)
            files += (f"{_STEMS}/{name}" for name in stems.values())
        if self.what in ("mix", "all"):
            files.append(_MIX)
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
        project = self.project
        refuse_lost_sounds(project, self.folder or Path())
        first, last = checked_bars(project, self.first_bar, self.last_bar)
        span = bars_in_frames(project, first, None if self.last_bar is None else last)
        plan = compile_plan(project, media_folder=self.folder, soundfont=font)
        stems, notes = self._stems(plan)
        folder = self.out / _STEMS
        if self.what != "mix":
            make_folder(folder)
        names = [f"{_STEMS}/{name}" for name in stems.values()]
        if self.what == "stems":
            write_stem_files(project, plan, folder, span, stems, bits=self.bits, report=report, stop=stop)
            return names, notes
        write_mix_file(
            project,
            plan,
            self.out / _MIX,
            span,
            bits=self.bits,
            stems=stems,
            stems_folder=folder,
            report=report,
            stop=stop,
        )
        return [*names, _MIX], notes

    def _stems(self, plan: RenderPlan) -> tuple[dict[str, str], tuple[str, ...]]:
        """(track id → file name of the stems that are wanted and heard, what has to be told)."""
        if self.what == "mix":
            return {}, tuple(plan.notes)
        named, unheard = stem_names(self.project, plan, groups=self.groups), unheard_tracks(plan)
        heard = {track_id: name for track_id, name in named.items() if track_id not in unheard}
        left_out = why_unheard(self.project, (track_id for track_id in named if track_id in unheard))
        return heard, (*plan.notes, *left_out)
