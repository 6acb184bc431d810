"""One playback process and the pipes to it."""

import queue
import subprocess
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from musicgen_desktop.foundation import FramedPipe, MusicgenDesktopError, own_program

from ._messages import Event, TalkError, decode_event

_FLAGS: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # Windows would show a console


class PlaybackDiedError(MusicgenDesktopError):
    """The playback process does not start, or ends again and again."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"Playing does not work here ({reason}); “musicgen-desktop doctor” looks for the cause."
        )


class Line:
    """Starts a process; sends to it on one thread, so that nobody waits for it, and listens on another.

    Args:
        folder: with the board in it.
        on_event: told what it says, on the listening thread.
        on_end: told its exit status, on the listening thread, when it is over.

    Raises:
        PlaybackDiedError: when it cannot be started.
    """

    def __init__(
        self,
        folder: Path,
        on_event: Callable[["Line", Event], None],
        on_end: Callable[["Line", int], None],
    ) -> None:
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                [*own_program(), "playback-process", str(folder)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                creationflags=_FLAGS,
            )
        except OSError as error:
            raise PlaybackDiedError(error.strerror or str(error)) from error
        if self._process.stdin is None or self._process.stdout is None:
            raise PlaybackDiedError("the system gave it no pipes")
        self._pipe = FramedPipe(self._process.stdout, self._process.stdin)
        self._outbox: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._on_event, self._on_end = on_event, on_end
        self._threads = [
            threading.Thread(target=work, name=name, daemon=True)
            for name, work in (("playback commands", self._send), ("playback events", self._listen))
        ]
        for thread in self._threads:
            thread.start()

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid

    def send(self, message: bytes) -> None:
        """Have this told; never waits."""
        self._outbox.put(message)

    def end(self, patience_s: float) -> None:
        """Wait until it ends by itself, and end it when it does not."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(patience_s)
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        for thread in self._threads:
            if thread is not threading.current_thread():
                thread.join(patience_s)

    def _send(self) -> None:
        with suppress(OSError, ValueError):  # the listener notices that it died
            while (message := self._outbox.get()) is not None:
                self._pipe.send(message)

    def _listen(self) -> None:
        with suppress(OSError, ValueError):
            while (data := self._pipe.receive()) is not None:
                try:
                    event = decode_event(data)
                except TalkError:
                    self._process.kill()
                    break
                self._on_event(self, event)
        status = self._process.wait()
        self._outbox.put(None)
        self._pipe.close()
        self._on_end(self, status)
