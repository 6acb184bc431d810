"""A Link session, over one that is played here."""

import sys
from types import SimpleNamespace

import pytest

from musicgen_desktop.exchange.live_sync.sync import FollowWish
from musicgen_desktop.exchange.live_sync.sync._link_master import LinkMaster
from musicgen_desktop.timing import PPQ
from tests.fakes.link_session import LinkSession


@pytest.fixture
def master(monkeypatch):
    monkeypatch.setitem(sys.modules, "link", SimpleNamespace(Link=LinkSession))
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


def test_its_bar_may_become_another(master):
    before = master.look(1.0)
    master.quantum = 3.0

    assert (before.bar, master.look(1.1).bar) == ((4.0 * PPQ, 4.0 * PPQ), (3.0 * PPQ, 3.0 * PPQ))
