"""What a drag out of the window hands to another program: real files that stay."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from musicgen_desktop.document import Project
from musicgen_desktop.exchange.midi_file import save_midi, song_midi, track_midi
from musicgen_desktop.foundation import Report, StopFlag, UserInputError, no_report, user_data_folder
from musicgen_desktop.media import Bits, make_folder
from musicgen_desktop.playback.plan import compile_plan
from musicgen_desktop.storage import EXPORTS_FOLDER

from ._asked import chosen_soundfont
from ._excerpt import excerpt
from ._handed_part import Bars, Clips, Handed, Mix, Part, Stem, handed_part
from ._heard_fingerprint import heard_fingerprint
from ._mix_file import write_mix_file
from ._rights_sheet import HandedOver, rights_sheet, write_sheet
from ._song_rights import SongRights
from ._sounds import refuse_lost_sounds
from ._stem_files import write_stem_files

__all__ = ["Bars", "Clips", "Kind", "Mix", "Part", "RenderHandOver", "Stem", "exports_folder"]

Kind = Literal["wav", "midi"]

WAV_ONLY: frozenset[Kind] = frozenset({"wav"})


def exports_folder(project: Project, folder: Path | None) -> Path:
    """Where handed-over files lie: inside the project, or in the user's data while it was never saved.

    Other programs go on reading them there, so nothing here ever deletes one.
    """
    if folder is not None:
        return folder / EXPORTS_FOLDER
    return user_data_folder() / EXPORTS_FOLDER / project.id


class _Files(msgspec.Struct, frozen=True):
    """The files of a part, by track id; the mix's under an empty one."""

    wav: dict[str, Path]
    midi: dict[str, Path]

    @property
    def all(self) -> tuple[Path, ...]:
        return (*self.wav.values(), *self.midi.values())


@dataclass(frozen=True)
class RenderHandOver:
    """Make a part of a song into tagged WAV files, MIDI files or both.

    Files are named by number, name, tempo and key (`02_bass_92bpm_Am.wav`) and lie in a folder that is named
    by all they are made of: asking again for what did not change gives the same files at once. The sheet of
    rights lies beside them, and is not handed over itself.

    A take that is not in the project yet is handed over as the mix of its own project, into the `exports` of
    the open one.

    Attributes:
        project: as it is now.
        folder: the project's; None while it was never saved.
        part: what is handed over.
        kinds: of the files; MIDI only of tracks of notes.
        bits: of WAV files.
        soundfont: a wish; else the project's own.
        exports: where the files go; None takes `exports_folder`.
    """

    project: Project
    folder: Path | None
    part: Part
    kinds: Collection[Kind] = WAV_ONLY
    bits: Bits = 24
    soundfont: Path | None = None
    exports: Path | None = None

    def ready(self) -> tuple[Path, ...] | None:
        """The files, when all of them are there from an earlier time; quick enough for a hover.

        Raises:
            UserInputError: as `run`, but for the disk.
        """
        files = self._files(handed_part(self.project, self.part), self._font())
        return files.all if all(path.is_file() for path in files.all) else None

    def run(self, report: Report = no_report, stop: StopFlag | None = None) -> tuple[Path, ...]:
        """The files: sound first, in the mixer's order. Only those are made that are not there.

        Raises:
            UserInputError: when the part is gone or empty, has no notes for MIDI, an audio file is missing,
                or the disk refuses.
            Stopped: when `stop` was set; files are there whole or not at all.
        """
        stop = stop or StopFlag()
        handed, font = handed_part(self.project, self.part), self._font()
        files = self._files(handed, font)
        absent = [path for path in files.all if not path.is_file()]
        if absent:
            make_folder(absent[0].parent)
        self._write_midi(handed, {key: path for key, path in files.midi.items() if path in absent})
        sounds = {key: path for key, path in files.wav.items() if path in absent}
        if sounds:
            self._write_wav(handed, sounds, font, report, stop)
        if files.all:
            # Sound and MIDI share the folder, one drag after the other, and so the sheet speaks of both.
            whole = HandedOver(notes=True)
            sheet = rights_sheet(handed.project, folder=self.folder, soundfont=font, handed=whole)
            write_sheet(sheet, files.all[0].parent)
        report(1.0, "Done")
        return files.all

    def _font(self) -> Path | None:
        return chosen_soundfont(self.soundfont, self.project, frozen_in=self.folder)

    def _files(self, handed: Handed, font: Path | None) -> _Files:
        named = {"": handed.mix} if handed.mix else handed.names
        notes = {track.id for track in handed.project.tracks if track.kind == "notes"}
        with_notes = {key: name for key, name in named.items() if key in notes or (handed.mix and notes)}
        if self.kinds and not (with_notes or "wav" in self.kinds):
            raise UserInputError("There are no notes in it, so it has no MIDI; drag it as sound.")
        digest = heard_fingerprint(handed, folder=self.folder, soundfont=font, bits=self.bits)
        place = (self.exports or exports_folder(self.project, self.folder)) / digest
        return _Files(
            wav={key: place / f"{name}.wav" for key, name in named.items()} if "wav" in self.kinds else {},
            midi={key: place / f"{name}.mid" for key, name in with_notes.items()}
            if "midi" in self.kinds
            else {},
        )

    def _write_midi(self, handed: Handed, files: dict[str, Path]) -> None:
        if not files:
            return
        song = excerpt(handed.project, handed.start_ticks, handed.end_ticks)
        for track_id, path in files.items():
            save_midi(track_midi(song, song.track(track_id)) if track_id else song_midi(song), path)

    def _write_wav(
        self, handed: Handed, files: dict[str, Path], font: Path | None, report: Report, stop: StopFlag
    ) -> None:
        project = handed.project
        refuse_lost_sounds(project, self.folder or Path())
        plan = compile_plan(project, media_folder=self.folder, soundfont=font)
        rights = SongRights(project, self.folder, font)
        if handed.mix:
            write_mix_file(
                project,
                plan,
                files[""],
                handed.span,
                rights=rights,
                bits=self.bits,
                report=report,
                stop=stop,
                loop_frames=handed.loop_frames,
            )
            return
        write_stem_files(
            project,
            plan,
            next(iter(files.values())).parent,
            handed.span,
            {track_id: path.name for track_id, path in files.items()},
            rights=rights,
            bits=self.bits,
            report=report,
            stop=stop,
            loop_frames=handed.loop_frames,
        )
