"""Memory that is spoken for: work side by side does not count on the same free bytes."""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import torch

from .memory import free_bytes, memory_of


def taken_bytes(device: str = "cpu") -> int:
    """What this process holds of a device's memory; of a processor's, without what files back."""
    if device == "cuda":
        return int(torch.cuda.memory_reserved())
    if sys.platform == "linux":
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("RssAnon:"):
                return int(line.split()[1]) * 1024
    return int(psutil.Process().memory_info().rss)


class Reservations:
    """Counts what was promised and is not in use yet. Any thread may call any method.

    A cache is promised whole and takes memory only as it fills up. So of all that is reserved on a device,
    what this process has come to hold since then is no longer owed: it is missing in what is free already.

    Args:
        free: tells how many bytes of a device may still be taken.
        taken: tells how many this process holds.
    """

    def __init__(
        self, free: Callable[[str], int] = free_bytes, taken: Callable[[str], int] = taken_bytes
    ) -> None:
        self._free, self._taken = free, taken
        self._lock = threading.Lock()
        self._held: dict[str, int] = {}
        self._resting: dict[str, int] = {}  # held by the process without what is reserved

    def free(self, device: str) -> int:
        """What may still be reserved."""
        with self._lock:
            return self._unspoken(device)

    @contextmanager
    def reserved(self, device: str, size: int) -> Iterator[bool]:
        """Whether there is so much; it is spoken for as long as this is entered."""
        device = memory_of(device)
        with self._lock:
            fits = size <= self._unspoken(device)
            if fits:
                if not self._held.get(device):
                    self._resting[device] = self._taken(device)
                self._held[device] = self._held.get(device, 0) + size
        try:
            yield fits
        finally:
            if fits:
                with self._lock:
                    self._held[device] -= size

    def stays(self, device: str, size: int) -> None:
        """So much of what this process came to hold belongs to no reservation; negative when it leaves."""
        device = memory_of(device)
        with self._lock:
            self._resting[device] = self._resting.get(device, 0) + size

    def _unspoken(self, device: str) -> int:
        device = memory_of(device)
        held = self._held.get(device, 0)
        if not held:
            return self._free(device)
        came = self._taken(device) - self._resting[device]
        return self._free(device) - max(0, held - max(0, came))
