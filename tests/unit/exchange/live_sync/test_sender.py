"""Messages leave at their moments, in order, through the port they are for, and none is left in it."""

import queue
import threading
import time
from itertools import pairwise

import pytest

from musicgen_desktop.exchange.live_sync import Due
from musicgen_desktop.exchange.live_sync._sender import Sender
from musicgen_desktop.timing import ClockReading, HeardCourse, PlayClock, Playhead

WAIT_S = 30
RATE = 48_000


class Port:
    """Keeps what is sent, and when."""

    system = "none"

    def __init__(self, name="port", lead_s=0.0):
        self.name, self.lead_s = name, lead_s
        self.lost = 0
        self.sent = queue.SimpleQueue()
        self.is_closed = False

    def keep(self, reading):
        pass

    def send(self, at_s, data):
        self.sent.put((at_s, data, time.monotonic()))

    def check(self):
        pass

    def close(self):
        self.is_closed = True

    def take(self, count):
        return [self.sent.get(timeout=WAIT_S) for _ in range(count)]


class Source:
    """Says what it was given when it is asked for the first time, and what it holds when it ends."""

    def __init__(self, *dues, held=()):
        self.dues, self.held, self.passages = list(dues), list(held), []

    def due(self, passages):
        self.passages += passages
        dues, self.dues = self.dues, []
        return dues

    def ending(self, now_s, port=None):
        return [Due(now_s, 0, key, data) for key, data in self.held if port in (None, key)]


@pytest.fixture
def clock(tmp_path):
    writer = PlayClock.create(tmp_path / "clock")
    yield writer
    writer.close()


@pytest.fixture
def start(clock):
    """Starts senders with a source and ports by their keys."""
    started = []

    def begin(source, **ports):
        sender = Sender(clock, [source])
        for key, (port, offset_s) in ports.items():
            sender.add_port(key, port, offset_s)
        sender.start()
        started.append(sender)
        return sender

    yield begin
    for sender in started:
        if sender.is_running:
            sender.end()


def test_messages_leave_in_the_order_of_their_moments_and_never_before_them(start):
    now, port = time.monotonic() + 0.05, Port()
    dues = [Due(now + 0.002 * number, 0, "a", bytes((0x90, number, 1))) for number in range(20)]

    start(Source(*reversed(dues)), a=(port, 0.0))

    sent = port.take(20)
    assert [data[1] for _, data, _ in sent] == list(range(20))
    assert all(left >= at for at, _, left in sent)


def test_what_ends_leaves_before_what_begins_at_the_same_moment(start):
    at, port = time.monotonic() + 0.03, Port()

    start(Source(Due(at, 3, "a", b"\x90\x3c\x40"), Due(at, 0, "a", b"\x80\x3c\x00")), a=(port, 0.0))

    assert [data[0] for _, data, _ in port.take(2)] == [0x80, 0x90]


def test_each_port_has_its_offset_and_is_told_as_early_as_it_needs(start):
    at, late, early = time.monotonic() + 0.2, Port(), Port(lead_s=0.1)
    dues = (Due(at, 0, "late", b"\x90\x01\x01"), Due(at, 0, "early", b"\x90\x02\x01"))

    start(Source(*dues), late=(late, 0.05), early=(early, 0.0))

    (leave, _, left), (named, _, told) = late.take(1)[0], early.take(1)[0]
    assert (round(leave - at, 6), named) == (0.05, at)
    assert left >= at + 0.05
    assert told >= at - 0.1


def test_a_port_that_is_dropped_is_let_go_of_and_closed(start):
    port = Port()
    sender = start(Source(held=[("a", b"\x80\x3c\x00"), ("b", b"\x80\x3d\x00")]), a=(port, 0.0))

    sender.post(lambda: sender.drop_port("a"))

    assert port.take(1)[0][1] == b"\x80\x3c\x00"
    sender.end()
    assert port.is_closed
    assert port.sent.empty()


def test_an_offset_that_is_changed_holds_for_what_waits_as_well(start):
    at, port = time.monotonic() + 600.0, Port()
    source = Source(Due(at, 3, "a", b"\x90\x3c\x40"), Due(at - 1.0, 3, "a", b"\x90\x3e\x40"))
    sender = start(source, a=(port, 600.0))
    while source.dues:
        time.sleep(0)

    sender.post(lambda: sender.add_port("a", port, -600.0))

    sent = [(round(leave - at, 6), data[1]) for leave, data, _ in port.take(2)]
    assert sent == [(-601.0, 0x3E), (-600.0, 0x3C)]


def test_what_is_handed_over_just_before_the_end_is_still_done(start):
    port = Port()
    sender = start(Source(), a=(port, 0.0))
    begun, go = threading.Event(), threading.Event()

    def hold_up():
        begun.set()
        go.wait(WAIT_S)

    sender.post(hold_up)
    begun.wait(WAIT_S)
    ending = threading.Thread(target=sender.end)
    ending.start()
    while not sender._is_ending:
        time.sleep(0)
    sender.post(lambda: sender.send("a", b"\x80\x3c\x00"))
    go.set()
    ending.join()

    assert port.sent.get_nowait()[1] == b"\x80\x3c\x00"


def test_at_its_end_notes_that_have_not_begun_never_do_and_those_that_have_end(start):
    at, port = time.monotonic() + 600.0, Port()
    source = Source(Due(at, 3, "a", b"\x90\x3c\x40"), held=[("a", b"\x80\x3e\x00")])
    sender = start(source, a=(port, 0.0))
    sender.post(lambda: sender.send("a", b"\xb0\x07\x64"))
    assert port.take(1)[0][1] == b"\xb0\x07\x64"

    sender.end()

    assert [port.sent.get_nowait()[1]] == [b"\x80\x3e\x00"]
    assert port.sent.empty()
    assert port.is_closed


def test_what_is_for_no_open_port_is_passed_over(start):
    at, port = time.monotonic(), Port()

    sender = start(
        Source(Due(at, 0, "gone", b"\x90\x01\x01"), Due(at, 0, "a", b"\x90\x02\x01")), a=(port, 0.0)
    )

    assert port.take(1)[0][1] == b"\x90\x02\x01"
    assert sender.messages == 1


def test_sources_are_asked_without_a_gap_for_what_the_clock_tells(clock, start):
    now = time.monotonic()
    clock.write(ClockReading(now + 60.0, now, 0, RATE, (HeardCourse(0, Playhead()),)))
    source, asked = Source(), queue.SimpleQueue()
    sender = start(source)

    while len(source.passages) < 5:
        sender.post(lambda: asked.put(None))
        asked.get(timeout=WAIT_S)
    sender.end()

    assert all(after.place == before.place + before.frames for before, after in pairwise(source.passages))


def test_a_source_that_fails_ends_the_thread_which_lets_go_first(start, monkeypatch):
    monkeypatch.setattr("threading.excepthook", lambda _: None)
    port = Port()

    class Broken(Source):
        def due(self, passages):
            raise ValueError(len(passages))

    sender = start(Broken(held=[("a", b"\x80\x3c\x00")]), a=(port, 0.0))

    assert port.take(1)[0][1] == b"\x80\x3c\x00"
    sender.end()
    assert not sender.is_running
