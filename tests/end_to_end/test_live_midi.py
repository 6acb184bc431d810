"""Notes that are sent live reach a program that is not ours: all of them, in order, and every one ends."""

import os
import queue
import signal
import subprocess
from itertools import pairwise

import msgspec
import pytest

from musicgen_desktop.document import LoopRange, MidiOutput, NotesClip, Project, Track
from musicgen_desktop.exchange.live_sync import _loopback
from musicgen_desktop.foundation import MusicgenDesktopError, StopFlag, UserInputError, own_program
from musicgen_desktop.music import Control, Note, Patch
from musicgen_desktop.session.controllers.live_midi import LiveMidi, LiveSyncClient, MeasureMidi, SendMidi
from musicgen_desktop.session.controllers.playing import Inbox, OpenSpeaker, Player, SpeakerSettings
from musicgen_desktop.storage import save_project
from musicgen_desktop.timing import PPQ
from tests.fakes.jack_midi_recorder import JackMidiRecorder
from tests.fakes.jack_server import JackServer, missing_programs

pytest.importorskip("jack", reason="JACK-Client is not installed")
pytestmark = pytest.mark.skipif(bool(missing_programs()), reason="needs jackd2, which `.ci/run` installs")

BAR = 4 * PPQ
MELODY = [Note(step * PPQ // 2, PPQ // 2, 60 + step % 12, 80) for step in range(16)]
DRUMS = [Note(step * PPQ, PPQ // 4, 36, 100) for step in range(8)]
WHEEL = [Control(0, "cc", 1, 10), Control(BAR, "cc", 1, 90), Control(BAR + PPQ, "pitch_bend", 0, 4096)]


@pytest.fixture
def server(monkeypatch):
    with JackServer(period=256) as started:
        for name in ("JACK_DEFAULT_SERVER", "JACK_NO_START_SERVER"):
            monkeypatch.setenv(name, started.environment[name])
        yield started


@pytest.fixture
def recorder(server):
    with JackMidiRecorder(server) as started:
        yield started


@pytest.fixture
def folder(tmp_path):
    """Two bars in two seconds: a melody with a wheel, and drums."""
    melody = NotesClip("m", "Melody", 0, 2 * BAR, tuple(MELODY), tuple(WHEEL))
    drums = NotesClip("d", "Beat", 0, 2 * BAR, tuple(DRUMS))
    return saved(
        tmp_path,
        Track("lead", "Lead", "notes", clips=(melody,), patch=Patch("general_midi", program=73)),
        Track("kit", "Kit", "notes", clips=(drums,), patch=Patch("general_midi", is_drums=True)),
    )


def saved(tmp_path, *tracks):
    project = Project.new("Live", 240.0)
    for track in tracks:
        project = project.with_track(track)
    save_project(project, tmp_path / "Live.mgproj")
    return tmp_path / "Live.mgproj"


def kinds(heard, kind):
    """Messages of a kind; with a channel in it, of that one."""
    mask = 0xFF if kind & 0x0F else 0xF0
    return [data for _, data in heard if data[0] & mask == kind]


def still_down(heard):
    """Keys that were struck and not let go."""
    down = set()
    for _, data in heard:
        key = data[0] & 0x0F, data[1]
        if data[0] & 0xF0 == 0x90:
            assert key not in down
            down.add(key)
        elif data[0] & 0xF0 == 0x80:
            down.discard(key)
    return down


def test_every_message_arrives_once_in_order_and_every_note_ends(folder, recorder):
    report = SendMidi(folder, virtual="out", on_ports=lambda _: recorder.connect(":out")).run()
    heard = recorder.take()

    assert [(port.name, port.system) for port in report.ports] == [("MusicGen Desktop:out", "JACK")]
    assert (report.messages, report.lost) == (len(heard), 0)
    assert [data for data in kinds(heard, 0x90) if data[0] == 0x90] == [
        bytes((0x90, note.pitch, 80)) for note in MELODY
    ]
    assert [data for data in kinds(heard, 0x90) if data[0] == 0x99] == [b"\x99\x24\x64"] * len(DRUMS)
    assert kinds(heard, 0xB0) == [bytes((0xB0, 1, 10)), bytes((0xB0, 1, 90))]
    assert kinds(heard, 0xE0) == [bytes((0xE0, 0, 0x60))]
    assert set(kinds(heard, 0xC0)) == {bytes((0xC0, 73)), bytes((0xC9, 0))}
    assert all(after >= before for (before, _), (after, _) in pairwise(heard))
    assert still_down(heard) == set()


def test_a_long_song_is_sent_from_its_first_note_on(tmp_path, recorder):
    beginning = [Note(step * PPQ, PPQ // 2, 60 + step, 80) for step in range(8)]
    rest = [Note(100 * BAR + step * PPQ, PPQ // 2, 80, 80) for step in range(20_000)]
    clip = NotesClip("m", "Long", 0, 6000 * BAR, (*beginning, *rest))
    folder = saved(tmp_path, Track("long", "Long", "notes", clips=(clip,)))
    stop = StopFlag()

    def look(_done, _stage):
        if len(kinds(recorder.take(), 0x90)) >= 2:
            stop.set()

    SendMidi(folder, virtual="out", on_ports=lambda _: recorder.connect(":out")).run(look, stop)

    pitches = [data[1] for data in kinds(recorder.take(), 0x90)]
    assert pitches == [60 + step for step in range(len(pitches))]


@pytest.mark.slow
def test_a_loop_goes_round_until_it_is_stopped_and_nothing_hangs(tmp_path, recorder):
    long_note = NotesClip("m", "Pad", 0, 2 * BAR, (Note(0, 2 * BAR, 60, 80),))
    folder = saved(tmp_path, Track("pad", "Pad", "notes", clips=(long_note,)))
    stop = StopFlag()

    def begin(_):
        recorder.connect(":out")

    class Told(list):
        """Stops the job when the song has turned round twice."""

        def __call__(self, _done, _stage):
            if len(kinds(recorder.take(), 0x90)) >= 3:
                stop.set()

    SendMidi(folder, virtual="out", last_bar=1, loop=True, on_ports=begin).run(Told(), stop)
    heard = recorder.take()

    assert len(kinds(heard, 0x90)) >= 3
    assert still_down(heard) == set()


@pytest.mark.slow
def test_edits_and_mutes_are_sent_while_it_plays_and_leave_nothing_hanging(recorder):
    project = Project.new("Live", 240.0)
    for name, pitch in (("beat", 36), ("pad", 60)):
        clip = NotesClip(name, name, 0, BAR, tuple(Note(beat * PPQ, PPQ, pitch, 90) for beat in range(4)))
        track = Track(name, name, "notes", clips=(clip,), midi_output=MidiOutput(channel=len(name)))
        project = project.with_track(track)
    project = msgspec.structs.replace(project, loop=LoopRange(0, BAR, enabled=True))
    inbox, ports = Inbox(), queue.SimpleQueue()
    player = Player(project, None, on_event=inbox.put)
    client = LiveSyncClient(player.clock_path, ports.put)
    live = LiveMidi(client)

    def wait_for_beats(count):
        """So many more notes of the other track."""
        wanted = len(kinds(recorder.take(), 0x94)) + count
        while len(kinds(recorder.take(), 0x94)) < wanted:
            recorder.wait_for(len(recorder.take()) + 1)

    def beats_until(is_so):
        """Let beats pass until it is so, a minute of them at most."""
        last = len(kinds(recorder.take(), 0x94)) + 240
        while not is_so():
            assert len(kinds(recorder.take(), 0x94)) < last, "it never came"
            wait_for_beats(1)

    def pad_notes():
        return [data[1] for data in kinds(recorder.take(), 0x93)]

    def of_the_pad_in(beats):
        before = len(recorder.take())
        wait_for_beats(beats)
        return [data for _, data in recorder.take()[before:] if data[0] & 0x0F == 3]

    try:
        player.open(OpenSpeaker(SpeakerSettings(device="silent")))
        live.show(project)
        recorder.connect(":Song")
        player.play(0.0)
        wait_for_beats(3)
        pad = project.track("pad")
        moved = pad.with_clip(pad.clips[0].with_notes((Note(0, BAR, 72, 90),)))
        live.show(project.with_track(moved))
        beats_until(lambda: 72 in pad_notes())
        wait_for_beats(4)
        heard = pad_notes()
        live.show(project.with_track(moved.muted_as(muted=True)))
        beats_until(lambda: not of_the_pad_in(beats=5))
        silent = of_the_pad_in(beats=6)
    finally:
        live.close()
        client.close()
        player.close()

    assert heard[0] == 60
    assert heard[-1] == 72
    assert silent == []
    assert still_down(recorder.take()) == set()


@pytest.mark.slow
def test_when_the_program_is_killed_its_notes_end(tmp_path, server, recorder):
    long_note = NotesClip("m", "Pad", 0, 64 * BAR, (Note(0, 64 * BAR, 60, 80),))
    folder = saved(tmp_path, Track("pad", "Pad", "notes", clips=(long_note,)))
    words = ["midi", "send", str(folder), "--virtual", "out", "--delay", "3", "--json"]
    program = subprocess.Popen([*own_program(), *words], env=server.environment, stdout=subprocess.DEVNULL)
    try:
        recorder.connect(":out")
        recorder.wait_for(1)
        assert still_down(recorder.take()) == {(0, 60)}
    finally:
        os.kill(program.pid, signal.SIGKILL)
        program.wait()

    recorder.wait_for(2)
    assert still_down(recorder.take()) == set()


@pytest.mark.usefixtures("server")
def test_a_port_that_is_not_there_is_named(folder):
    with pytest.raises(UserInputError, match="There is no MIDI output “nowhere”"):
        SendMidi(folder, port="nowhere").run()


def test_an_existing_port_is_found_by_a_part_of_its_name(folder, recorder):
    report = SendMidi(folder, port="listener", last_bar=1).run()

    heard = recorder.take()
    assert report.ports[0].name == "listener:in"
    assert len(kinds(heard, 0x90)) == 12
    assert still_down(heard) == set()


def test_how_late_a_port_is_comes_back_by_a_loop(server, monkeypatch):
    monkeypatch.setattr(_loopback, "_WAIT_S", 20.0)
    with JackMidiRecorder(server, "mirror", loops=True):
        report = MeasureMidi("mirror:in", "mirror:out").run()

    assert (report.output, report.input) == ("mirror:in", "mirror:out")
    assert report.came == report.sent
    assert 0.0 < report.least_ms <= report.median_ms <= report.most_ms
    assert report.offset_ms == pytest.approx(-report.median_ms, abs=0.06)


def test_where_nothing_comes_back_the_report_says_so(server):
    with (
        JackMidiRecorder(server, "deaf"),
        pytest.raises(MusicgenDesktopError, match="came back at “deaf:out”"),
    ):
        MeasureMidi("deaf:in", "deaf:out").run()
