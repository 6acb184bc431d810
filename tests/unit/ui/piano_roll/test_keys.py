"""What the keyboard does to selected notes."""

import msgspec
import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from musicgen_desktop.document import Origin
from musicgen_desktop.music import Note
from musicgen_desktop.ui.piano_roll._clipboard import NOTES_MIME

from .conftest import BAR, HIGH, LONG, LOW, NOTES, a_project, sorted_notes

Ctrl, Shift, Alt, Plain = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.NoModifier,
)
Key = Qt.Key


def changed(note, **values):
    return msgspec.structs.replace(note, **values)


@pytest.mark.parametrize(
    ("key", "modifiers", "after"),
    [
        (Key.Key_Left, Plain, changed(LOW, start_ticks=480)),
        (Key.Key_Right, Plain, changed(LOW, start_ticks=1440)),
        (Key.Key_Up, Plain, changed(LOW, pitch=61)),
        (Key.Key_Down, Plain, changed(LOW, pitch=59)),
        (Key.Key_Up, Shift, changed(LOW, pitch=72)),
        (Key.Key_Down, Shift, changed(LOW, pitch=48)),
        (Key.Key_Up, Alt, changed(LOW, pitch=62)),
        (Key.Key_Down, Alt, changed(LOW, pitch=59)),
        (Key.Key_Right, Shift, changed(LOW, length_ticks=960)),
        (Key.Key_Left, Shift, changed(LOW, length_ticks=60)),
        (Key.Key_Up, Ctrl, changed(LOW, velocity=85)),
        (Key.Key_Down, Ctrl, changed(LOW, velocity=75)),
    ],
)
def test_arrows_change_what_is_selected(roll, key, modifiers, after):
    roll.model.select((LOW,))

    roll.key(key, modifiers)

    assert roll.model.selected == (after,)
    assert roll.one_step((after, HIGH, LONG)) == NOTES


def test_an_arrow_in_the_list_of_grids_chooses_a_grid_and_moves_no_note(roll):
    roll.model.select((LOW,))
    choice = roll.panel.toolbar.snap
    choice.setFocus()
    before = choice.currentIndex()

    QTest.keyClick(choice, Key.Key_Down)

    assert choice.currentIndex() == before + 1
    assert sorted_notes(roll.clip.notes) == sorted_notes(NOTES)


def test_an_arrow_moves_along_the_scale_while_notes_are_kept_in_it(roll):
    roll.model.select((LOW,))
    roll.model.set_option("snaps_to_scale", on=True)

    roll.key(Key.Key_Up)

    roll.one_step((changed(LOW, pitch=62), HIGH, LONG))


def test_notes_are_selected_all_none_and_the_others(roll):
    roll.key(Key.Key_A, Ctrl)
    assert roll.model.selected == NOTES

    roll.model.select((LOW,))
    roll.key(Key.Key_I, Ctrl | Shift)
    assert roll.model.selected == (HIGH, LONG)

    roll.key(Key.Key_Escape)
    assert roll.model.selected == ()


@pytest.mark.parametrize("key", [Key.Key_Delete, Key.Key_Backspace])
def test_selected_notes_are_deleted(roll, key):
    roll.model.select((LOW, LONG))

    roll.key(key)

    assert roll.one_step((HIGH,)) == NOTES


def test_notes_are_copied_to_the_play_head(roll):
    roll.model.select((LOW, HIGH))
    roll.bridges.player.locate(2 * BAR)

    roll.key(Key.Key_C, Ctrl)
    roll.key(Key.Key_V, Ctrl)

    pasted = (changed(LOW, start_ticks=BAR), changed(HIGH, start_ticks=BAR + 960))
    assert roll.model.selected == pasted
    roll.one_step((*NOTES, *pasted))


def test_notes_are_cut_and_pasted_at_the_clip_when_the_play_head_is_elsewhere(roll):
    roll.model.select((LOW,))

    roll.key(Key.Key_X, Ctrl)
    assert roll.clip.notes == (HIGH, LONG)
    roll.key(Key.Key_V, Ctrl)

    assert roll.clip.notes == (changed(LOW, start_ticks=0), HIGH, LONG)


def test_notes_of_a_file_of_others_stay_so_when_they_are_pasted(roll_over):
    theirs = Origin("hit.mid", "(c) Somebody")
    project = a_project()
    lead = project.track("lead")
    roll = roll_over(
        project.with_track(lead.with_clip(msgspec.structs.replace(lead.clip("clip"), origins=(theirs,))))
    )
    roll.model.select((LOW,))
    roll.key(Key.Key_C, Ctrl)

    roll.bridges.selection.edit_clip("ghost")
    roll.key(Key.Key_V, Ctrl)

    assert (len(roll.clip.notes), roll.clip.origins) == (2, (theirs,))


