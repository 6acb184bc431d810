"""Two thousand things done at random, by mouse, keys, menus and actions, with undo and redo among them."""

import shutil
from contextlib import closing

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt, QtMsgType
from PySide6.QtGui import QDrag

from tests.unit.ui.main_window._outlived import outlived
from tests.unit.ui.main_window._walk import Walker, steps_of

WALKS, STEPS = 10, 200
_NOT_OURS = "This plugin does not support"
"""What the platform without a screen says of windows that it cannot raise."""


@pytest.fixture
def no_drag_out(monkeypatch):
    """A drag into another program ends at once."""
    monkeypatch.setattr(QDrag, "exec", lambda *_arguments: Qt.DropAction.IgnoreAction)


@pytest.mark.slow
@pytest.mark.usefixtures("no_drag_out")
@settings(
    max_examples=WALKS,
    phases=(Phase.explicit, Phase.generate),  # a shorter walk is another walk
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],  # a window for each
)
@given(seed=st.integers(0, 2**32 - 1))
def test_whatever_is_done_holds_together_and_can_be_undone(open_window, song_folder, qtbot, qtlog, seed):
    folder = shutil.copytree(song_folder, song_folder.with_name(f"Walk {seed}.mgproj"), dirs_exist_ok=True)
    with closing(open_window(folder)) as opened:
        opened.compose()
        opened.hold_jobs()
        walker = Walker(opened)
        before = len(qtlog.records)
        others = outlived()

        for number, step in enumerate(steps_of(seed, STEPS)):
            with qtbot.capture_exceptions() as raised:
                walker.take(step)
            assert not raised, (number, step, raised)
            assert not complaints(qtlog.records[before:]), (number, step, qtlog.records[before:])
        assert outlived() <= others
        last = ends(opened.store.redo, opened)
        first = ends(opened.store.undo, opened)
        again = ends(opened.store.redo, opened)

        assert first == walker.first
        assert again == last


def ends(go, opened):
    """The project when it can go no further."""
    while go():
        pass
    return opened.project


def complaints(records):
    """What Qt said of us."""
    said = [each for each in records if each.type != QtMsgType.QtDebugMsg]
    return [each.message for each in said if not each.message.startswith(_NOT_OURS)]
