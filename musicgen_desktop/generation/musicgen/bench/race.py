"""Who is faster: all decode the same length by turns, so that a busy machine hits all alike."""

import math
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from typing import Protocol

import numpy as np
import torch

from musicgen_desktop.foundation import Report, StopFlag
from musicgen_desktop.generation.musicgen.runtime import Conditioning, DecodePath, Sampling
from musicgen_desktop.generation.musicgen.runtime.path import Floats, Tokens
from musicgen_desktop.generation.musicgen.shape import DecoderShape
from musicgen_desktop.generation.musicgen.tokens import codebook_seeds

_STRETCH = 25  # steps: half a second of music
_WARM = 3
TEXT_STATES = 12  # as a usual prompt has
_READ_BYTES = 1 << 29  # far more than any cache holds


class Run(Protocol):
    """One decoding from its start."""

    def advance(self, steps: int) -> object:
        """Make the next steps; those of a reader are as long as reading takes."""

    def close(self) -> None:
        """End it."""


class PathRun:
    """A take on one of our paths, with guidance and sampling; several take part as one batch."""

    def __init__(self, path: DecodePath, shape: DecoderShape, steps: int, takes: int = 1) -> None:
        self._path, self._vocabulary = path, shape.vocabulary
        self._takes: list[int] = []
        for take in range(takes):
            sampling = Sampling(seeds=codebook_seeds(take, shape.codebooks))
            self._takes.append(path.open(some_text(shape), sampling, steps))
        self._padding = np.arange(steps)[:, None] < np.array(shape.delays)  # [T, K]: not yet begun
        self._column = np.full((takes, shape.codebooks), shape.vocabulary, np.int64)
        self._at = 0

    def advance(self, steps: int) -> None:
        """Make the next steps."""
        for at in range(self._at, self._at + steps):
            drawn = self._path.step(self._takes, self._column)
            self._column = np.where(self._padding[at], self._vocabulary, drawn)
        self._at += steps

    def close(self) -> None:
        """End the takes."""
        for take in self._takes:
            self._path.close(take)


class ReadRun:
    """Reads memory as fast as this process can, on torch's threads: what bounds every path."""

    def __init__(self, device: str) -> None:
        self._device = device
        self._block = torch.ones(_READ_BYTES // 4, device=device)

    def advance(self, _steps: int) -> None:
        """Read the block once, however many steps the others make."""
        self._block.amax().item()

    def close(self) -> None:
        """Nothing was begun."""


def read_bytes_per_s(stretch_s: Sequence[float]) -> float:
    """Bytes a second of a `ReadRun` over all its stretches: slow ones weigh as they do for decoders."""
    return _READ_BYTES * len(stretch_s) / sum(stretch_s)


def race(
    begin: Sequence[Callable[[], Run]], steps: int, passes: int, report: Report, stop: StopFlag
) -> list[list[float]]:
    """Seconds of each stretch, the best of the passes, for each of those that run.

    Args:
        begin: begins a run; called once for each pass, and once more to warm up.
        steps: of a whole run.
        passes: 1 or more.
        report: told the share done.
        stop: asked between two stretches.

    Raises:
        Stopped: when `stop` was set.
    """
    lengths = [min(_STRETCH, steps - at) for at in range(0, steps, _STRETCH)]
    best = np.full((len(begin), len(lengths)), np.inf)
    for one in begin:
        with closing(one()) as run:
            run.advance(min(_WARM, steps))
    for number in range(passes):
        with ExitStack() as ending:
            runs = [ending.enter_context(closing(one())) for one in begin]
            for place, length in enumerate(lengths):
                done = (number * len(lengths) + place) / (passes * len(lengths))
                report(done, f"Decoding, pass {number + 1} of {passes}")
                for each in np.roll(np.arange(len(runs)), place):  # nobody always follows the same one
                    stop.raise_if_set()
                    begun = time.perf_counter()
                    runs[each].advance(length)
                    best[each, place] = min(best[each, place], time.perf_counter() - begun)
    return [[float(seconds) for seconds in row] for row in best]


def some_text(shape: DecoderShape) -> Conditioning:
    """Random states of a dozen words, and the row without any."""
    states: Floats = (
        np.random.default_rng(1).standard_normal((2, TEXT_STATES, shape.width)).astype(np.float32)
    )
    states[1] = 0.0
    mask = np.array([[True] * TEXT_STATES, [False] * TEXT_STATES])
    return Conditioning(states, mask)


def late_cost(path: DecodePath, shape: DecoderShape, *, early: int = 20, late: int = 1450) -> float:
    """What a step costs at a late position, times what it costs at an early one; the best of many each."""
    tokens: Tokens = np.random.default_rng(2).integers(0, shape.vocabulary, (shape.codebooks, late))
    takes = []
    for position in (early, late):
        take = path.open(some_text(shape), Sampling(seeds=(1,) * shape.codebooks), position + 2 * _STRETCH)
        path.feed(take, tokens[:, :position])
        takes.append(take)
    best = [math.inf, math.inf]
    for _ in range(_STRETCH):
        for each, take in enumerate(takes):
            begun = time.perf_counter()
            path.step([take], tokens[None, :, 0])
            best[each] = min(best[each], time.perf_counter() - begun)
    for take in takes:
        path.close(take)
    return best[1] / best[0]