@pytest.mark.parametrize("notes", [b"[]", b'{"notes": [1]}', b"\xff", b"{}"])
def test_a_strange_clipboard_is_passed_over(roll, notes):
    data = QMimeData()
    data.setText("not notes")
    data.setData(NOTES_MIME, notes)
    QGuiApplication.clipboard().setMimeData(data)

    roll.key(Key.Key_V, Ctrl)

    assert roll.clip.notes == NOTES


def test_notes_are_duplicated_behind_themselves_on_the_grid(roll):
    roll.model.select((LOW,))

    roll.key(Key.Key_D, Ctrl)

    copy = changed(LOW, start_ticks=1440)
    assert roll.model.selected == (copy,)
    roll.one_step((*NOTES, copy))


def test_legato_of_nothing_selected_is_of_all(roll):
    roll.key(Key.Key_L, Ctrl)

    roll.one_step((changed(LOW, length_ticks=960), changed(HIGH, length_ticks=1920), LONG))
    assert roll.model.selected == ()


def test_notes_of_a_pitch_are_glued(roll):
    other = Note(1440, 240, 60, 10)
    roll.panel.edits.add((other,))
    roll.model.select((LOW, other))

    roll.key(Key.Key_J, Ctrl)

    assert sorted_notes(roll.clip.notes) == sorted_notes((changed(LOW, length_ticks=720), HIGH, LONG))


def test_quantize_asks_how_and_return_does_it(roll):
    late = Note(1000, 300, 70, 90)
    roll.panel.edits.add((late,))
    roll.key(Key.Key_Q)
    popover = roll.panel.quantize
    assert popover.isVisible()

    popover.value.setCurrentText("1/8")
    popover.strength.setValue(50)
    popover.ends.setChecked(True)
    QTest.keyClick(popover, Key.Key_Return)

    assert not popover.isVisible()
    assert Note(980, 390, 70, 90) in roll.clip.notes
    assert roll.bridges.project.store.undo_label == "Quantize note"


def test_escape_leaves_the_popover_and_the_notes(roll):
    roll.key(Key.Key_Q)

    QTest.keyClick(roll.panel.quantize, Key.Key_Escape)

    assert not roll.panel.quantize.isVisible()
    assert not roll.bridges.project.store.history


def test_quantizing_to_triplets_with_swing_is_what_the_fields_say(roll):
    popover = roll.panel.quantize
    popover.triplets.setChecked(True)
    popover.swing.setValue(40)

    assert popover.chosen.triplets
    assert popover.chosen.swing == 0.4


def test_humanize_stays_within_what_was_asked(roll):
    roll.model.select_all()
    roll.key(Key.Key_H, Ctrl)
    popover = roll.panel.humanize
    popover.timing.setValue(2.5)
    popover.velocity.setValue(5)

    QTest.keyClick(popover, Key.Key_Return)

    assert roll.clip.notes != NOTES
    for before, after in zip(NOTES, roll.clip.notes, strict=True):
        assert abs(before.start_ticks - after.start_ticks) <= 24
        assert abs(before.velocity - after.velocity) <= 5


def test_a_velocity_is_typed(roll):
    roll.model.select((LOW, HIGH))
    roll.key(Key.Key_V, Shift)
    popover = roll.panel.velocity
    assert popover.velocity.value() == 100

    QTest.keyClicks(popover.velocity, "33")
    QTest.keyClick(popover.velocity, Key.Key_Return)

    roll.one_step((changed(LOW, velocity=33), changed(HIGH, velocity=33), LONG))


@pytest.mark.parametrize(
    ("action", "after"),
    [
        ("reverse", (Note(1920, 480, 60, 80), Note(960, 480, 64, 100))),
        ("invert_pitch", (Note(960, 480, 64, 80), Note(1920, 480, 60, 100))),
        ("half", (Note(960, 960, 60, 80), Note(2880, 960, 64, 100))),
        ("double", (Note(960, 240, 60, 80), Note(1440, 240, 64, 100))),
    ],
)
def test_what_the_menu_does_to_the_selection(roll, action, after):
    roll.model.select((LOW, HIGH))

    roll.panel.actions_by_name[action].trigger()

    roll.one_step((*after, LONG))


def test_notes_are_moved_to_the_scale_and_to_the_chords(roll):
    black = Note(0, 480, 61, 90)
    roll.panel.edits.add((black,))
    roll.model.select((black,))

    roll.panel.actions_by_name["to_scale"].trigger()
    assert roll.model.selected == (changed(black, pitch=60),)

    roll.model.select((LONG,))
    roll.panel.actions_by_name["to_chords"].trigger()
    assert LONG in roll.clip.notes  # no chord where it starts


def test_notes_are_walked_through_by_keys(roll):
    chosen = []
    for _ in range(4):
        roll.key(Key.Key_Right, Ctrl)
        chosen.append(roll.model.selected)
    assert chosen == [(LOW,), (HIGH,), (LONG,), (LONG,)]

    roll.key(Key.Key_Left, Ctrl)
    assert roll.model.selected == (HIGH,)
