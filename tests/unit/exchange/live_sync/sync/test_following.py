"""The thread that listens to a master, over masters that are played here."""

import sys
import threading
import time
from types import SimpleNamespace

import pytest

from musicgen_desktop.exchange.live_sync.sync import Following, FollowWish, SyncError, _following
from musicgen_desktop.timing import PPQ, MasterClock, MasterClockPage
from tests.fakes.link_session import LinkSession

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


def test_the_bar_of_a_link_session_becomes_another_while_it_is_followed(tmp_path, page, monkeypatch):
    monkeypatch.setitem(sys.modules, "link", SimpleNamespace(Link=LinkSession))
    file = tmp_path / "master"
    following = Following(file, FollowWish("link"), lambda: False)
    following.start()
    before = _bar_other_than(None, page)
    changed = following.change_bar(file, FollowWish("link", bpm=90.0, quantum=3.0))
    after = _bar_other_than(before, page)
    following.close()

    assert changed
    assert (before, after) == ((4.0 * PPQ, 4.0 * PPQ), (3.0 * PPQ, 3.0 * PPQ))


def _bar_other_than(bar, page):
    give_up = time.monotonic() + _PATIENCE_S
    while page.read().bar == bar and time.monotonic() < give_up:
        threading.Event().wait(0.001)
    return page.read().bar


@pytest.mark.parametrize(
    ("name", "wish"), [("another", FollowWish("link")), ("master", FollowWish("link", offset_ms=5.0))]
)
@pytest.mark.usefixtures("page")
def test_another_master_or_page_is_not_only_another_bar(tmp_path, name, wish):
    following = Following(tmp_path / "master", FollowWish("link"), lambda: False)

    assert not following.change_bar(tmp_path / name, wish)
