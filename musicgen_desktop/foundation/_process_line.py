"""A process of our own program that is talked to through pipes, without anybody waiting for it."""

import queue
import subprocess
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Generic, TypeVar

import msgspec

from ._machine import own_program
from ._pipe import FramedPipe

_FLAGS: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # Windows would show a console

_Event = TypeVar("_Event")


class ProcessLine(Generic[_Event]):
    """Starts a process; sends to it on one thread and listens to it on another.

    Args:
        words: what our program is started with.
        events: reads what the process says; one that says anything else is ended.
        on_event: told what it says, on the listening thread.
        on_end: told its exit status, on the listening thread, when it is over.

    Raises:
        OSError: when it cannot be started.
    """

    def __init__(
        self,
        words: Sequence[str],
        events: "msgspec.msgpack.Decoder[_Event]",
        on_event: Callable[["ProcessLine[_Event]", _Event], None],
        on_end: Callable[["ProcessLine[_Event]", int], None],
    ) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            [*own_program(), *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            creationflags=_FLAGS,
        )
        if self._process.stdin is None or self._process.stdout is None:
            raise OSError("the system gave it no pipes")
        self._pipe = FramedPipe(self._process.stdout, self._process.stdin)
        self._outbox: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._events, self._on_event, self._on_end = events, on_event, on_end
        self._threads = [
            threading.Thread(target=work, name=f"{words[0]} {name}", daemon=True)
            for name, work in (("commands", self._send), ("events", self._listen))
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
                    event = self._events.decode(data)
                except msgspec.MsgspecError:
                    self._process.kill()
                    break
                self._on_event(self, event)
        status = self._process.wait()
        self._outbox.put(None)
        self._pipe.close()
        self._on_end(self, status)
