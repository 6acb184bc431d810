from hypothesis import given
from hypothesis import strategies as st

from musicgen_desktop.timing import PPQ, Meter, MeterChange, MeterMap, TempoMap
from musicgen_desktop.ui.bridges import SNAP_CHOICES, Snap, text_of_place, text_of_time

METERS = MeterMap((MeterChange(1, Meter(4, 4)), MeterChange(3, Meter(7, 8))))


def test_a_place_lands_on_the_nearest_sixteenth():
    snap = Snap("1/16")

    assert snap.snapped(119, 1.0, METERS) == 0
    assert snap.snapped(121, 1.0, METERS) == 240


def test_the_modifier_leaves_the_place_as_it_is():
    assert Snap("bar").snapped(1234.4, 1.0, METERS, bypass=True) == 1234


def test_bars_of_another_meter_begin_the_grid_anew():
    third = METERS.tick_of_bar(3)

    assert Snap("bar").snapped(third + 1900, 1.0, METERS) == third + 3360
    assert Snap("1/2").snapped(third + 3000, 1.0, METERS) == third + 3360


def test_triplets_are_three_where_there_were_two():
    snap = Snap("1/8")
    snap.set_triplets(True)

    assert [snap.snapped(tick, 1.0, METERS) for tick in (300, 700, 900)] == [320, 640, 960]


def test_the_adaptive_grid_grows_coarser_as_one_zooms_out():
    snap = Snap("adaptive")

    steps = [snap.step_ticks(px, METERS) for px in (1.0, 0.05, 0.02, 0.001)]

    assert steps == [PPQ // 8, PPQ // 4, PPQ, 4 * PPQ]


@given(st.sampled_from(SNAP_CHOICES), st.booleans(), st.integers(0, 10**6), st.floats(0.0001, 2.0))
def test_what_is_snapped_stays_where_it_is(choice, triplets, tick, px_per_tick):
    snap = Snap(choice)
    snap.set_triplets(triplets)

    once = snap.snapped(tick, px_per_tick, METERS)

    assert snap.snapped(once, px_per_tick, METERS) == once


def test_places_are_written_as_bars_and_as_time():
    assert text_of_place(4 * PPQ + 960 + 240, METERS) == "2.2.240"
    assert text_of_time(4 * PPQ, TempoMap.constant(82.0)) == "0:02.927"
