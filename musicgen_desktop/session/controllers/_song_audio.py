"""From a project to its sound: levels set, stems and mix rendered, each heard once."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np

from musicgen_desktop.document import SILENT_DB, Project
from musicgen_desktop.dsp import Audio, db_to_gain, fade_out, integrated_lufs
from musicgen_desktop.foundation import Report, StopFlag
from musicgen_desktop.playback.offline import apply_master, render_pre_master
from musicgen_desktop.playback.plan import RenderPlan, compile_plan

from ._balance import balanced, loudness_of, mastered, staged
from ._long_songs import LONG_FRAMES, part_of, spilled, stems_in_batches

TAIL_S = 3.0
_END_FADE_S = 0.005


class SongAudio(NamedTuple):
    """A project with its levels set, and how it sounds: every array is [frames, 2] of one length.

    Loudness is in LUFS, −inf for silence; `stem_lufs` goes by track id like `stems`.
    """

    project: Project
    stems: dict[str, Audio]
    stem_lufs: dict[str, float]
    mix: Audio
    mix_lufs: float


def song_frames(project: Project, *, tail: bool) -> int:
    """Frames from bar 1 to the end of the last bar; with a tail, to the bar line after it has rung out."""
    end = project.length_ticks
    return project.tempo_map.frame_at(rung_out(project, end) if tail else end, project.rate)


def rung_out(project: Project, end_ticks: int) -> int:
    """The bar line after which what ends at a tick has rung out."""
    meters, tempo = project.meter_map, project.tempo_map
    ringing = tempo.tick_at(tempo.seconds_at(end_ticks) + TAIL_S)
    return meters.tick_of_bar(meters.bar_of(max(end_ticks, round(ringing) - 1)) + 1)


def mixed_song(
    project: Project,
    *,
    levels_lu: Mapping[str, float] | None,
    frames: int,
    soundfont: Path | None,
    report: Report,
    stop: StopFlag,
    media_folder: Path | None = None,
) -> SongAudio:
    """Render every stem and the mix.

    Args:
        project: the song.
        levels_lu: track id → wanted loudness; sets trims, faders and the master's limiter by measuring.
            None leaves the project's own levels as they are.
        frames: length of every array, from bar 1.
        soundfont: the General MIDI font, None for the built-in synthesizer alone.
        report: told the share done of this work.
        stop: asked between the stages and inside them.
        media_folder: the project's, when it plays audio files.
    """
    lifted, gains = (project, {}) if levels_lu is not None else _faders_up(project)
    plan = compile_plan(lifted, media_folder=media_folder, soundfont=soundfont)

    def with_trims(sources: Mapping[str, Audio]) -> RenderPlan:
        nonlocal project, plan
        if levels_lu is not None:
            project = staged(project, sources)
            plan = compile_plan(project, media_folder=media_folder, soundfont=soundfont, previous=plan)
        return plan

    stems: dict[str, Audio] = {}
    for rendered in stems_in_batches(
        plan, frames=frames, report=part_of(report, 0.0, 0.85), stop=stop, staged=with_trims
    ):
        for track_id in tuple(rendered):
            stems[track_id] = _finished(rendered.pop(track_id), gains.get(track_id, 1.0), project.rate)
    if levels_lu is None:
        stem_lufs = loudness_of(stems, project.rate)
    else:
        project, stem_lufs = balanced(project, levels_lu, stems)
    report(0.87, "Mastering")
    plan = compile_plan(project, media_folder=media_folder, soundfont=soundfont)
    pre_master = render_pre_master(plan, stems=stems, frames=frames)

    def with_master(changed: Project) -> Audio:
        stop.raise_if_set()
        changed_plan = compile_plan(changed, media_folder=media_folder, soundfont=soundfont, previous=plan)
        return apply_master(changed_plan, pre_master)

    if levels_lu is None:
        mix = with_master(project)
        mix_lufs = integrated_lufs(mix, project.rate)
    else:
        project, mix, mix_lufs = mastered(project, pre_master, with_master)
    report(1.0, "Mixed")
    return SongAudio(project, stems, stem_lufs, mix, mix_lufs)


def _faders_up(project: Project) -> tuple[Project, dict[str, float]]:
    """The project with its faders at 0 dB, and the gains to multiply the stems by afterwards, by track id.

    A new song's stems are rendered so, before its levels are known; only the same way gives the same samples
    again. Where the fader is more than a factor (automated, shut, with sends before it) it stays as it is.
    """
    gains: dict[str, float] = {}
    for track in project.tracks:
        if (
            track.kind != "bus"
            and track.output is None
            and track.gain_db > SILENT_DB
            and not any(send.pre_fader for send in track.sends)
            and not any(curve.target == "gain_db" for curve in track.automation)
        ):
            gains[track.id] = db_to_gain(track.gain_db)
            project = project.with_track(track.with_gain(0.0))
    return project, gains


def _finished(stem: Audio, gain: float, rate: int) -> Audio:
    """The stem with a soft end and its fader's gain, in place; kept on the disk when it is long."""
    fade = fade_out(round(_END_FADE_S * rate), "linear")[:, np.newaxis]
    if len(stem) >= len(fade):  # a file that ends inside a reverb would click
        stem[-len(fade) :] *= fade
    if gain != 1.0:
        stem *= gain
    return spilled([stem], len(stem)) if len(stem) > LONG_FRAMES else stem
