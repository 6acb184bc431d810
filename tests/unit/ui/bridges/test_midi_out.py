"""What the window hears of live MIDI."""

import pytest

from musicgen_desktop.document import MidiOutput, NotesClip, Project, Track
from musicgen_desktop.music import Note
from musicgen_desktop.session.controllers.live_midi import MidiProblem, OpenedPort, PortsOpened
from musicgen_desktop.timing import PlayClock
from musicgen_desktop.ui.bridges import MidiOutBridge

WAIT_MS = 30_000


@pytest.fixture
def bridge(qtbot):  # noqa: ARG001 - signals need the application
    made = MidiOutBridge()
    yield made
    made.close()


@pytest.fixture
def clock_path(tmp_path):
    clock = PlayClock.create(tmp_path / "clock")
    yield tmp_path / "clock"
    clock.close()


@pytest.fixture
def song():
    clip = NotesClip("c", "Notes", 0, 3840, (Note(0, 960, 60, 90),))
    return Project.new("Song").with_track(Track("t", "Lead", "notes", clips=(clip,)))


def test_no_process_is_started_while_no_track_sends(bridge, clock_path, song):
    bridge.open(clock_path, song)

    bridge.close()

    assert bridge.client is None
    assert bridge.ports == ()


def test_a_track_that_sends_opens_a_port_or_tells_why_not(qtbot, bridge, clock_path, song):
    bridge.open(clock_path, song)
    assert bridge.client.pid is None

    with qtbot.waitSignal(bridge.ports_changed, timeout=WAIT_MS):
        bridge.show(song.with_track(song.track("t").sent_to(MidiOutput())))

    assert bridge.client.pid is not None
    assert [port.key for port in bridge.ports] == [""]
    assert all(port.name or port.problem for port in bridge.ports)


def test_a_port_that_is_lost_is_told_once(bridge):
    told = []
    bridge.problem.connect(told.append)
    lost = PortsOpened((OpenedPort("", "", "JACK", "The MIDI output “Song” is gone."),))

    bridge._event.emit(lost)
    bridge._event.emit(lost)
    bridge._event.emit(MidiProblem("Something else."))

    assert told == ["The MIDI output “Song” is gone.", "Something else."]
