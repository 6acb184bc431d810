import pytest
from PySide6.QtCore import QPoint, QPointF

from tests.unit.ui.timeline._hands import CTRL, LEFT, SHIFT, assert_one_undo, drag

from .conftest import BAR, PX


def inside(stage, clip_id, dx, dy):
    """A place so many pixels from a clip's left (or, when negative, right) end and from its top or bottom."""
    box = stage.canvas.rect_of(clip_id)
    x = box.left() + dx if dx >= 0 else box.right() + 1 + dx
    return QPoint(x, box.top() + dy if dy >= 0 else box.bottom() + dy)


def test_the_right_end_is_trimmed_to_the_grid(qtbot, stage):
    before, start = stage.project, inside(stage, "chorus", -2, 40)

    drag(qtbot, stage.canvas, start, start - QPoint(round(BAR * PX) - 3, 0))

    assert stage.clip("chorus").length_ticks == BAR
    assert_one_undo(stage.bridges, before)


def test_the_left_end_is_trimmed_and_the_music_stays(qtbot, stage):
    start = inside(stage, "chorus", 2, 40)

    drag(qtbot, stage.canvas, start, start + QPoint(round(BAR * PX), 0))

    clip = stage.clip("chorus")
    assert (clip.start_ticks, clip.end_ticks, clip.content_offset_ticks) == (3 * BAR, 4 * BAR, BAR)


def test_selected_clips_that_end_together_are_trimmed_together(qtbot, stage):
    stage.bridges.selection.select_clips(("chorus", "left"))
    start = inside(stage, "chorus", 2, 40)

    drag(qtbot, stage.canvas, start, start + QPoint(round(BAR * PX), 0))

    assert stage.clip("left").start_ticks == 3 * BAR


def test_audio_is_not_pulled_out_beyond_its_file(qtbot, stage):
    start = inside(stage, "left", 2, 50)

    drag(qtbot, stage.canvas, start, QPoint(0, start.y()), CTRL)

    assert stage.clip("left").source_offset_frames == 0
    assert stage.clip("left").start_ticks == BAR


def test_the_upper_right_edge_repeats_notes_in_their_clip(qtbot, stage):
    before, start = stage.project, inside(stage, "chorus", -2, 5)

    drag(qtbot, stage.canvas, start, start + QPoint(round(3 * BAR * PX), 0))

    assert stage.clip("chorus").length_ticks == 5 * BAR
    assert stage.clip("chorus").loop_length_ticks == 2 * BAR
    assert_one_undo(stage.bridges, before)


def test_the_upper_right_edge_lays_copies_of_audio(qtbot, stage):
    start = inside(stage, "low", -2, 5)

    drag(qtbot, stage.canvas, start, start + QPoint(round(BAR * PX), 0))

    assert [clip.start_ticks for clip in stage.project.track("vox").clips] == [0, BAR, 2 * BAR, 3 * BAR]


def test_the_left_handle_fades_in(qtbot, stage):
    before = stage.project
    handle = QPointF(inside(stage, "low", 11, 20))

    assert stage.canvas.hit(handle) == ("low", "fade_in")
    drag(qtbot, stage.canvas, handle.toPoint(), handle.toPoint() + QPoint(48, 0))

    assert stage.clip("low").fade_in_ms == pytest.approx(48 / PX / 1.92, abs=1.0)
    assert_one_undo(stage.bridges, before)


def test_the_right_handle_fades_out(qtbot, stage):
    handle = inside(stage, "low", -12, 20)

    assert stage.canvas.hit(QPointF(handle)) == ("low", "fade_out")
    drag(qtbot, stage.canvas, handle, handle - QPoint(48, 0))

    assert stage.clip("low").fade_out_ms == pytest.approx(48 / PX / 1.92, abs=1.0)


def test_a_double_click_on_a_handle_ends_the_fade(qtbot, stage):
    handle = inside(stage, "low", 11, 20)
    drag(qtbot, stage.canvas, handle, handle + QPoint(48, 0))

    qtbot.mouseDClick(stage.canvas, LEFT, pos=inside(stage, "low", 48, 20))

    assert stage.clip("low").fade_in_ms == 0.0


def gain_line(stage, clip_id):
    """The middle of the line of a clip's gain."""
    box = stage.canvas.rect_of(clip_id)
    x = box.center().x()
    hits = [y for y in range(box.top(), box.bottom()) if stage.canvas.hit(QPointF(x, y)) == (clip_id, "gain")]
    return QPoint(x, hits[len(hits) // 2])


def test_the_line_of_the_gain_is_dragged_down_for_less(qtbot, stage):
    before, place = stage.project, gain_line(stage, "low")

    drag(qtbot, stage.canvas, place, place + QPoint(0, 6))

    assert -9.0 < stage.clip("low").gain_db < -4.0
    assert_one_undo(stage.bridges, before)


def test_shift_is_fine_for_the_gain(qtbot, stage):
    place = gain_line(stage, "low")

    drag(qtbot, stage.canvas, place, place + QPoint(0, 6), SHIFT)

    assert -2.0 < stage.clip("low").gain_db < -0.5


def test_a_double_click_on_the_line_is_0_db(qtbot, stage):
    place = gain_line(stage, "low")
    drag(qtbot, stage.canvas, place, place + QPoint(0, 6))

    qtbot.mouseDClick(stage.canvas, LEFT, pos=gain_line(stage, "low"))

    assert stage.clip("low").gain_db == 0.0
