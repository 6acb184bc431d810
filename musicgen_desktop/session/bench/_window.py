"""The window: measured by processes of our own program, which open it and measure themselves."""

import os
import statistics
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Literal

import msgspec

from musicgen_desktop.foundation import (
    MusicgenDesktopError,
    Report,
    StopFlag,
    is_built_app,
    machine_text,
    no_report,
    own_program,
)

from ._table import Row, Table
from ._take_engine import lay_out_engine
from ._window_songs import write_clips_project, write_notes_project

WINDOW_BENCH = "window-bench"
"""The word that starts the program as a window that measures itself; a `WindowTask` as JSON follows."""
_START_LIMIT_S = 1.5
_LONGEST_S = 600.0
_LOOK_EVERY_S = 0.1


class WindowSizes(msgspec.Struct, frozen=True):
    """How much is measured.

    Attributes:
        width: of the window in pixels.
        height: of the window in pixels.
        tracks: in the arrangement.
        clips: on each of them.
        notes: in the piano roll, all visible.
        few_notes: the same, for a usual clip.
        frames: painted for each figure.
        seconds: how long lateness is watched.
        starts: of the program, after one that is not counted.
    """

    width: int = 1600
    height: int = 900
    tracks: int = 32
    clips: int = 200
    notes: int = 10_000
    few_notes: int = 1_000
    frames: int = 120
    seconds: float = 10.0
    starts: int = 3


class WindowTask(msgspec.Struct, frozen=True):
    """What a child measures: how soon it is there, how it paints two projects, how it works and plays, or how
    late it is while a take of sound is made.
    """

    kind: Literal["start", "paint", "work", "take"]
    sizes: WindowSizes
    folder: str = ""
    """Where the projects “clips.mgproj” and “notes.mgproj” lie."""


class WindowAnswer(msgspec.Struct, frozen=True):
    """What a child found.

    Attributes:
        platform: where Qt painted: “xcb”, “wayland”, “windows”, “cocoa”, or “offscreen” for no screen at all.
        usable_at_s: when the window was painted and idle, by `time.monotonic()`, one clock for all processes.
        has_torch: whether torch was loaded by then.
        rows: figures.
        problem: why there are none, in a sentence.
    """

    platform: str
    usable_at_s: float = 0.0
    has_torch: bool = False
    rows: tuple[Row, ...] = ()
    problem: str = ""


def bench_window(
    report: Report = no_report, stop: StopFlag | None = None, *, sizes: WindowSizes | None = None
) -> Table:
    """Start-up, from a prompt to music, CPU a frame, and how late the window's event loop is at work.

    The user's settings and projects are left alone, and the song plays through the silent device.

    Raises:
        MusicgenDesktopError: when the window cannot be opened here.
        Stopped: when `stop` was set.
    """
    sizes, stop = sizes or WindowSizes(), stop or StopFlag()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        rows: list[Row] = []
        answer = WindowAnswer("")
        starts: list[float] = []
        for number in range(sizes.starts + 1):
            report(0.3 * number / (sizes.starts + 1), "Starting the window")
            begun = time.monotonic()
            answer = _ask(WindowTask("start", sizes), folder, stop)
            starts.append(answer.usable_at_s - begun)
        rows.append(_at_most("start-up until the window is usable", starts[1:], _START_LIMIT_S))
        rows.append(Row("torch loaded by then", int(answer.has_torch), "times", 0.0, higher_is_better=False))
        report(0.3, "Writing large projects")
        write_clips_project(folder / "clips.mgproj", sizes.tracks, sizes.clips)
        write_notes_project(folder / "notes.mgproj", sizes.notes, sizes.few_notes)
        report(0.4, "Painting")
        rows += _ask(WindowTask("paint", sizes, str(folder)), folder, stop).rows
        report(0.7, "Composing and playing")
        rows += _ask(WindowTask("work", sizes), folder, stop).rows
        if not is_built_app():  # which takes no engines from outside
            report(0.9, "Making a take")
            rows += _ask(WindowTask("take", sizes), folder, stop, engines=lay_out_engine(folder)).rows
        report(1.0, "Done")
    return Table(
        f"The window at {sizes.width} × {sizes.height}, Qt platform “{answer.platform}”",
        machine_text(),
        tuple(rows),
    )


def _at_most(what: str, seconds: list[float], limit: float) -> Row:
    return Row(what, round(statistics.median(seconds), 2), "s", limit, higher_is_better=False)


def _ask(task: WindowTask, folder: Path, stop: StopFlag, *, engines: Path | None = None) -> WindowAnswer:
    """Start a child with folders of its own, and wait for its answer; `engines` is on its path too."""
    surroundings = {
        **os.environ,
        "MUSICGEN_DESKTOP_HOME": str(folder / "home"),
        # Compiled modules are there on any machine that has started the program once.
        "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
    }
    surroundings.pop("PYTHONDONTWRITEBYTECODE", None)
    if engines is not None:
        others = os.environ.get("PYTHONPATH")
        surroundings["PYTHONPATH"] = os.pathsep.join([str(engines), *([others] if others else [])])
    with subprocess.Popen(  # noqa: S603 - our own program
        [*own_program(), WINDOW_BENCH, msgspec.json.encode(task).decode()],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        env=surroundings,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    ) as process:
        try:
            told = _told(process, stop)
        finally:
            process.kill()
    try:
        answer = msgspec.json.decode(told, type=WindowAnswer)
    except msgspec.DecodeError as error:
        raise MusicgenDesktopError(
            f"The window could not be measured (exit status {process.returncode});"
            " “musicgen-desktop doctor” says whether Qt starts here."
        ) from error
    if answer.problem:
        raise MusicgenDesktopError(answer.problem)
    return answer


def _told(process: subprocess.Popen[bytes], stop: StopFlag) -> bytes:
    until = time.monotonic() + _LONGEST_S
    while True:
        stop.raise_if_set()
        try:
            return process.communicate(timeout=_LOOK_EVERY_S)[0]
        except subprocess.TimeoutExpired:
            if time.monotonic() > until:
                raise MusicgenDesktopError(f"The window did not finish within {_LONGEST_S:.0f} s.") from None
