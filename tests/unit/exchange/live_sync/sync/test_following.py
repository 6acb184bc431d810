"""The thread that listens to a master, over masters that are played here."""

import threading
import time

import pytest

from musicgen_desktop.exchange.live_sync.sync import Following, FollowWish, SyncError, _following
from musicgen_desktop.timing import MasterClock, MasterClockPage

_PATIENCE_S = 20.0


class _Master:
    """Says one thing again and again."""

    def __init__(self, said, *, is_gone=False):
        self.said, self.is_gone = said, is_gone
        self.looked, self.closed = threading.Event(), threading.Event()

    def look(self, _now_s):
        self.looked.set()
        return self.said

    def close(self):
        self.closed.set()


@pytest.fixture
def page(tmp_path):
    return MasterClockPage.create(tmp_path / "master")


@pytest.fixture
def follow(tmp_path, page, monkeypatch):
    """Follow these masters, one after the other; an error stands for one that cannot be opened."""
    begun = []
    assert page.read() == MasterClock()

    def start(*masters, port=""):
        waiting = list(masters)

        def open_next(_wish):
            master = waiting.pop(0) if len(waiting) > 1 else waiting[0]
            if isinstance(master, Exception):
                raise master
            return master

        monkeypatch.setattr(_following, "open_master", open_next)
        monkeypatch.setattr(_following, "_AGAIN_S", 0.01)
        begun.append(Following(tmp_path / "master", FollowWish("clock", port), lambda: False))
        begun[-1].start()
        return begun[-1]

    yield start
    for following in begun:
        following.close()


def test_what_the_master_says_stands_on_the_page_and_nothing_in_the_end(follow, page):
    master = _Master(MasterClock("rolling", speed=1920.0))
    following = follow(master)
    assert master.looked.wait(_PATIENCE_S)
    following.close()

    assert master.closed.is_set()
    assert page.read() == MasterClock()


def test_a_master_that_is_gone_is_opened_anew(follow):
    first, second = _Master(MasterClock("rolling"), is_gone=True), _Master(MasterClock("waiting"))

    follow(first, second)

    assert second.looked.wait(_PATIENCE_S)
    assert first.closed.is_set()


def test_a_port_that_is_not_there_is_told_and_waited_for(follow, page):
    refused = SyncError("It is not there.")
    following = follow(refused, port="Box")
    give_up = time.monotonic() + _PATIENCE_S
    while page.read().state != "lost" and time.monotonic() < give_up:
        threading.Event().wait(0.001)
    told = page.read()
    following.close()
    there = _Master(MasterClock("stopped"))
    follow(refused, there, port="Box")

    assert (told.state, told.problem) == ("lost", "It is not there.")
    assert there.looked.wait(_PATIENCE_S)


def test_a_port_that_fell_silent_is_opened_anew(follow):
    first, second = _Master(MasterClock("lost", problem="Silence.")), _Master(MasterClock("stopped"))

    follow(first, second, port="Box")

    assert second.looked.wait(_PATIENCE_S)
    assert first.closed.is_set()
