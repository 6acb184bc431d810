"""From an empty process to a running program."""

import io
import sys

from musicgen_desktop.cli import main
from musicgen_desktop.foundation import start_log


def run() -> int:
    """Start logging and hand over to the command line; returns the exit status."""
    speak_utf8()
    start_log()
    return main()


def speak_utf8() -> None:
    """Write UTF-8 into files and pipes, whatever the system's habit: on Windows that has no “→” and no “é”.

    A terminal keeps its own encoding; what it cannot show becomes a question mark, never an error.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")
