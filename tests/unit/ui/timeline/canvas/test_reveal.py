"""What is new comes into sight, sideways and downwards, and the headers come along."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from musicgen_desktop.session.commands import add_track
from musicgen_desktop.session.commands.tracks import duplicate_track
from tests.unit.ui.timeline._hands import ALT, CTRL

from .conftest import BAR

KEY = Qt.Key
FAR = 200 * BAR


@pytest.fixture
def small(stage):
    """So few rows fit that the lower tracks are out of sight."""
    for number in range(8):
        stage.bridges.project.ask(lambda project, n=number: add_track(project, kind="notes", name=f"T{n}")[0])
    stage.panel.resize(900, 320)
    stage.state.scroll_to(x=0, y=0)
    return stage


def is_seen(stage, clip_id):
    """Whether the beginning of a clip lies in the canvas, and its header beside it."""
    box = stage.canvas.rect_of(clip_id)
    header = stage.panel.headers.rect_of(stage.track_id_of(clip_id))
    inside = stage.canvas.rect().contains(box.topLeft()) and box.top() + 20 < stage.canvas.height()
    return inside and abs(header.top() - box.top()) < 4


def test_a_duplicate_of_what_is_far_away_is_seen(small):
    small.bridges.selection.select_clips(("right",))
    small.state.scroll_to(x=0, y=0)
    small.state.zoom_about(0, 6.0)

    QTest.keyClick(small.canvas, KEY.Key_D, CTRL)

    (made,) = small.selected()
    assert made != "right"
    assert is_seen(small, made)


def test_what_is_pasted_at_a_far_play_head_is_seen(small):
    small.bridges.selection.select_clips(("verse",))
    QTest.keyClick(small.canvas, KEY.Key_C, CTRL)
    small.bridges.player.locate(FAR)
    last = small.project.tracks[-1]
    small.bridges.selection.select_tracks(last.id)

    QTest.keyClick(small.canvas, KEY.Key_V, CTRL)

    (made,) = small.selected()
    assert small.track_id_of(made) == last.id
    assert is_seen(small, made)


def test_the_first_of_several_new_clips_is_seen(small):
    small.bridges.selection.select_clips(("verse", "low"))
    QTest.keyClick(small.canvas, KEY.Key_C, CTRL)
    small.bridges.player.locate(FAR)

    QTest.keyClick(small.canvas, KEY.Key_V, CTRL)

    first = small.bridges.selection.clips[0]
    assert len(small.selected()) == 2
    assert is_seen(small, first.id)


def test_a_split_in_sight_shifts_nothing(small):
    small.state.zoom_about(0, 3.0)
    small.state.scroll_to(x=0)
    small.bridges.selection.select_clips(("left",))
    small.bridges.player.locate(3 * BAR)
    small.state.scroll_to(x=small.state.geometry.x_of(3 * BAR) - 500)
    before = small.state.geometry.scroll_x

    QTest.keyClick(small.canvas, KEY.Key_S)

    assert len(small.project.track("vox").clips) == 4
    assert small.state.geometry.scroll_x == before


def test_a_clip_that_is_merely_selected_or_moved_does_not_scroll(small):
    before = small.state.geometry

    small.bridges.selection.select_clips(("right",))
    QTest.keyClick(small.canvas, KEY.Key_Down, ALT)

    assert (small.state.geometry.scroll_x, small.state.geometry.scroll_y) == (
        before.scroll_x,
        before.scroll_y,
    )


@pytest.mark.parametrize("make", [
    lambda project: add_track(project, kind="notes")[0],
    lambda project: add_track(project, kind="bus")[0],
    lambda project: duplicate_track(project, project.tracks[-1].id)[0],
])  # fmt: skip
def test_a_new_track_comes_into_sight(small, make):
    known = {track.id for track in small.project.tracks}

    small.bridges.project.ask(make)

    (new,) = [track.id for track in small.project.tracks if track.id not in known]
    row = small.state.geometry.row_of(new)
    assert small.state.geometry.top_of(row) >= 0
    assert small.state.geometry.top_of(row) + row.height <= small.canvas.height()
