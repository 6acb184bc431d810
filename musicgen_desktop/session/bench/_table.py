"""Figures with their limits, ready for a terminal, a README or a program."""

import statistics
import time
from collections.abc import Callable

import msgspec

from musicgen_desktop.foundation import StopFlag

_RUNS = 3


class Row(msgspec.Struct, frozen=True):
    """One measured figure, the median of several runs, and its limit (None: it has none)."""

    what: str
    value: float
    unit: str
    limit: float | None = None
    higher_is_better: bool = True

    @property
    def holds(self) -> bool:
        """Whether the limit is met."""
        if self.limit is None:
            return True
        return self.value >= self.limit if self.higher_is_better else self.value <= self.limit


class Table(msgspec.Struct, frozen=True):
    """A bench's figures and the machine they hold for."""

    title: str
    machine: str
    rows: tuple[Row, ...]


def median_s(work: Callable[[], object], stop: StopFlag, runs: int = _RUNS) -> float:
    """Median seconds of `work` over a few runs, after one that is not counted.

    Raises:
        Stopped: when `stop` is set between two runs.
    """
    times: list[float] = []
    for _ in range(runs + 1):
        stop.raise_if_set()
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return statistics.median(times[1:])
