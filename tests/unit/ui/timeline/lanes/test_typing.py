"""Names, chords and numbers typed into the lanes, and keys and menus."""

import pytest
from PySide6.QtCore import QPoint, Qt

from musicgen_desktop.document import ChordChange, Section
from musicgen_desktop.ui.timeline._view_state import SONG_LANES
from musicgen_desktop.ui.timeline.lanes import LanesCorner
from musicgen_desktop.ui.timeline.lanes._hit import Hit
from tests.unit.ui.timeline._hands import (
    LEFT,
    NONE,
    assert_one_undo,
    choose,
    every_action,
    field_of,
    menu_at,
    type_into,
)

from .conftest import BAR, lane_y, middle, px


@pytest.mark.parametrize(
    ("hit", "typed", "read"),
    [
        (Hit("sections", "body", "verse"), "Intro", lambda song: song.sections[0].name),
        (Hit("chords", "body", "0"), "Bbm9", lambda song: song.chords[0].symbol),
        (Hit("ruler", "flag", "vocals"), "Drop", lambda song: song.markers[0].name),
        (Hit("key", "body", "0"), "D dorian", lambda song: song.keys[0].key),
        (Hit("meter", "body", "0"), "7/8", lambda song: str(song.meter_map.changes[0].meter)),
        (Hit("tempo", "point", "0"), "92.5", lambda song: f"{song.tempo_map.points[0].bpm}"),
    ],
)
def test_a_double_click_types_what_is_there(qtbot, lanes, bridges, hit, typed, read):
    before = bridges.project.project
    box = lanes.rect_of(hit)
    place = QPoint(round(min(box.center().x(), box.left() + 40)), round(box.center().y()))

    qtbot.mouseDClick(lanes, LEFT, NONE, place)
    type_into(qtbot, lanes, typed)

    assert read(bridges.project.project) == typed
    assert field_of(lanes) is None
    assert_one_undo(bridges, before)


def test_a_chord_that_is_none_keeps_the_field_open_and_says_why(qtbot, lanes, bridges):
    before = bridges.project.project
    said = []
    bridges.project.refused.connect(said.append)

    qtbot.mouseDClick(lanes, LEFT, NONE, middle(lanes, Hit("chords", "body", "0")))
    type_into(qtbot, lanes, "H9")

    assert bridges.project.project is before
    assert field_of(lanes).property("wrong") is True
    assert "chord" in said[0]
    qtbot.keyClick(field_of(lanes), Qt.Key.Key_Escape)
    assert field_of(lanes) is None


def test_a_double_click_on_an_empty_place_types_a_chord_for_its_bar(qtbot, lanes, bridges):
    qtbot.mouseDClick(lanes, LEFT, NONE, QPoint(px(3.4), lane_y(lanes, "chords")))
    type_into(qtbot, lanes, "Eb6")

    assert bridges.project.project.chords[-1] == ChordChange(3 * BAR, BAR, "Eb6")


def test_a_double_click_on_an_empty_place_adds_a_section_to_be_named(qtbot, lanes, bridges):
    qtbot.mouseDClick(lanes, LEFT, NONE, QPoint(px(4.4), lane_y(lanes, "sections")))
    type_into(qtbot, lanes, "Outro")

    section = bridges.project.project.sections[-1]
    assert (section.name, section.start_ticks, section.length_ticks) == ("Outro", 4 * BAR, 4 * BAR)


def test_a_double_click_on_the_tempo_adds_a_point_that_changes_nothing_yet(qtbot, lanes, bridges):
    qtbot.mouseDClick(lanes, LEFT, NONE, QPoint(px(1), lane_y(lanes, "tempo", 0.1)))

    assert [(each.tick, each.bpm) for each in bridges.project.project.tempo_map.points] == [
        (0, 82.0),
        (BAR, 82.0),
        (2 * BAR, 100.0),
    ]


