"""Which process a number means: numbers are given again, so the moment of its start belongs to it."""

import os
import subprocess
import sys
from pathlib import Path

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _QUERY_LIMITED_INFORMATION = 0x1000
    _STILL_ACTIVE = 259

    def process_start(pid: int) -> str | None:
        """When the process began, in this system's own words; None when there is none, "" when not told."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.OpenProcess.restype = wintypes.HANDLE
        handle = kernel.OpenProcess(_QUERY_LIMITED_INFORMATION, False, pid)  # noqa: FBT003 - Windows' own
        if not handle:
            return "" if ctypes.get_last_error() == 5 else None  # 5: it is there, and not ours
        try:
            code = wintypes.DWORD()
            if kernel.GetExitCodeProcess(handle, ctypes.byref(code)) and code.value != _STILL_ACTIVE:
                return None
            times = [wintypes.FILETIME() for _ in range(4)]
            if not kernel.GetProcessTimes(handle, *(ctypes.byref(each) for each in times)):
                return ""
            return str((times[0].dwHighDateTime << 32) | times[0].dwLowDateTime)
        finally:
            kernel.CloseHandle(handle)

else:

    def process_start(pid: int) -> str | None:
        """When the process began, in this system's own words; None when there is none, "" when not told."""
        try:
            os.kill(pid, 0)
        except (ProcessLookupError, OverflowError):
            return None
        except PermissionError:
            pass  # it is there, and another user's
        if sys.platform == "linux":
            return _start_on_linux(pid)
        return _start_by_ps(pid)


def _start_on_linux(pid: int) -> str | None:
    try:
        status = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace")
        boot = Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    except FileNotFoundError:
        return None
    except OSError:
        return ""
    # The name in brackets may hold anything; state is the 3rd word, the start the 22nd.
    words = status.rpartition(")")[2].split()
    if len(words) < 20:
        return ""
    return None if words[0] in {"Z", "X"} else f"{boot} {words[19]}"


def _start_by_ps(pid: int) -> str | None:
    try:
        told = subprocess.run(  # noqa: S603 - a number is all that is handed over
            ["/bin/ps", "-o", "state=,lstart=", "-p", str(pid)],
            capture_output=True,
            text=True,
            timeout=5,
            check=False,
            env={"LC_ALL": "C"},
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return ""
    state, _, start = told.strip().partition(" ")
    return None if not state or state.startswith("Z") else start.strip()
