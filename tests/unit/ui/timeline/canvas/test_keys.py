import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from tests.unit.ui.timeline._hands import ALT, CTRL, NONE, SHIFT, assert_one_undo, type_into

from .conftest import BAR

KEY = Qt.Key


def press(stage, key, modifiers=NONE):
    QTest.keyClick(stage.canvas, key, modifiers)


def starts(stage, track_id):
    return [clip.start_ticks for clip in stage.project.track(track_id).clips]


@pytest.mark.parametrize(
    ("key", "modifiers", "selected", "expected"),
    [
        (KEY.Key_D, CTRL, ("verse",), [0, BAR, 2 * BAR]),
        (KEY.Key_Delete, NONE, ("verse",), [2 * BAR]),
        (KEY.Key_Backspace, NONE, ("verse",), [2 * BAR]),
        (KEY.Key_J, NONE, ("verse", "chorus"), [0]),
        (KEY.Key_Right, NONE, ("verse",), [480, 2 * BAR]),
        (KEY.Key_Right, CTRL, ("verse",), [10, 2 * BAR]),
        (KEY.Key_X, CTRL, ("chorus",), [0]),
    ],
)
def test_a_key_edits_the_selection_as_one_step(stage, key, modifiers, selected, expected):
    stage.bridges.selection.select_clips(selected)
    stage.bridges.snap.choose("1/8")
    before = stage.project

    press(stage, key, modifiers)

    assert starts(stage, "keys") == expected
    assert_one_undo(stage.bridges, before)


def test_s_splits_what_is_selected_at_the_play_head(stage):
    stage.bridges.selection.select_clips(("verse",))
    stage.bridges.player.locate(960)

    press(stage, KEY.Key_S)

    assert starts(stage, "keys") == [0, 960, 2 * BAR]
    assert starts(stage, "pad") == [0]


def test_s_without_a_selection_splits_all_that_lies_under_the_play_head(stage):
    stage.bridges.player.locate(960)

    press(stage, KEY.Key_S)

    assert (starts(stage, "keys")[:2], starts(stage, "pad")) == ([0, 960], [0, 960])


def test_a_split_where_nothing_lies_is_refused_in_words(qtbot, stage):
    stage.bridges.player.locate(20 * BAR)

    with qtbot.waitSignal(stage.bridges.project.refused):
        press(stage, KEY.Key_S)


def test_x_crossfades_overlapping_neighbours(stage):
    stage.bridges.selection.select_clips(("left", "right"))
    before = stage.project

    press(stage, KEY.Key_X)

    assert stage.clip("left").fade_out_ms == stage.clip("right").fade_in_ms == pytest.approx(2000.0)
    assert_one_undo(stage.bridges, before)


def test_x_without_an_overlap_says_what_is_needed(qtbot, stage):
    stage.bridges.selection.select_clips(("low",))

    with qtbot.waitSignal(stage.bridges.project.refused) as refused:
        press(stage, KEY.Key_X)

    assert "overlap" in refused.args[0]


def test_0_mutes_and_unmutes(stage):
    stage.bridges.selection.select_clips(("verse", "wash"))

    press(stage, KEY.Key_0)
    assert stage.clip("verse").muted
    assert stage.clip("wash").muted
    press(stage, KEY.Key_0)

    assert not stage.clip("verse").muted


def test_plus_and_minus_change_the_gain_by_a_decibel(stage):
    stage.bridges.selection.select_clips(("low", "left"))
    before = stage.project

    press(stage, KEY.Key_Minus)

    assert (stage.clip("low").gain_db, stage.clip("left").gain_db) == (-1.0, -1.0)
    assert_one_undo(stage.bridges, before)


def test_shift_r_reverses(stage):
    stage.bridges.selection.select_clips(("low",))

    press(stage, KEY.Key_R, SHIFT)

    assert stage.clip("low").reversed


def test_copied_clips_are_pasted_at_the_play_head_on_the_current_track(stage):
    stage.bridges.selection.select_clips(("verse",))
    press(stage, KEY.Key_C, CTRL)
    stage.bridges.selection.select_tracks("pad")
    stage.bridges.player.locate(4 * BAR)

    press(stage, KEY.Key_V, CTRL)

    assert starts(stage, "pad") == [0, 4 * BAR]
    assert stage.selected() == {stage.project.track("pad").clips[-1].id}


def test_copied_clips_of_several_tracks_are_pasted_where_they_came_from(stage):
    stage.bridges.selection.select_clips(("verse", "low"))
    press(stage, KEY.Key_C, CTRL)
    stage.bridges.player.locate(8 * BAR)

    press(stage, KEY.Key_V, CTRL)

    assert (starts(stage, "keys")[-1], starts(stage, "vox")[-1]) == (8 * BAR, 8 * BAR)


def test_ctrl_a_selects_all(stage):
    press(stage, KEY.Key_A, CTRL)

    assert len(stage.selected()) == 6


