"""What a frame costs: the processor's time from a change to the picture of it."""

import time
from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget

from musicgen_desktop.session.bench import Row

from ._waiting import rest

_FRAME_MS = 16
_UNCOUNTED = 5


def frame_costs(window: QWidget, step: Callable[[int], object], frames: int) -> list[float]:
    """CPU milliseconds of each of so many frames, after a few that are not counted.

    A frame is a change and the paint of all that it touched, anywhere in the window. Between two frames the
    event loop runs as it does on a screen that shows sixty of them a second: what a panel puts off till then
    does not hold a frame up.

    Args:
        window: the window that is painted.
        step: makes the change; is given the frame's number.
        frames: how many.
    """
    costs: list[float] = []
    for number in range(_UNCOUNTED + frames):
        begun = time.process_time()
        step(number)
        # What the system sends when the screen is ready for the next picture: paints at once.
        QApplication.sendEvent(window, QEvent(QEvent.Type.UpdateRequest))
        costs.append(1000.0 * (time.process_time() - begun))
        rest(_FRAME_MS)
    return costs[_UNCOUNTED:]


def percentile_row(what: str, costs: list[float], percent: int, limit: float | None = None) -> Row:
    """“what, p95”, in milliseconds."""
    value = round(float(np.percentile(costs, percent)), 2)
    return Row(f"{what}, p{percent}", value, "ms", limit, higher_is_better=False)
