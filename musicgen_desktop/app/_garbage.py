"""When Python looks for garbage: not while the window comes, not through whole songs, on no thread but Qt's.

Python looks on whichever thread makes one object too many. A widget that is garbage would be deleted there,
while the main thread paints it, sends it an event or runs its timer, and that crashes the program.
"""

import gc
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

_EVERY_MS = 200
_SHARE = 0.02
"""At most this part of the time goes into looking through everything that is not frozen."""


def hold_off() -> None:
    """Look for none until `resume`: what is built now is no garbage, and each look goes through all of it."""
    gc.disable()


def resume(application: "QApplication") -> None:
    """Look for garbage again, on this thread alone, and never among what is there now.

    A picture makes thousands of objects; with a large project every tenth look would hold it up for fifty
    milliseconds.

    Args:
        application: its event loop looks, for as long as it lives.
    """
    from PySide6.QtCore import QTimer  # noqa: PLC0415 - only the window needs Qt

    gc.freeze()
    timer = QTimer(application, interval=_EVERY_MS)
    timer.timeout.connect(_looks())
    timer.start()


def begin_anew() -> None:
    """Another project was opened: what is left of the one before goes, and the new one stays."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def _looks() -> Callable[[], None]:
    """What looks by Python's own counts, if not as soon: through the young often, through the old seldom."""
    not_before_s = 0.0

    def look() -> None:
        nonlocal not_before_s
        is_due = [count > limit for count, limit in zip(gc.get_count(), gc.get_threshold(), strict=True)]
        began_s = time.monotonic()
        if is_due[2] and began_s >= not_before_s:
            gc.collect()
            ended_s = time.monotonic()
            not_before_s = ended_s + (ended_s - began_s) / _SHARE
        elif is_due[1]:
            gc.collect(1)
        elif is_due[0]:
            gc.collect(0)

    return look
