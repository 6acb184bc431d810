"""From an empty process to a running program."""

import io
import sys

from musicgen_desktop.foundation import start_log

from ._children import CHILDREN, run_child
from ._window import run_window, wants_window


def run() -> int:
    """Show the window, hand over to the command line, or be the child process that was asked for.

    Returns:
        The exit status.
    """
    speak_utf8()
    if len(sys.argv) > 1 and sys.argv[1] in CHILDREN:
        return run_child(sys.argv[1], sys.argv[2:])
    start_log()
    if wants_window(sys.argv[1:]):
        return run_window(sys.argv[1:])
    from musicgen_desktop.cli import main  # noqa: PLC0415 - children need no command line

    return main()


def speak_utf8() -> None:
    """Write UTF-8 into files and pipes, whatever the system's habit: on Windows that has no “→” and no “é”.

    A terminal keeps its own encoding; what it cannot show becomes a question mark, never an error.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")
