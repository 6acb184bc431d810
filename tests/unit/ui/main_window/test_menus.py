"""The menus: lines between groups, and an Edit menu that acts where the keyboard is."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QMenu

from musicgen_desktop.ui.main_window._dock_title import tab_bars
from musicgen_desktop.ui.main_window._edit_menu import EditMenu
from tests.unit.ui.main_window._keys import press, type_in
from tests.unit.ui.main_window._tour import show_panel
from tests.unit.ui.main_window.conftest import settle


def menu_of(opened, title):
    for action in opened.window.menuBar().actions():
        if action.text().replace("&", "") == title:
            return action.menu()
    raise AssertionError(f"there is no menu {title}")


def blocks(menu):
    """The texts between the lines of a menu."""
    found = [[]]
    for action in menu.actions():
        if action.isSeparator():
            found.append([])
        else:
            found[-1].append(action.text().replace("&", ""))
    return found


def choose(opened, text):
    """Open the Edit menu and click on a line of it."""
    menu = menu_of(opened, "Edit")
    menu.popup(opened.window.mapToGlobal(opened.window.rect().center()))
    settle()
    action = next(each for each in menu.actions() if each.text() == text)
    enabled = action.isEnabled()
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
    settle()
    menu.hide()
    return enabled


def test_the_notes_are_in_parts(opened):
    parts = blocks(menu_of(opened, "Notes"))

    assert [part[0] for part in parts] == [
        "Select", "Select all notes", "Cut notes", "Earlier by a grid step", "Up a semitone",
        "Zoom to the selection or the clip",
    ]  # fmt: skip
    assert "Quantize" in parts[3]
    assert max(len(part) for part in parts) <= 11


@pytest.mark.parametrize("title", ["File", "Edit", "Song", "Clip", "Notes", "View"])
def test_no_menu_begins_or_ends_with_a_line_or_has_two_together(opened, title):
    assert all(blocks(menu_of(opened, title)))


def test_recent_projects_are_listed_below_open(opened):
    menu = menu_of(opened, "File")
    texts = [action.text() for action in menu.actions()]

    at = texts.index("Open project…") + 1
    assert isinstance(menu.actions()[at].menu(), QMenu)


def test_edit_shows_what_every_program_has_there_with_its_keys(opened):
    menu = menu_of(opened, "Edit")

    assert blocks(menu)[1] == ["Cut", "Copy", "Paste", "Delete", "Select all"]
    keys = {action.text(): action.shortcut().toString() for action in menu.actions()}
    assert [keys[each] for each in ("Cut", "Copy", "Paste", "Select all")] == [
        "Ctrl+X", "Ctrl+C", "Ctrl+V", "Ctrl+A",
    ]  # fmt: skip


def test_edit_acts_on_clips_when_the_timeline_has_the_keyboard(opened):
    before = opened.project
    opened.bridges.selection.select_clips((before.tracks[0].clips[0].id,))
    opened.panels.timeline.canvas.setFocus()

    assert choose(opened, "Delete")

    assert opened.project.tracks[0].clips == ()
    assert choose(opened, "Select all")
    assert len(opened.bridges.selection.clip_ids) == sum(len(track.clips) for track in before.tracks) - 1


def test_edit_acts_on_notes_when_the_piano_roll_has_the_keyboard(opened):
    roll = show_panel(opened, "piano_roll")
    roll.notes.setFocus()

    assert choose(opened, "Select all")
    count = len(roll.model.selected)
    assert choose(opened, "Cut")

    assert count > 0
    assert roll.model.clip.notes == ()
    assert choose(opened, "Paste")
    assert len(roll.model.clip.notes) == count


def test_edit_acts_on_text_that_has_the_keyboard(opened):
    field = next(
        each for each in opened.window.findChildren(QLineEdit) if each.isVisible() and each.isEnabled()
    )
    field.setFocus()
    field.clear()
    type_in("120")

    assert choose(opened, "Select all")
    assert choose(opened, "Delete")

    assert field.text() == ""


def test_edit_offers_nothing_where_there_is_nothing_to_cut(opened):
    before = opened.project
    opened.bridges.selection.select_clips((before.tracks[0].clips[0].id,))
    show_panel(opened, "mixer").view.setFocus()

    assert not choose(opened, "Delete")

    assert opened.project is before


def test_the_keys_of_the_edit_menu_act_once(opened):
    clip = opened.project.tracks[0].clips[0]
    opened.bridges.selection.select_clips((clip.id,))
    opened.panels.timeline.canvas.setFocus()

    press("Ctrl+C", "Ctrl+V")

    assert len(opened.project.tracks[0].clips) == 2


def test_what_qt_has_made_itself_is_not_kept_for_the_edit_menu(opened):
    menu = next(each for each in menu_of(opened, "Edit").children() if isinstance(each, EditMenu))
    bar = next(each for each in tab_bars(opened.window) if each.isVisible())
    opened.panels.prompt.focus_prompt()
    settle()

    bar.setFocus()
    settle()

    assert bar.hasFocus()
    assert menu._focused is opened.window


def test_the_edit_menu_acts_on_a_name_that_is_edited_in_a_list(opened, qtbot):
    names = QListWidget(opened.window)
    qtbot.addWidget(names)
    name = QListWidgetItem("Chorus", names)
    name.setFlags(name.flags() | Qt.ItemFlag.ItemIsEditable)
    names.show()
    names.setFocus()
    names.editItem(name)
    settle()
    menu = next(each for each in menu_of(opened, "Edit").children() if isinstance(each, EditMenu))

    assert isinstance(menu._focused, QLineEdit)
    press("Esc")

    assert menu._focused is names
