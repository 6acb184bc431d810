"""Draw, erase and split, by mouse."""

import msgspec
import pytest
from PySide6.QtCore import Qt

from musicgen_desktop.music import Note

from .conftest import BAR, HIGH, KICK, LONG, LOW, NOTES, SNARE, a_project

Ctrl = Qt.KeyboardModifier.ControlModifier


@pytest.mark.parametrize(
    ("key", "tool"),
    [("V", "select"), ("B", "draw"), ("D", "draw"), ("E", "erase"), ("C", "split")],
)
def test_a_key_chooses_each_tool(roll, key, tool):
    roll.model.set_tool("erase" if tool != "erase" else "select")

    roll.key(getattr(Qt.Key, f"Key_{key}"))

    assert roll.model.tool == tool
    assert roll.panel.actions_by_name[tool].isChecked()


def test_a_click_draws_a_note_of_a_grid_step_on_the_line_before_the_mouse(roll):
    roll.model.set_tool("draw")

    roll.click(roll.at(400, 67))

    assert roll.one_step((Note(0, 480, 67, 96), *NOTES)) == NOTES


def test_a_drag_draws_a_note_as_long_as_it_is(roll):
    roll.model.set_tool("draw")

    roll.drag(roll.at(20, 67), roll.at(1900, 67))

    roll.one_step((Note(0, 1920, 67, 96), *NOTES))


def test_the_next_note_is_as_long_and_as_loud_as_the_one_before(roll):
    roll.click(roll.body(LONG))
    roll.model.set_tool("draw")

    roll.click(roll.at(20, 72))

    roll.one_step((Note(0, 1920, 72, 40), *NOTES))


def test_drawing_keeps_to_the_scale_while_that_is_on(roll):
    roll.model.set_tool("draw")
    roll.model.set_option("snaps_to_scale", on=True)

    roll.click(roll.at(20, 66))

    roll.one_step((Note(0, 480, 65, 96), *NOTES))


def test_ctrl_draws_beside_the_grid(roll):
    roll.model.set_tool("draw")
    pixel = roll.at(333, 67)
    tick = round(roll.model.geometry.tick_at(pixel.x()) - roll.model.zero)

    roll.click(pixel, modifiers=Ctrl)

    assert Note(tick, 480, 67, 96) in roll.clip.notes


def test_a_note_is_drawn_where_a_clip_was_pulled_out_to_the_left(roll_over):
    roll = roll_over(a_project(start=0, offset=-BAR))
    roll.model.set_tool("draw")
    song_tick = 20

    roll.click(roll.at(song_tick - roll.model.zero, 67))

    assert roll.model.preview is None
    assert roll.bridges.project.store.history == ("Add note",)
    heard = roll.clip.unrolled_notes()
    assert Note(0, 480, 67, 96) in heard
    assert msgspec.structs.replace(LOW, start_ticks=LOW.start_ticks + BAR) in heard


def test_erasing_takes_every_note_that_is_crossed_in_one_step(roll):
    roll.model.set_tool("erase")
    roll.model.select((LONG,))

    roll.drag(roll.body(LOW), roll.body(HIGH))

    assert roll.model.selected == (LONG,)
    assert roll.one_step((LONG,)) == NOTES


def test_escape_keeps_what_was_about_to_be_erased(roll):
    roll.model.set_tool("erase")
    roll.drag(roll.body(LOW), roll.body(HIGH), release=False)

    roll.key(Qt.Key.Key_Escape)

    assert roll.clip.notes == NOTES


def test_a_note_is_split_on_the_grid(roll):
    roll.model.set_tool("split")

    roll.click(roll.at(4810, 62))

    roll.one_step((LOW, HIGH, Note(3840, 960, 62, 40), Note(4800, 960, 62, 40)))


def test_a_split_at_the_very_edge_does_nothing(roll):
    roll.model.set_tool("split")

    roll.click(roll.at(3850, 62))

    assert not roll.bridges.project.store.history


def test_drums_have_rows_by_name_and_are_moved_from_drum_to_drum(roll_over):
    roll = roll_over(a_project(), "drums")
    assert roll.model.geometry.rows.is_drum_map

    roll.drag(roll.body(SNARE), roll.at(1440, 42))

    roll.one_step((KICK, Note(1440, 120, 42, 90)))


def test_the_drum_map_gives_way_to_keys(roll_over):
    roll = roll_over(a_project(), "drums")

    roll.panel.actions_by_name["drum_map"].trigger()

    assert len(roll.model.geometry.rows) == 128
    assert roll.notes.hit(roll.body(SNARE)).note == SNARE
