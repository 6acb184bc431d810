"""How much memory there is to take, and the words of libraries when there was not enough."""

import ctypes
import sys
from contextlib import suppress
from pathlib import Path

import psutil
import torch

if sys.platform != "win32":
    import resource

_CGROUP = Path("/sys/fs/cgroup")
_SAYINGS = ("can't allocate memory", "not enough memory", "out of memory")


def free_bytes(device: str = "cpu") -> int:
    """What this process may still take: of a GPU's own memory, or without swapping.

    Args:
        device: as torch calls it. A processor's memory is bounded by the machine, its container and this
            process's own limit; Apple's GPU shares it.
    """
    if memory_of(device) == "cuda":
        return int(torch.cuda.mem_get_info()[0])
    free = [int(psutil.virtual_memory().available), *_container_free(), *_process_free()]
    return max(0, min(free))


def memory_of(device: str) -> str:
    """The device whose memory a device's work lies in: Apple's GPU shares the processor's."""
    return "cuda" if device == "cuda" else "cpu"


def give_back_freed() -> None:
    """Return to the system what was freed; glibc keeps it, in holes that grow from take to take."""
    if sys.platform == "linux":
        with suppress(AttributeError):  # musl keeps none
            ctypes.CDLL(None).malloc_trim(0)


def is_out_of_memory(error: BaseException) -> bool:
    """Whether an error says that memory is out; torch says so in a RuntimeError on a CPU."""
    if isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryError":
        return True
    return isinstance(error, RuntimeError) and any(words in str(error).lower() for words in _SAYINGS)


def _container_free() -> list[int]:
    """Of Linux's control group."""
    try:
        limit, used = ((_CGROUP / f"memory.{name}").read_text().strip() for name in ("max", "current"))
        return [int(limit) - int(used)] if limit != "max" else []
    except (OSError, ValueError):
        return []


def _process_free() -> list[int]:
    """Of the limit that a shell's `ulimit -v` sets."""
    if sys.platform == "win32":
        return []
    limit = resource.getrlimit(resource.RLIMIT_AS)[0]
    return [] if limit == resource.RLIM_INFINITY else [limit - int(psutil.Process().memory_info().vms)]
