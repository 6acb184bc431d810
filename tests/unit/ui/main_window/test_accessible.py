"""What a screen reader says, what a tooltip says, what is cut, and keys and menus without contradiction."""

from collections import defaultdict
from itertools import combinations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QMenu,
    QToolButton,
    QWidget,
)

from tests.unit.ui.main_window._keys import can_focus, focusable, name_of
from tests.unit.ui.main_window._tour import DIALOGS, PANELS, dialog_of, show_panel
from tests.unit.ui.main_window.conftest import settle

IN_PANEL = Qt.ShortcutContext.WidgetWithChildrenShortcut
AIR_PX = 2
"""A letter's last pixels that a label may lack before one sees it."""


@pytest.fixture(params=PANELS)
def panel(opened, request):
    """Each panel of the window, with something in it."""
    return show_panel(opened, request.param)


@pytest.fixture(params=DIALOGS)
def dialog(opened, request):
    """Each dialog, open over the window."""
    made = dialog_of(opened, request.param)
    yield made
    made.reject()
    made.deleteLater()


def test_everything_in_a_panel_says_its_name(panel):
    assert nameless(panel) == []
    assert without_tip(panel) == []


def test_everything_in_a_dialog_says_its_name(dialog):
    assert nameless(dialog) == []
    assert without_tip(dialog) == []


def test_everything_round_the_panels_says_its_name(opened):
    assert nameless(opened.window) == []
    assert without_tip(opened.window) == []


def test_the_start_page_says_its_names(open_window):
    start = open_window().window.start

    assert start.isVisible()
    assert nameless(start) == []


def test_no_text_in_a_panel_is_cut(panel):
    assert cut(panel) == []


def test_no_text_in_a_dialog_is_cut(dialog):
    assert cut(dialog) == []


def test_no_text_round_the_panels_is_cut(opened):
    assert cut(opened.window.transport) == []
    assert cut(opened.window.menuBar()) == []


def test_no_key_has_two_meanings_in_one_place(opened):
    meanings = defaultdict(list)
    for listed in opened.actions.listed():
        for place in places_of(listed.action):
            for key in listed.action.shortcuts():
                meanings[place, key.toString()].append(listed.id)

    assert {key: ids for key, ids in meanings.items() if len(ids) > 1} == {}


def test_every_action_has_a_text_and_a_group(opened):
    assert [each.id for each in opened.actions.listed() if not each.action.text() or not each.group] == []


def test_every_key_does_what_the_sheet_says(opened):
    """Where its panel has the focus, or anywhere in the window: from the transport bar."""
    done = []
    for listed in opened.actions.listed():
        listed.action.triggered.disconnect()
        listed.action.triggered.connect(lambda _checked=False, name=listed.id: done.append(name))
        listed.action.setEnabled(True)
    for name in ("compose", "mixer", "effect", "inspector", "piano_roll"):
        show_panel(opened, name)
    wrong = []

    for listed in opened.actions.listed():
        for key in listed.action.shortcuts():
            place = next(iter(places_of(listed.action)))
            focus_in(opened, place)
            done.clear()
            QTest.keyClick(QApplication.focusWidget(), key[0].key(), key[0].keyboardModifiers())
            if done != [listed.id]:
                wrong.append((listed.id, key.toString(), list(done)))

    assert wrong == []


def test_no_two_lines_of_a_menu_have_one_letter(opened):
    menus = [action.menu() for action in opened.window.menuBar().actions()]

    assert twice(opened.window.menuBar().actions()) == []
    assert [(menu.title(), twice(menu.actions())) for menu in menus if twice(menu.actions())] == []


def nameless(root):
    """What accepts the focus and says no name."""
    inside = [each for each in [root, *root.findChildren(QWidget)] if each.isVisible()]
    return [
        (type(each).__name__, type(each.parentWidget()).__name__)
        for each in inside
        if each.focusPolicy() != Qt.FocusPolicy.NoFocus
        and each.isEnabled()
        and not (name_of(each).strip() and "%n" not in name_of(each))
    ]


def without_tip(root):
    """Buttons that show no words, and say none when the mouse rests on them either."""
    buttons = [each for each in root.findChildren(QAbstractButton) if each.isVisible()]
    return [
        (type(each).__name__, name_of(each), type(each.parentWidget()).__name__)
        for each in buttons
        if shows_no_words(each) and not each.toolTip() and can_focus(each)
    ]


def shows_no_words(button):
    only_icon = Qt.ToolButtonStyle.ToolButtonIconOnly
    return not button.text() or (isinstance(button, QToolButton) and button.toolButtonStyle() == only_icon)


def cut(root):
    """Words for which there is no room: what is there, and what would be needed."""
    return [
        (type(each).__name__, text, room, need)
        for each in root.findChildren(QWidget)
        if each.isVisible() and each.width() > 0 and (text := text_of(each))
        for room, need in [(room_of(each), each.fontMetrics().horizontalAdvance(text))]
        if need > room + AIR_PX
    ]


def text_of(widget):
    """The one line that a widget shows; empty for what breaks or cuts its lines with an ellipsis itself."""
    if isinstance(widget, QLabel):
        is_plain = not widget.wordWrap() and not widget.text().startswith("<") and not widget.toolTip()
        return max(widget.text().split("\n"), key=len) if is_plain else ""
    if isinstance(widget, QComboBox):
        return widget.currentText()
    if isinstance(widget, QAbstractButton) and not shows_no_words(widget):
        return "" if widget.toolTip().startswith(widget.text()) else widget.text().replace("&", "")
    return ""


def room_of(widget):
    if isinstance(widget, QLabel):
        return widget.contentsRect().width()
    if isinstance(widget, QComboBox):
        return widget.width() - 20
    icon = 0 if widget.icon().isNull() else widget.iconSize().width() + 4
    return widget.width() - icon - 4


def places_of(action):
    """The panels in which alone an action's keys work; None for the whole window."""
    if action.shortcutContext() != IN_PANEL:
        return [None]
    owners = [each for each in action.associatedObjects() if isinstance(each, QWidget)]
    return [each for each in owners if not isinstance(each, QMenu | QAbstractButton)]


def focus_in(opened, place):
    """Put the focus into a panel, or where no panel has keys of its own."""
    if place is None:
        target = focusable(opened.window.transport)[0]
    else:
        dock = next((each for each in opened.panels.docks if each.isAncestorOf(place)), None)
        if dock is not None:
            opened.panels.show(dock.objectName(), focus=False)
            settle()
        target = place if can_focus(place) else focusable(place)[0]
    target.setFocus()
    settle()
    assert QApplication.focusWidget() is target


def twice(actions):
    """Lines of one menu that answer to the same letter."""
    letters = [(QKeySequence.mnemonic(each.text()).toString(), each.text()) for each in actions]
    return [(one[1], other[1]) for one, other in combinations(letters, 2) if one[0] and one[0] == other[0]]
