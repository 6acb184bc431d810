"""What another program hears of what we play is what we render, frame by frame, through a real server."""

import msgspec
import numpy as np
import pytest

from musicgen_desktop.document import (
    AudioClip,
    AudioSource,
    LoopRange,
    Project,
    Track,
)
from musicgen_desktop.media import content_hash, write_wav
from musicgen_desktop.playback.offline import render_mix
from musicgen_desktop.playback.plan import compile_plan
from musicgen_desktop.session.bench import wide_song
from musicgen_desktop.session.controllers._asked import chosen_soundfont
from musicgen_desktop.session.controllers.playing import (
    Inbox,
    OpenSpeaker,
    PlanTaken,
    Player,
    SpeakerOpened,
    SpeakerSettings,
    StateChanged,
)
from tests.fakes.jack_server import JackRecorder, JackServer, missing_programs

pytestmark = pytest.mark.skipif(bool(missing_programs()), reason="needs jackd2, which `.ci/run` installs")

RATE = 48_000
WAIT_S = 60
TAKES = 3  # a busy machine may be late


class Listened:
    """A player in one program, and a recorder in another that hears it through a server."""

    def __init__(self, monkeypatch, tmp_path, period):
        self._monkeypatch, self._tmp_path, self._period = monkeypatch, tmp_path, period

    def play(self, project, folder=None, *, seconds, loops=False):
        """[frames, 2] of what was heard: to the song's end, or for so long when it goes round in a loop."""
        for _ in range(TAKES):
            heard, reading = self._take(project, folder, seconds, loops=loops)
            if not (reading.starvations or reading.late_frames):
                break
        return heard

    def _take(self, project, folder, seconds, *, loops):
        inbox = Inbox()
        with JackServer(self._period) as server, JackRecorder(server, seconds=seconds + 20) as recorder:
            for name in ("JACK_DEFAULT_SERVER", "JACK_NO_START_SERVER"):
                self._monkeypatch.setenv(name, server.environment[name])
            player = Player(project, folder, on_event=inbox.put)
            try:
                player.open(OpenSpeaker(SpeakerSettings(rate=RATE, host_api="JACK"), look_ahead_ms=300.0))
                inbox.wait_for(SpeakerOpened, WAIT_S)
                inbox.wait_for(PlanTaken, WAIT_S)
                recorder.connect()
                player.play(0.0, until_end=not loops)
                inbox.wait_for(StateChanged, WAIT_S, lambda event: event.state == "playing")
                if loops:
                    recorder.wait_for(seconds)
                else:
                    inbox.wait_for(StateChanged, seconds + WAIT_S, lambda event: event.state == "stopped")
                reading = player.reading()
            finally:
                player.close()
            return recorder.take(self._tmp_path / "heard.npy"), reading


def aligned(heard, expected, probe_s=2.0):
    """(the part of what was heard that lies where the expected sound does, how late it is)."""
    probe = expected[: round(probe_s * RATE), 0].astype(np.float64)
    window = heard[: len(probe) + 10 * RATE, 0].astype(np.float64)  # a slow machine begins late
    size = 1 << (len(window) + len(probe)).bit_length()
    match = np.fft.irfft(np.fft.rfft(window, size) * np.conj(np.fft.rfft(probe, size)), size)
    late = int(np.argmax(match[: len(window)]))
    return heard[late : late + len(expected)], late


def difference_db(one, two):
    return 20 * np.log10(max(float(np.abs(one - two).max()), 1e-12))


def repeated(song, seconds):
    """The song's clips again and again until so many seconds are full, at full level."""
    bars = song.meter_map.bar_of(song.length_ticks - 1)
    length = song.meter_map.tick_of_bar(bars + 1)
    times = int(np.ceil(seconds / song.tempo_map.seconds_at(length)))
    tracks = tuple(
        msgspec.structs.replace(
            track,
            clips=tuple(
                clip.duplicated(clip.start_ticks + n * length) for n in range(times) for clip in track.clips
            ),
        )
        for track in song.tracks
    )
    master = msgspec.structs.replace(song.master, gain_db=0.0)
    return msgspec.structs.replace(song, tracks=tracks, master=master, end_ticks=length * times)


@pytest.mark.slow
@pytest.mark.parametrize(("seconds", "period"), [(60, 256), (20, 512)])
def test_sixteen_tracks_are_heard_as_they_are_rendered(monkeypatch, tmp_path, seconds, period):
    song = repeated(wide_song(16), seconds)
    plan = compile_plan(song, rate=RATE, soundfont=chosen_soundfont(None))
    expected = render_mix(plan)

    heard = Listened(monkeypatch, tmp_path, period).play(song, seconds=len(expected) / RATE)

    part, _late = aligned(heard, expected)
    assert len(expected) >= seconds * RATE
    assert np.abs(expected).max() > 0.3
    assert difference_db(part[: seconds * RATE], expected[: seconds * RATE]) <= -90.0


def a_loop_of_noise(folder, frames):
    """A project whose one clip is noise, looped from a place that is no multiple of anything."""
    (folder / "audio").mkdir(parents=True)
    path = folder / "audio" / "noise.wav"
    noise = np.random.default_rng(5).uniform(-0.25, 0.25, (4 * RATE, 2)).astype(np.float32)
    write_wav(path, noise, RATE, 32)
    project = Project.new("loop", 97.0)
    start = project.tempo_map.tick_at_frame(10_007, RATE)
    end = project.tempo_map.tick_at_frame(10_007 + frames, RATE)
    source = AudioSource("noise", "noise", "audio/noise.wav", content_hash(path), RATE, 2, len(noise))
    clip = AudioClip("clip", "noise", 0, project.tempo_map.tick_at_frame(len(noise), RATE), "noise")
    track = Track(id="track", name="Noise", kind="audio", clips=(clip,))
    project = msgspec.structs.replace(
        project, tracks=(track,), sources=(source,), loop=LoopRange(start, end, enabled=True)
    )
    edges = [project.tempo_map.frame_at(tick, RATE) for tick in (start, end)]
    return project, noise, edges


@pytest.mark.slow
def test_a_loop_turns_a_hundred_times_to_the_frame(monkeypatch, tmp_path):
    project, noise, (first, end) = a_loop_of_noise(tmp_path / "loop.mgproj", 12_345)
    rounds = 100
    seconds = rounds * (end - first) / RATE + 3

    heard = Listened(monkeypatch, tmp_path, 512).play(
        project, tmp_path / "loop.mgproj", seconds=seconds, loops=True
    )

    intro = noise[:first]
    part, late = aligned(heard, noise[:end], probe_s=0.1)
    tiled = np.tile(noise[first:end], (rounds, 1))
    assert np.array_equal(part[:first], intro)
    assert np.array_equal(heard[late + first : late + first + len(tiled)], tiled)
