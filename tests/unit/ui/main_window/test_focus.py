"""The way of the keyboard through the window: from panel to panel, and through each of them."""

from itertools import groupby, pairwise

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractButton, QApplication

from musicgen_desktop.ui.main_window._focus import tab_stops
from tests.unit.ui.main_window._keys import focusable, focused_name, name_of, press
from tests.unit.ui.main_window._outlived import kept_items
from tests.unit.ui.main_window._tour import show_panel

DOCKS = ("compose", "inspector", "effect", "history", "mixer", "piano_roll", "plots", "browser")
DOCKS += ("library", "bridge")


def holder(opened):
    """The panel that has the focus: its dock's name, “timeline” or “transport”."""
    focused = QApplication.focusWidget()
    places = {dock.objectName(): dock for dock in opened.panels.docks}
    places |= {"timeline": opened.panels.timeline, "transport": opened.window.transport}
    return next((name for name, place in places.items() if place.isAncestorOf(focused)), "")


def test_f6_goes_round_all_panels_in_sight_and_back(opened):
    opened.panels.show("mixer")
    opened.panels.show("inspector")
    opened.panels.prompt.focus_prompt()
    seen = []

    for _ in range(5):
        press("F6")
        seen.append(holder(opened))
    back = []
    for _ in range(5):
        press("Shift+F6")
        back.append(holder(opened))

    assert seen == ["timeline", "inspector", "mixer", "transport", "compose"]
    assert back == ["transport", "mixer", "inspector", "timeline", "compose"]


def test_f6_comes_back_to_where_one_was(opened):
    opened.panels.show("mixer")
    press("Ctrl+1", "Tab", "Tab")
    where = QApplication.focusWidget()

    press("F6", "Shift+F6")

    assert QApplication.focusWidget() is where


@pytest.mark.parametrize("name", DOCKS)
def test_showing_a_panel_puts_the_keyboard_into_it(opened, name):
    opened.bridges.actions[f"view.{name}"].trigger()
    press()

    assert holder(opened) == name
    assert focused_name()


@pytest.mark.parametrize("name", [*DOCKS, "timeline"])
def test_tab_reaches_everything_in_a_panel_and_leaves_it(opened, name):
    panel = show_panel(opened, name)
    missing = {each for each in focusable(panel) if not is_one_of_several(each)}
    first = next(tab_stops(panel))
    first.setFocus()

    for _ in range(300):
        missing.discard(QApplication.focusWidget())
        press("Tab")
        if not panel.isAncestorOf(QApplication.focusWidget()):
            break

    assert {(type(each).__name__, name_of(each)) for each in missing} == set()
    assert not panel.isAncestorOf(QApplication.focusWidget())


def test_shift_tab_goes_back_the_same_way(opened):
    opened.panels.prompt.focus_prompt()
    way = [QApplication.focusWidget()]
    while len(set(way)) < 40:
        press("Tab")
        way.append(QApplication.focusWidget())
    back = [QApplication.focusWidget()]
    while back[-1] is not way[0]:
        press("Shift+Tab")
        back.append(QApplication.focusWidget())

    # A view may stop several times, such as the canvas at its clips.
    assert [each for each, _ in groupby(back)] == [each for each, _ in groupby(way)][::-1]


@pytest.mark.parametrize("name", [*DOCKS, "timeline"])
def test_tab_goes_as_the_eye_goes(opened, name):
    """What comes next is not above what came before, unless it stands to the right of it."""
    panel = show_panel(opened, name)
    stops = list(tab_stops(panel))

    jumps = [
        (name_of(before), name_of(after))
        for before, after in pairwise(stops)
        if not follows(panel, before, after)
    ]

    assert not jumps


@pytest.mark.parametrize("name", [*DOCKS, "timeline"])
def test_finding_the_way_keeps_nothing_of_the_layouts(opened, name):
    panel = show_panel(opened, name)
    before = kept_items()

    assert list(tab_stops(panel))

    assert kept_items() == before


def is_one_of_several(widget):
    """Whether arrow keys lead to it from its neighbour that is pressed."""
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    return group is not None and group.exclusive() and not widget.isChecked()


def follows(panel, before, after):
    """Whether the eye comes to one after the other: below it, beside it, or atop a column to the right."""
    first, then = box(panel, before), box(panel, after)
    return then.bottom() >= first.top() or then.left() >= first.left()


def box(panel, widget):
    """Where a widget lies in its panel."""
    return widget.rect().translated(widget.mapTo(panel, QPoint(0, 0)))
