"""All strips of a plan, those that do not wait for each other side by side in threads.

The effects and numpy let other threads run while they compute. At blocks of 8192 frames and more two threads
are nearly twice as fast as one; at small blocks they are slower.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import NamedTuple, Self

import numpy as np

from musicgen_desktop.playback.mixer import Planar, Reader, Strip, StripSettings
from musicgen_desktop.playback.plan import RenderPlan

WIDE_FRAMES = 8192
"""From this block size on threads are worth it."""

_MOST_WORKERS = 8

Sink = Callable[[Planar, int], None]
"""Takes what a strip adds to the mix, and the place of its first frame on the timeline; on any thread."""

_Sent = list[tuple[str, Planar]]
"""(target, block) in the order in which a strip delivered them."""


class _Seat(NamedTuple):
    """A strip at its place in the order of mixing.

    Attributes:
        share: the buses that it plays into, once more for itself, where its share of them is wanted.
        sink: takes that share.
    """

    strip: Strip
    reader: Reader | None
    share: tuple[Strip, ...]
    sink: Sink | None


class Desk:
    """Mixes one block after another from the timeline's start on, as `mixer.Mixer` does and to the same bits.

    Used as a context, which ends its threads.

    Args:
        plan: whose strips, the master left out.
        readers: sound by strip id.
        with_mix: whether the sum that enters the master is wanted; else only what the sinks need is played.
        sinks: by strip id, tracks and buses: what each adds to the mix.
        workers: threads; None takes as many as there are cores, at most eight.
    """

    def __init__(
        self,
        plan: RenderPlan,
        readers: Mapping[str, Reader],
        *,
        with_mix: bool = True,
        sinks: Mapping[str, Sink] | None = None,
        workers: int | None = None,
    ) -> None:
        sinks = sinks or {}
        self._target = plan.master.id
        self._late = plan.master.settings.arrival_frames
        settings = [strip.settings for strip in plan.strips[:-1]]
        goals = {*sinks, *([self._target] if with_mix else [])}
        wanted = _upstream(settings, goals) & (_downstream(settings, set(readers)) | set(sinks))
        self._seats = [
            _Seat(
                Strip(each, plan.rate, plan.tempo_map),
                readers.get(each.id),
                _share(each, settings, plan) if each.id in sinks else (),
                sinks.get(each.id),
            )
            for each in settings
            if each.id in wanted
        ]
        self._levels = _levels([seat.strip.settings for seat in self._seats])
        count = min(_MOST_WORKERS, os.cpu_count() or 1) if workers is None else workers
        self._helpers = min(count, max((len(level) for level in self._levels), default=0)) - 1
        self._pool = ThreadPoolExecutor(self._helpers, "mix") if self._helpers > 0 else None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def process(self, start: int, frames: int) -> Planar:
        """The next block of what enters the master, late by its `arrival_frames`; sinks are told theirs.

        Args:
            start: where the block begins; each block begins where the last one ended.
            frames: 1 or more.

        Returns:
            [2, frames], a new array.
        """
        sent: dict[int, _Sent] = {}
        for level in self._levels:
            left = iter(level)  # each thread takes the next one
            helping: list[Future[None]] = []
            if self._pool is not None and frames >= WIDE_FRAMES:
                helping = [
                    self._pool.submit(self._play_all, left, sent, start, frames)
                    for _ in range(min(self._helpers, len(level) - 1))
                ]
            self._play_all(left, sent, start, frames)
            for each in helping:
                each.result()
        return _summed(self._target, (sent[number] for number in range(len(self._seats))), frames)

    def _play_all(self, left: Iterator[int], sent: dict[int, _Sent], start: int, frames: int) -> None:
        for number in left:
            sent[number] = self._play(number, sent, start, frames)

    def _play(self, number: int, sent: Mapping[int, _Sent], start: int, frames: int) -> _Sent:
        """Bring a strip's block through it; all that feeds it has played already."""
        seat = self._seats[number]
        if seat.reader is not None:
            block = seat.reader(start, frames)
        else:
            # In the strips' order, whoever was first: sums of floats depend on it.
            before = (sent[earlier] for earlier in range(number) if earlier in sent)
            block = _summed(seat.strip.settings.id, before, frames)
        mine: _Sent = []
        seat.strip.process(block, start, lambda target, part: mine.append((target, part)))
        if seat.sink is not None:
            seat.sink(self._added(seat, mine, start, frames), start - self._late)
        return mine

    def _added(self, seat: _Seat, mine: _Sent, start: int, frames: int) -> Planar:
        """What a strip adds to the mix, by itself and through the buses that it plays into."""
        heard = [[(target, part.copy()) for target, part in mine]]
        for bus in seat.share:
            passed: _Sent = []
            block = _summed(bus.settings.id, heard, frames)
            bus.process(block, start, lambda target, part, to=passed: to.append((target, part)))  # type: ignore[misc]
            heard.append(passed)
        return _summed(self._target, heard, frames)


def _summed(target: str, sent: Iterable[_Sent], frames: int) -> Planar:
    """What arrives at a strip, a new array or one that nobody else keeps."""
    total: Planar | None = None
    for parts in sent:
        for to, block in parts:
            if to != target:
                continue
            if total is None:
                writable = block.flags.c_contiguous and block.flags.writeable
                total = block if writable else np.array(block, order="C")
            else:
                total += block
    return np.zeros((2, frames), np.float32) if total is None else total


def _targets(strip: StripSettings) -> set[str]:
    targets = {send.target for send in strip.sends}
    return targets if strip.output is None else {*targets, strip.output}


def _upstream(strips: Sequence[StripSettings], goals: set[str]) -> set[str]:
    """The goals and all that plays into them."""
    found = set(goals)
    for strip in reversed(strips):
        if found & _targets(strip):
            found.add(strip.id)
    return found


def _downstream(strips: Sequence[StripSettings], sounding: set[str]) -> set[str]:
    """What sounds, and all that it plays into."""
    found = set(sounding)
    for strip in strips:
        if strip.id in found:
            found |= _targets(strip)
    return found


def _share(strip: StripSettings, strips: Sequence[StripSettings], plan: RenderPlan) -> tuple[Strip, ...]:
    """New strips for the buses that one plays into, in their order."""
    after = _downstream(strips, {strip.id}) - {strip.id}
    return tuple(Strip(each, plan.rate, plan.tempo_map) for each in strips if each.id in after)


def _levels(strips: Sequence[StripSettings]) -> list[list[int]]:
    """The strips' numbers, in groups that need only earlier groups."""
    depth = {strip.id: 0 for strip in strips}
    for strip in strips:
        for target in _targets(strip) & depth.keys():
            depth[target] = max(depth[target], depth[strip.id] + 1)
    levels: list[list[int]] = [[] for _ in range(max(depth.values(), default=-1) + 1)]
    for number, strip in enumerate(strips):
        levels[depth[strip.id]].append(number)
    return levels
