import sys
import threading

import pytest

from musicgen_desktop.ui.bridges import Status
from musicgen_desktop.ui.main_window import tell_mistakes


@pytest.fixture
def status(monkeypatch):
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    status = Status()
    tell_mistakes(status)
    return status


def failing():
    raise ZeroDivisionError("by nothing")


def test_a_mistake_is_logged_and_said_in_one_sentence(status, qtbot, caplog):
    with qtbot.waitSignal(status.said) as said:
        sys.excepthook(ZeroDivisionError, ZeroDivisionError("by nothing"), None)

    assert said.args[1] == "bad"
    assert "your work is kept" in said.args[0]
    assert "by nothing" in caplog.text


@pytest.mark.usefixtures("status")
def test_a_mistake_in_a_thread_is_logged(caplog, capsys):
    thread = threading.Thread(target=failing, name="worker")
    thread.start()
    thread.join()

    assert "worker" in caplog.text
    assert "by nothing" in caplog.text
    assert capsys.readouterr().err == ""
