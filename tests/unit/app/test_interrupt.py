import signal

import pytest

from musicgen_desktop.app._interrupt import closed_by_interrupt


class Window:
    """Asks a question first, and stays as often as it is told to."""

    def __init__(self, stays=0):
        self.stays, self.closings = stays, []

    def close(self):
        self.closings.append(signal.getsignal(signal.SIGINT))
        self.stays -= 1
        return self.stays < 0


@pytest.fixture(autouse=True)
def usual():
    """As in a terminal, whatever runs the tests."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_the_window_is_closed_and_a_second_interrupt_ends_the_program(qtbot):
    window = Window()

    with closed_by_interrupt(window):
        signal.raise_signal(signal.SIGINT)
        at_once = list(window.closings)
        qtbot.waitUntil(lambda: len(window.closings) == 1)

    assert at_once == []  # not in the midst of whatever runs
    assert window.closings == [signal.SIG_DFL]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_window_that_stays_is_asked_again(qtbot):
    window = Window(stays=1)

    with closed_by_interrupt(window):
        for count in (1, 2):
            signal.raise_signal(signal.SIGINT)
            qtbot.waitUntil(lambda count=count: len(window.closings) == count)


def test_what_is_ignored_stays_ignored():
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    with closed_by_interrupt(Window()):
        assert signal.getsignal(signal.SIGINT) == signal.SIG_IGN
