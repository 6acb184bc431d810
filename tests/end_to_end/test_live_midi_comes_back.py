"""A MIDI process or a JACK server that dies, and what is sent afterwards; and what is sent on."""

import os
import queue
import signal
import threading
import time

import pytest

from musicgen_desktop.exchange.live_sync import (
    LiveSyncClient,
    MidiProblem,
    Part,
    PortsOpened,
    PortWish,
    SetParts,
    SetPorts,
    SetSong,
    SetThru,
)
from musicgen_desktop.timing import (
    ClockReading,
    HeardCourse,
    Meter,
    MeterMap,
    PlayClock,
    Playhead,
    TempoMap,
)
from tests.fakes.jack_midi_recorder import JackMidiRecorder
from tests.fakes.jack_server import JackServer, missing_programs

pytest.importorskip("jack", reason="JACK-Client is not installed")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(missing_programs()), reason="needs jackd2, which `.ci/run` installs"),
]

WAIT_S = 60
RATE = 48_000


@pytest.fixture
def server(monkeypatch):
    with JackServer(period=256) as started:
        for name in ("JACK_DEFAULT_SERVER", "JACK_NO_START_SERVER"):
            monkeypatch.setenv(name, started.environment[name])
        yield started


@pytest.fixture
def clock_path(tmp_path):
    """A clock by which a loop of half a second runs, for ever."""
    clock, ended = PlayClock.create(tmp_path / "clock"), threading.Event()
    began = time.monotonic()

    def tell():
        loop = HeardCourse(0, Playhead(0, 0, (0, RATE // 2)))
        while not ended.wait(0.01):
            clock.write(ClockReading(time.monotonic(), began, 0, RATE, (loop,)))

    thread = threading.Thread(target=tell)
    thread.start()
    yield tmp_path / "clock"
    ended.set()
    thread.join()
    clock.close()


class Sending:
    """A client that sends a note in each turn of the loop."""

    def __init__(self, clock_path):
        self.events = queue.SimpleQueue()
        self.client = LiveSyncClient(clock_path, self.events.put)
        self.client.send(SetPorts((PortWish("", "out"), PortWish("thru", "thru"))))
        self.client.send(SetSong(TempoMap.constant(120.0), MeterMap.constant(Meter(4, 4))))
        notes = ((0, b"\x90\x3c\x40"), (480, b"\x80\x3c\x00"))
        self.client.send(SetParts((Part("t", "", 0, (), notes),)))

    def wait_for(self, kind, wanted=lambda _: True):
        while True:
            event = self.events.get(timeout=WAIT_S)
            if isinstance(event, kind) and wanted(event):
                return event


@pytest.fixture
def sending(server, clock_path):  # noqa: ARG001 - the server is there first
    made = Sending(clock_path)
    made.wait_for(PortsOpened, lambda event: event.ports and event.ports[0].name)
    yield made
    made.client.close()


def test_a_process_that_is_killed_is_started_again_and_goes_on_sending(server, sending):
    os.kill(sending.client.pid, signal.SIGKILL)

    assert "started again" in sending.wait_for(MidiProblem).sentence
    sending.wait_for(PortsOpened, lambda event: event.ports[0].name)
    with JackMidiRecorder(server) as recorder:
        recorder.connect("MusicGen Desktop:out")
        recorder.wait_for(4)


def test_when_jack_dies_that_is_told_and_when_it_is_back_notes_go_on(server, sending):
    server.kill()

    lost = sending.wait_for(PortsOpened, lambda event: event.ports[0].problem)
    server.start()
    sending.wait_for(PortsOpened, lambda event: event.ports[0].name)

    assert "is gone" in lost.ports[0].problem
    with JackMidiRecorder(server) as recorder:
        recorder.connect("MusicGen Desktop:out")
        recorder.wait_for(4)


def test_what_comes_in_is_sent_on_to_another_port_on_its_channel(server, sending):
    with JackMidiRecorder(server, "mirror", loops=True) as mirror, JackMidiRecorder(server) as recorder:
        mirror.connect("MusicGen Desktop:out")
        recorder.connect("MusicGen Desktop:thru")

        sending.client.send(SetThru("mirror:out", "thru", 5))

        recorder.wait_for(4)
        heard = {data for _, data in recorder.take()}
    assert heard == {b"\x95\x3c\x40", b"\x85\x3c\x00"}
