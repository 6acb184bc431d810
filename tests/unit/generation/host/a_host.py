"""A generation process whose tasks do what a test needs."""

import os
import sys
import threading

from musicgen_desktop.foundation import MusicgenDesktopError, UserInputError
from musicgen_desktop.generation.host import run_host


def work(task, report, stop):
    report(0.5, "Half")
    match task:
        case b"hold":
            while not stop.is_set:
                stop_seen.wait(0.005)
            stop.raise_if_set()
        case b"deaf":
            threading.Event().wait()
        case b"input":
            raise UserInputError("Ask for less.")
        case b"world":
            raise MusicgenDesktopError("The disk is full.")
        case b"bug":
            raise ValueError("not for the user")
        case b"who":
            quiet = f"{os.environ['OMP_WAIT_POLICY']} {os.environ['GOMP_SPINCOUNT']}"
            return f"{os.getpid()} {os.nice(0)} {quiet}".encode()
    return task[::-1]


def die():
    sys.exit(3)


stop_seen = threading.Event()
sys.exit(run_host(work, die if "dies" in sys.argv else lambda: None))
