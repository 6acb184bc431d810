"""The docks: their tabs, and the buttons that float and close them."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QToolButton

from musicgen_desktop.ui.main_window._dock_title import tab_bars

from ._keys import press
from ._outlived import outlived
from ._walk import inside
from .conftest import settle

LEFT = Qt.MouseButton.LeftButton
BELOW = ["Mixer", "Piano roll", "Plots", "Browser", "Library", "To your DAW"]


def bars(window):
    """The words on each row of tabs that is seen."""
    found = (bar for bar in tab_bars(window) if bar.isVisible())
    return {bar: [bar.tabText(at) for at in range(bar.count())] for bar in found}


def bar_below(window):
    return next(bar for bar, words in bars(window).items() if "Mixer" in words)


def button(parent, name):
    buttons = (each for each in inside(parent) if isinstance(each, QToolButton))
    return next(each for each in buttons if each.toolTip().startswith(name))


def test_there_is_one_row_of_tabs_for_each_group_of_docks(opened):
    words = sorted(bars(opened.window).values())
    assert words == [["Inspector", "Effect", "History"], BELOW]

    opened.panels.lay_out()
    settle()

    assert sorted(bars(opened.window).values()) == words


def test_tab_bars_that_qt_has_deleted_are_not_kept(opened):
    before, gone = outlived(), []
    for bar in tab_bars(opened.window):
        bar.destroyed.connect(lambda: gone.append(1))
    del bar

    opened.window.restoreState(opened.window.saveState())
    settle()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    assert gone
    assert outlived() <= before


def test_a_dock_beside_tabs_has_no_title_of_its_own_and_one_alone_has(opened):
    title = opened.panels.dock("mixer").titleBarWidget()
    alone = opened.panels.dock("compose").titleBarWidget()

    assert title.height() == 0
    assert alone.height() > 16


def test_a_panel_that_floats_has_its_title_and_its_buttons_again(qtbot, opened):
    dock = opened.panels.dock("mixer")

    qtbot.mouseClick(button(bar_below(opened.window), "Float Mixer"), LEFT)
    settle()
    assert dock.isFloating()
    assert dock.titleBarWidget().height() > 16
    qtbot.mouseClick(button(dock.titleBarWidget(), "Float Mixer"), LEFT)
    settle()

    assert not dock.isFloating()
    assert sorted(bars(opened.window)[bar_below(opened.window)]) == sorted(BELOW)


@pytest.mark.parametrize("name", ["piano_roll", "browser"])
def test_the_button_beside_the_tabs_closes_the_dock_in_front(qtbot, opened, name):
    opened.panels.show(name)
    settle()
    dock = opened.panels.dock(name)

    qtbot.mouseClick(button(bar_below(opened.window), f"Close {dock.windowTitle()}"), LEFT)
    settle()

    assert not dock.isVisible()
    assert dock.windowTitle() not in bars(opened.window)[bar_below(opened.window)]


@pytest.mark.parametrize("name", ["piano_roll", "mixer", "browser"])
def test_a_key_gives_the_panel_below_most_of_the_window_and_takes_it_back(opened, name):
    opened.window.resize(1600, 1000)
    opened.panels.show(name)
    settle()
    dock, window = opened.panels.dock(name), opened.window
    before = dock.height()

    press("Ctrl+Shift+M")
    high = dock.height()
    press("Ctrl+Shift+M")

    assert high > 0.6 * window.height() > before
    assert opened.panels.timeline.isVisible()
    assert dock.height() == pytest.approx(before, abs=2)


def test_a_panel_that_is_high_from_the_start_gets_its_usual_height(opened):
    dock, window = opened.panels.dock("mixer"), opened.window
    window.resizeDocks([dock], [560], Qt.Orientation.Vertical)
    settle()

    press("Ctrl+Shift+M")

    assert dock.height() < 0.5 * window.height()
