from PySide6.QtCore import QPoint, Qt

from tests.unit.ui.timeline._hands import ALT, CTRL, LEFT, assert_one_undo, drag, move

from .conftest import BAR, PX


def test_a_drag_moves_a_clip_to_the_nearest_line_as_one_step(qtbot, stage):
    before = stage.project

    drag(qtbot, stage.canvas, stage.at(960, "keys"), stage.at(960 + BAR + 70, "keys"))

    assert stage.clip("verse").start_ticks == BAR
    assert_one_undo(stage.bridges, before)


def test_while_the_drag_lasts_the_song_is_as_it_was_and_the_bar_is_said(qtbot, stage):
    before = stage.project

    drag(qtbot, stage.canvas, stage.at(960, "keys"), stage.at(960 + BAR, "keys"), release=False)

    assert stage.project is before
    assert stage.canvas.model.shown.track("keys").clip("verse").start_ticks == BAR
    assert stage.canvas.picture().guide.text == "2.1.0"
    qtbot.mouseRelease(stage.canvas, LEFT)


def test_escape_leaves_the_clip_where_it_was(qtbot, stage):
    before = stage.project
    drag(qtbot, stage.canvas, stage.at(960, "keys"), stage.at(960 + BAR, "keys"), release=False)

    qtbot.keyClick(stage.canvas, Qt.Key.Key_Escape)
    qtbot.mouseRelease(stage.canvas, LEFT)

    assert stage.project is before
    assert stage.canvas.model.shown is before


def test_ctrl_bypasses_the_grid(qtbot, stage):
    start = stage.at(960, "keys")

    drag(qtbot, stage.canvas, start, start + QPoint(37, 0), CTRL)

    assert stage.clip("verse").start_ticks == round(37 / PX)


def test_a_clip_is_dragged_to_a_track_of_its_kind(qtbot, stage):
    before = stage.project

    drag(qtbot, stage.canvas, stage.at(960, "keys"), stage.at(960 + BAR, "pad"))

    assert stage.track_id_of("verse") == "pad"
    assert stage.clip("verse").start_ticks == BAR
    assert_one_undo(stage.bridges, before)


def test_notes_do_not_go_to_an_audio_track(qtbot, stage):
    drag(qtbot, stage.canvas, stage.at(960, "pad"), stage.at(960, "vox"))

    assert stage.track_id_of("wash") == "pad"


def test_all_selected_clips_keep_their_distance(qtbot, stage):
    stage.bridges.selection.select_clips(("verse", "low"))

    drag(qtbot, stage.canvas, stage.at(960, "keys"), stage.at(960 + BAR, "keys"))

    assert (stage.clip("verse").start_ticks, stage.clip("low").start_ticks) == (BAR, BAR)


def test_alt_copies_and_selects_the_copy(qtbot, stage):
    before = stage.project

    drag(qtbot, stage.canvas, stage.at(960, "keys"), stage.at(960 + 4 * BAR, "keys"), ALT)

    copies = [clip for clip in stage.project.track("keys").clips if clip.start_ticks == 4 * BAR]
    assert [clip.name for clip in copies] == ["Verse"]
    assert stage.clip("verse").start_ticks == 0
    assert stage.selected() == {copies[0].id}
    assert_one_undo(stage.bridges, before)


def test_pressing_alt_during_a_drag_makes_it_a_copy(qtbot, stage):
    drag(qtbot, stage.canvas, stage.at(960, "keys"), stage.at(960 + 4 * BAR, "keys"), release=False)

    qtbot.keyPress(stage.canvas, Qt.Key.Key_Alt)

    assert len(stage.canvas.model.shown.track("keys").clips) == 3
    qtbot.mouseRelease(stage.canvas, LEFT)


def test_a_click_that_trembles_moves_nothing(qtbot, stage):
    before, start = stage.project, stage.at(960, "keys")

    drag(qtbot, stage.canvas, start, start + QPoint(2, 1))

    assert stage.project is before


def test_no_clip_is_dragged_before_the_song(qtbot, stage):
    stage.bridges.selection.select_clips(("verse", "chorus"))

    drag(qtbot, stage.canvas, stage.at(2 * BAR + 960, "keys"), stage.at(300, "keys"))

    assert (stage.clip("verse").start_ticks, stage.clip("chorus").start_ticks) == (0, 2 * BAR)


def test_the_view_moves_along_when_a_clip_is_held_at_its_edge(qtbot, stage):
    start = stage.at(960, "keys")
    drag(qtbot, stage.canvas, start, QPoint(stage.canvas.width() + 60, start.y()), release=False)

    qtbot.waitUntil(lambda: stage.state.geometry.scroll_x > 0, timeout=5000)

    move(stage.canvas, start)
    qtbot.mouseRelease(stage.canvas, LEFT)
