"""The playback process's handle on its source process: starts it, hears it, notices its death."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress

import msgspec

from musicgen_desktop.foundation import FramedPipe, MusicgenDesktopError, is_built_app

from ._messages import Ready, ToChild, ToParent, decode_to_parent, encode_message
from ._outbox import Outbox

_PATIENCE_S = 1.0
_WAITS_S = (0.0, 0.1, 0.5, 2.0, 5.0)
_LIVED_WELL_S = 10.0
_HANGS_S = 30.0


def source_program() -> list[str]:
    """How this program starts itself as a source process."""
    program = [sys.executable] if is_built_app() else [sys.executable, "-m", "musicgen_desktop"]
    return [*program, "source-process"]


class SourceChild:
    """A source process that is started again when it dies, or does not take what it is told.

    Args:
        program: the words that start it.
        hear: called by a thread of this object with every message.
        brief: called by that thread when a new process is there, to `send` it all that it needs.
    """

    def __init__(
        self,
        program: Sequence[str],
        hear: Callable[[ToParent], None],
        brief: Callable[[], None],
    ) -> None:
        self.starts = 0
        """How often a process was started."""
        self._program = list(program)
        self._hear = hear
        self._brief = brief
        self._closing = threading.Event()
        self._changing = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._outbox: Outbox | None = None
        self._awaited_since: float | None = None
        """Since when a new process has not yet said that it is up."""
        self._watcher = threading.Thread(target=self._watch, name="source process", daemon=True)

    def start(self) -> None:
        """Begin; the process is there some tenths of a second later."""
        self._watcher.start()

    @property
    def pid(self) -> int | None:
        """Of the process; None when there is none just now."""
        process = self._process
        return None if process is None or process.poll() is not None else process.pid

    def send(self, message: ToChild) -> None:
        """Tell it something, without waiting; in vain when it just died, since the next one is told all."""
        outbox = self._outbox
        if outbox is not None:
            outbox.put(encode_message(message))

    def look_after(self) -> None:
        """End a process that does not come up, or does not listen; another one follows. Call it often."""
        if not self._changing.acquire(blocking=False):
            return  # one is just being started
        try:
            process, outbox = self._process, self._outbox
            since = self._awaited_since or (None if outbox is None else outbox.sending_since)
            if process is not None and since is not None and time.monotonic() - since > _HANGS_S:
                process.kill()
        finally:
            self._changing.release()

    def close(self) -> None:
        """End it, at the latest after a second."""
        with self._changing:
            self._closing.set()
            if self._process is not None and self._process.stdin is not None:
                with suppress(OSError):
                    self._process.stdin.close()
        if self._process is not None:
            try:
                self._process.wait(_PATIENCE_S)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._watcher.join(_PATIENCE_S)

    def _watch(self) -> None:
        """One life after the other; one that is short makes the next wait."""
        short_lives = 0
        while not self._closing.wait(_WAITS_S[min(short_lives, len(_WAITS_S) - 1)]):
            born = time.monotonic()
            with suppress(OSError, MusicgenDesktopError):  # no room for it now, perhaps later
                self._live()
            short_lives = 0 if time.monotonic() - born > _LIVED_WELL_S else short_lives + 1

    def _live(self) -> None:
        with self._changing:
            if self._closing.is_set():
                return
            self._process = process = self._started()
            outgoing, incoming = process.stdin, process.stdout
            if outgoing is None or incoming is None:
                raise ValueError("started without pipes")
            pipe = FramedPipe(incoming, outgoing)
            self._outbox = outbox = Outbox(pipe)
            self._awaited_since = time.monotonic()
        self.starts += 1
        try:
            self._brief()
            with suppress(msgspec.DecodeError):
                while (data := pipe.receive()) is not None:
                    self._take(decode_to_parent(data))
        finally:
            process.kill()  # first: the outbox may be waiting for it
            process.wait()
            outbox.close()
            pipe.close()

    def _take(self, message: ToParent) -> None:
        if isinstance(message, Ready):
            self._awaited_since = None
        self._hear(message)

    def _started(self) -> subprocess.Popen[bytes]:
        # numpy's own threads would only wait for a core, spinning.
        surroundings = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
        return subprocess.Popen(  # noqa: S603 - our own program
            self._program,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
            env=surroundings,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
