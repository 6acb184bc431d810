"""The lane below the notes: velocities and controllers."""

import msgspec
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from musicgen_desktop.music import Control

from .conftest import HIGH, LONG, LOW, NOTES, a_project

Shift = Qt.KeyboardModifier.ShiftModifier


def louder(note, velocity):
    return msgspec.structs.replace(note, velocity=velocity)


def place(roll, tick, value):
    """The pixel of a content tick and a value in the lane."""
    x = roll.model.geometry.x_of(tick + roll.model.zero)
    return QPoint(round(x), round(roll.lane.scale.y_of(value)))


def test_a_stem_is_pulled(roll):
    begin = roll.lane.head_of(LOW)

    roll.drag(begin, QPoint(begin.x(), place(roll, 0, 127).y() - 30), widget=roll.lane)

    roll.one_step((louder(LOW, 127), HIGH, LONG))


def test_a_stem_takes_all_that_are_selected_with_it(roll):
    roll.model.select((LOW, HIGH))
    begin = roll.lane.head_of(HIGH)

    roll.drag(begin, begin + QPoint(0, 20), widget=roll.lane)

    by = roll.clip.notes[1].velocity - 100
    assert by < 0
    roll.one_step((louder(LOW, 80 + by), louder(HIGH, 100 + by), LONG))


def test_escape_leaves_velocities_as_they_are(roll):
    begin = roll.lane.head_of(LOW)
    roll.drag(begin, begin + QPoint(0, 20), widget=roll.lane, release=False)
    assert roll.model.preview.arrays.velocities[0] < 80

    QTest.keyClick(roll.lane, Qt.Key.Key_Escape)

    assert roll.model.preview is None
    assert not roll.bridges.project.store.history


def test_a_stroke_is_drawn_over_the_stems(roll):
    roll.model.set_tool("draw")

    roll.drag(place(roll, 900, 64), place(roll, 2000, 64), widget=roll.lane)

    first, second, third = roll.clip.notes
    assert (first.velocity, second.velocity, third) == (64, 64, LONG)
    assert roll.one_step((louder(LOW, 64), louder(HIGH, 64), LONG)) == NOTES


def test_a_line_is_a_ramp(roll):
    roll.panel.toolbar.line.click()

    roll.drag(place(roll, 960, 20), place(roll, 3840, 110), widget=roll.lane)

    assert [note.velocity for note in roll.clip.notes] == [
        pytest.approx(20, abs=2),
        pytest.approx(50, abs=2),
        pytest.approx(110, abs=2),
    ]


def test_a_stroke_spares_what_is_not_selected(roll):
    roll.model.set_tool("draw")
    roll.model.select((HIGH,))

    roll.drag(place(roll, 900, 10), place(roll, 2000, 10), widget=roll.lane)

    drawn = roll.clip.notes[1].velocity
    assert drawn == pytest.approx(10, abs=2)
    roll.one_step((LOW, louder(HIGH, drawn), LONG))


def test_the_wheel_makes_the_selection_louder(roll):
    roll.model.select((LOW,))

    roll.wheel(120, Qt.KeyboardModifier.NoModifier, widget=roll.lane)

    roll.one_step((louder(LOW, 82), HIGH, LONG))


def choose(roll, name):
    box = roll.panel.toolbar.lane
    box.setCurrentIndex(box.findText(name))
    box.activated.emit(box.currentIndex())


def test_the_lanes_are_offered_by_name(roll):
    box = roll.panel.toolbar.lane
    names = [box.itemText(place) for place in range(box.count())]

    assert names == ["Velocity", "Modulation", "Expression", "Sustain pedal", "Pitch bend", "Pressure"]


def test_a_controller_is_drawn_as_a_line_with_shift(roll):
    choose(roll, "Modulation")
    assert roll.model.lane == ("cc", 1)

    roll.drag(place(roll, 0, 0), place(roll, 960, 127), widget=roll.lane, modifiers=Shift)

    values = [control.value for control in roll.clip.controls]
    assert values == sorted(values)
    assert (values[0], values[-1]) == (0, 127)
    assert len(values) > 10
    store = roll.bridges.project.store
    assert store.history == ("Draw controller",)
    store.undo()
    assert roll.clip.controls == ()


def test_a_click_sets_a_bend(roll):
    choose(roll, "Pitch bend")

    roll.click(place(roll, 960, 8191), widget=roll.lane)

    (bend,) = roll.clip.controls
    assert (bend.kind, bend.value) == ("pitch_bend", 8191)
    assert bend.tick == pytest.approx(960, abs=10)


def test_freehand_keeps_the_hills_that_the_hand_made(roll):
    choose(roll, "Expression")
    lane = roll.lane
    QTest.mousePress(lane, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place(roll, 0, 20))
    for tick, value in ((480, 100), (960, 20)):
        roll.move(place(roll, tick, value), Qt.KeyboardModifier.NoModifier, lane)
    QTest.mouseRelease(lane, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place(roll, 960, 20))

    values = [control.value for control in roll.clip.controls]
    assert max(values) == pytest.approx(100, abs=3)
    assert values[0] == pytest.approx(20, abs=3)
    assert values[-1] == pytest.approx(20, abs=3)


def test_a_controller_is_erased_where_the_mouse_passes(roll_over):
    controls = tuple(Control(tick, "cc", 64, value) for tick, value in ((0, 127), (960, 0), (1920, 127)))
    roll = roll_over(a_project(controls=controls))
    choose(roll, "Sustain pedal •")
    roll.model.set_tool("erase")

    roll.drag(place(roll, 700, 60), place(roll, 1200, 60), widget=roll.lane)

    assert roll.clip.controls == (controls[0], controls[2])


def test_a_low_panel_has_no_lane(roll):
    roll.panel.resize(1100, 200)

    assert not roll.lane.isVisible()
