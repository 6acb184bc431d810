"""One generation process and the pipes to it."""

import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Generic, TypeVar

import msgspec

from musicgen_desktop.foundation import FramedPipe

from ._messages import encode_message

Event = TypeVar("Event")

_ENVIRONMENT = {
    # Threads that wait sleep, for a spinning one takes a core from the playback; read when a library loads.
    "OMP_WAIT_POLICY": "passive",
    "GOMP_SPINCOUNT": "0",
    # Each take has threads of its own; glibc would give each a heap with holes, tens of MB that come and go.
    "MALLOC_ARENA_MAX": "2",
    # Nothing is fetched behind the user's back.
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
}

_FLAGS: int = getattr(subprocess, "CREATE_NO_WINDOW", 0) | getattr(
    subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0
)


class Died(msgspec.Struct, frozen=True):
    """The process is over; the last that a line tells."""

    status: int


class Line(Generic[Event]):
    """Starts a process; sends to it on one thread, so that nobody waits for it, and listens on another.

    Args:
        command: the process's program and arguments.
        decode: what the process says; raises msgspec.DecodeError for nonsense.

    Raises:
        OSError: when it cannot be started.
    """

    def __init__(self, command: Sequence[str], decode: Callable[[bytes], Event]) -> None:
        self._decode = decode
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            [*command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, **_ENVIRONMENT},
            creationflags=_FLAGS,
            start_new_session=True,  # so that its own children can be ended with it
        )
        if self._process.stdin is None or self._process.stdout is None:
            raise OSError("the system gave it no pipes")
        self._pipe = FramedPipe(self._process.stdout, self._process.stdin)
        self._ending = threading.Lock()
        self._outbox: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self.events: queue.SimpleQueue[Event | Died] = queue.SimpleQueue()
        self._threads = [
            threading.Thread(target=work, name=name, daemon=True)
            for name, work in (
                ("generation tasks", self._send),
                ("generation events", self._listen),
                ("generation watch", self._watch),
            )
        ]
        for thread in reversed(self._threads):
            thread.start()

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid

    def send(self, message: msgspec.Struct) -> None:
        """Have this told; never waits."""
        self._outbox.put(encode_message(message))

    def kill(self) -> None:
        """End the process now with all that it forked, whatever they do."""
        with self._ending:
            if self._process.returncode is not None:
                return
            if sys.platform == "win32":
                self._process.kill()
            else:
                with suppress(OSError):
                    os.killpg(self._process.pid, signal.SIGKILL)

    def close(self, patience_s: float) -> None:
        """Let the process end by itself, and kill it when it does not in time."""
        self._outbox.put(None)
        self._threads[-1].join(patience_s)
        if self._threads[-1].is_alive():
            self.kill()
        for thread in self._threads:
            thread.join()

    def _send(self) -> None:
        with suppress(OSError):  # the watch notices that it died
            while (message := self._outbox.get()) is not None:
                self._pipe.send(message)
        self._pipe.close_outgoing()

    def _listen(self) -> None:
        with suppress(msgspec.DecodeError):
            while (data := self._pipe.receive()) is not None:
                self.events.put(self._decode(data))
        # Whoever talks nonsense has lost the thread; one that is gone already feels nothing.
        self.kill()
        sender, _, watch = self._threads
        watch.join()
        self._outbox.put(None)
        sender.join()
        self._pipe.close()
        self.events.put(Died(self._process.returncode))

    def _watch(self) -> None:
        """Wait for its end, and end what it forked: while those live, the listener waits for their words."""
        if sys.platform == "win32":
            self._process.wait()
        elif hasattr(os, "waitid"):
            os.waitid(os.P_PID, self._process.pid, os.WEXITED | os.WNOWAIT)
            self.kill()  # its number is nobody else's as long as it was not waited for
            with self._ending:
                self._process.wait()
        else:  # on macOS before Python 3.13
            self._process.wait()
            with suppress(OSError):  # while one of the group lives, its number is nobody else's either
                os.killpg(self._process.pid, signal.SIGKILL)
