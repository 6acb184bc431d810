"""A key that works in the whole window means the same in every panel, or the sheet would lie."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.unit.ui.main_window._keys import press
from tests.unit.ui.main_window._tour import show_panel
from tests.unit.ui.main_window.conftest import settle
from tests.unit.ui.main_window.test_typing import watched

EVERYWHERE = Qt.ShortcutContext.WindowShortcut
BAR = 3_840
PANEL_OF = {"notes": "piano_roll", "controllers": "piano_roll", "mixer": "mixer"}


def views(opened):
    """What takes keys itself, by name."""
    timeline, roll = opened.panels.timeline, opened.panels.piano_roll
    opened.bridges.selection.edit_clip(opened.project.tracks[0].clips[0].id)
    return {
        "canvas": timeline.canvas,
        "lanes": timeline.lanes,
        "headers": timeline.headers,
        "notes": roll.notes,
        "controllers": roll.lane,
        "mixer": opened.panels.mixer.view,
    }


def test_no_panel_has_another_use_for_a_key_of_the_window(opened):
    listed = opened.actions.listed()
    of_window = {
        key.toString(): each.id
        for each in listed
        if each.action.shortcutContext() == EVERYWHERE
        for key in each.action.shortcuts()
    }

    twice = [
        (key.toString(), each.id, of_window[key.toString()])
        for each in listed
        if each.action.shortcutContext() != EVERYWHERE
        for key in each.action.shortcuts()
        if key.toString() in of_window
    ]

    assert twice == []


@pytest.mark.parametrize("name", ["canvas", "lanes", "headers", "notes", "controllers", "mixer"])
def test_every_key_of_the_window_works_in_a_view_with_keys_of_its_own(opened, name):
    show_panel(opened, PANEL_OF.get(name, "timeline"))
    view = views(opened)[name]
    opened.bridges.selection.select_clips((opened.project.tracks[0].clips[0].id,))
    done, wrong = watched(opened), []
    typed = {str(digit) for digit in range(10)} if name == "mixer" else set()  # digits type a level there

    for each in opened.actions.listed():
        if each.action.shortcutContext() != EVERYWHERE or not each.action.isEnabled():
            continue
        for key in each.action.shortcuts():
            if key.toString() in typed:
                continue
            view.setFocus()
            QTest.keyClick(view, key[0].key(), key[0].keyboardModifiers())
            settle()
            if done != [each.id]:
                wrong.append((key.toString(), each.id, done[:]))
            done.clear()

    assert wrong == []


@pytest.mark.parametrize("name", ["canvas", "lanes", "headers", "notes", "mixer"])
def test_alt_and_an_arrow_step_a_bar_wherever_one_is(opened, name):
    show_panel(opened, PANEL_OF.get(name, "timeline"))
    before = opened.project
    opened.bridges.selection.select_clips((before.tracks[0].clips[0].id,))
    views(opened)[name].setFocus()

    press("Alt+Right", "Alt+Right", "Alt+Left")

    assert opened.player.tick == BAR
    assert opened.project is before


def test_a_digit_in_the_mixer_types_a_level_and_auditions_nothing(opened):
    show_panel(opened, "mixer")
    opened.panels.mixer.view.setFocus()
    press("Right")
    track = opened.bridges.selection.track

    press("3", "Return")

    assert opened.project.track(track.id).gain_db == 3.0
