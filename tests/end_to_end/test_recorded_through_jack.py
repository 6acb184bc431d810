"""What is played to the song is recorded where it was played, to the frame, through a real sound server."""

import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import soundfile

from musicgen_desktop.document import AudioClip, AudioSource, Project, Track
from musicgen_desktop.foundation import StopFlag
from musicgen_desktop.media import content_hash, write_wav
from musicgen_desktop.session.controllers.playing import (
    MeasureDevice,
    OpenSpeaker,
    Player,
    RecordProject,
    SpeakerSettings,
)
from musicgen_desktop.storage import open_project, save_project
from tests.fakes.jack_server import JackRecorder, JackServer, missing_programs

pytestmark = pytest.mark.skipif(bool(missing_programs()), reason="needs jackd2, which `.ci/run` installs")

RATE = 48_000
KEYBOARD = Path(__file__).parents[1] / "unit" / "playback" / "live" / "keyboard.py"
JACK = OpenSpeaker(SpeakerSettings(rate=RATE, host_api="JACK"), look_ahead_ms=300.0)
TAKES = 3  # a busy machine may be late


@pytest.fixture
def looped_back(monkeypatch):
    """A sound server on which another program plays all that it hears into our inputs, at once."""
    with JackServer(256) as server, JackRecorder(server, seconds=60, loops=True) as cable:
        for name in ("JACK_DEFAULT_SERVER", "JACK_NO_START_SERVER"):
            monkeypatch.setenv(name, server.environment[name])
        yield cable


def a_song_of_noise(folder):
    """Two bars of noise at 120 BPM, saved."""
    (folder / "audio").mkdir(parents=True)
    path = folder / "audio" / "noise.wav"
    noise = np.random.default_rng(3).uniform(-0.25, 0.25, (4 * RATE, 2)).astype(np.float32)
    write_wav(path, noise, RATE, 32)
    source = AudioSource("noise", "noise", "audio/noise.wav", content_hash(path), RATE, 2, len(noise))
    clip = AudioClip("clip", "noise", 0, 2 * 3840, "noise")
    track = Track(id="track", name="Noise", kind="audio", clips=(clip,))
    save_project(Project.new("song").with_source(source).with_track(track), folder)
    return noise


@pytest.fixture
def readings(monkeypatch):
    """The last one of each player."""
    close, last = Player.close, {}

    def read(player):
        if player not in last:  # it may be closed again
            last[player] = player.reading()
        close(player)

    monkeypatch.setattr(Player, "close", read)
    return lambda: list(last.values())


def test_a_measured_device_records_to_the_frame(looped_back, readings, tmp_path):
    looped_back.connect_soon()
    measured = MeasureDevice(JACK).run()
    for number in range(TAKES):
        folder = tmp_path / f"{number}.mgproj"
        noise = a_song_of_noise(folder)
        looped_back.connect_soon()
        report = RecordProject(
            folder, "Guitar", inputs=(1, 2), speaker=JACK, last_bar=2, count_in_bars=1, metronome=False
        ).run()
        if not (readings()[-1].starvations or readings()[-1].late_frames):
            break

    project = open_project(folder).project
    track = next(each for each in project.tracks if each.name == "Guitar")
    (clip,) = track.clips
    sound, rate = soundfile.read(folder / project.source(clip.source_id).path, dtype="float32")
    start = project.tempo_map.frame_at(clip.start_ticks, RATE) - clip.source_offset_frames
    assert rate == RATE
    assert measured.round_trip_frames > 0
    assert report.recorded_s >= 4.0
    frames = np.arange(max(start, 0), min(len(noise), start + len(sound)))
    assert len(frames) > 3 * RATE
    assert np.array_equal(sound[frames - start], noise[frames])


@pytest.fixture
def keyboard(monkeypatch):
    """A sound server with a keyboard on it that is not ours; told “play N”, it plays N notes."""
    with JackServer(256) as server:
        for name in ("JACK_DEFAULT_SERVER", "JACK_NO_START_SERVER"):
            monkeypatch.setenv(name, server.environment[name])
        process = subprocess.Popen(
            [sys.executable, str(KEYBOARD), "keys"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        process.stdout.readline()
        yield process
        process.communicate()


def messages_heard(folder):
    """How many the recording has noted so far."""
    return sum(path.read_text("utf-8").count('"midi"') for path in folder.rglob("*.takelog"))


def test_what_a_keyboard_plays_becomes_notes_on_the_track(keyboard, tmp_path):
    folder = tmp_path / "song.mgproj"
    a_song_of_noise(folder)
    records = threading.Event()
    stop = StopFlag()

    def told(_done, stage):
        if "Recording" in stage and stage.split()[-1] > "1.1":
            records.set()  # what is struck and let go before the first bar is in none

    job = RecordProject(folder, "Lead", midi_port="keys", speaker=JACK, count_in_bars=0, metronome=False)
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(job.run, told, stop)
        try:
            assert records.wait(60)
            keyboard.stdin.write("play 12\n")
            keyboard.stdin.flush()
            keyboard.stdout.readline()
            give_up = time.monotonic() + 60
            while messages_heard(folder) < 24:
                assert time.monotonic() < give_up
        finally:
            stop.set()
        report = answer.result(60)

    track = next(each for each in open_project(folder).project.tracks if each.name == "Lead")
    assert report.notes_played == 12
    assert [note.pitch for clip in track.clips for note in clip.notes] == list(range(12))
    assert all(0 <= note.start_ticks < clip.length_ticks for clip in track.clips for note in clip.notes)
