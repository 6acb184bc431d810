"""How long a song ran, by a clock that the test sets."""

import pytest

from musicgen_desktop.document import Project
from musicgen_desktop.foundation import StopFlag
from musicgen_desktop.playback.board import BoardReading
from musicgen_desktop.playback.host import SpeakerOpened, StateChanged
from musicgen_desktop.session.controllers.playing import PlayProject, _play
from musicgen_desktop.session.controllers.playing._inbox import Inbox


class Clock:
    now = 100.0

    def monotonic(self):
        return self.now


class PlayingPlayer:
    """Tells these states when it is to play. Every look at it takes a second; the last one stops it all."""

    def __init__(self, inbox, told, looks):
        self._inbox, self._told, self._looks = inbox, told, looks
        self.clock, self.stop = Clock(), StopFlag()

    def set_metronome(self, *, enabled):
        pass

    def play(self, *_place, **_end):
        for state in self._told:
            self._inbox.put(StateChanged(state, 0.0))

    def reading(self):
        self.clock.now += 1.0
        self._looks -= 1
        if not self._looks:
            self.stop.set()
        return BoardReading()


@pytest.fixture
def played(monkeypatch, tmp_path):
    """The report of a song whose player tells these states and is stopped after so many looks."""

    def report_of(*told, looks):
        inbox = Inbox()
        player = PlayingPlayer(inbox, told, looks)
        monkeypatch.setattr(_play, "time", player.clock)
        monkeypatch.setattr(_play, "_LOOK_S", 0.0)
        inbox.put(SpeakerOpened("silent", 48_000, 512, 10.0))
        song = Project.new("Song")
        return PlayProject(tmp_path)._listen(player, song, inbox, lambda *_: None, player.stop)

    return report_of


def test_a_song_that_is_stopped_from_outside_ran_up_to_then(played):
    assert played("locating", "playing", looks=3).played_s == 3.0


def test_what_never_began_did_not_run(played):
    assert played("locating", looks=3).played_s == 0.0


def test_what_comes_after_its_end_does_not_count(played):
    assert played("playing", "stopped", looks=99).played_s == 0.0
