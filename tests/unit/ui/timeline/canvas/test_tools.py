import pytest
from PySide6.QtCore import QPoint, QPointF, Qt

from tests.unit.ui.timeline._hands import CTRL, LEFT, NONE, SHIFT, assert_one_undo, drag

from .conftest import BAR


def test_the_split_tool_cuts_at_the_nearest_line(qtbot, stage):
    stage.state.choose_tool("split")
    before = stage.project

    qtbot.mouseClick(stage.canvas, LEFT, NONE, stage.at(3 * BAR + 70, "keys"))

    assert [clip.start_ticks for clip in stage.project.track("keys").clips] == [0, 2 * BAR, 3 * BAR]
    assert_one_undo(stage.bridges, before)


def test_the_split_tool_cuts_all_selected_clips_when_it_hits_one_of_them(qtbot, stage):
    stage.bridges.selection.select_clips(("verse", "wash"))
    stage.state.choose_tool("split")

    qtbot.mouseClick(stage.canvas, LEFT, NONE, stage.at(BAR // 2, "keys"))

    assert len(stage.project.track("keys").clips) == 3
    assert len(stage.project.track("pad").clips) == 2


def test_the_draw_tool_makes_a_clip_as_long_as_the_drag(qtbot, stage):
    stage.state.choose_tool("draw")
    before = stage.project

    drag(qtbot, stage.canvas, stage.at(4 * BAR, "pad"), stage.at(7 * BAR, "pad"))

    made = stage.project.track("pad").clips[-1]
    assert (made.start_ticks, made.length_ticks, made.notes) == (4 * BAR, 3 * BAR, ())
    assert stage.selected() == {made.id}
    assert_one_undo(stage.bridges, before)


def test_a_click_with_the_draw_tool_makes_one_bar(qtbot, stage):
    stage.state.choose_tool("draw")

    qtbot.mouseClick(stage.canvas, LEFT, NONE, stage.at(4 * BAR + 2000, "pad"))

    made = stage.project.track("pad").clips[-1]
    assert (made.start_ticks, made.length_ticks) == (4 * BAR, BAR)


def test_the_draw_tool_draws_no_notes_on_an_audio_track(qtbot, stage):
    stage.state.choose_tool("draw")
    before = stage.project

    with qtbot.waitSignal(stage.bridges.status.said):
        qtbot.mouseClick(stage.canvas, LEFT, NONE, stage.at(5 * BAR, "spare"))

    assert stage.project is before


def test_the_eraser_takes_every_clip_it_comes_over_as_one_step(qtbot, stage):
    stage.state.choose_tool("erase")
    before = stage.project

    drag(qtbot, stage.canvas, stage.at(960, "keys"), stage.at(960, "vox"))

    assert stage.project.track("vox").clips[0].id != "low"
    assert {clip.id for clip in stage.project.track("keys").clips} == {"chorus"}
    assert_one_undo(stage.bridges, before)


def test_the_mute_tool_mutes_and_unmutes(qtbot, stage):
    stage.state.choose_tool("mute")

    qtbot.mouseClick(stage.canvas, LEFT, NONE, stage.at(960, "keys"))
    assert stage.clip("verse").muted
    qtbot.mouseClick(stage.canvas, LEFT, NONE, stage.at(960, "keys"))

    assert not stage.clip("verse").muted


def test_a_tool_that_hits_nothing_changes_nothing(qtbot, stage):
    before = stage.project

    for tool in ("split", "erase", "mute"):
        stage.state.choose_tool(tool)
        qtbot.mouseClick(stage.canvas, LEFT, NONE, stage.at(8 * BAR, "keys"))

    assert stage.project is before


def test_a_double_click_opens_a_clip_of_notes(qtbot, stage):
    with qtbot.waitSignal(stage.panel.edit_requested) as opened:
        qtbot.mouseDClick(stage.canvas, LEFT, NONE, stage.at(960, "keys"))

    assert opened.args == ["verse"]
    assert stage.bridges.selection.edited_clip_id == "verse"


def test_a_double_click_on_empty_ground_makes_a_bar_of_notes(qtbot, stage):
    qtbot.mouseDClick(stage.canvas, LEFT, NONE, stage.at(4 * BAR + 2000, "pad"))

    made = stage.project.track("pad").clips[-1]
    assert (made.start_ticks, made.length_ticks) == (4 * BAR, BAR)


@pytest.mark.parametrize("held", [NONE, CTRL, CTRL | SHIFT], ids=["sound", "MIDI", "both"])
def test_the_grip_carries_the_files_of_the_clip(qtbot, stage, tmp_path, monkeypatch, held):
    carried, asked = [], []
    monkeypatch.setattr(
        "musicgen_desktop.ui.timeline.canvas._view.carry_files", lambda _source, files: carried.append(files)
    )
    stage.panel.set_files_for(
        lambda kind, clip_id, keys: asked.append((kind, clip_id, keys)) or [tmp_path / "a.wav"]
    )
    box = stage.canvas.rect_of("verse")
    grip = QPoint(box.right() - 12, box.bottom() - 10)
    assert stage.canvas.hit(QPointF(grip)) == ("verse", "grip")

    qtbot.mousePress(stage.canvas, LEFT, held, grip)

    assert asked == [("clip", "verse", held)]
    assert carried == [[tmp_path / "a.wav"]]


def test_the_grip_tells_how_far_its_files_are(qtbot, stage):
    state = {"verse": "rest"}
    stage.panel.set_files_for(lambda *_asked: (), lambda clip_id: state.get(clip_id, "rest"))
    box, canvas = stage.canvas.rect_of("verse"), stage.canvas
    qtbot.mouseMove(canvas, QPoint(box.right() - 12, box.bottom() - 10))
    told = [(canvas.cursor().shape(), canvas.toolTip(), canvas.grab(box).toImage())]

    for each in ("busy", "ready"):
        state["verse"] = each
        canvas.show_handles()
        told.append((canvas.cursor().shape(), canvas.toolTip(), canvas.grab(box).toImage()))

    rest, busy, ready = told
    assert rest[1] == "Drag “Verse” into your DAW: a WAV file; with Ctrl a MIDI file, with Ctrl+Shift both"
    assert busy[0] == Qt.CursorShape.BusyCursor
    assert ready[0] == rest[0] == Qt.CursorShape.OpenHandCursor
    assert (busy[1], ready[1]) == (f"{rest[1]} – being made…", f"{rest[1]} – ready")
    assert rest[2] != busy[2] != ready[2] != rest[2]


def test_files_are_asked_for_once_while_the_mouse_stays_on_the_grip(qtbot, stage):
    wanted, state = [], {"verse": "rest"}
    stage.panel.files_wanted.connect(wanted.append)
    stage.panel.set_files_for(lambda *_asked: (), lambda clip_id: state.get(clip_id, "rest"))
    box = stage.canvas.rect_of("verse")
    qtbot.mouseMove(stage.canvas, QPoint(box.right() - 12, box.bottom() - 10))

    state["verse"] = "busy"
    qtbot.mouseMove(stage.canvas, QPoint(box.right() - 13, box.bottom() - 10))

    assert wanted == ["verse"]


def test_the_cursor_tells_what_a_press_would_take(qtbot, stage):
    box = stage.canvas.rect_of("verse")

    qtbot.mouseMove(stage.canvas, QPoint(box.left() + 2, box.center().y()))
    assert stage.canvas.cursor().shape() == Qt.CursorShape.SizeHorCursor
    qtbot.mouseMove(stage.canvas, QPoint(box.right() - 1, box.top() + 4))

    assert stage.canvas.cursor().shape() == Qt.CursorShape.SplitHCursor
    assert stage.canvas.picture().hover.zone == "loop"
