import gc
import threading
import weakref

import pytest

from musicgen_desktop.foundation import MusicgenDesktopError
from musicgen_desktop.ui.bridges import Finder


@pytest.fixture(autouse=True)
def _dressed_first(_dressed):
    pass


def test_the_answer_comes_on_the_main_thread(qtbot):
    told_on = []
    finder = Finder(lambda: ("a card", threading.current_thread()))
    finder.found.connect(lambda _: told_on.append(threading.current_thread()))

    with qtbot.waitSignal(finder.found) as answer:
        finder.look()

    (name, asked_on), *_ = answer.args
    assert name == "a card"
    assert told_on == [threading.main_thread()]
    assert asked_on is not threading.main_thread()


def test_what_fails_is_told(qtbot):
    def fails():
        raise MusicgenDesktopError("No sound server answers.")

    finder = Finder(fails)
    with qtbot.waitSignal(finder.failed) as told:
        finder.look()

    assert told.args == ["No sound server answers."]


def test_a_question_that_is_open_is_not_asked_twice(qtbot):
    asked, may_answer = [], threading.Event()

    def asks():
        asked.append(1)
        may_answer.wait()

    finder = Finder(asks)
    finder.look()
    finder.look()
    with qtbot.waitSignal(finder.found):
        may_answer.set()
    assert len(asked) == 1

    with qtbot.waitSignal(finder.found):
        finder.look()
    assert len(asked) == 2


def test_a_mistake_of_ours_ends_the_question(qtbot):
    finder = Finder(lambda: 1 // 0)

    with qtbot.waitSignal(finder.failed) as told:
        finder.look()

    assert "mistake of ours" in told.args[0]


def test_whoever_asked_may_go_before_the_answer():
    asks, may_answer, answered = threading.Event(), threading.Event(), threading.Event()

    def slow():
        asks.set()
        assert may_answer.wait(20)
        answered.set()

    finder = Finder(slow)
    try:
        finder.look()
        assert asks.wait(20)
        held = weakref.ref(finder)
        del finder
        gc.collect()
        assert held() is None  # the thread holds nothing of Qt
    finally:
        may_answer.set()
    assert answered.wait(20)
