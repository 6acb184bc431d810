"""A project leaves for another program: MIDI files or stems."""

from dataclasses import dataclass
from pathlib import Path

import msgspec

from musicgen_desktop.document import Project
from musicgen_desktop.exchange.midi_file import save_midi, song_midi, track_midi
from musicgen_desktop.exchange.stems import numbered_name
from musicgen_desktop.foundation import Report, StopFlag, UserInputError, no_report
from musicgen_desktop.media import Bits, make_folder
from musicgen_desktop.playback.plan import compile_plan
from musicgen_desktop.storage import open_project, project_folder

from ._asked import chosen_soundfont, rings_out
from ._song_audio import song_frames
from ._sounds import refuse_lost_sounds
from ._stem_files import write_stem_files

KINDS = ("midi", "stems")


class ExportReport(msgspec.Struct, frozen=True):
    """The files that were written."""

    to: str
    folder: str
    files: tuple[str, ...]


@dataclass(frozen=True)
class ExportProject:
    """Write a project for another program into a folder; `to` is one of `KINDS`."""

    project: Path
    to: str
    out: Path
    bits: Bits = 24
    soundfont: Path | None = None

    def run(self, report: Report = no_report, stop: StopFlag | None = None) -> ExportReport:
        """Do the work.

        Raises:
            UserInputError: for an unknown kind, an unreadable project or a folder that cannot be written.
            Stopped: when `stop` was set.
        """
        if self.to not in KINDS:
            raise UserInputError(f"Export to {' or '.join(KINDS)}, not “{self.to[:40]}”.")
        folder = project_folder(self.project)
        project = open_project(folder).project
        if self.to == "stems":
            refuse_lost_sounds(project, folder)
        make_folder(self.out)
        if self.to == "midi":
            files = _write_midi(project, self.out)
        else:
            plan = compile_plan(
                project, media_folder=folder, soundfont=chosen_soundfont(self.soundfont, project)
            )
            files = write_stem_files(
                project,
                plan,
                self.out,
                range(song_frames(project, tail=rings_out(project))),
                bits=self.bits,
                report=report,
                stop=stop or StopFlag(),
            )
        report(1.0, "Done")
        return ExportReport(self.to, str(self.out), files)


def _write_midi(project: Project, folder: Path) -> tuple[str, ...]:
    """The song and each of its tracks of notes; their numbers are those of the stems."""
    names = ["song.mid"]
    save_midi(song_midi(project), folder / names[0])
    tracks = [track for track in project.tracks if track.kind in ("notes", "audio")]
    for number, track in enumerate(tracks, start=1):
        if track.kind == "notes":
            names.append(f"{numbered_name(number, track.name)}.mid")
            save_midi(track_midi(project, track), folder / names[-1])
    return tuple(names)
