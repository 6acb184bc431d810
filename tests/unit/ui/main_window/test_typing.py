"""Space plays wherever one is, and letters are shortcuts, but in a text field they are letters."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QWidget,
)

from tests.unit.ui.main_window._keys import focusable, name_of, takes_text
from tests.unit.ui.main_window._tour import PANELS, show_panel
from tests.unit.ui.main_window.conftest import settle


@pytest.mark.parametrize("name", PANELS)
def test_space_plays_wherever_one_is_but_in_text(opened, name):
    panel = show_panel(opened, name)
    wrong = []

    for widget in [each for each in focusable(panel) if not takes_text(each)]:
        if not widget.isVisible():
            continue
        before = opened.player.is_running
        widget.setFocus()
        QTest.keyClick(widget, Qt.Key.Key_Space)
        if opened.player.is_running is before:
            wrong.append((type(widget).__name__, name_of(widget)))

    assert wrong == []


@pytest.mark.parametrize("name", PANELS)
def test_letters_and_digits_in_text_are_no_shortcuts(opened, name):
    panel = show_panel(opened, name)
    done = watched(opened)
    fields = [each for each in panel.findChildren(QWidget) if takes_text(each) and each.isVisible()]

    for field in [each for each in fields if each.isEnabled() and each.focusProxy() is None]:
        field.setFocus()
        for key in plain_keys(opened):
            QTest.keyClick(field, key[0].key(), key[0].keyboardModifiers())
            settle()
            assert not done, (type(field).__name__, name_of(field), key.toString(), done)


@pytest.mark.parametrize("name", PANELS)
def test_lists_and_numbers_keep_their_arrow_keys(opened, name):
    panel = show_panel(opened, name)
    done = watched(opened)
    turned = (QComboBox, QAbstractSpinBox, QAbstractSlider, QAbstractItemView)
    wrong = []

    for widget in [each for each in focusable(panel) if isinstance(each, turned)]:
        for key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right):
            widget.setFocus()
            QTest.keyClick(widget, key)
            settle()
            wrong += [(type(widget).__name__, name_of(widget), key.name, each) for each in done]
            done.clear()

    assert wrong == []


def watched(opened):
    """The actions that are triggered from now on; none is really done."""
    done = []
    for listed in opened.actions.listed():
        listed.action.triggered.disconnect()
        listed.action.triggered.connect(lambda _checked=False, name=listed.id: done.append(name))
    return done


def plain_keys(opened):
    """Keys of shortcuts that are letters, digits or signs, with Shift or without; Return, Esc, Tab leave."""
    keys = {key.toString(): key for each in opened.actions.listed() for key in each.action.shortcuts()}
    plain = {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier}
    return [
        key
        for key in keys.values()
        if key[0].keyboardModifiers() in plain and Qt.Key.Key_Space <= key[0].key() < Qt.Key.Key_Escape
    ] + [QKeySequence(name) for name in ("Backspace", "Del", "Home", "End", "Left", "Right")]
