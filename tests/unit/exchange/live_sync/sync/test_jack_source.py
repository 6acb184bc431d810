"""The transport of a JACK server that is played here, as the song is heard."""

import pytest

from musicgen_desktop.exchange.live_sync.sync import _jack_source
from musicgen_desktop.exchange.live_sync.sync._jack_source import JackSource
from musicgen_desktop.timing import Passage

RATE = 48_000


class _Client:
    """Keeps what the server is told."""

    blocksize, samplerate = 512, RATE

    def __init__(self):
        self.told = []

    def set_shutdown_callback(self, callback):
        self.shut_down = callback

    def activate(self):
        pass

    def deactivate(self):
        self.told.append("deactivate")

    def close(self):
        self.told.append("close")

    def transport_locate(self, frame):
        self.told.append(frame)

    def transport_start(self):
        self.told.append("start")

    def transport_stop(self):
        self.told.append("stop")


@pytest.fixture
def client(monkeypatch):
    made = _Client()
    monkeypatch.setattr(_jack_source, "jack_module", lambda: None)
    monkeypatch.setattr(_jack_source, "open_client", lambda _module, _purpose: made)
    return made


@pytest.fixture
def source(client):
    made = JackSource()
    assert client.told == []
    return made


def _passage(place, *, rolls=True, begins=False, counts_in=False):
    """Long ago, so that what is told in time is told at once."""
    frames, frame_s = (RATE, 1.0 / RATE) if rolls else (0, 0.0)
    return Passage(0.0, 1.0, place, frames, frame_s, RATE, begins=begins, counts_in=counts_in)


def test_the_server_starts_and_stops_with_the_song(client, source):
    source.due([_passage(0, rolls=False, begins=True)])
    client.told.clear()

    source.due([_passage(RATE, begins=True)])
    source.due([_passage(2 * RATE)])
    source.due([_passage(3 * RATE, rolls=False, begins=True)])

    assert client.told == [RATE, "start", "stop", 3 * RATE]


def test_a_song_that_runs_already_starts_the_server_once(client, source):
    source.due([_passage(RATE)])
    source.due([_passage(2 * RATE)])

    assert client.told == [RATE, "start"]


def test_a_song_that_stands_leaves_the_server_as_it_is(client, source):
    source.due([_passage(RATE, rolls=False)])

    assert client.told == []


def test_a_count_in_that_runs_already_starts_nothing(client, source):
    source.due([_passage(RATE, counts_in=True)])
    before = list(client.told)
    source.due([_passage(2 * RATE, begins=True)])

    assert before == []
    assert client.told == [2 * RATE, "start"]


def test_a_server_that_has_ended_is_told_nothing(client, source):
    client.shut_down(0, "It ended.")

    source.due([_passage(RATE, begins=True)])
    source.ending(1.0)
    source.close()

    assert client.told == ["close"]
