"""A project leaves for another program: MIDI files or stems."""

from dataclasses import dataclass
from pathlib import Path

import msgspec

from musicgen_desktop.exchange.midi_file import save_midi, song_midi, track_midi
from musicgen_desktop.exchange.stems import numbered_name, stem_file_name, stem_tags
from musicgen_desktop.foundation import Report, StopFlag, UserInputError, no_report
from musicgen_desktop.media import Bits, make_folder, write_wav
from musicgen_desktop.playback.offline import render_stems
from musicgen_desktop.playback.plan import compile_plan
from musicgen_desktop.storage import open_project, project_folder

from ._song_audio import chosen_soundfont, song_frames
from ._sounds import refuse_lost_sounds

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
        files: list[str] = []
        tracks = [track for track in project.tracks if track.kind in ("notes", "audio")]
        if self.to == "midi":
            save_midi(song_midi(project), self.out / "song.mid")
            files.append("song.mid")
            for number, track in enumerate(tracks, start=1):
                if track.kind == "notes":
                    name = f"{numbered_name(number, track.name)}.mid"
                    save_midi(track_midi(project, track), self.out / name)
                    files.append(name)
        else:
            plan = compile_plan(project, media_folder=folder, soundfont=chosen_soundfont(self.soundfont))
            frames = song_frames(project, tail=True)
            stems = render_stems(
                plan,
                frames=frames,
                report=lambda done, stage: report(0.9 * done, stage),
                stop=stop or StopFlag(),
            )
            sounding = [track for track in tracks if track.id in stems]  # an empty track has no stem
            for number, track in enumerate(sounding, start=1):
                name = stem_file_name(number, track.name, project)
                tags = stem_tags(project, track, frames=frames, bits=self.bits)
                write_wav(self.out / name, stems[track.id], project.rate, self.bits, chunks=tags)
                files.append(name)
        report(1.0, "Done")
        return ExportReport(self.to, str(self.out), tuple(files))
