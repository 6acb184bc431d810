import pytest
from PySide6.QtCore import Qt

from musicgen_desktop.ui.bridges import Actions
from musicgen_desktop.ui.main_window._palette import CommandPalette, rank
from musicgen_desktop.ui.main_window._shortcuts import ShortcutSheet


@pytest.fixture
def done():
    return []


@pytest.fixture
def actions(qapp, done):  # noqa: ARG001 - actions need an application
    made = Actions()
    made.add("clip.split", "Clip", "Split at play head", lambda: done.append("split"), shortcuts=["S"])
    made.add("clip.duplicate", "Clip", "Duplicate", lambda: done.append("duplicate"), shortcuts=["Ctrl+D"])
    made.add("view.mixer", "View", "Mixer", lambda: done.append("mixer"))
    made.add("edit.redo", "Edit", "Redo", lambda: done.append("redo")).setEnabled(False)
    return made


def test_a_beginning_comes_before_a_middle_and_that_before_letters_apart():
    texts = ["Set up a mixer", "Mint xylophone era", "Mixer", "Premixer"]

    assert sorted(texts, key=lambda text: rank("mixer", text) or 0) == [
        "Mixer",
        "Set up a mixer",
        "Premixer",
        "Mint xylophone era",
    ]


def test_letters_in_another_order_are_not_found():
    assert rank("rexim", "Mixer") is None


def test_what_is_typed_narrows_the_list_and_return_does_the_first(qtbot, actions, done):
    palette = CommandPalette(actions)
    qtbot.addWidget(palette)
    assert palette.found() == ("clip.split", "clip.duplicate", "view.mixer")

    qtbot.keyClicks(palette.field, "dup")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)

    assert palette.found() == ("clip.duplicate",)
    assert done == ["duplicate"]


def test_down_and_up_walk_round_the_list(qtbot, actions, done):
    palette = CommandPalette(actions)
    qtbot.addWidget(palette)

    qtbot.keyClick(palette.field, Qt.Key.Key_Up)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)

    assert done == ["mixer"]


def test_the_sheet_shows_what_has_a_shortcut_and_finds_it_by_key(qtbot, actions):
    sheet = ShortcutSheet(actions)
    qtbot.addWidget(sheet)
    assert sheet.shown() == ("Split at play head", "Duplicate")

    qtbot.keyClicks(sheet.field, "ctrl+d")

    assert sheet.shown() == ("Duplicate",)
