"""The child's side: the program's window is opened as always, measured, and told of in one line of JSON."""

import sys
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from PySide6.QtWidgets import QApplication

from musicgen_desktop.foundation import MusicgenDesktopError
from musicgen_desktop.ui.main_window._window import MainWindow

from ._waiting import wait_until_usable

OpenWindow = Callable[[Path | None], AbstractContextManager[tuple[QApplication, MainWindow]]]
"""Shows the window over a project, or over a new one, and ends all that stands behind it."""


def run_window_bench(arguments: Sequence[str], open_window: OpenWindow) -> int:
    """Measure what the first argument, a `WindowTask` as JSON, asks for.

    Args:
        arguments: from the command line, without the word that starts this child.
        open_window: builds the window as the program does.

    Returns:
        The exit status.
    """
    if '"start"' in arguments[0]:
        # Nothing of ours may load before the window that the program itself would not load.
        with open_window(None) as (application, window):
            wait_until_usable(application)
            usable_at_s = time.monotonic()
            has_torch = "torch" in sys.modules
            window.panels.close()
            _tell(application, usable_at_s=usable_at_s, has_torch=has_torch)
        return 0
    from msgspec.json import decode

    from musicgen_desktop.session.bench import WindowTask

    from ._paint import paint_rows
    from ._take import take_rows
    from ._work import work_rows

    task = decode(arguments[0], type=WindowTask)
    _use_silent_device()
    folder = Path(task.folder)
    with open_window(folder / "clips.mgproj" if task.kind == "paint" else None) as (application, window):
        window.resize(task.sizes.width, task.sizes.height)
        wait_until_usable(application)
        try:
            if task.kind == "paint":
                rows = paint_rows(window, task.sizes, folder / "notes.mgproj")
            elif task.kind == "take":
                rows = take_rows(window, task.sizes)
            else:
                rows = work_rows(window, task.sizes)
            _tell(application, rows=tuple(rows))
        except MusicgenDesktopError as error:
            _tell(application, problem=str(error))
        finally:
            window.panels.close()
    return 0


def _use_silent_device() -> None:
    """Nobody wants to hear a bench; the folders of settings are the bench's own."""
    from msgspec.structs import replace

    from musicgen_desktop.session.preferences import load_preferences, save_preferences

    save_preferences(replace(load_preferences().preferences, device="silent"))


def _tell(application: QApplication, **found: object) -> None:
    from msgspec.json import encode

    from musicgen_desktop.session.bench import WindowAnswer

    answer = WindowAnswer(application.platformName(), **found)  # type: ignore[arg-type]
    sys.stdout.write(encode(answer).decode() + "\n")
    sys.stdout.flush()
