"""Ticks and pitches to pixels and back."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicgen_desktop.music import Key
from musicgen_desktop.ui.piano_roll._geometry import MOST_ROW_PX, RollGeometry
from musicgen_desktop.ui.piano_roll._lane_geometry import LaneGeometry
from musicgen_desktop.ui.piano_roll._rows import drum_rows, keyboard_rows

zooms = st.floats(0.0005, 1.0)
rows = st.integers(5, 40)
ticks = st.integers(-100_000, 2_000_000)
pitches = st.integers(0, 127)


@given(ticks, ticks, zooms)
def test_a_pixel_leads_back_to_its_tick(left, tick, zoom):
    geometry = RollGeometry(left_tick=left, px_per_tick=zoom)

    assert geometry.tick_at(geometry.x_of(tick)) == pytest.approx(tick, abs=1e-3)


@given(pitches, rows, st.integers(0, 3000))
def test_the_middle_of_a_row_leads_back_to_its_pitch(pitch, row_px, top):
    geometry = RollGeometry(row_px=row_px).scrolled(0, top)
    y = geometry.y_of_pitch(pitch)

    assert geometry.pitch_at(y + row_px / 2) == pitch


@given(st.floats(0, 800), st.floats(0.2, 5.0), zooms, ticks)
def test_zooming_keeps_the_tick_under_the_mouse(x, factor, zoom, left):
    geometry = RollGeometry(left_tick=left, px_per_tick=zoom)

    assert geometry.zoomed_time(factor, x).tick_at(x) == pytest.approx(geometry.tick_at(x), abs=1e-3)


@given(st.integers(0, 299), st.integers(300, 900), st.integers(14, MOST_ROW_PX))
def test_zooming_rows_keeps_the_pitch_under_the_mouse_away_from_the_rims(y, top, other):
    before = RollGeometry(row_px=14).scrolled(0, top)
    after = before.zoomed_rows(other, y)

    if 0 < after.top_px < after.most_top_px:
        assert abs(after.pitch_at(y) - before.pitch_at(y)) <= 1


@given(st.integers(1, 127), st.integers(28, 400))
def test_a_height_leads_back_to_its_velocity(velocity, height):
    lane = LaneGeometry(height, 1, 127)

    assert lane.value_at(lane.y_of(velocity)) == velocity


def test_values_beyond_the_lane_are_its_ends():
    lane = LaneGeometry(100, -8192, 8191)

    assert (lane.value_at(-50), lane.value_at(500)) == (8191, -8192)


def test_spans_are_a_pixel_apart_and_at_least_two_wide():
    geometry = RollGeometry(left_tick=0, px_per_tick=0.1, row_px=14).scrolled(0, 0)
    starts, ends = np.array([0, 100, 200]), np.array([100, 200, 205])

    spans = geometry.note_spans(starts, ends, np.array([127, 126, 125]))

    assert spans.tolist() == [[0, 0, 9, 13], [10, 14, 9, 13], [20, 28, 2, 13]]


def test_what_lies_far_outside_is_cut_at_the_rim():
    geometry = RollGeometry(width=800, left_tick=0, px_per_tick=1.0)

    span = geometry.note_spans(np.array([-(10**9)]), np.array([10**9]), np.array([60]))[0]

    assert (span[0], span[2]) == (-16, 800 + 32 - 1)


def test_a_smaller_grid_keeps_the_middle_row():
    geometry = RollGeometry(height=600).scrolled(0, 500)

    assert geometry.sized(800, 200).pitch_at(100) == geometry.pitch_at(300)


def test_a_span_of_time_fills_the_grid():
    geometry = RollGeometry(width=1000).showing_time(3840, 7680)

    assert geometry.x_of(3840) == pytest.approx(12)
    assert geometry.x_of(7680) == pytest.approx(988)


def test_keys_are_written_with_flats_where_the_key_is():
    assert keyboard_rows(Key.parse("F minor")).names[127 - 61] == "Db4"
    assert keyboard_rows().names[127 - 61] == "C#4"


def test_a_drum_map_has_the_usual_drums_and_those_that_are_played():
    shown = drum_rows([81], {36: "Kick", 81: "Open Triangle"})

    assert shown.names[:2] == ("A#5", "Open Triangle")  # the shaker has no name here
    assert shown.names[-1] == "Kick"
    assert shown.of_pitch[35] == -1
    assert 38 in shown.pitches
