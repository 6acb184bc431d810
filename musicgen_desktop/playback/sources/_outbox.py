"""Messages on their way to a process that may be slow to take them, or never does."""

import queue
import threading
import time
from contextlib import suppress

from musicgen_desktop.foundation import FramedPipe

_PATIENCE_S = 1.0


class Outbox:
    """Sends by a thread of its own: whoever puts something in waits for nothing.

    Args:
        pipe: to the process.
    """

    def __init__(self, pipe: FramedPipe) -> None:
        self.sending_since: float | None = None
        """When it began to send what it is sending now, by `time.monotonic`; None while it sends nothing."""
        self._pipe = pipe
        self._messages: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="to source process", daemon=True)
        self._thread.start()

    def put(self, message: bytes) -> None:
        """Send it after all that was put in before; in vain when the process is gone."""
        self._messages.put(message)

    def close(self) -> None:
        """No more; the process must be gone, or have been told all."""
        self._messages.put(None)
        self._thread.join(_PATIENCE_S)

    def _run(self) -> None:
        with suppress(BrokenPipeError):
            while (message := self._messages.get()) is not None:
                self.sending_since = time.monotonic()
                with suppress(ValueError):  # a source of that size stays silent
                    self._pipe.send(message)
                self.sending_since = None
