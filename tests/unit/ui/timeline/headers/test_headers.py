"""What mouse and keys do to the tracks in their headers."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QApplication

from musicgen_desktop.document import AutomationPoint, Project
from musicgen_desktop.music import Patch
from musicgen_desktop.session.commands import add_automation, add_insert, rename_track, set_point
from musicgen_desktop.session.controllers.playing import BoardReading
from musicgen_desktop.session.store import ProjectStore
from musicgen_desktop.ui.timeline.headers._geometry import Hit, add_rect
from musicgen_desktop.ui.timeline.headers._view_model import silenced
from tests.unit.ui.timeline._hands import (
    CTRL,
    LEFT,
    NONE,
    SHIFT,
    Painted,
    assert_one_undo,
    choose,
    drag,
    every_action,
    field_of,
    menu_at,
    move,
    type_into,
    wheel,
)


def click(qtbot, headers, track_id, part="body", target="", modifiers=NONE):
    qtbot.mouseClick(headers, LEFT, modifiers, headers.rect_of(track_id, part, target).center())


def menu_of(headers, place):
    menu_at(headers, place)
    return headers.openers.menu


def body(headers, track_id):
    """A place of the header that is nothing but header."""
    return headers.rect_of(track_id).bottomLeft() + QPoint(14, -8)


@pytest.mark.parametrize(("part", "field"), [("mute", "muted"), ("solo", "soloed"), ("arm", "armed")])
def test_a_button_switches_its_track_on_and_off(qtbot, headers, bridges, ids, part, field):
    before = bridges.project.project

    click(qtbot, headers, ids[0], part)

    assert [getattr(track, field) for track in bridges.project.project.tracks[:2]] == [True, False]
    assert_one_undo(bridges, before)
    click(qtbot, headers, ids[0], part)
    assert not getattr(bridges.project.project.tracks[0], field)


def test_a_button_of_a_selected_track_acts_on_all_selected_ones(qtbot, headers, bridges, ids):
    bridges.selection.select_tracks(ids[0], ids[2])

    click(qtbot, headers, ids[0], "mute")

    assert [track.muted for track in bridges.project.project.tracks[:3]] == [True, False, True]
    assert len(bridges.project.store.history) == 1


def test_ctrl_solo_ends_the_solo_of_others(qtbot, headers, bridges, ids):
    click(qtbot, headers, ids[0], "solo")

    click(qtbot, headers, ids[1], "solo", modifiers=CTRL)

    assert [track.soloed for track in bridges.project.project.tracks[:2]] == [False, True]


def test_clicks_select_with_ctrl_and_shift(qtbot, headers, bridges, ids):
    qtbot.mouseClick(headers, LEFT, NONE, body(headers, ids[0]))
    qtbot.mouseClick(headers, LEFT, SHIFT, body(headers, ids[2]))
    span = set(bridges.selection.track_ids)
    qtbot.mouseClick(headers, LEFT, CTRL, body(headers, ids[1]))

    assert span == set(ids[:3])
    assert set(bridges.selection.track_ids) == {ids[0], ids[2]}


def test_arrows_walk_and_letters_act_on_the_current_track(qtbot, headers, bridges, ids):
    bridges.selection.select_tracks(ids[0])
    headers.setFocus()

    qtbot.keyClick(headers, Qt.Key.Key_Down)
    qtbot.keyClick(headers, Qt.Key.Key_M)
    qtbot.keyClick(headers, Qt.Key.Key_S)
    qtbot.keyClick(headers, Qt.Key.Key_R, SHIFT)

    track = bridges.project.project.tracks[1]
    assert bridges.selection.track_ids == (ids[1],)
    assert (track.muted, track.soloed, track.armed) == (True, True, True)


def test_its_letters_win_over_those_of_the_window(qtbot, headers, bridges, ids):
    heard = []
    bridges.actions.add("marker.window", "", "Marker", lambda: heard.append("M"), shortcuts=["M"])
    headers.addAction(bridges.actions["marker.window"])
    bridges.selection.select_tracks(ids[0])
    headers.setFocus()

    qtbot.keyClick(headers, Qt.Key.Key_M)

    assert bridges.project.project.tracks[0].muted
    assert heard == []


def test_a_double_click_on_the_name_renames(qtbot, headers, bridges, ids):
    before = bridges.project.project

    qtbot.mouseDClick(headers, LEFT, NONE, headers.rect_of(ids[0], "name").center())
    type_into(qtbot, headers, "Beat")

    assert bridges.project.project.tracks[0].name == "Beat"
    assert_one_undo(bridges, before)


def test_an_empty_name_is_refused_and_escape_keeps_the_old_one(qtbot, headers, bridges, ids):
    bridges.selection.select_tracks(ids[0])
    headers.setFocus()
    qtbot.keyClick(headers, Qt.Key.Key_F2)

    type_into(qtbot, headers, " ")
    assert field_of(headers).property("wrong") is True
    qtbot.keyClick(field_of(headers), Qt.Key.Key_Escape)

    assert field_of(headers) is None
    assert bridges.project.store.history == ()


def test_the_fader_follows_the_mouse_in_one_step(qtbot, headers, bridges, ids):
    before = bridges.project.project
    box = headers.rect_of(ids[0], "gain")
    zero = QPoint(box.left() + round(box.width() * 0.75), box.center().y())

    drag(qtbot, headers, zero, zero - QPoint(30, 0))

    assert -20.0 < bridges.project.project.tracks[0].gain_db < -3.0
    assert_one_undo(bridges, before)


def test_shift_moves_the_fader_a_tenth_of_the_way(qtbot, headers, bridges, ids):
    box = headers.rect_of(ids[0], "gain")
    zero = QPoint(box.left() + round(box.width() * 0.75), box.center().y())

    drag(qtbot, headers, zero, zero - QPoint(30, 0), SHIFT)

    assert -1.5 < bridges.project.project.tracks[0].gain_db < 0.0


def test_escape_puts_the_fader_back(qtbot, headers, bridges, ids):
    before = bridges.project.project
    box = headers.rect_of(ids[0], "gain")
    zero = QPoint(box.left() + round(box.width() * 0.75), box.center().y())
    drag(qtbot, headers, zero, zero - QPoint(30, 0), release=False)
    assert bridges.project.project.tracks[0].gain_db < 0.0

    qtbot.keyClick(headers, Qt.Key.Key_Escape)
    qtbot.mouseRelease(headers, LEFT, NONE, zero)

    assert bridges.project.project == before
    assert bridges.project.store.history == ()


def test_the_level_is_reset_typed_and_stepped(qtbot, headers, bridges, ids):
    def gain_db():
        return bridges.project.project.tracks[0].gain_db

    qtbot.mouseDClick(headers, LEFT, NONE, headers.rect_of(ids[0], "value").center())
    type_into(qtbot, headers, "-6,5 dB")
    typed = gain_db()
    wheel(headers, headers.rect_of(ids[0], "gain").center(), 120)
    stepped = gain_db()
    wheel(headers, headers.rect_of(ids[0], "gain").center(), -120, SHIFT)
    finely = gain_db()
    qtbot.mouseDClick(headers, LEFT, NONE, headers.rect_of(ids[0], "gain").center())

    assert (typed, stepped, finely, gain_db()) == (-6.5, -5.5, -5.6, 0.0)


def test_a_header_is_dragged_to_another_place(qtbot, headers, bridges, ids):
    before = bridges.project.project
    grip = body(headers, ids[0])
    target = headers.rect_of(ids[2]).bottomLeft() + QPoint(14, -4)

    drag(qtbot, headers, grip, target)

    assert [track.id for track in bridges.project.project.tracks][:3] == [ids[1], ids[2], ids[0]]
    assert_one_undo(bridges, before)


def test_escape_ends_the_drag_of_a_header(qtbot, headers, bridges, ids):
    grip = body(headers, ids[0])
    drag(qtbot, headers, grip, grip + QPoint(0, 150), release=False)
    assert headers.model.drop_line is not None

    qtbot.keyClick(headers, Qt.Key.Key_Escape)
    qtbot.mouseRelease(headers, LEFT, NONE, grip)

    assert [track.id for track in bridges.project.project.tracks] == ids
    assert headers.model.drop_line is None


def test_the_lower_edge_is_the_height_of_the_row(qtbot, headers, state, ids):
    edge = headers.rect_of(ids[0], "resize").center()

    drag(qtbot, headers, edge, edge + QPoint(0, 40))
    dragged = state.geometry.row_of(ids[0]).height
    qtbot.mouseDClick(headers, LEFT, NONE, headers.rect_of(ids[0], "resize").center())

    assert dragged == 104
    assert state.geometry.row_of(ids[0]).height == 64


def test_a_small_row_shows_only_name_and_buttons(headers, state, ids):
    state.set_row_height(ids[0], 26)

    shown = {
        part
        for part in ("name", "mute", "solo", "gain", "kind")
        if not headers.rect_of(ids[0], part).isEmpty()
    }

    assert shown == {"name", "mute", "solo"}
    assert headers.hit(QPointF(headers.rect_of(ids[0], "mute").center())) == Hit(ids[0], "", "mute")


def test_a_click_on_the_instrument_opens_the_chooser(qtbot, headers, bridges, ids):
    before = bridges.project.project

    click(qtbot, headers, ids[2], "kind")
    headers.openers.picker.patch_chosen.emit(Patch("general_midi", program=33, name="Fingered Bass"))
    headers.openers.picker.close()

    assert bridges.project.project.tracks[2].patch.name == "Fingered Bass"
    assert_one_undo(bridges, before)


def test_the_colour_strip_opens_the_twelve_colours(qtbot, headers, bridges, ids):
    bridges.selection.select_tracks(ids[0], ids[1])

    click(qtbot, headers, ids[0], "colour")
    names = [each.text() for each in headers.openers.menu.actions()]
    choose(headers.openers.menu, "Pink")

    assert len(names) == 12
    assert [track.color for track in bridges.project.project.tracks[:2]] == ["#f06292", "#f06292"]
    assert len(bridges.project.store.history) == 1


def test_the_plus_below_the_last_track_adds_one(qtbot, headers, bridges, ids):
    bridges.selection.select_tracks(ids[0])
    qtbot.mouseClick(headers, LEFT, NONE, add_rect(headers.picture().geometry, headers.width()).center())

    choose(headers.openers.menu, "Add audio track")

    tracks = bridges.project.project.tracks
    assert (tracks[1].kind, bridges.selection.track_ids) == ("audio", (tracks[1].id,))


def test_the_menu_duplicates_groups_and_deletes(headers, bridges, ids):
    choose(menu_of(headers, body(headers, ids[0])), "Duplicate track")
    copied = bridges.project.project.tracks[1].name
    choose(menu_of(headers, body(headers, bridges.project.project.tracks[1].id)), "Delete tracks")
    assert [track.id for track in bridges.project.project.tracks] == ids
    bridges.selection.select_tracks(ids[0], ids[1])
    choose(menu_of(headers, body(headers, ids[0])), "Group tracks")

    bus = bridges.project.project.tracks[2]
    assert copied.endswith("2")
    assert [track.output for track in bridges.project.project.tracks[:2]] == [bus.id, bus.id]


def test_the_menu_shows_shortcuts_and_asks_for_freeze_and_bounce(headers, ids):
    asked = []
    headers.freeze_requested.connect(lambda each: asked.append(("freeze", each)))
    headers.bounce_requested.connect(lambda each: asked.append(("bounce", each)))

    menu = menu_of(headers, body(headers, ids[0]))
    keys = {each.text(): each.shortcut().toString() for each in menu.actions()}
    choose(menu, "Freeze")
    choose(menu_of(headers, body(headers, ids[0])), "Bounce to audio")

    assert keys["Mute or unmute tracks"] == "M"
    assert asked == [("freeze", ids[0]), ("bounce", ids[0])]


def test_the_menu_routes_a_track_into_a_bus(headers, bridges, ids):
    bus = next(track for track in bridges.project.project.tracks if track.kind == "bus")

    choose(menu_of(headers, body(headers, ids[0])), bus.name)

    assert bridges.project.project.tracks[0].output == bus.id


def test_the_handle_makes_files_ready_and_asks_for_them(qtbot, headers, files, ids):
    place = headers.rect_of(ids[0], "grip").center()
    move(headers, place, buttons=Qt.MouseButton.NoButton)

    drag(qtbot, headers, place, place + QPoint(40, 0))

    assert files.prepared == [("track", ids[0])]
    assert files.asked == [("track", (ids[0],))]


def test_the_master_has_a_handle_in_its_low_row(qtbot, headers, bridges, files, state):
    master = bridges.project.project.master
    state.scroll_to(y=10_000)
    place = headers.rect_of(master.id, "grip").center()

    drag(qtbot, headers, place, place + QPoint(-40, 0))

    assert headers.rect_of(master.id, "grip").isValid()
    assert not headers.rect_of(master.id, "grip").intersects(headers.rect_of(master.id, "mute"))
    assert files.asked == [("track", (master.id,))]


def test_automation_opens_and_closes_and_another_knob_is_chosen(qtbot, headers, state, ids):
    click(qtbot, headers, ids[0], "automation")
    opened = state.lanes_of(ids[0])
    click(qtbot, headers, ids[0], "target", "gain_db")
    choose(headers.openers.menu, "Pan")
    swapped = state.lanes_of(ids[0])
    click(qtbot, headers, ids[0], "close", "pan")

    assert (opened, swapped, state.lanes_of(ids[0])) == (("gain_db",), ("pan",), ())


def test_a_track_with_curves_opens_those(headers, bridges, state, ids):
    edit, curve_id = add_automation(bridges.project.project, ids[0], "pan")
    bridges.project.apply(edit)
    bridges.project.ask(set_point, ids[0], curve_id, 0, 0.5)

    headers.model.toggle_lanes(ids[0])
    headers.model.toggle_curve(ids[0], "pan")

    curve = bridges.project.project.tracks[0].automation[0]
    assert state.lanes_of(ids[0]) == ("pan",)
    assert (curve.points, curve.enabled) == ((AutomationPoint(0, 0.5),), False)
    assert headers.model.lane_text(ids[0], "pan").label == "Pan"


def test_the_menu_of_knobs_lists_effects_apart(headers, ids, bridges):
    bridges.project.apply(add_insert(bridges.project.project, ids[0], "equalizer")[0])

    menu = menu_of(headers, body(headers, ids[0]))
    texts = [each.text() for each in every_action(menu)]
    menu.close()

    assert any(text.startswith("Equalizer") for text in texts)
    assert "low shelf gain" in texts


def test_meters_rise_at_once_and_fall_slowly(headers, ids):
    rise = headers.meters.take({ids[0]: (1.0, 0.5, 0.0, 0.0)}, 1.0)
    loud = headers.meters.shown(ids[0])
    fall = headers.meters.take({ids[0]: (0.0, 0.0, 0.0, 0.0)}, 1.1)

    assert rise == fall == [ids[0]]
    assert loud == pytest.approx((0.0, -6.02), abs=0.01)
    assert headers.meters.shown(ids[0])[0] == pytest.approx(-1.33)


def test_a_reading_without_a_playback_process_moves_no_meter(headers, bridges, ids):
    bridges.player.read.emit(BoardReading(levels=np.zeros((0, 4), np.float32)))

    assert headers.meters.shown(ids[0]) == (-60.0, -60.0)


def test_solo_silences_what_does_not_lead_to_it(bridges):
    project = bridges.project.project
    first = project.tracks[0]
    assert silenced(project) == frozenset()

    silent = silenced(project.with_track(first.soloed_as(soloed=True)))

    assert first.id not in silent
    assert silent == {t.id for t in project.tracks if t.id != first.id and not t.solo_safe}


def test_a_screen_reader_hears_the_current_track(headers, bridges, ids):
    bridges.selection.select_tracks(ids[2])
    headers.model.mute(ids[2])

    assert headers.accessibleDescription().startswith("Bass, Fretless Bass")
    assert headers.accessibleDescription().endswith("muted")


def test_a_scroll_moves_the_headers_and_paints_only_what_came_into_view(headers, state):
    headers.resize(220, 200)
    state.set_view_size(1000, 200)
    state.scroll_to(y=90)
    QApplication.processEvents()
    painted = Painted(headers)

    for y in (103, 60, 130):
        state.scroll_to(y=y)
        QApplication.processEvents()
    moved = headers.screen().grabWindow(headers.winId()).toImage()
    headers.repaint()

    assert [rect.height() for rect in painted.rects] == [13, 43, 70, 200]
    assert moved == headers.screen().grabWindow(headers.winId()).toImage()


def test_a_field_that_is_open_stays_whole_when_the_headers_scroll(headers, state, ids):
    headers.resize(220, 200)
    state.set_view_size(1000, 200)
    headers.openers.rename(ids[1])
    QApplication.processEvents()

    state.scroll_to(y=20)
    QApplication.processEvents()
    moved = headers.screen().grabWindow(headers.winId()).toImage()
    headers.repaint()

    assert moved == headers.screen().grabWindow(headers.winId()).toImage()


def test_a_fader_that_is_held_while_another_project_is_opened_lets_go(qtbot, headers, bridges, ids):
    grip = headers.rect_of(ids[0], "gain").center()
    drag(qtbot, headers, grip, grip + QPoint(-20, 0), release=False)
    before = bridges.project.open(ProjectStore(Project.new("Other")))
    other = bridges.project.project

    move(headers, grip + QPoint(-30, 0))
    qtbot.mouseRelease(headers, LEFT, NONE, grip)

    assert bridges.project.project is other
    before.close()


def test_escape_takes_back_the_faders_way_but_not_what_came_between(qtbot, headers, bridges, ids):
    grip = headers.rect_of(ids[0], "gain").center()
    drag(qtbot, headers, grip, grip + QPoint(-20, 0), release=False)
    bridges.project.ask(rename_track, ids[1], "Renamed meanwhile")

    qtbot.keyClick(headers, Qt.Key.Key_Escape)

    assert bridges.project.project.track(ids[1]).name == "Renamed meanwhile"


def test_headers_are_painted_while_the_rows_are_still_those_of_the_project_before(headers, bridges, state):
    rows = state.geometry
    before = bridges.project.open(ProjectStore(Project.new("Other")))
    state.geometry = rows

    headers.repaint()

    assert headers.rect_of(rows.rows[0].track_id).isEmpty()
    before.close()
