"""The process's life: an ear that stops jobs at once, and the main thread that does them one by one."""

import gc
import logging
import os
import queue
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import msgspec

from musicgen_desktop.foundation import (
    FramedPipe,
    MusicgenDesktopError,
    Report,
    StopFlag,
    UserInputError,
    pipe_to_parent,
)
from musicgen_desktop.foundation import Stopped as WorkStopped

from ._messages import (
    Ended,
    Failed,
    Finished,
    FromHost,
    Progress,
    Ready,
    Started,
    Submit,
    decode_to_host,
    encode_message,
)
from ._words import COMPOSING, Words

Work = Callable[[bytes, Report, StopFlag], bytes]
"""Does a task: its bytes in, the result's bytes out. Raises as every job does."""

_NICE = 10


def run_host(work: Work, warm_up: Callable[[], None], words: Words = COMPOSING) -> int:
    """The whole life of the process; it ends when its client closes the pipe or dies.

    Args:
        work: called on the main thread, where it may fork.
        warm_up: loads what the first task would else wait for.
        words: what a failure is called.

    Returns:
        The exit status.
    """
    go_last()
    return _Host(pipe_to_parent(), work, words).serve(warm_up)


class _Host:
    def __init__(self, pipe: FramedPipe, work: Work, words: Words) -> None:
        self._pipe = pipe
        self._work = work
        self._words = words
        self._inbox: queue.SimpleQueue[Submit | None] = queue.SimpleQueue()
        self._flags: dict[int, StopFlag] = {}

    def serve(self, warm_up: Callable[[], None]) -> int:
        threading.Thread(target=self._listen, name="tasks", daemon=True).start()
        warm_up()
        # What is loaded stays: without it in the way, a collection is short and forked children copy less.
        gc.collect()
        gc.freeze()
        self._tell(Ready())
        while (task := self._inbox.get()) is not None:
            self._tell(self._done(task))
            del self._flags[task.job]
        return 0

    def _done(self, task: Submit) -> FromHost:
        stop = self._flags[task.job]
        try:
            stop.raise_if_set()
            self._tell(Started(task.job))
            result = self._work(
                task.task, lambda done, stage: self._tell(Progress(task.job, float(done), stage)), stop
            )
        except WorkStopped:
            return Ended(task.job)
        except MusicgenDesktopError as error:
            return Failed(task.job, str(error), isinstance(error, UserInputError))
        except Exception:
            logging.getLogger(__name__).exception("A task failed")
            return Failed(task.job, self._words.bug, is_input=False)
        return Finished(task.job, result)

    def _listen(self) -> None:
        with suppress(msgspec.DecodeError):
            while (data := self._pipe.receive()) is not None:
                message = decode_to_host(data)
                if isinstance(message, Submit):
                    self._flags[message.job] = StopFlag()
                    self._inbox.put(message)
                elif (flag := self._flags.get(message.job)) is not None:
                    flag.set()
        for flag in tuple(self._flags.values()):  # nobody is left to take the results
            flag.set()
        self._inbox.put(None)

    def _tell(self, event: FromHost) -> None:
        with suppress(BrokenPipeError):  # the client is gone; the listener notices
            self._pipe.send(encode_message(event))


def go_last() -> None:
    """The user's playing goes first."""
    if sys.platform == "win32":  # there the client chose a priority class
        return
    os.nice(_NICE)
    if os.getsid(0) == os.getpid():
        # Linux weighs sessions against each other before it looks at what is nice within them, and this
        # process has one of its own: as a whole it would be as important as the window.
        with suppress(OSError):
            Path("/proc/self/autogroup").write_text(str(_NICE), encoding="ascii")
