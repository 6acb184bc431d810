from PySide6.QtCore import QPoint, Qt

from tests.unit.ui.timeline._hands import ALT, CTRL, LEFT, NONE, SHIFT, drag, move

from .conftest import BAR


def click(qtbot, stage, tick, track_id, modifiers=NONE):
    qtbot.mouseClick(stage.canvas, LEFT, modifiers, stage.at(tick, track_id))


def test_a_click_selects_one_clip_and_its_track(qtbot, stage):
    click(qtbot, stage, 960, "keys")
    click(qtbot, stage, 960, "pad")

    assert stage.selected() == {"wash"}
    assert stage.bridges.selection.track_ids == ("pad",)


def test_ctrl_click_adds_and_takes_away(qtbot, stage):
    click(qtbot, stage, 960, "keys")
    click(qtbot, stage, 960, "pad", CTRL)
    assert stage.selected() == {"verse", "wash"}

    click(qtbot, stage, 960, "keys", CTRL)

    assert stage.selected() == {"wash"}


def test_shift_click_adds(qtbot, stage):
    click(qtbot, stage, 960, "keys")
    click(qtbot, stage, 960, "pad", SHIFT)
    click(qtbot, stage, 960, "pad", SHIFT)

    assert stage.selected() == {"verse", "wash"}


def test_a_click_on_one_of_several_selects_it_alone_but_not_before_the_release(qtbot, stage):
    stage.bridges.selection.select_clips(("verse", "wash"))
    qtbot.mousePress(stage.canvas, LEFT, NONE, stage.at(960, "pad"))
    assert stage.selected() == {"verse", "wash"}

    qtbot.mouseRelease(stage.canvas, LEFT, NONE, stage.at(960, "pad"))

    assert stage.selected() == {"wash"}


def test_the_topmost_of_overlapping_clips_is_hit(qtbot, stage):
    click(qtbot, stage, 3 * BAR + 960, "vox", NONE)

    assert stage.selected() == {"right"}


def test_the_rubber_band_selects_what_it_touches(qtbot, stage):
    drag(qtbot, stage.canvas, stage.at(BAR + 960, "keys", 10), stage.at(600, "pad", 30))

    assert stage.selected() == {"verse", "wash"}


def test_the_rubber_band_keeps_the_selection_with_shift(qtbot, stage):
    stage.bridges.selection.select_clips(("left",))

    drag(qtbot, stage.canvas, stage.at(BAR + 960, "keys", 10), stage.at(600, "keys", 30), SHIFT)

    assert stage.selected() == {"left", "verse"}


def test_escape_brings_back_what_was_selected_before_the_band(qtbot, stage):
    stage.bridges.selection.select_clips(("left",))
    drag(
        qtbot, stage.canvas, stage.at(BAR + 960, "keys", 10), stage.at(600, "keys", 30), SHIFT, release=False
    )

    qtbot.keyClick(stage.canvas, Qt.Key.Key_Escape)

    assert stage.selected() == {"left"}
    assert stage.canvas.picture().band is None


def test_a_click_on_empty_ground_deselects_and_sends_the_play_head_there(qtbot, stage):
    stage.bridges.selection.select_clips(("verse",))

    click(qtbot, stage, BAR + 40, "keys")

    assert stage.selected() == set()
    assert stage.bridges.player.tick == BAR
    assert stage.bridges.selection.track_ids == ("keys",)


def test_the_range_tool_selects_whole_grid_steps(qtbot, stage):
    stage.state.choose_tool("range")

    drag(qtbot, stage.canvas, stage.at(BAR + 50, "keys"), stage.at(3 * BAR - 50, "pad"))

    assert stage.bridges.selection.span == (BAR, 3 * BAR)


def test_the_range_tool_goes_backwards_and_a_click_ends_the_span(qtbot, stage):
    stage.state.choose_tool("range")
    drag(qtbot, stage.canvas, stage.at(3 * BAR, "keys"), stage.at(BAR, "keys"))
    assert stage.bridges.selection.span == (BAR, 3 * BAR)

    click(qtbot, stage, 4 * BAR, "keys")

    assert stage.bridges.selection.span is None


def test_the_middle_button_moves_the_view(qtbot, stage):
    stage.state.zoom_about(0, 8.0)
    start = QPoint(600, 50)

    qtbot.mousePress(stage.canvas, Qt.MouseButton.MiddleButton, NONE, start)
    move(stage.canvas, start - QPoint(200, 0), buttons=Qt.MouseButton.MiddleButton)
    qtbot.mouseRelease(stage.canvas, Qt.MouseButton.MiddleButton)

    assert stage.state.geometry.scroll_x == 200


def test_alt_click_alone_copies_nothing(qtbot, stage):
    before = stage.project

    click(qtbot, stage, 960, "keys", ALT)

    assert stage.project is before
