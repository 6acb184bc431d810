import pytest
from PySide6.QtCore import QPoint, Qt

from musicgen_desktop.session.commands import delete_tracks
from musicgen_desktop.ui.mixer._parts import FADER, NAME, PAN, VALUE, Part
from musicgen_desktop.ui.widgets.fader_law import SHUT_DB

SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def test_a_drag_moves_the_fader_in_one_step(hand):
    before = hand.project

    hand.drag("bass", FADER, QPoint(0, 60))
    after = hand.project

    assert after.track_of("bass").gain_db < -3.0
    assert len(hand.bridges.project.store.history) == 1
    hand.undo()
    assert hand.project == before
    hand.redo()
    assert hand.project == after


def test_shift_moves_the_fader_ten_times_slower(hand):
    start = hand.press("bass", FADER)
    hand.move(start + QPoint(0, 50))
    coarse_db = hand.track("bass").gain_db
    hand.release(start)
    hand.undo()

    start = hand.press("bass", FADER)
    hand.move(start + QPoint(0, 50), SHIFT)

    assert 0.0 > hand.track("bass").gain_db > coarse_db / 5.0
    hand.release(start)


def test_escape_takes_a_drag_back(hand):
    before = hand.project
    start = hand.press("bass", FADER)
    hand.move(start + QPoint(0, 40))
    assert hand.project != before

    hand.key(Qt.Key.Key_Escape)
    hand.move(start + QPoint(0, 80))
    hand.release(start + QPoint(0, 80))

    assert hand.project == before
    assert hand.bridges.project.store.history == ()


def test_double_click_on_a_fader_is_unity_gain(hand):
    hand.drag("bass", FADER, QPoint(0, 60))

    hand.double_click("bass", FADER)

    assert hand.track("bass").gain_db == 0.0


def test_the_wheel_steps_half_a_db_and_a_tenth_with_shift(hand):
    hand.wheel("bass", FADER, -2)
    assert hand.track("bass").gain_db == -1.0

    hand.wheel("bass", FADER, 1, SHIFT)
    assert hand.track("bass").gain_db == pytest.approx(-0.9)


def test_a_typed_level_is_taken(hand):
    hand.click("bass", VALUE)
    hand.type("-6")
    assert hand.track("bass").gain_db == -6.0

    hand.click("bass", VALUE)
    hand.type("-inf")
    assert hand.track("bass").gain_db == SHUT_DB


def test_what_is_no_level_is_refused_in_words(hand, qtbot):
    hand.click("bass", VALUE)

    with qtbot.waitSignal(hand.bridges.project.refused) as refused:
        hand.type("loud")

    assert "loud" in refused.args[0]
    assert hand.track("bass").gain_db == 0.0


def test_escape_leaves_the_field_and_the_level(hand):
    hand.click("bass", VALUE)
    hand.qtbot.keyClicks(hand.view.field, "-20")
    hand.qtbot.keyClick(hand.view.field, Qt.Key.Key_Escape)

    assert not hand.view.field.isVisible()
    assert hand.track("bass").gain_db == 0.0


def test_faders_of_selected_strips_move_by_the_same_way(hand):
    hand.click("bass", VALUE)
    hand.type("-6")
    hand.click("bass", NAME)
    hand.click("chords", NAME, CONTROL)

    hand.wheel("chords", FADER, -4)

    assert (hand.track("bass").gain_db, hand.track("chords").gain_db) == (-8.0, -2.0)
    hand.undo()
    assert (hand.track("bass").gain_db, hand.track("chords").gain_db) == (-6.0, 0.0)


def test_a_linked_drag_keeps_the_distance_and_is_one_step(hand):
    hand.click("bass", VALUE)
    hand.type("-6")
    steps = len(hand.bridges.project.store.history)
    hand.click("bass", NAME)
    hand.click("chords", NAME, CONTROL)

    hand.drag("chords", FADER, QPoint(0, 40))

    assert hand.track("chords").gain_db < -1.0
    assert hand.track("bass").gain_db == pytest.approx(hand.track("chords").gain_db - 6.0)
    assert len(hand.bridges.project.store.history) == steps + 1


def test_the_pan_turns_by_drag_wheel_and_double_click(hand):
    hand.drag("bass", PAN, QPoint(0, -40))
    assert hand.track("bass").pan == pytest.approx(0.5, abs=0.01)
    hand.undo()
    assert hand.track("bass").pan == 0.0

    hand.wheel("bass", PAN, -2)
    assert hand.track("bass").pan == pytest.approx(-0.1)

    hand.double_click("bass", PAN)
    assert hand.track("bass").pan == 0.0


def test_keys_move_the_fader_of_the_current_strip(hand):
    hand.click("bass", NAME)

    hand.key(Qt.Key.Key_Down)
    hand.key(Qt.Key.Key_Down)
    hand.key(Qt.Key.Key_Up, SHIFT)
    assert hand.track("bass").gain_db == pytest.approx(-0.9)

    while hand.view.focused != FADER:
        hand.key(Qt.Key.Key_Tab)
    hand.key(Qt.Key.Key_Delete)
    assert hand.track("bass").gain_db == 0.0


def test_a_typed_digit_opens_the_value(hand):
    hand.click("bass", NAME)

    hand.key(Qt.Key.Key_Minus)
    hand.qtbot.keyClicks(hand.view.field, "9")
    hand.qtbot.keyClick(hand.view.field, Qt.Key.Key_Return)

    assert hand.track("bass").gain_db == -9.0


def test_tab_walks_the_parts_and_arrows_turn_them(hand):
    hand.click("bass", NAME)
    parts = hand.view.parts(hand.track("bass").id)
    for _ in range(parts.index(PAN)):
        hand.key(Qt.Key.Key_Tab)
    assert hand.view.focused == PAN

    hand.key(Qt.Key.Key_Up)

    assert hand.track("bass").pan == pytest.approx(0.05)
    assert hand.view.accessibleDescription() == "Bass: Pan: 5 R"


def test_a_trim_is_typed_over_the_value(hand):
    hand.view.write(hand.track("bass").id, Part("trim"))
    hand.type("-3")

    assert hand.track("bass").trim_db == -3.0
    assert hand.track("bass").gain_db == 0.0


def test_a_typed_place_is_taken_and_held_in_range(hand):
    hand.view.write(hand.track("bass").id, PAN)
    hand.type("30 L")
    assert hand.track("bass").pan == pytest.approx(-0.3)

    hand.view.write(hand.track("bass").id, PAN)
    hand.type("300 R")
    assert hand.track("bass").pan == 1.0


@pytest.mark.parametrize("part", [FADER, PAN])
def test_a_drag_on_a_track_that_was_deleted_meanwhile_does_nothing(hand, part):
    start = hand.press("bass", part)
    hand.move(start + QPoint(0, -10))
    hand.bridges.project.ask(delete_tracks, [hand.track("bass").id])
    left = hand.project

    hand.move(start + QPoint(0, -20))
    hand.release(start + QPoint(0, -20))

    assert hand.project is left
