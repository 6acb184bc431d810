"""Points drawn, moved, typed and deleted by mouse and keys."""

import pytest
from PySide6.QtCore import QPoint, Qt

from musicgen_desktop.document import AutomationPoint
from musicgen_desktop.session.commands import add_automation, add_insert, remove_insert, set_pan, set_point
from musicgen_desktop.ui.timeline.automation import lane_knob
from tests.unit.ui.timeline._hands import (
    CTRL,
    LEFT,
    NONE,
    SHIFT,
    assert_one_undo,
    choose,
    drag,
    field_of,
    menu_at,
    type_into,
    wheel,
)

from .conftest import BAR


def px(bars):
    return round(bars * BAR * 0.05)


def points_of(bridges, target="pan"):
    track = bridges.project.project.tracks[0]
    return next((curve.points for curve in track.automation if curve.target == target), ())


def put(bridges, track_id, *points, target="pan", curve="linear"):
    edit, curve_id = add_automation(bridges.project.project, track_id, target)
    bridges.project.apply(edit)
    for tick, value in points:
        bridges.project.ask(set_point, track_id, curve_id, tick, value, curve=curve)


def at(lane, tick, value):
    return lane.lane_geometry.place_of(tick, value).toPoint()


def test_the_first_click_makes_the_curve_and_its_point_in_one_step(qtbot, lane_of, bridges):
    lane, before = lane_of("pan"), bridges.project.project

    qtbot.mouseClick(lane, LEFT, NONE, at(lane, BAR, 0.5) + QPoint(3, 0))

    (point,) = points_of(bridges)
    assert point.tick == BAR
    assert point.value == pytest.approx(0.5, abs=0.03)
    assert_one_undo(bridges, before)


def test_a_point_is_dragged_in_time_and_value(qtbot, lane_of, bridges, track_id):
    put(bridges, track_id, (0, 0.0), (BAR, 0.5))
    lane, before = lane_of("pan"), bridges.project.project

    drag(qtbot, lane, at(lane, BAR, 0.5), at(lane, 2 * BAR, -0.5))

    assert [point.tick for point in points_of(bridges)] == [0, 2 * BAR]
    assert points_of(bridges)[1].value == pytest.approx(-0.5, abs=0.03)
    assert_one_undo(bridges, before)


def test_ctrl_bypasses_the_grid_and_shift_is_fine(qtbot, lane_of, bridges, track_id):
    put(bridges, track_id, (BAR, 0.0))
    lane = lane_of("pan")
    place = at(lane, BAR, 0.0)

    drag(qtbot, lane, place, place + QPoint(7, 0), CTRL)
    off_grid = points_of(bridges)[0].tick
    place = at(lane, off_grid, 0.0)
    drag(qtbot, lane, place, place - QPoint(0, 20), SHIFT)

    assert off_grid % 240 != 0
    assert off_grid == pytest.approx(BAR + 140, abs=20)
    assert points_of(bridges)[0].tick == off_grid
    assert 0.0 < points_of(bridges)[0].value < 0.1


def test_escape_leaves_the_curve_as_it_was(qtbot, lane_of, bridges, track_id):
    put(bridges, track_id, (BAR, 0.0))
    lane, before = lane_of("pan"), bridges.project.project
    drag(qtbot, lane, at(lane, BAR, 0.0), at(lane, 2 * BAR, 0.8), release=False)
    assert lane.model.shown.points[0][0] == 2 * BAR

    qtbot.keyClick(lane, Qt.Key.Key_Escape)
    qtbot.mouseRelease(lane, LEFT, NONE, at(lane, 2 * BAR, 0.8))

    assert bridges.project.project is before


def test_a_double_click_deletes_a_point(qtbot, lane_of, bridges, track_id):
    put(bridges, track_id, (0, 0.0), (BAR, 0.5))
    lane, before = lane_of("pan"), bridges.project.project

    qtbot.mouseDClick(lane, LEFT, NONE, at(lane, BAR, 0.5))

    assert [point.tick for point in points_of(bridges)] == [0]
    assert_one_undo(bridges, before)


