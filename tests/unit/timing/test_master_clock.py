import pytest

from musicgen_desktop.timing import MasterClock, MasterClockPage


def test_what_one_side_writes_the_other_reads(tmp_path):
    writer = MasterClockPage.create(tmp_path / "master")
    reader = MasterClockPage.open(tmp_path / "master")
    nothing = reader.read()
    clock = MasterClock("rolling", "ticks", 12.5, 960.0, 1920.0, 3.0, 4, (0.0, 3840.0))

    writer.write(clock)

    assert nothing == MasterClock()
    assert reader.read() == clock


def test_a_rolling_clock_is_known_a_moment_ahead():
    clock = MasterClock("rolling", "ticks", at_s=10.0, place=960.0, speed=1920.0)

    assert clock.place_at(10.5) == pytest.approx(1920.0)
    assert clock.moment_of(1920.0) == pytest.approx(10.5)
    assert clock.bpm == pytest.approx(120.0)


def test_a_clock_that_stands_stays_where_it_is():
    clock = MasterClock("stopped", "seconds", at_s=10.0, place=3.0)

    assert clock.place_at(11.0) == 3.0
    assert clock.bpm is None
    with pytest.raises(ValueError, match="stands"):
        clock.moment_of(4.0)
