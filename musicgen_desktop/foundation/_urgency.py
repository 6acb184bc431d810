"""Threads that must not be late."""

import os
import sys
from contextlib import suppress

_URGENT = 5
_NICE = -10
_HIGH_PRIORITY_CLASS = 0x80


def hurry() -> None:
    """Ask the system to run this thread (on Windows: this process) before others; it may refuse."""
    if sys.platform == "linux":
        with suppress(OSError):
            # Forgotten when a child is started, so that nothing else becomes urgent by it.
            policy = os.SCHED_RR | os.SCHED_RESET_ON_FORK
            os.sched_setscheduler(0, policy, os.sched_param(_URGENT))
    elif sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - only Windows has it this way

        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), _HIGH_PRIORITY_CLASS)
    elif hasattr(os, "setpriority"):
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, 0, _NICE)
