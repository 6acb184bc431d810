"""One key that means one thing in a panel and another one elsewhere."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from musicgen_desktop.ui.bridges import Actions


class Place:
    """A window with a panel and a field outside it; what was done is in `done`."""

    def __init__(self):
        self.done = []
        self.actions = Actions()
        self.window, self.panel, self.outside = QWidget(), QWidget(), QWidget()
        self.inner = QWidget(self.panel)
        column = QVBoxLayout(self.window)
        for each in (self.panel, self.outside):
            column.addWidget(each)
        for each in (self.outside, self.inner):
            each.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.window.addAction(self.add("window.jump"))
        self.in_panel = self.add("panel.invert", self.panel)

    def add(self, name, owner=None):
        return self.actions.add(
            name, "Group", name, lambda: self.done.append(name), shortcuts=["Ctrl+I"], owner=owner
        )


@pytest.fixture
def place(qtbot):
    made = Place()
    qtbot.addWidget(made.window)
    made.window.show()
    made.window.activateWindow()
    qtbot.waitActive(made.window)
    return made


def press(widget):
    widget.setFocus()
    QTest.keyClick(widget, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)


def test_inside_the_panel_a_key_means_what_the_panel_says(place):
    for _ in range(3):
        press(place.inner)

    assert place.done == ["panel.invert"] * 3


def test_elsewhere_it_means_what_the_window_says(place):
    press(place.outside)

    assert place.done == ["window.jump"]


def test_what_the_panel_cannot_do_now_is_left_to_the_window(place):
    place.in_panel.setEnabled(False)

    press(place.inner)

    assert place.done == ["window.jump"]


def test_the_nearer_of_two_panels_gets_the_key(place):
    place.add("inner.turn", place.inner)

    press(place.inner)

    assert place.done == ["inner.turn"]
