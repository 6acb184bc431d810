"""A project leaves for another program: MIDI files, stems, or the whole song as another program's project."""

from dataclasses import dataclass
from pathlib import Path

import msgspec

from musicgen_desktop.document import Project
from musicgen_desktop.exchange.dawproject import save_dawproject
from musicgen_desktop.exchange.midi_file import save_midi, song_midi, track_midi
from musicgen_desktop.exchange.stems import numbered_name
from musicgen_desktop.foundation import Report, StopFlag, UserInputError, no_report, safe_file_name
from musicgen_desktop.media import Bits, make_folder
from musicgen_desktop.playback.plan import compile_plan
from musicgen_desktop.storage import open_project, project_folder

from ._asked import chosen_soundfont
from ._bars import checked_bars
from ._reaper_folder import write_reaper_folder
from ._rights_sheet import HandedOver, RightsSheet, refuse_unsafe, rights_sheet, sheet_text, write_sheet
from ._sounds import refuse_lost_sounds
from ._stem_files import stem_names, write_stem_files
from .render import bars_in_frames

KINDS = ("midi", "stems", "dawproject", "reaper")

_HANDED = {
    "midi": HandedOver(audio=False, instruments=False, notes=True),
    "stems": HandedOver(),
    "dawproject": HandedOver(instruments=False, notes=True, muted=True),
    "reaper": HandedOver(notes=True, muted=True),
}

_SPOKEN = {"midi": "MIDI", "dawproject": "A DAWproject", "reaper": "A REAPER project"}


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
    `groups` choose stems as in `RenderProject`; `commercial_safe` refuses what may not be sold.
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

    def run(self, report: Report = no_report, stop: StopFlag | None = None) -> ExportReport:
        """Do the work.

        Raises:
            UserInputError: for an unknown kind, an unreadable project or a folder that cannot be written.
            Stopped: when `stop` was set.
        """
        if self.to not in KINDS:
            raise UserInputError(f"Export to {' or '.join(KINDS)}, not “{self.to[:40]}”.")
        chosen = (self.first_bar, self.last_bar, self.only, self.groups or None)
        if self.to != "stems" and chosen != (None, None, None, None):
            raise UserInputError(
                f"{_SPOKEN[self.to]} is exported whole; bars and tracks can be chosen for stems."
            )
        folder = project_folder(self.project)
        project = open_project(folder).project
        stop = stop or StopFlag()
        handed = _HANDED[self.to]
        font = chosen_soundfont(self.soundfont, project, frozen_in=folder) if handed.instruments else None
        sheet = rights_sheet(project, folder=folder, soundfont=font, handed=handed)
        if self.commercial_safe:
            refuse_unsafe(sheet)
        remarks: tuple[str, ...] = ()
        if self.to == "midi":
            make_folder(self.out)
            files = write_midi_files(project, self.out)
        elif self.to == "dawproject":
            make_folder(self.out)
            files, remarks = write_dawproject_file(project, folder, self.out, report, stop)
        elif self.to == "reaper":
            comment = sheet_text(sheet)
            files, remarks = write_reaper_folder(
                project, folder, self.out, soundfont=font, comment=comment, report=report, stop=stop
            )
        else:
            files = self._write_stems(project, folder, font, report, stop)
        files += write_sheet(sheet, self.out)
        report(1.0, "Done")
        return ExportReport(self.to, str(self.out), files, remarks, sheet)

    def _write_stems(
        self, project: Project, folder: Path, font: Path | None, report: Report, stop: StopFlag
    ) -> tuple[str, ...]:
        refuse_lost_sounds(project, folder)
        first, last = checked_bars(project, self.first_bar, self.last_bar)
        span = bars_in_frames(project, first, None if self.last_bar is None else last)
        plan = compile_plan(project, media_folder=folder, soundfont=font)
        names = stem_names(project, plan, only=self.only, groups=self.groups)
        make_folder(self.out)
        write_stem_files(project, plan, self.out, span, names, bits=self.bits, report=report, stop=stop)
        return tuple(names.values())


def midi_names(project: Project) -> dict[str, str]:
    """The MIDI files to write: track id → file name, the song's under an empty one."""
    tracks = [track for track in project.tracks if track.kind in ("notes", "audio")]
    numbered = {
        track.id: f"{numbered_name(number, track.name)}.mid"
        for number, track in enumerate(tracks, start=1)
        if track.kind == "notes"
    }
    return {"": "song.mid", **numbered}


def write_midi_files(project: Project, folder: Path) -> tuple[str, ...]:
    """The song and each of its tracks of notes; their numbers are those of the stems."""
    names = midi_names(project)
    for track_id, name in names.items():
        midi = track_midi(project, project.track(track_id)) if track_id else song_midi(project)
        save_midi(midi, folder / name)
    return tuple(names.values())


def dawproject_name(project: Project) -> str:
    """The file of a song: `NAME.dawproject`."""
    return f"{safe_file_name(project.name)}.dawproject"


def write_dawproject_file(
    project: Project, folder: Path, out: Path, report: Report, stop: StopFlag
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The whole song as one file.

    Args:
        project: the song.
        folder: the project's.
        out: where to, there already.
        report: told how far it is.
        stop: asked on the way.

    Returns:
        The file's name, alone, and a sentence for each thing that does not leave as it is.

    Raises:
        UserInputError: when a sound is missing or the file cannot be written.
        Stopped: when `stop` was set.
    """
    refuse_lost_sounds(project, folder)
    name = dawproject_name(project)
    remarks = save_dawproject(project, out / name, media_folder=folder, report=report, stop=stop)
    return (name,), remarks
