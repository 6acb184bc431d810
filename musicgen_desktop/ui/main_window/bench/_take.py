"""How late the event loop is while a take of sound is made by every core, seen and heard as it grows."""

import numpy as np

from musicgen_desktop.session.bench import TAKE_ENGINE, Row, WindowSizes
from musicgen_desktop.ui.main_window._window import MainWindow

from ._waiting import rest, wait_until
from ._watch import EVERY_MS, LATE_LIMIT_MS, Watch

_PROMPT = "slow piano over warm strings"
_VARIATIONS = 2


def take_rows(window: MainWindow, sizes: WindowSizes) -> list[Row]:
    """Lateness from the first sound on, while the take is heard and the window follows it.

    Raises:
        MusicgenDesktopError: when no sound comes.
    """
    services, prompt = window.services, window.panels.prompt
    model, takes = prompt.model, services.takes
    window.show_work()
    model.set_engine(TAKE_ENGINE)
    wait_until(lambda: bool(model.sound.path), "The engine of the bench was never ready.")
    model.set_prompt(_PROMPT)
    model.set_variations(_VARIATIONS)
    model.set_length("seconds", f"{min(600.0, max(1.0, 2.0 * sizes.seconds)):g}")
    prompt.compose()
    wait_until(
        lambda: bool(takes.growing.takes) and services.bridges.player.state == "playing",
        "The take was never heard.",
    )
    watch = Watch()
    rest(round(1000 * sizes.seconds))
    watch.stop()
    takes.stop_all()
    wait_until(lambda: not takes.is_busy, "The take did not stop.")
    services.bridges.player.stop()
    what = f"event loop while {_VARIATIONS} takes of sound are made and heard, {EVERY_MS} ms timer late"
    return [
        _row(f"{what}, p99", float(np.percentile(watch.late_ms, 99)), LATE_LIMIT_MS),
        _row(f"{what}, at most", max(watch.late_ms), None),
    ]


def _row(what: str, value: float, limit: float | None) -> Row:
    return Row(what, round(value, 2), "ms", limit, higher_is_better=False)
