"""What becomes of a mistake of ours while the window is open: the log has it, and one sentence says so."""

import logging
import sys
from types import TracebackType

from PySide6.QtCore import QCoreApplication

from musicgen_desktop.ui.bridges import Status

translate = QCoreApplication.translate


def tell_mistakes(status: Status) -> None:
    """From now on an error that nobody caught goes to the log and the status line, not to the terminal."""
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

    sys.excepthook = tell