def test_m_sets_a_marker_at_the_play_head_and_comma_and_point_jump(qtbot, lanes, bridges):
    bridges.player.locate(3 * BAR)
    lanes.setFocus()

    qtbot.keyClick(lanes, Qt.Key.Key_M)
    qtbot.keyClick(lanes, Qt.Key.Key_Comma)
    back = bridges.player.tick
    qtbot.keyClick(lanes, Qt.Key.Key_Period)

    assert [each.tick for each in bridges.project.project.markers] == [BAR, 3 * BAR]
    assert (back, bridges.player.tick) == (2 * BAR, 3 * BAR)


def test_keys_walk_rename_move_and_delete(qtbot, lanes, bridges):
    lanes.setFocus()
    qtbot.keyClick(lanes, Qt.Key.Key_Right)
    qtbot.keyClick(lanes, Qt.Key.Key_Right)
    assert lanes.model.selected.key == "chorus"

    qtbot.keyClick(lanes, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    moved = bridges.project.project.sections[1].start_ticks
    qtbot.keyClick(lanes, Qt.Key.Key_F2)
    type_into(qtbot, lanes, "Drop")
    name = bridges.project.project.sections[1].name
    qtbot.keyClick(lanes, Qt.Key.Key_Delete)

    assert moved > 2 * BAR
    assert name == "Drop"
    assert [each.id for each in bridges.project.project.sections] == ["verse"]


def test_down_goes_to_the_next_lane(qtbot, lanes):
    lanes.setFocus()
    qtbot.keyClick(lanes, Qt.Key.Key_Down)
    qtbot.keyClick(lanes, Qt.Key.Key_Right)

    assert lanes.model.selected == Hit("chords", "body", "0")


def test_the_menu_of_a_section_loops_and_selects_it(lanes, bridges):
    choose(menu_at(lanes, middle(lanes, Hit("sections", "body", "verse"))), "Loop this section")
    choose(menu_at(lanes, middle(lanes, Hit("sections", "body", "chorus"))), "Select its bars")

    loop = bridges.project.project.loop
    assert (loop.start_ticks, loop.end_ticks, loop.enabled) == (0, 2 * BAR, True)
    assert bridges.selection.span == (2 * BAR, 4 * BAR)


def test_the_menu_of_a_chord_offers_those_of_the_key(lanes, bridges):
    menu = menu_at(lanes, middle(lanes, Hit("chords", "body", "0")))
    offered = [each.text() for each in every_action(menu)]

    choose(menu, "Bbm7")

    assert {"Fm\ti", "Ab\tIII", "Cm7\tv7"} <= set(offered)
    assert bridges.project.project.chords[0] == ChordChange(0, BAR, "Bbm7")


def test_the_menu_of_a_tempo_point_lets_it_slope(lanes, bridges):
    before = bridges.project.project

    choose(menu_at(lanes, middle(lanes, Hit("tempo", "point", "0"))), "Ramp to the next tempo")

    assert bridges.project.project.tempo_map.points[0].ramp
    assert_one_undo(bridges, before)


def test_lanes_are_chosen_and_the_ruler_stays(qtbot, lanes, bridges, state):
    corner = LanesCorner(bridges, state)
    qtbot.addWidget(corner)
    high = lanes.height()

    choose(menu_at(lanes, QPoint(px(3), lane_y(lanes, "ruler", 0.6))), "Tempo")
    state.show_song_lane("ruler", shown=False)

    assert state.song_lanes == tuple(each for each in SONG_LANES if each != "tempo")
    assert lanes.height() < high
    assert corner.height() == lanes.height()


def test_the_menu_has_the_shortcut_beside_each_line(lanes):
    texts = [
        each.text() for each in menu_at(lanes, middle(lanes, Hit("sections", "body", "verse"))).actions()
    ]

    assert "Rename…\tF2" in texts
    assert "Delete\tDel" in texts


def test_a_section_that_goes_leaves_nothing_selected(qtbot, lanes, bridges):
    qtbot.mouseClick(lanes, LEFT, NONE, middle(lanes, Hit("sections", "body", "verse")))

    lanes.model.delete(lanes.model.selected)

    assert lanes.model.selected is None
    assert bridges.project.project.sections == (Section("chorus", "Chorus", 2 * BAR, 2 * BAR),)
