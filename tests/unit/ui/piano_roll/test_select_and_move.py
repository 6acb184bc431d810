"""The select tool: clicks, the rubber band, moves and resizes, by mouse."""

import msgspec
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from musicgen_desktop.music import Note

from .conftest import BAR, HIGH, LONG, LOW, NOTES, a_project

Ctrl, Shift, Alt = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


def moved(note, by_ticks=0, by_semitones=0):
    return msgspec.structs.replace(
        note, start_ticks=note.start_ticks + by_ticks, pitch=note.pitch + by_semitones
    )


def test_a_note_is_found_where_it_is_painted(roll):
    assert [roll.notes.hit(roll.body(note)).note for note in NOTES] == list(NOTES)
    assert roll.notes.hit(roll.at(0, 60)) is None


def test_a_click_selects_one_note_and_shift_adds_another_or_takes_it_out(roll):
    roll.click(roll.body(LOW))
    roll.click(roll.body(HIGH), modifiers=Shift)
    assert roll.model.selected == (LOW, HIGH)

    roll.click(roll.body(LOW), modifiers=Shift)
    assert roll.model.selected == (HIGH,)
    assert not roll.bridges.project.store.history


def test_a_band_selects_what_it_touches(roll):
    roll.drag(roll.at(700, 66), roll.at(2000, 59))
    assert roll.model.selected == (LOW, HIGH)

    roll.drag(roll.at(5900, 63), roll.at(4000, 61), modifiers=Shift)
    assert roll.model.selected == NOTES


def test_escape_leaves_a_band_with_what_was_selected_before(roll):
    roll.model.select((LONG,))
    roll.drag(roll.at(700, 66), roll.at(2000, 59), release=False)
    assert roll.model.selected == (LOW, HIGH)

    roll.key(Qt.Key.Key_Escape)

    assert roll.model.selected == (LONG,)
    assert roll.model.preview is None


def test_a_click_beside_all_notes_selects_none(roll):
    roll.model.select_all()

    roll.click(roll.at(0, 70))

    assert roll.model.selected == ()


def test_a_note_is_moved_along_the_grid_and_to_another_pitch(roll):
    roll.drag(roll.body(LOW), roll.body(LOW) + roll.at(1000, 63) - roll.at(0, 60))

    assert roll.one_step((moved(LOW, 960, 3), HIGH, LONG)) == NOTES


def test_all_that_is_selected_moves_together(roll):
    roll.model.select((LOW, HIGH))

    roll.drag(roll.body(HIGH), roll.body(HIGH) + roll.at(480, 60) - roll.at(0, 60))

    roll.one_step((moved(LOW, 480), moved(HIGH, 480), LONG))
    assert roll.model.selected == ()  # after redo: what moved came back as other notes


def test_what_was_moved_stays_selected(roll):
    roll.drag(roll.body(LOW), roll.body(LOW) + roll.at(480, 60) - roll.at(0, 60))

    assert roll.model.selected == (moved(LOW, 480),)


def test_shift_keeps_to_one_axis(roll):
    way = roll.at(960, 61) - roll.at(0, 60)

    roll.drag(roll.body(LOW), roll.body(LOW) + way, modifiers=Shift)

    roll.one_step((moved(LOW, 960), HIGH, LONG))


def test_alt_leaves_the_notes_and_moves_copies(roll):
    roll.drag(roll.body(LOW), roll.body(LOW) + roll.at(960, 60) - roll.at(0, 60), modifiers=Alt)

    roll.one_step((LOW, moved(LOW, 960), HIGH, LONG))


def test_ctrl_leaves_the_grid(roll):
    way = QPoint(7, 0)

    roll.drag(roll.body(LOW), roll.body(LOW) + way, modifiers=Ctrl)

    by = round(7 / roll.model.geometry.px_per_tick)
    roll.one_step((moved(LOW, by), HIGH, LONG))


def test_a_move_shows_where_it_would_land_and_escape_takes_it_back(roll):
    end = roll.body(LOW) + roll.at(960, 62) - roll.at(0, 60)
    roll.drag(roll.body(LOW), end, release=False)

    shown = roll.model.preview
    assert shown.arrays.notes == (moved(LOW, 960, 2),)
    assert shown.text == "2.3.0  ·  D4"
    assert shown.shown(roll.model.arrays).tolist() == [False, True, True]

    roll.key(Qt.Key.Key_Escape)
    QTest.mouseRelease(roll.notes, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)
    assert roll.model.preview is None
    assert roll.clip.notes == NOTES
    assert not roll.bridges.project.store.history


@pytest.mark.parametrize(
    ("part", "by", "after"),
    [
        ("end", 480, Note(3840, 2400, 62, 40)),
        ("end", -960, Note(3840, 960, 62, 40)),
        ("start", -480, Note(3360, 2400, 62, 40)),
        ("start", 960, Note(4800, 960, 62, 40)),
    ],
)
def test_either_end_of_a_note_is_pulled(roll, part, by, after):
    box = roll.notes.rect_of(LONG)
    grip = QPoint(box.right() - 1 if part == "end" else box.left() + 1, box.center().y())

    roll.drag(grip, grip + roll.at(by, 62) - roll.at(0, 62))

    assert roll.one_step((LOW, HIGH, after)) == NOTES


def test_a_note_that_ends_after_the_clip_lengthens_it(roll):
    roll.drag(roll.body(LONG), roll.body(LONG) + roll.at(3 * BAR - 960, 60) - roll.at(0, 60))

    assert roll.clip.length_ticks == 3840 + 3 * BAR - 960 + 1920


def test_a_double_click_draws_a_note_and_another_takes_it_out(roll):
    roll.double_click(roll.at(100, 70))
    assert Note(0, 480, 70, 96) in roll.clip.notes

    roll.double_click(roll.body(Note(0, 480, 70, 96)))
    assert roll.clip.notes == NOTES


def test_moving_keeps_to_the_scale_while_that_is_on(roll):
    roll.panel.actions_by_name["scale_snap"].trigger()

    roll.drag(roll.body(LOW), roll.body(LOW) + roll.at(0, 61) - roll.at(0, 60))

    assert roll.clip.notes == NOTES  # C# lies between C and D: the lower is near enough


def test_notes_of_a_clip_that_was_trimmed_lie_where_they_sound(roll_over):
    roll = roll_over(a_project(start=2 * BAR, offset=BAR // 2))

    roll.drag(roll.body(HIGH), roll.body(HIGH) + roll.at(480, 60) - roll.at(0, 60))

    roll.one_step((LOW, moved(HIGH, 480), LONG))
    assert roll.model.zero == 2 * BAR - BAR // 2


def test_the_middle_button_shifts_the_view(roll):
    before = roll.model.geometry.left_tick
    begin = QPoint(300, 100)
    QTest.mousePress(roll.notes, Qt.MouseButton.MiddleButton, Qt.KeyboardModifier.NoModifier, begin)
    roll.move(begin + QPoint(-50, 0), Qt.KeyboardModifier.NoModifier, roll.notes)
    QTest.mouseRelease(roll.notes, Qt.MouseButton.MiddleButton, Qt.KeyboardModifier.NoModifier, begin)

    assert roll.model.geometry.left_tick == pytest.approx(before + 50 / roll.model.geometry.px_per_tick)
