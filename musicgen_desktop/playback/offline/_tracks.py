"""Tracks one by one, side by side: their sources."""

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import numpy as np

from musicgen_desktop.dsp import Audio
from musicgen_desktop.foundation import Report, StopFlag, no_report
from musicgen_desktop.playback.mixer import Planar, Reader
from musicgen_desktop.playback.plan import NotesSource, PlannedStrip, RenderPlan, SoundFiles

from ._processes import can_fork, filled_side_by_side
from ._readers import LONGEST_RING_S, source_reader

_SOURCE_CHUNK = 1 << 18


_Result = TypeVar("_Result")


def for_each_strip(
    strips: Iterable[PlannedStrip],
    work: Callable[[PlannedStrip], _Result],
    *,
    workers: int,
    report: Report,
    stage: str,
) -> dict[str, _Result]:
    """Do the work for every strip in threads; results in the strips' order, the first failure raised."""
    wanted = list(strips)
    done = 0
    lock = threading.Lock()

    def one(strip: PlannedStrip) -> _Result:
        nonlocal done
        result = work(strip)
        with lock:
            done += 1
            report(done / len(wanted), f"{stage} {strip.track.name}")
        return result

    if workers <= 1 or len(wanted) <= 1:
        return {strip.id: one(strip) for strip in wanted}
    with ThreadPoolExecutor(workers, "render") as pool:
        return dict(zip((strip.id for strip in wanted), pool.map(one, wanted), strict=True))


def render_sources(
    plan: RenderPlan,
    *,
    tracks: Iterable[str] | None = None,
    frames: int | None = None,
    workers: int = 2,
    files: SoundFiles | None = None,
    report: Report = no_report,
    stop: StopFlag | None = None,
) -> dict[str, Audio]:
    """What instruments and clips play, before trim, inserts and fader; muted tracks too.

    Args:
        plan: what to render.
        tracks: ids of the tracks wanted; all that play something when None.
        frames: the length of each; None lets each ring until it ends, at most ten seconds after the song.
        workers: 1 keeps to this thread; more are processes where the system forks safely and `frames` is
            given, else threads. The samples do not depend on it.
        files: where audio files are read through; keep it to read them once.
        report: told the share done.
        stop: asked every few seconds of sound.

    Returns:
        Track id → [frames, 2] float32.

    Raises:
        Stopped: when `stop` is set.
    """
    wanted = None if tracks is None else set(tracks)
    opened = files or SoundFiles(plan.rate)
    strips = [strip for strip in plan.sources if wanted is None or strip.id in wanted]

    def play(read: Reader, sound: Audio) -> None:
        for at in range(0, len(sound), _SOURCE_CHUNK):
            if stop is not None:
                stop.raise_if_set()
            end = min(at + _SOURCE_CHUNK, len(sound))
            sound[at:end] = read(at, end - at).T

    def one(strip: PlannedStrip) -> Audio:
        read, ring = source_reader(strip, plan, opened)
        length = frames
        if length is None:
            length = plan.song_frames + min(ring, round(LONGEST_RING_S * plan.rate))
        sound = np.empty((length, 2), np.float32)
        play(read, sound)
        return sound

    if frames is None or workers <= 1 or len(strips) <= 1 or not can_fork():
        return for_each_strip(strips, one, workers=workers, report=report, stage="Playing")

    def fill(number: int, sound: Audio) -> None:
        play(source_reader(strips[number], plan, opened)[0], sound)

    finished: list[int] = []

    def tell(number: int) -> None:
        finished.append(number)
        report(len(finished) / len(strips), f"Playing {strips[number].track.name}")

    # The longest work first, or one process ends up waiting for the other's last pad.
    strips.sort(key=_held_frames, reverse=True)
    sounds = filled_side_by_side(fill, [frames] * len(strips), finished=tell, stop=stop)
    return {strip.id: sound for strip, sound in zip(strips, sounds, strict=True)}


def _held_frames(strip: PlannedStrip) -> int:
    """For how long all of a strip's notes are held together: what an instrument's work grows with."""
    if not isinstance(strip.source, NotesSource) or (strip.track.patch and strip.track.patch.is_drums):
        return 0
    return sum(note.end_frame - note.start_frame for note in strip.source.notes)


def place(result: Audio, block: Planar, first: int) -> None:
    """Write a block where it belongs, leaving out what lies before the beginning."""
    drop = max(-first, 0)
    if drop < block.shape[1]:
        result[first + drop : first + block.shape[1]] = block[:, drop:].T
