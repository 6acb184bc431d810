"""What is sent and followed in the process that does both, over a clock, a sender and masters of our own."""

import time

import pytest

from musicgen_desktop.exchange.live_sync.sync import FollowWish, SyncError, SyncHands, _hands
from musicgen_desktop.timing import ClockReading, HeardCourse, Playhead

RATE = 48_000
SILENCE = HeardCourse(0, None, 0)


class _Clock:
    def __init__(self):
        self.reading = ClockReading()

    def read(self):
        return self.reading

    def hear(self, *courses):
        """These courses, of which the ear is at frame 1000."""
        now = time.monotonic()
        # So slow a device that the ear is still there however long the test takes.
        self.reading = ClockReading(now + 600.0, now, 1000, 1, courses)


class _Jack:
    """Stands in for a source that moves the JACK server's transport."""

    is_gone = is_closed = has_ended = False

    def ending(self, _now_s, port=None):
        self.has_ended = port is None

    def close(self):
        self.is_closed = True


class _Following:
    """Nobody; keeps how it asks whether our song runs."""

    begun = []  # noqa: RUF012 - emptied by the fixture

    def __init__(self, _page, wish, plays):
        self.wish, self.plays, self.is_closed = wish, plays, False
        _Following.begun.append(self)

    def change_bar(self, _page, wish):
        return wish.kind == self.wish.kind

    def start(self):
        pass

    def close(self):
        self.is_closed = True


class _Sender:
    """Does at once what it is handed."""

    def __init__(self):
        self.sources = []

    def post(self, work):
        work()

    def drop_source(self, source):
        if source in self.sources:
            self.sources.remove(source)
            source.ending(0.0)


@pytest.fixture
def clock():
    return _Clock()


@pytest.fixture
def sender():
    return _Sender()


@pytest.fixture
def hands(clock, sender, monkeypatch):
    monkeypatch.setattr(_hands, "Following", _Following)
    _Following.begun = []
    return SyncHands(sender, clock)


@pytest.fixture
def plays(hands):
    hands.follow("page", FollowWish("link"))
    return _Following.begun[-1].plays


@pytest.fixture
def jacks(monkeypatch):
    """Those that were opened."""
    opened = []

    def open_one():
        opened.append(_Jack())
        return opened[-1]

    monkeypatch.setattr(_hands, "JackSource", open_one)
    return opened


def _rolling(frame):
    return HeardCourse(frame, Playhead(0, 0))


def test_a_song_plays_from_when_it_is_heard_to_when_it_is_silent(clock, plays):
    clock.hear(SILENCE, _rolling(100_000))
    waits = plays()
    clock.hear(_rolling(0))
    runs = plays()
    clock.hear(_rolling(0), HeardCourse(900, None, 0))

    assert (waits, runs, plays()) == (False, True, False)


def test_a_song_that_has_jumped_and_waits_for_its_bar_still_plays(clock, plays):
    clock.hear(_rolling(0))
    plays()

    clock.hear(HeardCourse(900, None, 0), _rolling(100_000))

    assert plays()


def test_a_song_without_a_device_does_not_play(clock, plays):
    clock.hear(_rolling(0))
    plays()

    clock.reading = ClockReading()

    assert not plays()


def test_the_jack_transport_runs_on_when_other_clocks_change(hands, sender, jacks):
    hands.send((), (), "25", 0.0, jack=True)
    hands.send(("box",), (), "25", 0.0, jack=True)
    hands.send((), ("box",), "30", 0.0, jack=True)

    (jack,) = jacks
    assert not jack.has_ended
    assert sender.sources.count(jack) == 1
    assert len(sender.sources) == 2


def test_the_jack_transport_is_let_go_when_it_is_switched_off(hands, sender, jacks):
    hands.send((), (), "25", 0.0, jack=True)
    hands.send((), (), "25", 0.0, jack=False)

    assert jacks[0].has_ended
    assert jacks[0].is_closed
    assert sender.sources == []


def test_a_server_that_has_ended_is_looked_for_anew(hands, sender, jacks):
    hands.send((), (), "25", 0.0, jack=True)
    jacks[0].is_gone = True
    hands.send(("box",), (), "25", 0.0, jack=True)

    assert jacks[0].is_closed
    assert sender.sources[-1] is jacks[1]


def test_why_the_jack_transport_does_not_move_is_the_answer(hands, sender, jacks, monkeypatch):
    moves = hands.send((), (), "25", 0.0, jack=True)

    def refuse():
        raise SyncError("No JACK server runs here.")

    monkeypatch.setattr(_hands, "JackSource", refuse)
    hands.send((), (), "25", 0.0, jack=False)
    refused = hands.send(("box",), (), "25", 0.0, jack=True)

    assert (moves, refused) == ("", "No JACK server runs here.")
    assert len(jacks) == len(sender.sources) == 1


def test_a_session_is_not_left_for_another_bar(hands):
    hands.follow("page", FollowWish("link"))
    hands.follow("page", FollowWish("link", quantum=3.0))
    (only,) = _Following.begun
    was_left = only.is_closed
    hands.follow("page", FollowWish("jack"))

    assert not was_left
    assert only.is_closed
    assert len(_Following.begun) == 2
