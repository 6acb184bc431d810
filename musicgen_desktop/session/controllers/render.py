"""A project becomes audio files: the mix, and its stems when they are wanted."""

import math
from dataclasses import dataclass
from pathlib import Path

import msgspec

from musicgen_desktop.document import Project
from musicgen_desktop.dsp import integrated_lufs, true_peak_dbtp
from musicgen_desktop.exchange.stems import mix_tags, stem_file_name, stem_tags
from musicgen_desktop.foundation import Report, StopFlag, UserInputError, no_report
from musicgen_desktop.media import Bits, make_folder, write_wav
from musicgen_desktop.playback.offline import render_mix, render_stems
from musicgen_desktop.playback.plan import RenderPlan, compile_plan
from musicgen_desktop.storage import open_project, project_folder

from ._song_audio import chosen_soundfont, song_frames
from ._sounds import refuse_lost_sounds
from .request import checked_rate


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
        first_bar, last_bar: both included; None means the song's own ends, its tail kept.
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
            end = song_frames(project, tail=True)
        else:
            end = project.tempo_map.frame_at(project.meter_map.tick_of_bar(last + 1), rate)
        plan = compile_plan(
            project, media_folder=folder, soundfont=chosen_soundfont(self.soundfont), rate=rate
        )
        share = 0.6 if self.stems is None else 0.4
        mix = render_mix(
            plan,
            start_frame=start,
            frames=end - start,
            report=lambda done, stage: report(share * done, stage),
            stop=stop,
        )
        tags = mix_tags(project, frames=len(mix), start_frame=start, bits=self.bits)
        write_wav(self.out, mix, rate, self.bits, chunks=tags)
        loudness, peak = integrated_lufs(mix, rate), true_peak_dbtp(mix, rate)
        del mix
        stems = self._write_stems(project, plan, range(start, end), report, stop) if self.stems else ()
        report(1.0, "Done")
        return RenderReport(
            wav=str(self.out),
            stems=stems,
            first_bar=first,
            last_bar=last,
            rate=rate,
            bits=self.bits,
            length_s=round((end - start) / rate, 3),
            lufs=round(loudness, 2) if math.isfinite(loudness) else None,
            true_peak_dbtp=round(peak, 2) if math.isfinite(peak) else None,
            notes=tuple(plan.notes),
        )

    def _write_stems(
        self, project: Project, plan: RenderPlan, span: range, report: Report, stop: StopFlag
    ) -> tuple[str, ...]:
        """One file per track that holds clips, all of them as long as the mix."""
        folder = self.stems or self.out.parent
        make_folder(folder)
        audio = render_stems(
            plan,
            frames=span.stop,
            report=lambda done, stage: report(0.4 + 0.5 * done, stage),
            stop=stop,
        )
        paths: list[str] = []
        tracks = [track for track in project.tracks if track.id in audio]
        for number, track in enumerate(tracks, start=1):
            path = folder / stem_file_name(number, track.name, project)
            tags = stem_tags(project, track, frames=len(span), start_frame=span.start, bits=self.bits)
            write_wav(path, audio.pop(track.id)[span.start :], project.rate, self.bits, chunks=tags)
            paths.append(str(path))
        return tuple(paths)

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
