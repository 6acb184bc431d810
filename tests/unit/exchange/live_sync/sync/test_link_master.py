"""A Link session, over one that is played here."""

import sys
from types import SimpleNamespace

import pytest

from musicgen_desktop.exchange.live_sync.sync import FollowWish
from musicgen_desktop.exchange.live_sync.sync._link_master import LinkMaster


class _Link:
    """The session, and the state of it that is read and written."""

    def __init__(self, bpm):
        self.bpm, self.plays = bpm, False

    def clock(self):
        return SimpleNamespace(micros=lambda: 0)

    def captureSessionState(self):  # noqa: N802 - the library's own word
        return self

    def commitSessionState(self, _state):  # noqa: N802
        pass

    def beatAtTime(self, _micros, _quantum):  # noqa: N802
        return 5.0

    def phaseAtTime(self, _micros, quantum):  # noqa: N802
        return 5.0 % quantum

    def tempo(self):
        return self.bpm

    def isPlaying(self):  # noqa: N802
        return self.plays

    def setIsPlaying(self, plays, _micros):  # noqa: N802
        self.plays = plays


@pytest.fixture
def master(monkeypatch):
    monkeypatch.setitem(sys.modules, "link", SimpleNamespace(Link=_Link))
    return LinkMaster(FollowWish("link"))


def test_what_others_start_and_stop_is_news(master):
    before = master.look(1.0)
    master._link.plays = True

    after = master.look(1.1)

    assert (before.plays, after.plays) == (False, True)
    assert after.starts == before.starts + 1


def test_what_we_started_and_stopped_ourselves_is_none(master):
    before = master.look(1.0)

    master.tell(plays=True, at_s=1.1)
    started = master.look(1.2)
    master.tell(plays=False, at_s=1.3)
    stopped = master.look(1.4)

    assert (started.plays, stopped.plays) == (True, False)
    assert before.starts == started.starts == stopped.starts
