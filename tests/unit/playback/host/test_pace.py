import pytest

from musicgen_desktop.playback.host._pace import Pace
from musicgen_desktop.playback.transport import Playhead
from musicgen_desktop.timing import MasterClock, TempoMap

_RATE = 48_000
_TEMPO = TempoMap.constant(120.0)


def _rolling(**changes):
    given = {"at_s": 100.0, "place": 3840.0, "speed": 1920.0, **changes}
    return MasterClock("rolling", **given)


def test_a_master_at_our_own_tempo_wants_the_place_that_it_names():
    pace = Pace(_rolling, Playhead(clock=1000, place=48_000), _TEMPO, _RATE)

    assert pace.clock_at(100.0) == pytest.approx(1000 + 96_000 - 48_000)
    assert pace.speed_from(pace.clock_at(100.0), 100.0, 1024) == pytest.approx(1.0)


def test_a_faster_master_plays_the_song_faster():
    pace = Pace(lambda: _rolling(speed=1920.0 * 1.05), Playhead(), _TEMPO, _RATE)

    assert pace.speed_from(pace.clock_at(100.0), 100.0, 1024) == pytest.approx(1.05)


def test_what_lags_behind_is_played_faster_and_what_runs_ahead_slower():
    pace = Pace(_rolling, Playhead(), _TEMPO, _RATE)

    assert pace.speed_from(pace.clock_at(100.0) - 48, 100.0, 1024) == pytest.approx(1.0025)
    assert pace.late_s == pytest.approx(0.001)
    assert pace.speed_from(pace.clock_at(100.0) + 48 * 8, 100.0, 1024) == pytest.approx(1.0 - 0.008 / 0.15)


def test_time_code_names_seconds_of_the_timeline():
    pace = Pace(lambda: MasterClock("rolling", "seconds", 100.0, 5.0, 1.0), Playhead(), _TEMPO, _RATE, 2.0)

    assert pace.clock_at(100.5) == pytest.approx(7.5 * _RATE)


def test_a_loop_goes_round_while_the_master_goes_on():
    bar = 96_000
    course = Playhead(clock=500, place=bar, loop=(bar, 2 * bar))
    pace = Pace(lambda: _rolling(place=0.0), course, _TEMPO, _RATE, offset=3840.0)

    for seconds in (0.0, 1.9, 2.0, 5.3):
        clock = pace.clock_at(100.0 + seconds)
        assert clock == pytest.approx(500 + seconds * _RATE)


def test_a_master_that_stops_is_run_on_with_until_the_stop_is_heard():
    known = [_rolling()]
    pace = Pace(lambda: known[0], Playhead(), _TEMPO, _RATE)
    before = pace.clock_at(100.0)
    known[0] = MasterClock("stopped", place=3840.0)

    assert pace.clock_at(100.1) == pytest.approx(before + 4800)


def test_nothing_is_wanted_before_the_master_runs():
    pace = Pace(lambda: MasterClock("waiting"), Playhead(), _TEMPO, _RATE)

    assert pace.clock_at(100.0) is None
    assert pace.speed_from(0.0, 100.0, 1024) == 1.0


def test_a_master_beyond_what_can_be_played_is_told():
    pace = Pace(lambda: _rolling(speed=1920.0 * 1.3), Playhead(), _TEMPO, _RATE)

    assert pace.speed_from(pace.clock_at(100.0), 100.0, 1024) == pytest.approx(1.12)
    assert pace.is_out_of_reach
