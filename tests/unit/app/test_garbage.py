import gc
import threading

import pytest
from PySide6.QtCore import QObject, QTimer

from musicgen_desktop.app import _garbage


@pytest.fixture
def _nobody_else_looks(qapp):
    others = [each for each in qapp.findChildren(QTimer) if each.isActive()]
    for each in others:
        each.stop()
    yield
    for each in qapp.findChildren(QTimer):
        each.stop()
    for each in others:
        each.start()
    gc.unfreeze()
    gc.enable()


@pytest.fixture
def rubbish():
    """Makes things of Qt that only a look for garbage deletes, and notes on which thread that happens."""
    deleted_on = []

    class Rubbish(QObject):
        def __init__(self):
            super().__init__()
            self.itself = self
            self.destroyed.connect(lambda: deleted_on.append(threading.current_thread()))

    return Rubbish, deleted_on


def busy():
    """So many objects that Python looks through the young, where it may."""
    return [[] for _ in range(3 * gc.get_threshold()[0])]


@pytest.mark.usefixtures("_nobody_else_looks")
def test_what_is_garbage_is_deleted_by_the_main_thread_alone(qapp, qtbot, rubbish):
    make, deleted_on = rubbish
    _garbage.hold_off()
    _garbage.resume(qapp)
    for _ in range(50):
        make()

    worker = threading.Thread(target=busy)
    worker.start()
    worker.join()
    assert deleted_on == []
    kept = busy()

    qtbot.waitUntil(lambda: len(deleted_on) == 50, timeout=60_000)
    assert kept
    assert set(deleted_on) == {threading.main_thread()}


@pytest.mark.usefixtures("_nobody_else_looks")
@pytest.mark.parametrize("looks_survived", [0, 1, 2])
def test_older_garbage_is_found_too(qapp, qtbot, monkeypatch, rubbish, looks_survived):
    make, deleted_on = rubbish
    monkeypatch.setattr(_garbage, "_EVERY_MS", 1)
    gc.collect()
    _garbage.hold_off()
    _garbage.resume(qapp)
    held = make()
    for generation in range(looks_survived):
        gc.collect(generation)
    del held

    kept = []

    def is_deleted():
        if gc.get_count()[0] <= gc.get_threshold()[0]:
            kept.append(busy())
        return deleted_on == [threading.main_thread()]

    qtbot.waitUntil(is_deleted, timeout=60_000)


@pytest.mark.usefixtures("_nobody_else_looks")
def test_what_was_there_when_the_window_came_is_not_looked_through(qapp, rubbish):
    make, deleted_on = rubbish
    _garbage.hold_off()
    make()
    _garbage.resume(qapp)

    gc.collect()
    assert deleted_on == []

    _garbage.begin_anew()
    assert deleted_on == [threading.main_thread()]
