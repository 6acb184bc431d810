"""A project becomes audio files: the mix, and its stems when they are wanted."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from musicgen_desktop.foundation import Report, StopFlag, UserInputError, no_report
from musicgen_desktop.media import Bits, make_folder
from musicgen_desktop.playback.plan import compile_plan
from musicgen_desktop.storage import open_project, project_folder

from ._asked import chosen_soundfont
from ._bars import checked_bars
from ._earlier_files import refuse_earlier_files
from ._mix_file import write_mix_file
from ._song_rights import SongRights
from ._sound_span import bars_sound
from ._sounds import refuse_lost_sounds
from ._stem_files import stem_names, write_stem_files
from .request import checked_rate
from .song_report import finite


class RenderReport(msgspec.Struct, frozen=True):
    """What was rendered: files, length and the mix's levels (None for silence, and without a mix)."""

    wav: str | None
    stems: tuple[str, ...]
    first_bar: int
    last_bar: int
    rate: int
    bits: int
    length_s: float
    lufs: float | None
    true_peak_dbtp: float | None
    notes: tuple[str, ...]


@dataclass(frozen=True)
class RenderProject:
    """Render a project, or some bars of it.

    Attributes:
        project: its folder.
        out: the mix, a WAV file; None writes stems only.
        stems: a folder for one file per track; None writes none.
        only: names, roles or numbers of the tracks and buses whose stems are wanted; None for all tracks.
        groups: stems of the buses too.
        replace: write over files of the same names.
        first_bar, last_bar: both included; None means the song's own ends, with
            the tail that its files were asked to have.
    """

    project: Path
    out: Path | None
    stems: Path | None = None
    first_bar: int | None = None
    last_bar: int | None = None
    rate: int | None = None
    bits: Bits = 24
    soundfont: Path | None = None
    only: tuple[str, ...] | None = None
    groups: bool = False
    replace: bool = False

    def run(self, report: Report = no_report, stop: StopFlag | None = None) -> RenderReport:
        """Do the work.

        Raises:
            UserInputError: when the project cannot be opened or lacks the bars, or a file cannot be written,
                or is there already.
            Stopped: when `stop` was set.
        """
        stop = stop or StopFlag()
        self._refuse_nothing_to_do()
        folder = project_folder(self.project)
        project = open_project(folder).project
        refuse_lost_sounds(project, folder)
        rate = checked_rate(self.rate or project.rate)
        font = chosen_soundfont(self.soundfont, project, frozen_in=folder)
        # At its own rate: a project at another rate is another song to its frozen tracks.
        plan = compile_plan(project, media_folder=folder, soundfont=font, rate=rate)
        rights = SongRights(project, folder, font)
        project = msgspec.structs.replace(project, rate=rate)
        first, last = checked_bars(project, self.first_bar, self.last_bar)
        sound = bars_sound(project, first, None if self.last_bar is None else last, tail=None)
        span = sound.span
        names: dict[str, str] = {}
        if self.stems is not None:
            names = stem_names(project, plan, only=self.only, groups=self.groups, at_tick=sound.start_ticks)
            refuse_earlier_files(self.stems, names.values(), replace=self.replace, option="--stems")
        if self.out is not None:
            self._refuse_place(self.out, names.values())
        if self.stems is not None:
            make_folder(self.stems)
        lufs, peak = -math.inf, -math.inf
        if self.out is not None:
            lufs, peak = write_mix_file(
                project,
                plan,
                self.out,
                span,
                rights=rights,
                bits=self.bits,
                stems=names,
                stems_folder=self.stems,
                report=report,
                stop=stop,
                loop_frames=sound.loop_frames,
            )
        elif self.stems is not None:
            write_stem_files(
                project,
                plan,
                self.stems,
                span,
                names,
                rights=rights,
                bits=self.bits,
                report=report,
                stop=stop,
                loop_frames=sound.loop_frames,
            )
        report(1.0, "Done")
        return RenderReport(
            wav=None if self.out is None else str(self.out),
            stems=() if self.stems is None else tuple(str(self.stems / name) for name in names.values()),
            first_bar=first,
            last_bar=last,
            rate=rate,
            bits=self.bits,
            length_s=round(len(span) / rate, 3),
            lufs=finite(lufs),
            true_peak_dbtp=finite(peak),
            notes=tuple(plan.notes),
        )

    def _refuse_place(self, out: Path, stems: Iterable[str]) -> None:
        if out.is_dir():
            raise UserInputError(f"“{out}” is a folder; name a file for the mix in it, like mix.wav.")
        if self.stems is not None and out.absolute() in [(self.stems / name).absolute() for name in stems]:
            raise UserInputError(f"“{out}” is the file of a stem as well; choose another --out.")
        refuse_earlier_files(out.absolute().parent, [out.name], replace=self.replace)

    def _refuse_nothing_to_do(self) -> None:
        if self.out is None and self.stems is None:
            raise UserInputError("Say where to: --out for the mix, --stems for a folder of stems, or both.")
        if self.stems is None and (self.only is not None or self.groups):
            raise UserInputError("Only stems can be chosen; name a folder for them with --stems.")
