"""From Return to music, and how late the event loop is while the program composes and plays at once."""

import time

import numpy as np
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from musicgen_desktop.session.bench import Row, WindowSizes
from musicgen_desktop.ui.main_window._window import MainWindow

from ._waiting import rest, wait_until
from ._watch import EVERY_MS, LATE_LIMIT_MS, Watch

_PROMPT = "lo-fi hip hop, 82 bpm, F minor, dusty drums, 16 bars"
_MUSIC_LIMIT_S = 3.0


def work_rows(window: MainWindow, sizes: WindowSizes) -> list[Row]:
    """The first song of a window that has just come, a second one, and lateness while more are made.

    Raises:
        MusicgenDesktopError: when no music comes.
    """
    first = _music_after_return(window)
    window.services.bridges.player.stop()
    window.new()
    second = _music_after_return(window)
    late, takes = _late_while_working(window, sizes.seconds)
    return [
        _row("from Return to music, right after the start", first, "s", _MUSIC_LIMIT_S),
        _row("from Return to music, later", second, "s", _MUSIC_LIMIT_S),
        _row(
            f"event loop while playing and composing {takes} takes, {EVERY_MS} ms timer late, p99",
            float(np.percentile(late, 99)),
            "ms",
            LATE_LIMIT_MS,
        ),
        _row("the same, at most", max(late), "ms", None),
    ]


def _row(what: str, value: float, unit: str, limit: float | None) -> Row:
    return Row(what, round(value, 2), unit, limit, higher_is_better=False)


def _music_after_return(window: MainWindow) -> float:
    """Seconds from the key to the first moment of the song that is heard, by hand as a user does it."""
    player, field = window.services.bridges.player, window.start.field
    field.setText(_PROMPT)
    begun = time.perf_counter()
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(
            field, QKeyEvent(kind, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r")
        )
    wait_until(lambda: player.state == "playing" and player.tick > 0.0, "The first song never played.")
    return time.perf_counter() - begun


def _late_while_working(window: MainWindow, seconds: float) -> tuple[list[float], int]:
    """(how late each tick of a timer was in milliseconds, takes that were composed meanwhile)."""
    services, prompt = window.services, window.panels.prompt
    takes = 0

    def compose() -> None:
        if not services.takes.is_busy:
            prompt.compose()

    def count(_take: object) -> None:
        nonlocal takes
        takes += 1

    services.takes.take_arrived.connect(count)
    again = QTimer()
    again.timeout.connect(compose)
    again.start(EVERY_MS)
    compose()
    watch = Watch()
    rest(round(1000 * seconds))
    again.stop()
    watch.stop()
    services.takes.stop_all()
    services.takes.take_arrived.disconnect(count)
    services.bridges.player.stop()
    return watch.late_ms, takes
