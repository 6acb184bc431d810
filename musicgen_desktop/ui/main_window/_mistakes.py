"""What becomes of a mistake of ours while the window is open: the log has it, and one sentence says so."""

import logging
import sys
import threading
from types import TracebackType

from PySide6.QtCore import QCoreApplication

from musicgen_desktop.ui.bridges import Status

translate = QCoreApplication.translate


def tell_mistakes(status: Status) -> None:
    """From now on an error that nobody caught goes to the log, not to the terminal, and to the status line.

    One in another thread only goes to the log: who waits for that thread says what became of it.
    """
    log = logging.getLogger(__name__)

    def tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        log.error("A mistake in the window", exc_info=(kind, error, trace))
        status.say(
            translate(
                "Mistakes",
                "Something went wrong inside the program; your work is kept. Help ▸ About makes a report.",
            ),
            "bad",
        )

    def tell_thread(failure: threading.ExceptHookArgs) -> None:
        if failure.exc_type is not SystemExit:
            log.error("A mistake in the thread %s", failure.thread, exc_info=failure.exc_value)

    sys.excepthook = tell
    threading.excepthook = tell_thread
