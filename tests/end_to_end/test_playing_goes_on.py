"""What may go wrong while a song plays: a process is killed, the sound server ends or comes back changed."""

import os
import signal
import time

import pytest

from musicgen_desktop.session.bench import wide_song
from musicgen_desktop.session.controllers.playing import (
    Inbox,
    OpenSpeaker,
    PlanTaken,
    Player,
    Problem,
    SpeakerLost,
    SpeakerOpened,
    SpeakerSettings,
    StateChanged,
)
from tests.fakes.jack_server import JackServer, missing_programs

WAIT_S = 60
SILENT = OpenSpeaker(SpeakerSettings(device="silent"))

needs_jack = pytest.mark.skipif(bool(missing_programs()), reason="needs jackd2, which `.ci/run` installs")


def is_playing(event):
    return event.state == "playing"


@pytest.fixture
def inbox():
    return Inbox()


@pytest.fixture
def player(inbox):
    player = Player(wide_song(4), None, on_event=inbox.put)
    yield player
    player.close()


def reading_when(player, inbox, holds):
    """Wait until what the player reads is so; fails when it does not come to be."""
    give_up = time.monotonic() + WAIT_S
    while not holds(reading := player.reading()):
        assert time.monotonic() < give_up, reading
        inbox.taken(0.05)
    return reading


def place_beyond(player, inbox, frames):
    """Wait until the song is heard behind this frame."""
    return reading_when(player, inbox, lambda reading: reading.place >= frames).place


def test_a_killed_playback_process_goes_on_where_the_ear_was(player, inbox):
    player.open(SILENT)
    player.play(0.0)
    inbox.wait_for(StateChanged, WAIT_S, is_playing)
    place = place_beyond(player, inbox, 24_000)
    killed = player.pid

    os.kill(killed, signal.SIGKILL)
    problem = inbox.wait_for(Problem, WAIT_S)
    again = inbox.wait_for(StateChanged, WAIT_S, is_playing)

    assert player.pid != killed
    assert "started again" in problem.sentence
    assert again.tick >= 0
    assert place_beyond(player, inbox, place + 12_000) < place + 5 * 48_000
    assert player.reading().late_frames == 0


def test_a_process_that_is_killed_at_rest_stands_where_it_stood(player, inbox):
    player.open(SILENT)
    inbox.wait_for(PlanTaken, WAIT_S)
    player.locate(3840.0)
    place = place_beyond(player, inbox, 1)

    os.kill(player.pid, signal.SIGKILL)
    inbox.wait_for(Problem, WAIT_S)
    inbox.wait_for(PlanTaken, WAIT_S)
    player.play()
    inbox.wait_for(StateChanged, WAIT_S, is_playing)

    assert place_beyond(player, inbox, place) < place + 5 * 48_000


def test_an_edit_reaches_a_process_that_was_started_again(player, inbox):
    player.open(SILENT)
    player.play(0.0)
    inbox.wait_for(StateChanged, WAIT_S, is_playing)
    os.kill(player.pid, signal.SIGKILL)
    inbox.wait_for(StateChanged, WAIT_S, is_playing)
    song = wide_song(4)

    player.show(song.with_track(song.tracks[0].muted_as(muted=True)))
    inbox.wait_for(PlanTaken, WAIT_S)

    reading_when(player, inbox, lambda reading: not reading.levels[0].any() and reading.levels[1:4].any())


@needs_jack
@pytest.mark.parametrize("rate", [48_000, 44_100])
def test_a_server_that_ended_is_told_of_and_played_through_when_it_is_back(monkeypatch, player, inbox, rate):
    with JackServer(512) as server:
        for name in ("JACK_DEFAULT_SERVER", "JACK_NO_START_SERVER"):
            monkeypatch.setenv(name, server.environment[name])
        player.open(OpenSpeaker(SpeakerSettings(host_api="JACK")))
        player.play(0.0)
        inbox.wait_for(StateChanged, WAIT_S, is_playing)
        place_beyond(player, inbox, 24_000)

        server.kill()
        stopped = inbox.wait_for(StateChanged, WAIT_S, lambda event: event.state == "stopped")
        lost = inbox.wait_for(SpeakerLost, WAIT_S)
        server.rate = rate
        server.start()
        opened = inbox.wait_for(SpeakerOpened, WAIT_S)
        player.play()
        inbox.wait_for(StateChanged, WAIT_S, is_playing)

        place = player.reading().place
        assert stopped.tick > 0
        assert lost.sentence.endswith(".")
        assert opened.rate == rate
        assert place_beyond(player, inbox, place + rate // 2) < place + 5 * rate
