"""The whole song through the mixer, block by block."""

from collections.abc import Iterator, Mapping

import numpy as np

from musicgen_desktop.dsp import Audio
from musicgen_desktop.foundation import Report, StopFlag, no_report
from musicgen_desktop.playback.mixer import Mixer, Planar, Strip
from musicgen_desktop.playback.plan import RenderPlan, SoundFiles

from ._readers import all_readers, frames_with_tail

QUIET = 10.0 ** (-96.0 / 20.0)
"""A tail has ended where nothing louder follows."""


def render_mix(
    plan: RenderPlan,
    *,
    start_frame: int = 0,
    frames: int | None = None,
    block_frames: int = 8192,
    sources: Mapping[str, Audio] | None = None,
    files: SoundFiles | None = None,
    report: Report = no_report,
    stop: StopFlag | None = None,
) -> Audio:
    """The song as it leaves the master. See `stream_mix`, whose blocks this joins.

    Returns:
        [frames, 2] float32.
    """
    blocks = stream_mix(
        plan,
        start_frame=start_frame,
        frames=frames,
        block_frames=block_frames,
        sources=sources,
        files=files,
        report=report,
        stop=stop,
    )
    return np.concatenate([np.zeros((0, 2), np.float32), *blocks])


def stream_mix(
    plan: RenderPlan,
    *,
    start_frame: int = 0,
    frames: int | None = None,
    block_frames: int = 8192,
    sources: Mapping[str, Audio] | None = None,
    files: SoundFiles | None = None,
    report: Report = no_report,
    stop: StopFlag | None = None,
) -> Iterator[Audio]:
    """The song as it leaves the master, in blocks, so that a long one needs no more memory than a short one.

    A frame holds the same samples whatever the block size, and wherever `start_frame` lies: the song is
    always played from its beginning, and what lies before `start_frame` is thrown away.

    Args:
        plan: what to render.
        start_frame: the first frame wanted.
        frames: how many; None renders to the song's end and on until its tail has died away (−96 dBFS), at
            most ten seconds.
        block_frames: how many at a time; large blocks are faster.
        sources: what `render_sources` made, for tracks that need not be rendered again.
        files: where audio files are read through; keep it to read them once.
        report: told the share done.
        stop: asked before every block.

    Yields:
        [≤ block_frames, 2] float32; of the tail maybe longer.

    Raises:
        Stopped: when `stop` is set.
    """
    readers, ring = all_readers(plan, sources, files)
    settings = [strip.settings for strip in plan.strips]
    mixer = Mixer(settings[:-1], plan.master.id, readers, plan.rate, plan.tempo_map)
    master = Strip(settings[-1], plan.rate, plan.tempo_map)
    end = frames_with_tail(plan, ring) if frames is None else start_frame + frames
    late = plan.master.settings.arrival_frames + plan.master.settings.latency_frames
    tail = _Tail(plan.song_frames if frames is None else end, start_frame)
    at = 0
    while at < end + late:
        if stop is not None:
            stop.raise_if_set()
        count = min(block_frames, end + late - at)
        block = master.process(mixer.process(at, count), at, _nowhere)
        first = at - late  # where on the timeline this block belongs
        drop = max(start_frame - first, 0)
        if drop < count:
            yield from tail.passed(block[:, drop:].T, first + drop)
        at += count
        report(at / (end + late), "Mixing")


def _nowhere(_target: str, _block: Planar) -> None:
    """The master plays into nothing."""


class _Tail:
    """Holds back what is quiet after the song's end until something louder follows, if it does.

    Args:
        song_end: the frame up to which everything is kept.
        start: the first frame that will come.
    """

    def __init__(self, song_end: int, start: int) -> None:
        self._song_end = max(song_end, start)
        self._held: list[Audio] = []

    def passed(self, block: Audio, first: int) -> Iterator[Audio]:
        kept = self._kept(block, first)
        if kept:
            yield from self._held
            self._held = []
            yield np.ascontiguousarray(block[:kept])
        if kept < len(block):
            self._held.append(np.ascontiguousarray(block[kept:]))

    def _kept(self, block: Audio, first: int) -> int:
        inside = min(max(self._song_end - first, 0), len(block))
        if inside == len(block):
            return inside
        loud = np.flatnonzero(np.abs(block[inside:]).max(axis=1) > QUIET)
        return inside + int(loud[-1]) + 1 if len(loud) else inside
