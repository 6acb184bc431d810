import threading

import pytest
from PySide6.QtCore import QTimer

from musicgen_desktop.ui.bridges import Answers


@pytest.fixture
def answers(_dressed):
    return Answers()


def is_looking(answers):
    (timer,) = answers.findChildren(QTimer)
    return timer.isActive()


def test_what_threads_say_comes_on_the_main_one_and_then_nobody_looks(qtbot, answers):
    heard = []
    answers.came.connect(lambda answer: heard.append((answer, threading.current_thread())))

    for number in range(3):
        threading.Thread(target=answers.expect(), args=(number,)).start()

    qtbot.waitUntil(lambda: len(heard) == 3)
    assert {number for number, _ in heard} == {0, 1, 2}
    assert {thread for _, thread in heard} == {threading.main_thread()}
    assert not is_looking(answers)


def test_what_will_not_come_is_not_waited_for(answers):
    answers.expect()
    answers.expect()
    assert is_looking(answers)

    answers.forget(2)

    assert not is_looking(answers)


def test_answers_come_while_more_and_more_is_asked(qtbot, answers):
    asking = QTimer(answers, interval=1)
    asking.timeout.connect(answers.expect)
    asking.start()

    with qtbot.waitSignal(answers.came):
        answers.expect()("now")
