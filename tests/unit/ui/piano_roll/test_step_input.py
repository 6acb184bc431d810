"""Steps by the computer's keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from musicgen_desktop.music import Note

from .conftest import BAR, HIGH, LOW, NOTES

Key = Qt.Key


@pytest.fixture
def steps(roll):
    """Begun at the clip's first tick."""
    roll.panel.actions_by_name["step_input"].trigger()
    return roll


def test_a_key_writes_a_step_and_goes_on(steps):
    steps.key(Key.Key_A)
    steps.key(Key.Key_S)

    assert steps.clip.notes == (Note(0, 480, 60, 96), Note(480, 480, 62, 96), *NOTES)
    assert steps.model.step_tick == 960
    assert steps.bridges.project.store.history == ("Step input", "Step input")


def test_keys_held_together_become_a_chord(steps):
    for key in (Key.Key_A, Key.Key_D, Key.Key_G):
        QTest.keyPress(steps.notes, key)
    assert steps.clip.notes == NOTES
    for key in (Key.Key_D, Key.Key_A, Key.Key_G):
        QTest.keyRelease(steps.notes, key)

    assert steps.clip.notes[:3] == tuple(Note(0, 480, pitch, 96) for pitch in (60, 64, 67))
    assert steps.model.step_tick == 480


@pytest.mark.parametrize("rest", [Key.Key_Right, Key.Key_0])
def test_a_rest_leaves_a_step_silent(steps, rest):
    steps.key(rest)
    steps.key(Key.Key_W)

    assert steps.clip.notes[0] == Note(480, 480, 61, 96)


def test_backspace_takes_the_step_back_and_spares_the_selection(steps):
    steps.key(Key.Key_A)
    steps.key(Key.Key_Backspace)

    assert steps.clip.notes == NOTES
    assert steps.model.step_tick == 0


def test_plus_lengthens_the_step_before(steps):
    steps.key(Key.Key_A)
    steps.key(Key.Key_Plus)

    assert steps.clip.notes[0] == Note(0, 960, 60, 96)
    assert steps.model.step_tick == 960


def test_z_and_x_choose_the_octave(steps):
    steps.key(Key.Key_X)
    steps.key(Key.Key_K)
    steps.key(Key.Key_Z)
    steps.key(Key.Key_Z)
    steps.key(Key.Key_A)

    assert [note.pitch for note in steps.clip.notes[:2]] == [84, 48]


def test_a_step_is_as_long_as_the_grid_says(steps):
    steps.bridges.snap.choose("1/4")
    steps.key(Key.Key_A)

    assert steps.clip.notes[0] == Note(0, 960, 60, 96)
    assert steps.model.step_tick == 960


def test_keys_that_are_shortcuts_elsewhere_are_notes(steps):
    steps.key(Key.Key_D)

    assert steps.model.tool == "select"
    assert steps.clip.notes[0].pitch == 64


def test_escape_ends_it_and_keys_are_shortcuts_again(steps):
    steps.key(Key.Key_Escape)
    steps.key(Key.Key_D)

    assert steps.model.step_tick is None
    assert steps.model.tool == "draw"
    assert not steps.panel.actions_by_name["step_input"].isChecked()
    assert steps.clip.notes == NOTES


def test_it_begins_behind_the_selection_or_at_the_play_head(roll):
    action = roll.panel.actions_by_name["step_input"]
    roll.model.select((LOW, HIGH))
    action.trigger()
    assert roll.model.step_tick == HIGH.end_ticks

    action.trigger()
    roll.model.select_none()
    roll.bridges.player.locate(2 * BAR)
    action.trigger()
    assert roll.model.step_tick == BAR


def test_keys_of_another_keyboard_are_taken_too(steps):
    steps.panel.steps.play(72, 50)
    steps.panel.steps.play(72, 0)

    assert steps.clip.notes[0] == Note(0, 480, 72, 50)


def test_another_clip_ends_it(steps):
    steps.bridges.selection.edit_clip("ghost")

    assert not steps.panel.steps.is_on


def test_keys_of_a_midi_keyboard_are_steps_with_their_own_velocity(steps):
    player = steps.bridges.player
    player.key_moved.emit(60, 33)
    player.key_moved.emit(67, 99)
    player.key_moved.emit(60, 0)
    player.key_moved.emit(67, 0)

    assert steps.clip.notes[:2] == (Note(0, 480, 60, 33), Note(0, 480, 67, 99))
    assert steps.model.step_tick == 480
