"""From a project to its sound: levels set, stems and mix rendered, each heard once."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np

from musicgen_desktop.document import Project
from musicgen_desktop.dsp import Audio, fade_out
from musicgen_desktop.foundation import Report, StopFlag, load_settings
from musicgen_desktop.instruments import available_soundfont
from musicgen_desktop.playback.offline import (
    apply_master,
    render_pre_master,
    render_sources,
    render_stems,
)
from musicgen_desktop.playback.plan import compile_plan

from ._balance import balanced, mastered, staged

TAIL_S = 3.0
_END_FADE_S = 0.005


class SongAudio(NamedTuple):
    """A project with its levels set, and how it sounds: every array is [frames, 2] of one length."""

    project: Project
    stems: dict[str, Audio]
    mix: Audio


def chosen_soundfont(wish: Path | None) -> Path | None:
    """The SoundFont to play: the one asked for, else the one of the settings, else the shipped one."""
    return available_soundfont(wish or load_settings().soundfont_path)


def song_frames(project: Project, *, tail: bool) -> int:
    """Frames from bar 1 to the end of the last bar; with a tail, to the bar line after it has rung out."""
    meters, tempo = project.meter_map, project.tempo_map
    end = project.length_ticks
    if tail:
        ringing = tempo.tick_at(tempo.seconds_at(end) + TAIL_S)
        end = meters.tick_of_bar(meters.bar_of(max(end, round(ringing) - 1)) + 1)
    return tempo.frame_at(end, project.rate)


def mixed_song(
    project: Project,
    *,
    levels_lu: Mapping[str, float] | None,
    frames: int,
    soundfont: Path | None,
    report: Report,
    stop: StopFlag,
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
    """
    plan = compile_plan(project, soundfont=soundfont)
    sources = render_sources(plan, report=lambda done, stage: report(0.65 * done, stage), stop=stop)
    if levels_lu is not None:
        project = staged(project, sources)
        plan = compile_plan(project, soundfont=soundfont, previous=plan)
    stems = render_stems(
        plan,
        sources=sources,
        frames=frames,
        report=lambda done, stage: report(0.65 + 0.2 * done, stage),
        stop=stop,
    )
    sources.clear()
    _end_softly(stems, project.rate)
    if levels_lu is not None:
        project = balanced(project, levels_lu, stems)
    report(0.87, "Mastering")
    pre_master = render_pre_master(compile_plan(project, soundfont=soundfont), stems=stems, frames=frames)

    def with_master(changed: Project) -> Audio:
        stop.raise_if_set()
        return apply_master(compile_plan(changed, soundfont=soundfont, previous=plan), pre_master)

    if levels_lu is None:
        mix = with_master(project)
    else:
        project, mix = mastered(project, with_master)
    report(1.0, "Mixed")
    return SongAudio(project, stems, mix)


def _end_softly(stems: Mapping[str, Audio], rate: int) -> None:
    """A file that ends inside a reverb would click; five milliseconds are enough to end it."""
    fade = fade_out(round(_END_FADE_S * rate), "linear")[:, np.newaxis]
    for stem in stems.values():
        if len(stem) >= len(fade):
            stem[-len(fade) :] *= fade