def test_delete_empties_a_selected_span_and_leaves_the_rest(stage):
    stage.bridges.selection.select_span(BAR // 2, 3 * BAR)
    before = stage.project

    press(stage, KEY.Key_Delete)

    assert [(clip.start_ticks, clip.end_ticks) for clip in stage.project.track("keys").clips] == [
        (0, BAR // 2),
        (3 * BAR, 4 * BAR),
    ]
    assert_one_undo(stage.bridges, before)


def test_tab_walks_through_clips_and_leaves_the_canvas_behind_the_last(stage):
    QPushButton(stage.panel).show()
    seen = []
    for _ in range(6):
        press(stage, KEY.Key_Tab)
        seen.append(stage.bridges.selection.clip_ids[-1])

    press(stage, KEY.Key_Tab)

    assert seen == ["verse", "chorus", "wash", "low", "left", "right"]
    assert QApplication.focusWidget() is not stage.canvas


def test_arrows_go_to_the_nearest_clip_of_the_next_track(stage):
    stage.bridges.selection.select_clips(("chorus",))

    press(stage, KEY.Key_Down)
    assert stage.selected() == {"wash"}
    press(stage, KEY.Key_Down)
    assert stage.selected() == {"low"}
    press(stage, KEY.Key_Up)

    assert stage.selected() == {"wash"}


def test_alt_and_an_arrow_move_a_clip_to_the_next_track(stage):
    stage.bridges.selection.select_clips(("verse",))

    press(stage, KEY.Key_Down, ALT)

    assert stage.track_id_of("verse") == "pad"


def test_arrows_move_the_play_head_when_nothing_is_selected(stage):
    stage.bridges.snap.choose("1/4")

    press(stage, KEY.Key_Right)

    assert stage.bridges.player.tick == 960


def test_return_opens_the_clip(qtbot, stage):
    stage.bridges.selection.select_clips(("verse",))

    with qtbot.waitSignal(stage.panel.edit_requested) as opened:
        press(stage, KEY.Key_Return)

    assert opened.args == ["verse"]


@pytest.mark.parametrize("held", [CTRL, SHIFT, ALT])
def test_return_with_a_modifier_opens_nothing(qtbot, stage, held):
    stage.bridges.selection.select_clips(("verse",))

    with qtbot.assertNotEmitted(stage.panel.edit_requested):
        press(stage, KEY.Key_Return, held)


def test_the_fine_nudge_is_listed_with_its_key(stage):
    keys = {each.id: each.shortcuts for each in stage.bridges.actions.listed()}

    assert keys["clip.earlier"] == ("Ctrl+Left",)
    assert keys["clip.later"] == ("Ctrl+Right",)


def test_escape_deselects(stage):
    stage.bridges.selection.select_clips(("verse",))
    stage.bridges.selection.select_span(0, BAR)

    press(stage, KEY.Key_Escape)

    assert stage.selected() == set()
    assert stage.bridges.selection.span is None


def test_f2_renames_in_place(qtbot, stage):
    stage.bridges.selection.select_clips(("verse",))
    press(stage, KEY.Key_F2)

    type_into(qtbot, stage.canvas, "Hook")

    assert stage.clip("verse").name == "Hook"
    assert QApplication.focusWidget() is stage.canvas


def test_an_empty_name_is_refused_and_the_field_stays(qtbot, stage):
    stage.bridges.selection.select_clips(("verse",))
    press(stage, KEY.Key_F2)

    with qtbot.waitSignal(stage.bridges.project.refused):
        type_into(qtbot, stage.canvas, " ")

    assert stage.clip("verse").name == "Verse"


def test_z_shows_the_selection_and_shift_z_the_song(stage):
    stage.bridges.selection.select_clips(("chorus",))

    press(stage, KEY.Key_Z)
    start, end = stage.state.span
    assert BAR < start < 2 * BAR
    assert 4 * BAR < end < 5 * BAR
    press(stage, KEY.Key_Z, SHIFT)

    start, end = stage.state.span
    assert start <= 0
    assert end > stage.project.length_ticks


def test_letters_choose_tools(stage):
    for key, tool in (
        ("T", "range"),
        ("B", "draw"),
        ("C", "split"),
        ("E", "erase"),
        ("U", "mute"),
        ("V", "select"),
    ):
        press(stage, getattr(KEY, f"Key_{key}"))
        assert stage.state.tool == tool
        assert stage.bridges.actions[f"tool.{tool}"].isChecked()


def test_shift_l_loops_the_selected_clips(stage):
    stage.bridges.selection.select_clips(("chorus",))

    press(stage, KEY.Key_L, SHIFT)

    loop = stage.project.loop
    assert (loop.start_ticks, loop.end_ticks, loop.enabled) == (2 * BAR, 4 * BAR, True)


def test_a_screen_reader_hears_the_clip_that_keys_are_on(stage):
    press(stage, KEY.Key_Tab)

    assert stage.canvas.accessibleDescription() == "Clip Verse on Keys, 1.1.0 to 2.1.0"
