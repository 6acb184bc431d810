"""What the mouse does to the song in the lanes, with one undo for each drag."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from musicgen_desktop.document import LoopRange
from musicgen_desktop.session.commands import set_key, set_meter
from musicgen_desktop.ui.bridges import Actions
from musicgen_desktop.ui.timeline.lanes import LanesView
from musicgen_desktop.ui.timeline.lanes._hit import Hit
from tests.fakes.silent_player import SilentPlayer
from tests.unit.ui.timeline._hands import ALT, CTRL, LEFT, NONE, SHIFT, Painted, assert_one_undo, drag

from .conftest import BAR, lane_y, middle, px


def test_a_section_moves_to_the_bar_it_is_dropped_on(qtbot, lanes, bridges):
    before = bridges.project.project
    grip = middle(lanes, Hit("sections", "body", "chorus"))

    drag(qtbot, lanes, grip, grip + QPoint(px(1) + 5, 0))

    assert bridges.project.project.sections[1].start_ticks == 3 * BAR
    assert_one_undo(bridges, before)


def test_escape_leaves_the_song_as_it_was(qtbot, lanes, bridges):
    before = bridges.project.project
    grip = middle(lanes, Hit("sections", "body", "chorus"))
    drag(qtbot, lanes, grip, grip + QPoint(px(1), 0), release=False)
    assert lanes.model.shown.sections[1].start_ticks == 3 * BAR

    qtbot.keyClick(lanes, Qt.Key.Key_Escape)
    qtbot.mouseRelease(lanes, LEFT, NONE, grip)

    assert bridges.project.project is before
    assert bridges.project.store.history == ()


def test_ctrl_bypasses_the_grid(qtbot, lanes, bridges):
    grip = middle(lanes, Hit("sections", "body", "chorus"))

    drag(qtbot, lanes, grip, grip + QPoint(7, 0), CTRL)

    assert bridges.project.project.sections[1].start_ticks == 2 * BAR + 140


def test_the_edge_of_a_section_is_dragged(qtbot, lanes, bridges):
    before = bridges.project.project
    box = lanes.rect_of(Hit("sections", "body", "chorus"))
    grip = QPoint(round(box.right()) - 2, round(box.center().y()))

    drag(qtbot, lanes, grip, grip + QPoint(px(1), 0))

    assert bridges.project.project.sections[1].end_ticks == 5 * BAR
    assert_one_undo(bridges, before)


def test_an_edge_cannot_be_dragged_beyond_the_other_one(qtbot, lanes, bridges):
    box = lanes.rect_of(Hit("sections", "body", "chorus"))
    grip = QPoint(round(box.right()) - 2, round(box.center().y()))

    drag(qtbot, lanes, grip, grip - QPoint(px(3), 0))

    assert bridges.project.project.sections[1].length_ticks > 0


def test_alt_drag_plays_a_section_twice_with_its_clips(qtbot, lanes, bridges):
    before = bridges.project.project
    grip = middle(lanes, Hit("sections", "body", "verse"))

    drag(qtbot, lanes, grip, grip + QPoint(px(2), 0), ALT)

    after = bridges.project.project
    assert [(each.name, each.start_ticks) for each in after.sections] == [
        ("Verse", 0),
        ("Verse", 2 * BAR),
        ("Chorus", 4 * BAR),
    ]
    assert sum(len(track.clips) for track in after.tracks) > sum(len(track.clips) for track in before.tracks)
    assert_one_undo(bridges, before)


def test_a_chord_moves_and_its_edge_is_dragged(qtbot, lanes, bridges):
    before = bridges.project.project
    grip = middle(lanes, Hit("chords", "body", str(BAR)))
    drag(qtbot, lanes, grip, grip + QPoint(px(1), 0))
    assert [(each.tick, each.symbol) for each in bridges.project.project.chords] == [
        (0, "Fm7"),
        (2 * BAR, "Dbmaj7"),
    ]
    assert_one_undo(bridges, before)
    before = bridges.project.project
    box = lanes.rect_of(Hit("chords", "body", "0"))
    grip = QPoint(round(box.right()) - 2, round(box.center().y()))

    drag(qtbot, lanes, grip, grip + QPoint(px(0.5), 0))

    assert bridges.project.project.chords[0].length_ticks == BAR + BAR // 2
    assert_one_undo(bridges, before)


def test_a_marker_is_dragged(qtbot, lanes, bridges):
    before = bridges.project.project
    grip = middle(lanes, Hit("ruler", "flag", "vocals"))

    drag(qtbot, lanes, grip, grip + QPoint(px(0.25), 0))

    assert bridges.project.project.markers[0].tick == BAR + BAR // 4
    assert_one_undo(bridges, before)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (2.0, 1.0, (1, 4)),
        (4.0, 5.0, (2, 5)),
        (3.0, 4.0, (3, 5)),
    ],
)
def test_the_loop_is_dragged_by_its_ends_and_its_middle(qtbot, lanes, bridges, start, end, expected):
    before = bridges.project.project
    y = lane_y(lanes, "ruler", 0.2)

    drag(qtbot, lanes, QPoint(px(start), y), QPoint(px(end), y))

    loop = bridges.project.project.loop
    assert (loop.start_ticks, loop.end_ticks, loop.enabled) == (*(bar * BAR for bar in expected), False)
    assert_one_undo(bridges, before)


def test_a_drag_over_the_upper_half_of_the_ruler_sets_a_loop(qtbot, lanes, bridges):
    y = lane_y(lanes, "ruler", 0.2)

    drag(qtbot, lanes, QPoint(px(5), y), QPoint(px(4.25), y))

    assert bridges.project.project.loop == LoopRange(4 * BAR + BAR // 4, 5 * BAR, enabled=True)


def test_a_double_click_switches_the_loop(qtbot, lanes, bridges):
    qtbot.mouseDClick(lanes, LEFT, NONE, middle(lanes, Hit("ruler", "brace")))

    assert bridges.project.project.loop.enabled


def test_a_click_on_the_bars_moves_the_play_head(qtbot, lanes, bridges):
    qtbot.mouseClick(lanes, LEFT, NONE, QPoint(px(3) + 2, lane_y(lanes, "ruler", 0.6)))

    assert bridges.player.tick == 3 * BAR
    assert bridges.project.store.history == ()


def test_shift_drag_over_the_bars_selects_a_span(qtbot, lanes, bridges):
    y = lane_y(lanes, "ruler", 0.6)

    drag(qtbot, lanes, QPoint(px(3), y), QPoint(px(1) + 3, y), SHIFT)

    assert bridges.selection.span == (BAR, 3 * BAR)
    assert bridges.player.tick == 0


def test_the_end_of_the_song_is_dragged_and_reset(qtbot, lanes, bridges, state):
    state.scroll_to(x=px(6))
    before = bridges.project.project
    own = before.length_ticks
    grip = middle(lanes, Hit("ruler", "song_end")) + QPoint(2, 3)

    drag(qtbot, lanes, grip, grip - QPoint(px(1), 0))

    assert bridges.project.project.end_ticks == pytest.approx(own - BAR, abs=BAR // 4)
    assert_one_undo(bridges, before)
    qtbot.mouseDClick(lanes, LEFT, NONE, middle(lanes, Hit("ruler", "song_end")) + QPoint(2, 3))
    assert bridges.project.project.length_ticks == own


def test_a_tempo_point_is_dragged_in_time_and_value(qtbot, lanes, bridges):
    before = bridges.project.project
    grip = middle(lanes, Hit("tempo", "point", str(2 * BAR)))
    per_px = lanes.geometry_now.bpm_per_px

    drag(qtbot, lanes, grip, grip + QPoint(px(1), 6))

    point = bridges.project.project.tempo_map.points[1]
    assert point.tick == 3 * BAR
    assert point.bpm == round(100.0 - 6 * per_px)
    assert_one_undo(bridges, before)


def test_shift_drags_a_tempo_finely_and_the_first_one_stays_at_the_start(qtbot, lanes, bridges):
    grip = middle(lanes, Hit("tempo", "point", "0"))
    per_px = lanes.geometry_now.bpm_per_px

    drag(qtbot, lanes, grip, grip + QPoint(px(1), 6), SHIFT)

    point = bridges.project.project.tempo_map.points[0]
    assert point.tick == 0
    assert point.bpm == pytest.approx(82.0 - 0.6 * per_px, abs=0.01)


def test_key_and_meter_move_from_bar_to_bar(qtbot, lanes, bridges):
    bridges.project.ask(set_key, 3, "Ab major")
    bridges.project.ask(set_meter, 3, "3/4")
    for lane in ("key", "meter"):
        box = lanes.rect_of(Hit(lane, "body", str(2 * BAR)))
        grip = QPoint(round(box.left()) + 10, round(box.center().y()))
        drag(qtbot, lanes, grip, grip - QPoint(px(1), 0))

    project = bridges.project.project
    assert [each.tick for each in project.keys] == [0, BAR]
    assert [each.bar for each in project.meter_map.changes] == [1, 2]


class ScrubbedPlayer(SilentPlayer):
    """Remembers what was scrubbed."""

    def scrub(self, tick):
        self.told.append(("scrub", tick))


@pytest.fixture
def scrubbed(qtbot, bridges, state):
    bridges = replace(bridges, player=ScrubbedPlayer(bridges.project), actions=Actions())
    view = LanesView(bridges, state)
    qtbot.addWidget(view)
    view.resize(1000, view.height())
    view.show()
    return view, bridges.player


def test_a_drag_over_the_bars_lets_them_be_heard(qtbot, scrubbed):
    view, player = scrubbed
    y = lane_y(view, "ruler", 0.6)

    drag(qtbot, view, QPoint(px(1), y), QPoint(px(3), y))

    assert player.told == [
        ("scrub", 2 * BAR),
        ("scrub", 3 * BAR),
        ("scrub", None),
        ("locate", 3 * BAR),
    ]


def test_a_click_while_the_song_runs_only_locates(qtbot, scrubbed):
    view, player = scrubbed
    player.play()
    y = lane_y(view, "ruler", 0.6)

    drag(qtbot, view, QPoint(px(1), y), QPoint(px(3), y))

    assert player.told == [("play", None), ("locate", 3 * BAR)]


def test_a_drag_beyond_the_end_of_the_view_scrolls(qtbot, lanes, state):
    y = lane_y(lanes, "ruler", 0.2)

    drag(qtbot, lanes, QPoint(px(5), y), QPoint(1030, y))

    assert state.geometry.scroll_x == 30


def test_a_scroll_sideways_paints_the_lanes_and_one_down_does_not(lanes, state):
    state.set_view_size(1000, 100)
    QApplication.processEvents()
    painted = Painted(lanes)

    state.scroll_to(y=40)
    QApplication.processEvents()
    after_down = len(painted.rects)
    state.scroll_to(x=40)
    QApplication.processEvents()

    assert (after_down, len(painted.rects)) == (0, 1)
