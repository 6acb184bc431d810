"""The whole song through the mixer, block by block."""

from collections.abc import Callable, Iterator, Mapping

import numpy as np

from musicgen_desktop.dsp import Audio
from musicgen_desktop.foundation import Report, StopFlag, no_report
from musicgen_desktop.playback.mixer import Planar, Strip
from musicgen_desktop.playback.plan import RenderPlan, SoundFiles

from ._desk import Desk
from ._readers import CHUNK_FRAMES, all_readers, frames_with_tail

QUIET = 10.0 ** (-96.0 / 20.0)
"""A tail has ended where nothing louder follows."""


Write = Callable[[Audio], None]
"""Takes the next frames of a sound, [frames, 2]. Each is called in order, but on any thread."""


def render_mix(
    plan: RenderPlan,
    *,
    start_frame: int = 0,
    frames: int | None = None,
    block_frames: int = CHUNK_FRAMES,
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
    block_frames: int = CHUNK_FRAMES,
    sources: Mapping[str, Audio] | None = None,
    files: SoundFiles | None = None,
    stems: Mapping[str, Write] | None = None,
    workers: int | None = None,
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
        stems: track or bus id → what takes its stem, of the same frames as the mix, while the mix is made:
            what it adds to the mix before the master, with its share of groups and returns. Needs `frames`.
        workers: threads; None takes as many as there are cores. The samples do not depend on it.
        report: told the share done.
        stop: asked before every block.

    Yields:
        [≤ block_frames, 2] float32; of the tail maybe longer.

    Raises:
        Stopped: when `stop` is set.
    """
    if stems and frames is None:
        raise ValueError("stems are as long as the mix, so its length has to be given")
    readers, ring = all_readers(plan, sources, files)
    master = Strip(plan.master.settings, plan.rate, plan.tempo_map)
    end = frames_with_tail(plan, ring) if frames is None else start_frame + frames
    late = plan.master.settings.arrival_frames + plan.master.settings.latency_frames
    tail = _Tail(plan.song_frames if frames is None else end, start_frame)
    sinks = {each: _Window(write, start_frame, end).take for each, write in (stems or {}).items()}
    at = 0
    with Desk(plan, readers, sinks=sinks, workers=workers) as desk:
        while at < end + late:
            if stop is not None:
                stop.raise_if_set()
            count = min(block_frames, end + late - at)
            block = master.process(desk.process(at, count), at, _nowhere)
            first = at - late  # where on the timeline this block belongs
            drop = max(start_frame - first, 0)
            if drop < count:
                yield from tail.passed(block[:, drop:].T, first + drop)
            at += count
            report(at / (end + late), "Mixing")


def stream_stems(
    plan: RenderPlan,
    stems: Mapping[str, Write],
    *,
    frames: int,
    start_frame: int = 0,
    block_frames: int = CHUNK_FRAMES,
    sources: Mapping[str, Audio] | None = None,
    files: SoundFiles | None = None,
    workers: int | None = None,
    report: Report = no_report,
    stop: StopFlag | None = None,
) -> None:
    """Stems without the mix, all in one pass. Arguments as those of `stream_mix`.

    Raises:
        Stopped: when `stop` is set.
    """
    readers, _ring = all_readers(plan, sources, files)
    end = start_frame + frames
    late = plan.master.settings.arrival_frames
    sinks = {each: _Window(write, start_frame, end).take for each, write in stems.items()}
    with Desk(plan, readers, with_mix=False, sinks=sinks, workers=workers) as desk:
        for at in range(0, end + late, block_frames):
            if stop is not None:
                stop.raise_if_set()
            count = min(block_frames, end + late - at)
            desk.process(at, count)
            report((at + count) / (end + late), "Mixing")


class _Window:
    """Hands on what of a sound lies between two frames of the timeline."""

    def __init__(self, write: Write, start: int, end: int) -> None:
        self._write = write
        self._start, self._end = start, end

    def take(self, block: Planar, first: int) -> None:
        low = max(self._start - first, 0)
        high = min(self._end - first, block.shape[1])
        if low < high:
            self._write(block[:, low:high].T)


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
