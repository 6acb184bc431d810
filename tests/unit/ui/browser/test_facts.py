import gc
import threading
import weakref

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from musicgen_desktop.session.controllers.browse_files import FileFacts
from musicgen_desktop.ui.browser import _facts
from musicgen_desktop.ui.browser._facts import FactsReader


@pytest.fixture(autouse=True)
def _dressed_first(_dressed):
    pass


class Looking:
    """Looks at a file as long as a test wants."""

    def __init__(self):
        self.paths, self.begun, self.may_end = [], threading.Event(), threading.Event()

    def __call__(self, path):
        self.paths.append(str(path))
        self.begun.set()
        assert self.may_end.wait(20)
        if "broken" in str(path):
            raise ZeroDivisionError
        return FileFacts(seconds=1.0)


@pytest.fixture
def looking(monkeypatch):
    made = Looking()
    monkeypatch.setattr(_facts, "file_facts", made)
    yield made
    made.may_end.set()


@pytest.fixture
def at_work(looking):
    """Begins to look at one file of two; (reader, its thread)."""

    def begin():
        before = set(threading.enumerate())
        reader = FactsReader()
        reader.facts("a.wav")
        reader.facts("b.wav")
        assert looking.begun.wait(20)
        (thread,) = (each for each in set(threading.enumerate()) - before if each.name == "file facts")
        return reader, thread

    return begin


def test_a_file_is_looked_at_once_and_then_known(qtbot, looking):
    reader = FactsReader()
    looking.may_end.set()
    with qtbot.waitSignal(reader.found) as found:
        assert reader.facts("a.wav") is None

    assert found.args == ["a.wav"]
    assert reader.facts("a.wav") == FileFacts(seconds=1.0)
    assert looking.paths == ["a.wav"]
    reader.close()


def test_a_mistake_of_ours_is_told_of_its_file_and_the_next_one_is_read(qtbot, looking):
    reader = FactsReader()
    looking.may_end.set()
    reader.facts("broken.wav")
    with qtbot.waitSignal(reader.found, check_params_cb=lambda path: path == "fine.wav"):
        reader.facts("fine.wav")

    assert reader.facts("broken.wav").problem
    assert reader.facts("fine.wav").seconds == 1.0
    reader.close()


def test_after_the_end_no_more_files_are_looked_at(looking, at_work):
    reader, reading = at_work()

    reader.close()
    assert reader.facts("c.wav") is None
    looking.may_end.set()
    reading.join(20)

    assert not reading.is_alive()
    assert looking.paths == ["a.wav"]


def test_a_reader_may_go_while_a_file_is_looked_at(looking, at_work):
    reader, reading = at_work()
    held = weakref.ref(reader)

    reader.deleteLater()
    del reader
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert held() is None  # the thread holds nothing of Qt
    looking.may_end.set()
    reading.join(20)

    assert not reading.is_alive()  # and ends by itself
    assert looking.paths == ["a.wav"]
