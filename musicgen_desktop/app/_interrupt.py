"""Ctrl-C in the terminal that the window was started from."""

import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


@contextmanager
def closed_by_interrupt(window: "QWidget") -> Iterator[None]:
    """Ctrl-C closes the window as its own button does; once more, and the program ends without a question.

    Python looks for signals between two of its own instructions, and while Qt waits it has none: the signal
    writes into a socket that Qt looks at. One that was to be ignored from the start stays ignored.
    """
    from PySide6.QtCore import QSocketNotifier  # noqa: PLC0415 - only the window needs Qt

    before = signal.getsignal(signal.SIGINT)
    if before == signal.SIG_IGN:
        yield
        return
    ear, mouth = socket.socketpair()
    mouth.setblocking(False)  # noqa: FBT003 - Python's; a signal never waits
    notifier = QSocketNotifier(ear.fileno(), QSocketNotifier.Type.Read)

    def heed() -> None:
        ear.recv(64)
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # what was edited lies in the journal
        if not window.close():
            signal.signal(signal.SIGINT, _told_by_the_socket)

    notifier.activated.connect(heed)
    signal.signal(signal.SIGINT, _told_by_the_socket)
    signal.set_wakeup_fd(mouth.fileno(), warn_on_full_buffer=False)
    try:
        yield
    finally:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGINT, before)
        notifier.setEnabled(False)
        ear.close()
        mouth.close()


def _told_by_the_socket(_number: int, _frame: object) -> None:
    """Nothing more: here the window may be in the midst of anything."""
