"""The log: a small rotating file in the user's log folder, never the terminal."""

import logging
import logging.handlers

from ._paths import user_log_folder

_BYTES = 500_000
_KEPT = 3


def start_log(name: str = "musicgen-desktop") -> None:
    """Send this process's log to `NAME.log`; when the folder cannot be written, log nowhere."""
    root = logging.getLogger()
    if root.handlers:
        return
    try:
        folder = user_log_folder()
        folder.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = _LogFile(
            folder / f"{name}.log", maxBytes=_BYTES, backupCount=_KEPT, delay=True, encoding="utf-8"
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(process)d %(name)s: %(message)s"))
    root.addHandler(handler)
    root.setLevel(logging.INFO)


class _LogFile(logging.handlers.RotatingFileHandler):
    """A log that cannot be written (disk full, no right) is no news for the terminal."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the library's name
        """Nothing: the library would print a traceback."""
