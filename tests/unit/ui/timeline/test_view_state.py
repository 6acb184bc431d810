import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from musicgen_desktop.document import NotesClip, Project, Track
from musicgen_desktop.session.commands import add_notes_clip, add_track, move_track
from musicgen_desktop.session.store import ProjectStore
from musicgen_desktop.ui.bridges import ProjectBridge
from musicgen_desktop.ui.timeline import TimelineState

BAR = 3840


@pytest.fixture
def bridge(_dressed):
    project = Project.new("Song")
    for track_id in ("a", "b"):
        clip = NotesClip(f"clip {track_id}", "Clip", 0, 16 * BAR)
        project = project.with_track(Track(track_id, track_id, "notes", clips=(clip,)))
    made = ProjectBridge(ProjectStore(project))
    yield made
    made.store.close()


@pytest.fixture
def state(bridge):
    made = TimelineState(bridge)
    made.set_view_size(1000, 400)
    return made


def test_fit_shows_the_whole_song(state):
    state.fit()

    start, end = state.span
    assert start <= 0
    assert 16 * BAR <= end < 18 * BAR


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.floats(0, 1000), st.floats(0.2, 5.0), st.integers(-2000, 2000)), max_size=8))
def test_the_view_never_leaves_the_song_and_lies_on_whole_pixels(state, moves):
    for x, factor, way in moves:
        state.zoom_about(x, factor)
        state.scroll_by(way, way)

        geometry = state.geometry
        assert 0 <= geometry.scroll_x <= state.content_width - state.view_width
        assert 0 <= geometry.scroll_y <= state.content_height - state.view_height
        assert geometry.scroll_x == int(geometry.scroll_x)


def test_what_is_revealed_is_in_view(state):
    state.zoom_about(0, 10.0)

    state.reveal(9 * BAR, 9 * BAR + 960, track_id="b")

    assert 0 <= state.geometry.x_of(9 * BAR) <= state.view_width
    assert 0 <= state.geometry.track_top("b") < state.view_height


def test_revealing_what_is_in_view_moves_nothing(qtbot, state):
    with qtbot.assertNotEmitted(state.changed):
        state.reveal(100, track_id="a")


def test_rows_follow_the_tracks(qtbot, bridge, state):
    with qtbot.waitSignal(state.rows_changed):
        bridge.ask(lambda project: add_track(project, kind="notes")[0])

    assert len([row for row in state.geometry.rows if not row.target]) == 4
    bridge.ask(move_track, "b", 0)
    assert state.geometry.rows[0].track_id == "b"


def test_heights_have_limits_and_can_be_reset(state):
    state.set_row_height("a", 5)
    assert state.geometry.row_of("a").height == 22
    state.set_row_height("a", 5000)
    assert state.geometry.row_of("a").height == 400

    state.reset_row_height("a")

    assert state.geometry.row_of("a").height == state.geometry.row_of("b").height


def test_lanes_open_below_their_track_and_close(state):
    state.open_lane("a", "gain_db")
    state.open_lane("a", "gain_db")
    assert [(row.track_id, row.target) for row in state.geometry.rows[:3]] == [
        ("a", ""),
        ("a", "gain_db"),
        ("b", ""),
    ]

    state.close_lane("a", "gain_db")

    assert state.lanes_of("a") == ()
    assert state.geometry.row_of("a", "gain_db") is None


def test_a_longer_song_can_be_scrolled_further(bridge, state):
    before = state.content_width

    bridge.ask(lambda project: add_notes_clip(project, "a", 100 * BAR, BAR)[0])

    assert state.content_width > before


def test_another_project_is_shown_whole_with_its_own_rows(bridge, state):
    state.open_lane("a", "pan")
    other = ProjectStore(Project.new("Other").with_track(Track("z", "Z", "notes")))

    bridge.open(other).close()

    assert [row.track_id for row in state.geometry.rows] == ["z", "master"]
    assert state.span[1] >= 16 * BAR


def test_tool_and_follow_are_told_once(state):
    told = []
    state.tool_changed.connect(told.append)
    state.follow_changed.connect(told.append)

    state.choose_tool("draw")
    state.choose_tool("draw")
    state.set_follow(False)
    state.set_follow(False)

    assert told == ["draw", False]