def test_the_pencil_draws_a_point_on_every_grid_line(qtbot, lane_of, bridges, state, track_id):
    put(bridges, track_id, (BAR // 2, 1.0))
    bridges.snap.choose("1/4")
    lane, before = lane_of("pan"), bridges.project.project
    state.choose_tool("draw")

    drag(qtbot, lane, at(lane, 0, -1.0), at(lane, BAR, 1.0))

    assert [point.tick for point in points_of(bridges)] == [0, 960, 1920, 2880, 3840]
    values = [point.value for point in points_of(bridges)]
    assert values == sorted(values)
    assert_one_undo(bridges, before)


def test_the_eraser_takes_the_points_that_it_passes(qtbot, lane_of, bridges, state, track_id):
    put(bridges, track_id, (0, 0.0), (BAR, 0.5), (2 * BAR, 0.5), (3 * BAR, 0.0))
    lane, before = lane_of("pan"), bridges.project.project
    state.choose_tool("erase")

    drag(qtbot, lane, at(lane, BAR, 0.0), at(lane, 2 * BAR, 0.0))

    assert [point.tick for point in points_of(bridges)] == [0, 3 * BAR]
    assert_one_undo(bridges, before)


def test_the_range_tool_selects_points_and_delete_takes_them(qtbot, lane_of, bridges, state, track_id):
    put(bridges, track_id, (0, 0.0), (BAR, 0.5), (2 * BAR, 0.5))
    lane = lane_of("pan")
    state.choose_tool("range")

    drag(qtbot, lane, QPoint(px(0.9), 50), QPoint(px(2.1), 50))
    qtbot.keyClick(lane, Qt.Key.Key_Delete)

    assert bridges.selection.span is not None
    assert [point.tick for point in points_of(bridges)] == [0]


def test_selected_points_move_together(qtbot, lane_of, bridges, track_id):
    put(bridges, track_id, (0, 0.0), (BAR, 0.4), (2 * BAR, 0.2))
    lane, before = lane_of("pan"), bridges.project.project
    lane.model.select(BAR, 2 * BAR)

    drag(qtbot, lane, at(lane, BAR, 0.4), at(lane, 2 * BAR, 0.0))

    ticks = [point.tick for point in points_of(bridges)]
    values = [point.value for point in points_of(bridges)]
    assert ticks == [0, 2 * BAR, 3 * BAR]
    assert values == pytest.approx([0.0, 0.0, -0.2], abs=0.04)
    assert_one_undo(bridges, before)


def test_keys_walk_move_type_and_delete(qtbot, lane_of, bridges, track_id):
    put(bridges, track_id, (0, 0.0), (BAR, 0.4))
    bridges.snap.choose("1/4")
    lane = lane_of("pan")
    lane.setFocus()
    qtbot.keyClick(lane, Qt.Key.Key_Right)
    qtbot.keyClick(lane, Qt.Key.Key_Right)
    assert lane.model.selected == (BAR,)

    qtbot.keyClick(lane, Qt.Key.Key_Up)
    raised = points_of(bridges)[1].value
    qtbot.keyClick(lane, Qt.Key.Key_Left, CTRL)
    moved = points_of(bridges)[1].tick
    qtbot.keyClick(lane, Qt.Key.Key_Return)
    type_into(qtbot, lane, "30 L")
    typed = points_of(bridges)[1].value
    qtbot.keyClick(lane, Qt.Key.Key_Delete)

    assert (raised, moved, typed) == (pytest.approx(0.44), BAR - 960, -0.3)
    assert [point.tick for point in points_of(bridges)] == [0]


def test_what_is_no_value_keeps_the_field_open(qtbot, lane_of, bridges, track_id):
    put(bridges, track_id, (0, 0.0))
    lane, before = lane_of("pan"), bridges.project.project
    lane.type_value(0)

    type_into(qtbot, lane, "loud")

    assert field_of(lane).property("wrong") is True
    assert bridges.project.project is before


def test_a_typed_value_is_held_inside_the_range(qtbot, lane_of, bridges):
    lane = lane_of("gain_db")
    lane.type_value(BAR)

    type_into(qtbot, lane, "99")

    assert points_of(bridges, "gain_db") == (AutomationPoint(BAR, 24.0),)


def test_the_menu_lets_a_point_hold(lane_of, bridges, track_id):
    put(bridges, track_id, (0, 0.0), (BAR, 0.5))
    lane, before = lane_of("pan"), bridges.project.project

    choose(menu_at(lane, at(lane, 0, 0.0)), "Hold until the next point")

    assert points_of(bridges)[0].curve == "hold"
    assert_one_undo(bridges, before)


def test_the_menu_empties_the_selected_span(lane_of, bridges, track_id):
    put(bridges, track_id, (0, 0.0), (BAR, 0.5), (2 * BAR, 0.1))
    lane = lane_of("pan")
    bridges.selection.select_span(BAR, 2 * BAR)

    choose(menu_at(lane, QPoint(px(3), 20)), "Delete points in the selected span")

    assert [point.tick for point in points_of(bridges)] == [0, 2 * BAR]


def test_the_wheel_over_a_point_steps_its_value(lane_of, bridges, track_id):
    put(bridges, track_id, (BAR, 0.0))
    lane = lane_of("pan")

    wheel(lane, at(lane, BAR, 0.0), 120)
    wheel(lane, at(lane, BAR, points_of(bridges)[0].value), 120, SHIFT)

    assert points_of(bridges)[0].value == pytest.approx(0.044)


def test_a_switch_is_drawn_in_whole_numbers_that_hold(qtbot, lane_of, bridges):
    lane = lane_of("muted")

    qtbot.mouseClick(lane, LEFT, NONE, QPoint(px(1), 20))

    assert points_of(bridges, "muted") == (AutomationPoint(BAR, 1.0, "hold"),)


def test_a_lane_without_points_stands_where_the_knob_stands(lane_of, bridges, track_id):
    lane = lane_of("pan")
    bridges.project.ask(set_pan, track_id, 0.6)

    assert {place.y() for place in lane.lane_geometry.curve(0.0, 900.0)} == {lane.lane_geometry.y_of(0.6)}


def test_lanes_lie_on_their_rows_and_follow_them(layer, lane_of, state, canvas, track_id):
    lane = lane_of("pan")
    lane_of("gain_db")
    row = state.geometry.row_of(track_id, "pan")
    assert (lane.y(), lane.height(), lane.width()) == (row.top, 100, 1000)

    canvas.resize(700, 300)
    state.set_view_size(700, 300)
    state.scroll_to(y=30)
    state.close_lane(track_id, "gain_db")

    assert (lane.y(), lane.width()) == (row.top - state.geometry.scroll_y, 700)
    assert layer.lane(track_id, "gain_db") is None


def test_the_lane_of_an_effect_that_is_removed_closes(lane_of, layer, bridges, state, track_id):
    edit, insert_id = add_insert(bridges.project.project, track_id, "equalizer")
    bridges.project.apply(edit)
    target = f"insert:{insert_id}:low_shelf_db"
    if lane_knob(bridges.project.project, track_id, target) is None:
        pytest.fail("the equalizer has no such knob any more: choose another one for this test")
    lane_of(target)

    bridges.project.ask(remove_insert, track_id, insert_id)

    assert state.lanes_of(track_id) == ()
    assert layer.lane(track_id, target) is None


def test_a_lane_that_was_closed_is_told_nothing_more(lane_of, bridges, state, track_id, qtbot):
    lane = lane_of("pan")
    model = lane.model

    with qtbot.waitSignal(model.destroyed):
        state.close_lane(track_id, "pan")
    with qtbot.capture_exceptions() as raised:
        bridges.project.ask(set_pan, track_id, 0.25)
        state.choose_tool("draw")

    assert not raised


def test_a_knob_without_points_is_dashes_where_it_stands(lane_of, bridges, track_id):
    lane = lane_of("pan")
    bridges.project.ask(set_pan, track_id, 0.5)
    image = lane.grab().toImage()

    y = at(lane, 0, 0.5).y()
    along = [image.pixel(x, y) for x in range(340, 380)]  # between two beats

    assert along[:16] == along[16:32]
    assert len(set(along[:8])) == 2
    assert lane.lane_geometry.curve(0.0, 100.0)[0].y() == pytest.approx(y, abs=1)
