import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.timing import Grid, Meter, MeterChange, MeterMap, grid_lines, note_ticks

GRIDS = st.builds(Grid, st.integers(1, 4000), st.floats(0.0, 1.0))


@pytest.mark.parametrize(
    ("value", "triplet", "step_ticks"),
    [
        ("1/4", False, 960),
        ("1/16", False, 240),
        ("1/8", True, 320),
        ("1/16T", False, 160),
        ("1/8.", False, 720),
    ],
)
def test_a_grid_is_named_by_its_note_value(value, triplet, step_ticks):
    grid = Grid.of(value, triplet=triplet)

    assert grid.step_ticks == step_ticks


def test_full_swing_makes_triplets_of_pairs():
    grid = Grid.of("1/8", swing=1.0)

    lines = [grid.line(index) for index in range(-1, 4)]

    assert lines == [-320, 0, 640, 960, 1600]


def test_snapping_goes_to_the_nearest_line():
    straight, swung = Grid(240), Grid(240, swing=1.0)

    assert [straight.snap(tick) for tick in (0, 119, 121, 359, -100, -130)] == [0, 0, 240, 240, 0, -240]
    assert [swung.snap(tick) for tick in (150, 170, 390, 410)] == [0, 320, 320, 480]


@given(GRIDS, st.integers(-500, 500))
def test_lines_ascend_and_snap_to_themselves(grid, index):
    line = grid.line(index)

    assert line < grid.line(index + 1)
    assert grid.snap(line) == line
    assert grid.index_of(line) == index


@given(GRIDS, st.integers(-100_000, 100_000))
def test_no_line_is_nearer_than_the_snapped_one(grid, tick):
    index = grid.index_of(tick)

    nearest = min(abs(grid.line(other) - tick) for other in range(index - 3, index + 4))

    assert abs(grid.snap(tick) - tick) == nearest


def test_grid_lines_begin_anew_at_every_bar_line():
    song = MeterMap((MeterChange(1, Meter(7, 8)), MeterChange(2, Meter(4, 4))))

    lines = grid_lines(song, 1000, 6000, 960)

    assert lines == [1920, 2880, 3360, 4320, 5280]


@given(st.integers(-5000, 20_000), st.integers(0, 9000), st.integers(1, 5000))
def test_grid_lines_stay_in_their_span_and_hold_its_bar_lines(start, length, step):
    song = MeterMap((MeterChange(1, Meter(5, 8)), MeterChange(3, Meter(3, 4))))

    lines = grid_lines(song, start, start + length, step)

    assert lines == sorted(set(lines))
    assert all(start <= line < start + length for line in lines)
    bars = [song.tick_of_bar(bar) for bar in range(-5, 20)]
    assert {bar for bar in bars if start <= bar < start + length} <= set(lines)


@pytest.mark.parametrize("value", ["", "1/3", "4", "1/16X", "2/4", "1/256"])
def test_an_unknown_note_value_is_explained(value):
    with pytest.raises(UserInputError, match="note value"):
        note_ticks(value)


def test_impossible_grids_are_refused():
    for step_ticks, swing in ((0, 0.0), (240, 1.1), (240, -0.1), (240, float("nan"))):
        with pytest.raises(ValueError, match=r"grid|swing"):
            Grid(step_ticks, swing)
    with pytest.raises(ValueError, match="grid"):
        grid_lines(MeterMap.constant(Meter(4, 4)), 0, 10, 0)
