"""Clocks between this program and others that are not ours: sent, followed, and shared."""

import subprocess
import sys
import threading
import time

import msgspec
import pytest

from musicgen_desktop.document import Project
from musicgen_desktop.foundation import StopFlag, UserInputError, own_program
from musicgen_desktop.session.controllers.playing import OpenSpeaker, SpeakerSettings
from musicgen_desktop.session.controllers.sync import FollowSync, LookAtMasters, SendSync, SyncSettings
from musicgen_desktop.storage import save_project
from musicgen_desktop.timing import PPQ
from tests.fakes.jack_clock_sender import JackClockSender
from tests.fakes.jack_midi_recorder import JackMidiRecorder
from tests.fakes.jack_server import JackServer, missing_programs

pytest.importorskip("jack", reason="JACK-Client is not installed")
pytestmark = pytest.mark.slow
needs_jack = pytest.mark.skipif(bool(missing_programs()), reason="needs jackd2, which `.ci/run` installs")

SILENT = OpenSpeaker(SpeakerSettings(device="silent"))
# The command listens for a minute at most.
LISTENS_ON = """
from musicgen_desktop.session.controllers.sync import LookAtMasters
LookAtMasters(("link",), seconds=600).run()
"""
CLOCK, START, STOP = b"\xf8", b"\xfa", b"\xfc"


@pytest.fixture
def server(monkeypatch):
    with JackServer(period=512, realtime=True) as started:
        for name in ("JACK_DEFAULT_SERVER", "JACK_NO_START_SERVER"):
            monkeypatch.setenv(name, started.environment[name])
        yield started


@pytest.fixture
def folder(tmp_path):
    """Four bars at 240 BPM."""
    project = msgspec.structs.replace(Project.new("Sync", 240.0), end_ticks=16 * PPQ)
    save_project(project, tmp_path / "Sync.mgproj")
    return tmp_path / "Sync.mgproj"


@needs_jack
def test_another_program_is_started_clocked_and_stopped_with_the_song(server, folder):
    with JackMidiRecorder(server) as recorder:
        report = SendSync(
            folder,
            SyncSettings(clock=("",), timecode=("",)),
            last_bar=2,
            on_ports=lambda _: recorder.connect(":Sync"),
        ).run()
        heard = [data for _, data in recorder.take()]

    told = [data for data in heard if data in (CLOCK, START, STOP)]
    assert (told[0], told[-1], set(told[1:-1])) == (START, STOP, {CLOCK})
    assert told.count(CLOCK) >= 2 * 4 * 24  # the stop is heard a moment after the last bar line
    assert sum(data[0] == 0xF1 for data in heard) >= 2 * 4 * 25  # two seconds at 25 frames, four to each
    assert report.ports == ("MusicGen Desktop:Sync",)
    assert report.notes == ()


@needs_jack
def test_the_song_runs_with_another_programs_clock(server, tmp_path):
    # Longer than the clock: on a slow machine the song joins in late, but before its end.
    project = msgspec.structs.replace(Project.new("Sync", 240.0), end_ticks=64 * 4 * PPQ)
    folder = tmp_path / "Sync.mgproj"
    save_project(project, folder)
    clock = JackClockSender(server, "sync", bpm=240.0, drift=5.0, over_s=1.0, clocks=960)
    stop = StopFlag()

    def conduct():
        clock.start()
        clock.moments()
        stop.set()

    conductor = threading.Thread(target=conduct)
    conductor.start()
    try:
        report = FollowSync(folder, SyncSettings(follow="clock"), seconds=150.0, speaker=SILENT).run(
            stop=stop
        )
    finally:
        conductor.join()
        clock.close()

    assert report.bpm == pytest.approx(252.0, rel=0.15)
    assert report.played_s > 0.0


@needs_jack
def test_the_jack_transport_moves_with_the_song_and_is_heard_by_others(server, folder):
    listener = subprocess.Popen(
        [*own_program(), "sync", "status", "--kind", "jack", "--seconds", "1.5", "--json"],
        env=server.environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    stop = StopFlag()
    found = []

    def listen():
        found.append(msgspec.json.decode(listener.communicate()[0])["masters"][0])
        stop.set()

    thread = threading.Thread(target=listen)
    thread.start()
    SendSync(folder, SyncSettings(jack=True), loop=True).run(stop=stop)
    thread.join()

    assert found[0]["kind"] == "jack"
    assert found[0]["state"] in ("rolling", "stopped")
    assert found[0]["unit"] == "seconds"
    after = LookAtMasters(("jack",), seconds=0.1).run()[0]
    assert after.state == "stopped"


@needs_jack
@pytest.mark.usefixtures("server")
def test_a_port_that_is_not_there_is_named_in_one_sentence():
    found = LookAtMasters(("clock",), "No such box", seconds=0.1).run()[0]

    assert found.state == "off"
    assert "No such box" in found.remark


def test_nothing_to_send_or_to_follow_is_the_users_mistake(folder):
    with pytest.raises(UserInputError, match="--clock"):
        SendSync(folder, SyncSettings()).run()
    with pytest.raises(UserInputError, match="--link"):
        FollowSync(folder, SyncSettings()).run()


def test_two_processes_share_a_link_session():
    pytest.importorskip("link", reason="LinkPython-extern is not installed")
    words = [*own_program(), "sync", "status", "--kind", "link", "--seconds", "2", "--json"]
    first = subprocess.Popen([sys.executable, "-c", LISTENS_ON])
    give_up = time.monotonic() + 60
    try:
        while True:
            second = subprocess.run(
                words, check=True, capture_output=True, text=True, stdin=subprocess.DEVNULL
            )
            seen = msgspec.json.decode(second.stdout)["masters"][0]
            if seen["peers"] == 1 or time.monotonic() > give_up:
                break
    finally:
        first.kill()
        first.wait()

    assert seen["state"] == "rolling"
    assert seen["bpm"] == pytest.approx(120.0)
    if seen["peers"] == 0 and sys.platform != "linux":
        pytest.skip("this machine lets no two programs find each other")
    assert seen["peers"] == 1
