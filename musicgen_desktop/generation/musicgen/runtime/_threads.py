"""How many of torch's threads short work is done with: waking one up may take longer than its part does."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import torch

_TRIES = 6


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
    """With how many of the threads that torch has the work is done soonest: a power of two, or all."""
    most = torch.get_num_threads()
    counts = [1 << power for power in range(most.bit_length()) if 1 << power < most]
    return min((*counts, most), key=lambda count: _seconds(work, count))


def _seconds(work: Callable[[], object], count: int) -> float:
    """What it takes with so many; what others do on the machine at that moment does not count."""
    taken = []
    with torch_threads(count):
        for _ in range(_TRIES):
            begun = time.perf_counter()
            work()
            taken.append(time.perf_counter() - begun)
    return min(taken)
