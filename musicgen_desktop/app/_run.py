"""From an empty process to a running program."""

from musicgen_desktop.cli import main
from musicgen_desktop.foundation import start_log


def run() -> int:
    """Start logging and hand over to the command line; returns the exit status."""
    start_log()
    return main()
