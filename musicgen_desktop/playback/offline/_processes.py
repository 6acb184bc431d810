"""Instruments side by side in processes: what they compute in Python holds the interpreter's lock.

A forked child costs a hundredth of a second and writes straight into memory that it shares with its parent.
Only Linux forks safely, and only while no toolkit with threads of its own is loaded; elsewhere the caller's
threads do the work.
"""

import mmap
import multiprocessing
import os
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess

import numpy as np

from musicgen_desktop.dsp import Audio
from musicgen_desktop.foundation import StopFlag

_MOST = 8
_LOCKS = "/dev/shm"  # noqa: S108 - where locks between processes lie; a sandbox may have no such place
_POLL_S = 0.05

Fill = Callable[[int, Audio], None]
"""Renders the sound of that number into the array."""


def can_fork() -> bool:
    """Whether this process may split itself in two."""
    return (
        sys.platform == "linux"
        and os.access(_LOCKS, os.W_OK)
        and (os.cpu_count() or 1) > 1
        and threading.current_thread() is threading.main_thread()
        and "PySide6" not in sys.modules
    )


def filled_side_by_side(
    fill: Fill, frames: Sequence[int], *, finished: Callable[[int], None], stop: StopFlag | None
) -> list[Audio]:
    """As many sounds as `frames` has lengths, each filled by one process.

    Args:
        fill: called once for each number, in a child or here. What a child could not finish is done here, so
            that its failure is raised here too.
        frames: the length of each.
        finished: told the number of each sound when it is done.
        stop: ends the children.

    Returns:
        [frames, 2] float32 each, in memory that lives as long as the arrays.

    Raises:
        Stopped: when `stop` is set.
    """
    work = _Work(fill, frames)
    told: set[int] = set()

    def tell() -> None:
        for number in range(len(frames)):
            if work.done[number] and number not in told:
                told.add(number)
                finished(number)

    children = [
        work.context.Process(target=work.do_in_child, daemon=True)
        for _ in range(min(_MOST, os.cpu_count() or 1, len(frames)) - 1)
    ]
    running: list[BaseProcess] = []
    try:
        _start(children, running)
        while work.do_next():
            tell()
        _wait_for(running, work, stop, tell)
    finally:
        for child in running:
            child.terminate()
            child.join()
    if stop is not None:
        stop.raise_if_set()
    work.do_what_is_left()
    tell()
    return work.sounds


class _Work:
    """Sounds to be filled, each taken by the next process that is free."""

    def __init__(self, fill: Fill, frames: Sequence[int]) -> None:
        self.context = multiprocessing.get_context("fork")
        self.sounds = [_shared(length) for length in frames]
        self.done = self.context.Array("b", len(frames), lock=False)
        self._taken = self.context.Value("i", 0)
        self._fill = fill

    def do_next(self) -> bool:
        """Fill the next sound that nobody took; False when there is none."""
        with self._taken.get_lock():
            number: int = self._taken.value
            self._taken.value += 1
        if number < len(self.sounds):
            self._do(number)
        return number < len(self.sounds)

    def do_in_child(self) -> None:
        """The child's whole life. What fails here is done again by the parent, where it can be told."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's, and it ends its children
        with suppress(Exception):
            while self.do_next():
                pass

    def do_what_is_left(self) -> None:
        """Fill what a child began and did not finish."""
        for number in range(len(self.sounds)):
            if not self.done[number]:
                self._do(number)

    @property
    def all_done(self) -> bool:
        """Whether every sound is filled."""
        return all(self.done)

    def _do(self, number: int) -> None:
        self._fill(number, self.sounds[number])
        self.done[number] = 1


def _start(children: Sequence[BaseProcess], running: list[BaseProcess]) -> None:
    """Start as many as the system lets us have, and note each; the parent does more itself then."""
    with warnings.catch_warnings():
        # A progress line's thread is no danger to a child that only computes.
        warnings.simplefilter("ignore", DeprecationWarning)
        with suppress(OSError):
            for child in children:
                child.start()
                running.append(child)


def _wait_for(
    children: Sequence[BaseProcess], work: _Work, stop: StopFlag | None, tell: Callable[[], None]
) -> None:
    """Until all is done, or no child is left to do it; one that does not find its end is not waited for."""
    while not work.all_done and (alive := [child.sentinel for child in children if child.is_alive()]):
        if stop is not None:
            stop.raise_if_set()
        wait(alive, timeout=_POLL_S)
        tell()


def _shared(frames: int) -> Audio:
    """Silence that children write into and the parent reads."""
    if not frames:
        return np.zeros((0, 2), np.float32)
    return np.frombuffer(mmap.mmap(-1, frames * 8), np.float32).reshape(frames, 2)
