"""The numbers of the lanes."""

from itertools import pairwise

import pytest

from musicgen_desktop.document import Marker
from musicgen_desktop.timing import Meter, MeterChange, MeterMap
from musicgen_desktop.ui.timeline._geometry import TimelineGeometry
from musicgen_desktop.ui.timeline.lanes._geometry import LanesGeometry, ruler_lines

FOUR = MeterMap.constant(Meter(4, 4))


@pytest.mark.parametrize(("px_per_tick", "first"), [(0.05, ["1", "2", "3"]), (0.003, ["1", "5", "9"])])
def test_bar_numbers_thin_out_with_the_zoom(px_per_tick, first):
    lines = ruler_lines(FOUR, TimelineGeometry(px_per_tick=px_per_tick), 800)

    assert [line.text for line in lines if line.is_bar and line.text][:3] == first


def test_beats_are_named_where_there_is_room():
    near = ruler_lines(FOUR, TimelineGeometry(px_per_tick=0.1), 800)
    far = ruler_lines(FOUR, TimelineGeometry(px_per_tick=0.02), 800)

    assert [line.text for line in near][:5] == ["1", "1.2", "1.3", "1.4", "2"]
    assert {line.text for line in far if not line.is_bar} == {""}


def test_labels_never_touch_where_bars_get_shorter():
    meters = MeterMap((MeterChange(1, Meter(4, 4)), MeterChange(3, Meter(1, 8))))
    geometry = TimelineGeometry(px_per_tick=0.0125)

    places = [geometry.x_of(line.tick) for line in ruler_lines(meters, geometry, 400) if line.text]

    assert all(after - before >= 45.0 for before, after in pairwise(places))


def test_bars_that_begin_left_of_the_view_still_count():
    geometry = TimelineGeometry(px_per_tick=0.05, scroll_x=300.0)

    assert ruler_lines(FOUR, geometry, 500)[0].tick <= geometry.tick_at(0.0)


def test_the_tempo_of_a_place_is_the_place_of_a_tempo(song_project):
    geometry = LanesGeometry.of(TimelineGeometry(), ("tempo", "ruler"), 800, song_project)

    assert geometry.bpm_at(geometry.point_at(0, 91.0).y()) == pytest.approx(91.0)


def test_a_flag_ends_where_the_next_one_begins(song_project):
    geometry = LanesGeometry.of(TimelineGeometry(px_per_tick=0.05), ("ruler",), 800, song_project)
    here, near = Marker("a", "A very long name of a marker", 0), Marker("b", "B", 960)

    assert geometry.flag_rect(here, near).right() < geometry.flag_rect(near, None).left()
