"""Stems, their sum, and the master on top of it."""

from collections.abc import Iterable, Mapping

import numpy as np

from musicgen_desktop.dsp import Audio
from musicgen_desktop.foundation import Report, StopFlag, no_report
from musicgen_desktop.playback.mixer import Mixer, Planar, Reader, Strip, StripSettings
from musicgen_desktop.playback.plan import PlannedStrip, RenderPlan

from ._mix import QUIET
from ._readers import CHUNK_FRAMES, SoundReader, frames_with_tail
from ._tracks import for_each_strip, place, render_sources


def render_stems(
    plan: RenderPlan,
    *,
    sources: Mapping[str, Audio] | None = None,
    tracks: Iterable[str] | None = None,
    frames: int | None = None,
    in_place: bool = False,
    workers: int = 2,
    report: Report = no_report,
    stop: StopFlag | None = None,
) -> dict[str, Audio]:
    """Every track as it enters the master: after fader and pan, with its share of groups and returns.

    The stems sum to the mix before the master within −120 dBFS where `plan.stems_sum` says so; a bus with a
    compressor, say, hears one stem at a time here and all of them in the mix.

    Args:
        plan: what to render.
        sources: what `render_sources` made; what is not among them is rendered.
        tracks: ids of the tracks wanted; all that play something when None.
        frames: the length of all; None goes on after the song until all tails have died away (−96 dBFS), at
            most ten seconds.
        in_place: write over what was given where it has the wanted length already, to save memory.
        workers: threads. The samples do not depend on how many.
        report: told the share done.
        stop: asked before every chunk.

    Returns:
        Track id → [frames, 2] float32, of one length from the song's first frame on; muted ones silent.

    Raises:
        Stopped: when `stop` is set.
    """
    given = dict(sources or {})
    wanted = {strip.id for strip in plan.sources} if tracks is None else set(tracks)
    strips = [strip for strip in plan.sources if strip.id in wanted]
    absent = [strip.id for strip in strips if strip.is_heard and strip.id not in given]
    if absent:
        given |= render_sources(plan, tracks=absent, workers=workers, stop=stop)
    ring = max((len(given[strip.id]) - plan.song_frames for strip in strips if strip.is_heard), default=0)
    length = frames_with_tail(plan, max(ring, 0)) if frames is None else frames

    def one(strip: PlannedStrip) -> Audio:
        if not strip.is_heard:
            return np.zeros((length, 2), np.float32)
        sound = given[strip.id]
        reuse = in_place and len(sound) == length
        result = sound if reuse else np.empty((length, 2), np.float32)
        readers = {strip.id: SoundReader(sound).read}
        return _before_master(plan, _settings(plan), readers, result, stop)

    stems = for_each_strip(strips, one, workers=workers, report=report, stage="Mixing")
    if frames is not None:
        return stems
    end = max((_last_loud(stem, plan.song_frames) for stem in stems.values()), default=plan.song_frames)
    return {each: stem[:end] for each, stem in stems.items()}


def render_pre_master(
    plan: RenderPlan,
    *,
    stems: Mapping[str, Audio] | None = None,
    sources: Mapping[str, Audio] | None = None,
    frames: int | None = None,
    workers: int = 2,
    report: Report = no_report,
    stop: StopFlag | None = None,
) -> Audio:
    """The mix as it enters the master.

    Args:
        plan: what to render.
        stems: what `render_stems` made, all of them; where they sum to the mix, their sum is returned.
        sources: what `render_sources` made; what is not among them is rendered.
        frames: the length; as in `render_stems`.
        workers: threads, for the sources.
        report: told the share done.
        stop: asked before every chunk.

    Returns:
        [frames, 2] float32.
    """
    if stems and plan.stems_sum:
        return _summed(list(stems.values()), frames)
    given = dict(sources or {})
    heard = [strip for strip in plan.sources if strip.is_heard]
    absent = [strip.id for strip in heard if strip.id not in given]
    if absent:
        given |= render_sources(plan, tracks=absent, workers=workers, stop=stop)
    ring = max((len(given[strip.id]) - plan.song_frames for strip in heard), default=0)
    length = frames_with_tail(plan, max(ring, 0)) if frames is None else frames
    if frames is None and stems:
        length = max(len(stem) for stem in stems.values())
    readers = {strip.id: SoundReader(given[strip.id]).read for strip in heard}
    result = np.empty((length, 2), np.float32)
    mix = _before_master(plan, _settings(plan), readers, result, stop, report)
    return mix if frames is not None or stems else mix[: _last_loud(mix, plan.song_frames)]


def apply_master(
    plan: RenderPlan, audio: Audio, *, report: Report = no_report, stop: StopFlag | None = None
) -> Audio:
    """A mix through the master's inserts and fader.

    Args:
        plan: whose master.
        audio: [frames, 2] from the song's first frame, as `render_pre_master` made it. Left as it is.
        report: told the share done.
        stop: asked before every chunk.

    Returns:
        [frames, 2] float32 in time with `audio`: the master's latency is taken out.
    """
    settings = plan.master.settings
    strip = Strip(settings, plan.rate, plan.tempo_map)
    late = settings.latency_frames
    result = np.empty((len(audio), 2), np.float32)
    reader = SoundReader(audio)
    for at in range(0, len(audio) + late, CHUNK_FRAMES):
        if stop is not None:
            stop.raise_if_set()
        count = min(CHUNK_FRAMES, len(audio) + late - at)
        # The strip's clock is the mixer's, which is ahead of the song by what it takes to get here.
        block = strip.process(reader.read(at, count), at + settings.arrival_frames, _nowhere)
        place(result, block, at - late)
        report((at + count) / (len(audio) + late), "Mastering")
    return result


def _nowhere(_target: str, _block: Planar) -> None:
    """The master plays into nothing."""


def _settings(plan: RenderPlan) -> list[StripSettings]:
    """All strips but the master."""
    return [strip.settings for strip in plan.strips[:-1]]


def _before_master(
    plan: RenderPlan,
    settings: list[StripSettings],
    readers: Mapping[str, Reader],
    result: Audio,
    stop: StopFlag | None,
    report: Report = no_report,
) -> Audio:
    """What enters the master, in time with the song, written into `result`.

    A reader's own array may be the result: reading is never behind writing.
    """
    length = len(result)
    mixer = Mixer(settings, plan.master.id, readers, plan.rate, plan.tempo_map)
    late = plan.master.settings.arrival_frames
    for at in range(0, length + late, CHUNK_FRAMES):
        if stop is not None:
            stop.raise_if_set()
        count = min(CHUNK_FRAMES, length + late - at)
        place(result, mixer.process(at, count), at - late)
        report((at + count) / (length + late), "Mixing")
    return result


def _summed(stems: list[Audio], frames: int | None) -> Audio:
    mix = stems[0].copy()
    for stem in stems[1:]:
        mix += stem
    if frames is None or frames == len(mix):
        return mix
    result = np.zeros((frames, 2), np.float32)
    result[: len(mix)] = mix[:frames]
    return result


def _last_loud(audio: Audio, song_frames: int) -> int:
    """The frame after the last one above −96 dBFS, not before the song's end."""
    tail = audio[song_frames:]
    loud = np.flatnonzero(np.abs(tail).max(axis=1) > QUIET) if len(tail) else np.zeros(0, np.int64)
    return song_frames + (int(loud[-1]) + 1 if len(loud) else 0)
