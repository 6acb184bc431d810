import sys

from musicgen_desktop.ui.bridges import Status
from musicgen_desktop.ui.main_window import tell_mistakes


def test_a_mistake_is_logged_and_said_in_one_sentence(qtbot, monkeypatch, caplog):
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    status = Status()
    tell_mistakes(status)

    with qtbot.waitSignal(status.said) as said:
        sys.excepthook(ZeroDivisionError, ZeroDivisionError("by nothing"), None)

    assert said.args[1] == "bad"
    assert "your work is kept" in said.args[0]
    assert "by nothing" in caplog.text
