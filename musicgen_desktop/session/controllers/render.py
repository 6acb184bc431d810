"""A project becomes audio files: the mix, and its stems when they are wanted."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from musicgen_desktop.document import Project
from musicgen_desktop.dsp import Audio, integrated_lufs, true_peak_dbtp
from musicgen_desktop.exchange.stems import mix_tags
from musicgen_desktop.foundation import Report, StopFlag, UserInputError, no_report
from musicgen_desktop.media import Bits, WavWriter, make_folder
from musicgen_desktop.playback.offline import stream_mix
from musicgen_desktop.playback.plan import RenderPlan, compile_plan
from musicgen_desktop.storage import open_project, project_folder

from ._asked import chosen_soundfont, rings_out
from ._long_songs import kept, part_of
from ._song_audio import song_frames
from ._sounds import refuse_lost_sounds
from ._stem_files import write_stem_files
from .request import checked_rate
from .song_report import finite


class RenderReport(msgspec.Struct, frozen=True):
    """What was rendered: files, length and the mix's levels (None for silence)."""

    wav: str
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
        out: the mix, a WAV file.
        stems: a folder for one file per track; None writes none.
        first_bar, last_bar: both included; None means the song's own ends, with
            the tail that its files were asked to have.
    """

    project: Path
    out: Path
    stems: Path | None = None
    first_bar: int | None = None
    last_bar: int | None = None
    rate: int | None = None
    bits: Bits = 24
    soundfont: Path | None = None

    def run(self, report: Report = no_report, stop: StopFlag | None = None) -> RenderReport:
        """Do the work.

        Raises:
            UserInputError: when the project cannot be opened, lacks the bars, or the file cannot be written.
            Stopped: when `stop` was set.
        """
        stop = stop or StopFlag()
        folder = project_folder(self.project)
        project = open_project(folder).project
        refuse_lost_sounds(project, folder)
        rate = self._checked_rate(project)
        project = msgspec.structs.replace(project, rate=rate)
        first, last = self._checked_bars(project)
        start = project.tempo_map.frame_at(project.meter_map.tick_of_bar(first), rate)
        if self.last_bar is None:
            end = song_frames(project, tail=rings_out(project))
        else:
            end = project.tempo_map.frame_at(project.meter_map.tick_of_bar(last + 1), rate)
        plan = compile_plan(
            project, media_folder=folder, soundfont=chosen_soundfont(self.soundfont, project), rate=rate
        )
        if self.stems is not None:
            make_folder(self.stems)
        share = 0.9 if self.stems is None else 0.4
        lufs, peak = self._write_mix(project, plan, range(start, end), part_of(report, 0.0, share), stop)
        stems: tuple[str, ...] = ()
        if self.stems is not None:
            names = write_stem_files(
                project,
                plan,
                self.stems,
                range(start, end),
                bits=self.bits,
                report=part_of(report, share, 0.6),
                stop=stop,
            )
            stems = tuple(str(self.stems / name) for name in names)
        report(1.0, "Done")
        return RenderReport(
            wav=str(self.out),
            stems=stems,
            first_bar=first,
            last_bar=last,
            rate=rate,
            bits=self.bits,
            length_s=round((end - start) / rate, 3),
            lufs=finite(lufs),
            true_peak_dbtp=finite(peak),
            notes=tuple(plan.notes),
        )

    def _write_mix(
        self, project: Project, plan: RenderPlan, span: range, report: Report, stop: StopFlag
    ) -> tuple[float, float]:
        """The mix into its file, block by block; its loudness in LUFS and true peak in dBTP."""
        tags = mix_tags(project, frames=len(span), start_frame=span.start, bits=self.bits)
        with WavWriter(self.out, project.rate, 2, self.bits, chunks=tags) as wav:

            def written() -> Iterator[Audio]:
                for block in stream_mix(
                    plan, start_frame=span.start, frames=len(span), report=report, stop=stop
                ):
                    wav.write(block)
                    yield block

            mix = kept(written(), len(span))
        return integrated_lufs(mix, project.rate), true_peak_dbtp(mix, project.rate)

    def _checked_rate(self, project: Project) -> int:
        return checked_rate(self.rate or project.rate)

    def _checked_bars(self, project: Project) -> tuple[int, int]:
        bars = project.meter_map.bar_of(max(0, project.length_ticks - 1))
        first = 1 if self.first_bar is None else self.first_bar
        last = bars if self.last_bar is None else self.last_bar
        if not 1 <= first <= last <= bars:
            raise UserInputError(
                f"Bars {first} to {last} are not in this song; give a range within 1 to {bars}."
            )
        return first, last
