"""What else a machine does while it plays: a neural network at work, and a busy window."""

import multiprocessing
import os
import threading
import time
from types import TracebackType
from typing import Self

import numpy as np

_NICE = 10
_WEIGHTS = 1 << 22  # 16 MiB of float32: more than the processor's caches hold beside others


class Load:
    """While entered: a decode on every core, at nice 10, and a thread here that never lets go of Python.

    A decoder reads all its weights for every step; that is what the processes do, with as little between the
    steps as a lean loop has.

    Args:
        is_on: whether there is any load at all.
        window: whether the busy thread is part of it.
    """

    def __init__(self, *, is_on: bool, window: bool = True) -> None:
        self._is_on, self._window = is_on, window
        self._ended = threading.Event()
        self._processes: list[multiprocessing.process.BaseProcess] = []
        self._thread = threading.Thread(target=self._compute, name="busy", daemon=True)

    def __enter__(self) -> Self:
        if self._is_on:
            spawn = multiprocessing.get_context("spawn")
            self._processes = [spawn.Process(target=decode, daemon=True) for _ in range(os.cpu_count() or 1)]
            for process in self._processes:
                process.start()
            if self._window:
                self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        for process in self._processes:
            process.terminate()
            process.join()
        if self._thread.is_alive():
            self._thread.join()

    def _compute(self) -> None:
        spin_until(self._ended)


def spin_until(ended: threading.Event) -> None:
    """Compute in Python, as a busy window does."""
    total = 0
    while not ended.is_set():
        for number in range(20_000):
            total = (total * 31 + number) & 0xFFFF


def decode() -> None:
    """Multiply weights with a vector for ever; the parent ends it."""
    if hasattr(os, "nice"):
        os.nice(_NICE)
    parent = os.getppid()
    weights = np.random.default_rng(1).standard_normal((2048, _WEIGHTS // 2048)).astype(np.float32)
    vector = np.ones(weights.shape[1], np.float32)
    while os.getppid() == parent:
        until = time.monotonic() + 0.5
        while time.monotonic() < until:
            result = weights @ vector
            vector[: len(result)] = result / (1e-6 + np.abs(result).max())
