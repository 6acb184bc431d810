import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicgen_desktop.document import Project, Track
from musicgen_desktop.ui.timeline._geometry import (
    CLOSEST_PX_PER_TICK,
    FARTHEST_PX_PER_TICK,
    TimelineGeometry,
    rows_of,
)

ZOOMS = st.floats(FARTHEST_PX_PER_TICK, CLOSEST_PX_PER_TICK)
SCROLLS = st.floats(0.0, 1e6)
TRACK_IDS = ("a", "b", "c")


def a_project():
    project = Project.new("Song")
    for track_id in TRACK_IDS:
        project = project.with_track(Track(track_id, track_id, "notes"))
    return project


@given(ZOOMS, SCROLLS, st.integers(0, 2**24))
def test_a_tick_is_found_again_where_it_lies(zoom, scroll, tick):
    geometry = TimelineGeometry(zoom, scroll)

    assert geometry.tick_at(geometry.x_of(tick)) == pytest.approx(tick, abs=0.01, rel=1e-9)


@given(ZOOMS, SCROLLS, st.floats(0.0, 2000.0), st.floats(0.1, 10.0))
def test_zooming_keeps_what_lies_under_the_mouse(zoom, scroll, x, factor):
    geometry = TimelineGeometry(zoom, scroll)
    tick = geometry.tick_at(x)

    zoomed = geometry.zoomed_about(x, factor)

    assert FARTHEST_PX_PER_TICK <= zoomed.px_per_tick <= CLOSEST_PX_PER_TICK
    # Where the song begins there is nothing left of it to show.
    assert zoomed.scroll_x == 0.0 or zoomed.x_of(tick) == pytest.approx(x, abs=0.01)


HEIGHTS = st.dictionaries(
    st.sampled_from([*TRACK_IDS, "a/gain_db", "b/pan"]), st.integers(22, 400), max_size=5
)
LANES = st.dictionaries(st.sampled_from(TRACK_IDS), st.sampled_from([(), ("gain_db",), ("gain_db", "pan")]))


@given(HEIGHTS, LANES)
def test_rows_lie_below_each_other_without_gaps(heights, lanes):
    rows = rows_of(a_project(), heights, lanes)

    assert [row.top for row in rows] == [0, *(row.bottom for row in rows)][:-1]
    assert [row.track_id for row in rows if not row.target] == [*TRACK_IDS, "master"]
    for track_id, targets in lanes.items():
        assert tuple(row.target for row in rows if row.track_id == track_id) == ("", *targets)


@given(HEIGHTS, LANES, st.integers(0, 500), st.integers(-50, 3000))
def test_the_row_at_a_place_is_the_one_that_covers_it(heights, lanes, scroll_y, y):
    geometry = TimelineGeometry(scroll_y=scroll_y, rows=rows_of(a_project(), heights, lanes))

    found = geometry.row_at(y)

    covering = [row for row in geometry.rows if row.top <= y + scroll_y < row.bottom]
    assert found == (covering[0] if covering else None)


def test_a_track_without_a_row_has_no_top():
    geometry = TimelineGeometry(scroll_y=10, rows=rows_of(a_project(), {}, {}))

    assert geometry.track_top("b") == 54
    with pytest.raises(KeyError):
        geometry.track_top("nobody")


def test_geometry_never_changes_in_place():
    with pytest.raises(AttributeError):
        TimelineGeometry().scroll_x = 5.0

    assert msgspec.structs.replace(TimelineGeometry(), scroll_x=5.0).scroll_x == 5.0
