"""The song's frames among the JACK server's: a stumble of the server moves both, and no note."""

import pytest

from musicgen_desktop.exchange.live_sync._side_by_side import SideBySide
from musicgen_desktop.timing import ClockReading

RATE = 48_000
APART = 1_000_000


class Server:
    """Its frames stand still for a moment when it stumbles."""

    def __init__(self):
        self.stood_s = 0.0

    def frame_of(self, at_s):
        return round((at_s - self.stood_s) * RATE) + APART


def a_reading(now_s, *, stood_s=0.0, learnt_stood_s=None, jack_clock=1, rate=RATE):
    """The song's frame as it is heard now, by a clock that knows of so much standing still."""
    learnt = stood_s if learnt_stood_s is None else learnt_stood_s
    frame = round(now_s * RATE)
    return ClockReading(now_s, now_s + stood_s, frame, rate, (), 0, now_s + learnt, jack_clock)


@pytest.fixture
def server():
    return Server()


@pytest.fixture
def song(server):
    return SideBySide(server.frame_of, RATE)


def test_without_a_device_of_the_server_s_the_system_s_clock_decides(server, song):
    song.keep(a_reading(5.0, jack_clock=0))

    assert song.frame_of(6.0) == server.frame_of(6.0)


def test_a_frame_of_the_song_is_one_of_the_server(song):
    for step in range(100):
        song.keep(a_reading(step * 0.1))

    assert song.frame_of(10.0) == 10 * RATE + APART


def test_looks_that_are_late_for_some_seconds_move_nothing(song):
    for step in range(300):
        song.keep(a_reading(step * 0.1, learnt_stood_s=0.02 if 100 < step < 180 else 0.0))

    assert song.frame_of(30.0) == 30 * RATE + APART


def test_when_the_server_stumbles_notes_stay_on_their_frames_at_once(server, song):
    for step in range(100):
        song.keep(a_reading(step * 0.1))

    server.stood_s = 0.05
    song.keep(a_reading(10.0, stood_s=0.0))  # nobody has noticed yet

    assert song.frame_of(10.0) == 10 * RATE + APART


def test_after_a_starvation_it_is_learnt_anew(server, song):
    for step in range(100):
        song.keep(a_reading(step * 0.1))

    song.keep(a_reading(10.0, stood_s=0.25, jack_clock=2))

    assert song.frame_of(10.25) == server.frame_of(10.25)
