"""How many cores this process may keep busy."""

import os
from pathlib import Path

import psutil

_TOPOLOGY = Path("/sys/devices/system/cpu")
_QUOTA = Path("/sys/fs/cgroup/cpu.max")


def usable_cores(topology: Path = _TOPOLOGY, quota: Path = _QUOTA) -> int:
    """Physical cores, at least 1: two threads of one core would only share its way to memory.

    Bounded by what the process is confined to, and by a container's share of processor time.
    """
    allowed = _confined_to()
    if allowed is None:
        return max(1, psutil.cpu_count(logical=False) or os.cpu_count() or 1)
    cores = len({_siblings(topology, processor) for processor in allowed})
    return max(1, min(cores, _share(quota) or cores))


def _confined_to() -> set[int] | None:
    """The logical processors it may run on, where the system tells."""
    return os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else None


def _siblings(topology: Path, processor: int) -> str:
    """The same text for all logical processors of one core."""
    try:
        return (topology / f"cpu{processor}" / "topology" / "thread_siblings_list").read_text("ascii").strip()
    except OSError:
        return str(processor)


def _share(quota: Path) -> int | None:
    """Whole processors' worth of time that a container grants; None without a limit."""
    try:
        granted, period = quota.read_text("ascii").split()
    except (OSError, ValueError):
        return None
    return None if granted == "max" else max(1, int(granted) // int(period))
