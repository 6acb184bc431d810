"""A job on the command line: progress on stderr, Ctrl-C stops it, the result on stdout."""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, TypeVar

import msgspec

from musicgen_desktop.foundation import Report, StopFlag, no_report

Result = TypeVar("Result")


def run_job(job: Callable[[Report, StopFlag], Result], *, quiet: bool) -> Result:
    """Run `job(report, stop)`; a progress line is shown on a terminal unless `quiet`."""
    stop = StopFlag()
    with _interrupt_sets(stop), _progress(quiet=quiet) as report:
        return job(report, stop)


def print_json(value: Any) -> None:
    """One JSON object on stdout and nothing else there."""
    sys.stdout.write(msgspec.json.encode(value).decode() + "\n")
    sys.stdout.flush()


@contextmanager
def _interrupt_sets(stop: StopFlag) -> Iterator[None]:
    """The first Ctrl-C asks the job to stop; a second one ends the program at once."""

    def ask(_signal: int, _frame: FrameType | None) -> None:
        if stop.is_set:
            raise KeyboardInterrupt
        stop.set()

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _progress(*, quiet: bool) -> Iterator[Report]:
    if quiet or not sys.stderr.isatty():
        yield no_report
        return
    # Rich takes a while to load and is only needed where somebody watches.
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description:<28}", markup=False),  # it may name a track: “[solo]”
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Starting", total=1.0)
        yield lambda done, stage: progress.update(task, completed=done, description=stage)
