"""Clocks as the sending thread asks for them: passages in, messages for ports out."""

from musicgen_desktop.exchange.live_sync.sync import ClockSource, TimecodeSource
from musicgen_desktop.timing import Passage, TempoMap

RATE = 48_000


def _passage(at_s, seconds, place, *, rolls=True, begins=False, counts_in=False):
    return Passage(
        at_s,
        seconds,
        place,
        round(seconds * RATE) if rolls else 0,
        1.0 / RATE if rolls else 0.0,
        RATE,
        begins=begins,
        counts_in=counts_in,
    )


def test_clock_goes_to_all_its_ports_and_stops_with_the_song():
    source = ClockSource(("a", "b"), TempoMap.constant(120.0))

    rolling = source.due([_passage(1.0, 0.5, 0, begins=True)])
    resting = source.due([_passage(1.5, 0.5, 24_000, rolls=False, begins=True)])

    assert [each.data for each in rolling if each.port == "a"] == [b"\xfa", *[b"\xf8"] * 24]
    assert [each.data for each in rolling if each.port == "b"] == [b"\xfa", *[b"\xf8"] * 24]
    assert [(each.port, each.data) for each in resting] == [("a", b"\xfc"), ("b", b"\xfc")]


def test_a_count_in_is_not_clocked():
    source = ClockSource(("a",), TempoMap.constant(120.0))

    counted = source.due([_passage(1.0, 0.5, 0, begins=True, counts_in=True)])
    sounding = source.due([_passage(1.5, 0.5, 24_000)])

    assert counted == []
    assert [each.data for each in sounding[:2]] == [b"\xf2\x04\x00", b"\xfb"]


def test_what_runs_is_stopped_before_the_port_closes():
    source = ClockSource(("a",), TempoMap.constant(120.0))
    source.due([_passage(1.0, 0.5, 0, begins=True)])

    assert [each.data for each in source.ending(1.2)] == [b"\xfc"]
    assert source.ending(1.3) == []


def test_where_a_port_closes_its_machine_is_stopped_and_the_others_run_on():
    source = ClockSource(("a", "b"), TempoMap.constant(120.0))
    source.due([_passage(1.0, 0.5, 0, begins=True)])

    assert [(each.port, each.data) for each in source.ending(1.2, "a")] == [("a", b"\xfc")]
    assert source.ending(1.2, "another") == []
    assert {each.data for each in source.due([_passage(1.5, 0.5, 24_000)])} == {b"\xf8"}


def test_another_tempo_is_told_with_the_place():
    source = ClockSource(("a",), TempoMap.constant(120.0))
    source.due([_passage(1.0, 0.5, 0, begins=True)])

    source.set_tempo(TempoMap.constant(60.0))
    after = source.due([_passage(1.5, 1.0, 24_000)])

    assert [each.data for each in after if each.data != b"\xf8"] == [b"\xfc", b"\xf2\x02\x00", b"\xfb"]
    assert sum(each.data == b"\xf8" for each in after) == 24


def test_time_code_names_where_a_song_stands_and_then_runs():
    source = TimecodeSource(("a",), "25", 3600.0)

    stands = source.due([_passage(1.0, 0.1, 2 * RATE, rolls=False, begins=True)])
    runs = source.due([_passage(1.1, 0.5, 2 * RATE, begins=True)])

    assert [each.data[5:9] for each in stands] == [bytes((0x21, 0, 2, 0))]
    assert sum(each.data[0] == 0xF1 for each in runs) == 50
    assert source.ending(2.0) == []


def test_without_a_device_nothing_is_sent():
    assert ClockSource(("a",), TempoMap.constant(120.0)).due([]) == []
    assert TimecodeSource(("a",), "25", 0.0).due([]) == []
