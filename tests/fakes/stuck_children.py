"""Where the processes of ours are that a test waited for in vain."""

import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

import psutil

_PATIENCE_S = 40.0  # for all of them: pytest ends the whole run a minute after the test's time is over


def show_where_children_are() -> None:
    """End our children, and write to stderr what each was doing.

    Python's `faulthandler` tells it when they are aborted: the program's processes into a file of their home.
    """
    until = time.monotonic() + _PATIENCE_S
    # The youngest first: one that loses its parent's pipe would leave before it is asked.
    for child in reversed(psutil.Process().children(recursive=True)):
        with suppress(psutil.Error, OSError):
            words = child.cmdline()
            if any("musicgen" in word or word.startswith("tests.fakes") for word in words):
                home = child.environ().get("MUSICGEN_DESKTOP_HOME")
                child.send_signal(signal.SIGABRT)
                _wait_for_end(child, until)
                sys.stderr.write(f"{child.pid}: {' '.join(words)}\n")
                for log in sorted(Path(home).rglob("*.err.log")) if home else ():
                    sys.stderr.write(f"{log.name}:\n{log.read_text(errors='replace')}\n")


def _wait_for_end(child: psutil.Process, until: float) -> None:
    """Its status stays there for whoever started it: no `wait`, which would take it away."""
    with suppress(psutil.NoSuchProcess):
        while child.status() != psutil.STATUS_ZOMBIE and time.monotonic() < until:
            time.sleep(0.01)
