"""How many of torch's threads short work is done with: waking one up may take longer than its part does."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import torch

_ALL = torch.get_num_threads()
_TRIES = 6


def use_all_threads() -> None:
    """Have torch use all its threads here; the first that a thread of ours does with torch.

    Of itself a new thread uses as many as another one has just set for its own short work, and the last bits
    of what is computed depend on that.
    """
    torch.get_num_threads()  # the first question of a thread would set the number once more
    torch.set_num_threads(_ALL)


@contextmanager
def torch_threads(count: int) -> Iterator[None]:
    """Have torch use so many on this thread."""
    before = torch.get_num_threads()
    torch.set_num_threads(count)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def quickest_threads(work: Callable[[], object]) -> int:
    """With how many of torch's threads the work is done soonest: a power of two, or all."""
    counts = [1 << power for power in range(_ALL.bit_length()) if 1 << power < _ALL]
    return min((*counts, _ALL), key=lambda count: _seconds(work, count))


def _seconds(work: Callable[[], object], count: int) -> float:
    """What it takes with so many; what others do on the machine at that moment does not count."""
    taken = []
    with torch_threads(count):
        for _ in range(_TRIES):
            begun = time.perf_counter()
            work()
            taken.append(time.perf_counter() - begun)
    return min(taken)
