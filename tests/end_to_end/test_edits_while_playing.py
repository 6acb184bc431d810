"""Five hundred edits while a song plays: it does not stop, and no click rises above the music."""

import msgspec
import numpy as np
import pytest

from musicgen_desktop.document import AudioClip, AudioSource, Insert, Project, Track
from musicgen_desktop.media import content_hash, write_wav
from musicgen_desktop.session.controllers.playing import (
    Inbox,
    OpenSpeaker,
    PlanTaken,
    Player,
    Refused,
    SpeakerOpened,
    SpeakerSettings,
    StateChanged,
)
from musicgen_desktop.session.store import ProjectStore
from tests.fakes.jack_server import JackRecorder, JackServer, missing_programs

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(missing_programs()), reason="needs jackd2, which `.ci/run` installs"),
]

RATE = 48_000
WAIT_S = 60
EDITS = 500
TAKES = 3  # a busy machine may keep the playback process waiting for longer than the ring lasts
LOW_HZ = (55.0, 82.5, 110.0, 165.0)
BAR = 3840


def a_song_of_low_tones(folder):
    """Four tracks of deep tones: whatever is heard above 4 kHz is a click."""
    (folder / "audio").mkdir(parents=True)
    project = Project.new("tones", 120.0)
    seconds = 60
    for number, hz in enumerate(LOW_HZ):
        path = folder / "audio" / f"{number}.wav"
        tone = 0.1 * np.sin(2 * np.pi * hz * np.arange(seconds * RATE) / RATE + number)
        write_wav(path, tone[:, np.newaxis].astype(np.float32), RATE, 32)
        source = AudioSource(
            f"s{number}", path.name, f"audio/{path.name}", content_hash(path), RATE, 1, len(tone)
        )
        clip = AudioClip(
            f"c{number}", "tone", 0, seconds // 2 * BAR, source.id, fade_in_ms=20.0, fade_out_ms=20.0
        )
        project = project.with_source(source).with_track(
            Track(id=f"t{number}", name=f"Tone {number}", kind="audio", clips=(clip,))
        )
    return project


class Hands:
    """Makes random edits, as a person who has lost their mind would."""

    def __init__(self, store, seed):
        self._store = store
        self._dice = np.random.default_rng(seed)
        self._added = 0

    def edit(self):
        kinds = (
            self._gain,
            self._pan,
            self._mute,
            self._solo,
            self._move,
            self._delete,
            self._add,
            self._undo,
            self._insert,
        )
        kinds[self._dice.integers(len(kinds))]()

    def _track(self):
        tracks = self._store.project.tracks
        return tracks[self._dice.integers(len(tracks))] if tracks else None

    def _apply(self, label, track):
        self._store.apply(label, self._store.project.with_track(track))

    def _gain(self):
        if track := self._track():
            self._apply("Gain", track.with_gain(float(self._dice.uniform(-30.0, 0.0))))

    def _pan(self):
        if track := self._track():
            self._apply("Pan", track.with_pan(float(self._dice.uniform(-1.0, 1.0))))

    def _mute(self):
        if track := self._track():
            self._apply("Mute", track.muted_as(muted=not track.muted))

    def _solo(self):
        if track := self._track():
            self._apply("Solo", track.soloed_as(soloed=not track.soloed))

    def _move(self):
        if (track := self._track()) and track.clips:
            clip = track.clips[0]
            moved = clip.moved_to(int(self._dice.integers(0, 2 * BAR)))
            self._apply("Move clip", track.with_clip(moved))

    def _delete(self):
        if len(self._store.project.tracks) > 2:
            self._store.apply("Delete track", self._store.project.without_track(self._track().id))

    def _add(self):
        if len(self._store.project.tracks) < 6 and (track := self._track()):
            self._added += 1
            clips = tuple(
                msgspec.structs.replace(clip, id=f"a{self._added}-{n}") for n, clip in enumerate(track.clips)
            )
            self._apply("Add track", msgspec.structs.replace(track, id=f"n{self._added}", clips=clips))

    def _undo(self):
        self._store.undo() if self._dice.random() < 0.7 else self._store.redo()

    def _insert(self):
        if track := self._track():
            if track.inserts and self._dice.random() < 0.5:
                self._apply("Remove effect", track.without_insert(track.inserts[-1].id))
            elif len(track.inserts) < 2:
                self._added += 1
                peak = Insert(f"i{self._added}", "equalizer", parameters={"peak1_hz": 200.0, "peak1_db": 6.0})
                self._apply("Add effect", track.with_insert(peak))


def above_4_khz(sound):
    """[frames] of what lies there, a click being a burst of it."""
    taps = 511
    at = np.arange(taps) - taps // 2
    low = np.sinc(2 * 4_000 / RATE * at) * np.blackman(taps)
    high = -low / low.sum()
    high[taps // 2] += 1.0
    size = 1 << (len(sound) + taps).bit_length()
    return np.fft.irfft(np.fft.rfft(sound, size) * np.fft.rfft(high, size), size)[: len(sound)]


def take(monkeypatch, song, folder, file):
    """Five hundred edits while it plays: the last reading, what was told meanwhile, and what was heard."""
    store = ProjectStore(song)
    inbox, hands = Inbox(), Hands(store, seed=11)
    with JackServer(512) as server, JackRecorder(server, seconds=90) as recorder:
        for name in ("JACK_DEFAULT_SERVER", "JACK_NO_START_SERVER"):
            monkeypatch.setenv(name, server.environment[name])
        player = Player(store.project, folder, on_event=inbox.put)
        store.subscribe(lambda change: player.show(change.after))
        try:
            player.open(OpenSpeaker(SpeakerSettings(rate=RATE, host_api="JACK"), look_ahead_ms=300.0))
            inbox.wait_for(SpeakerOpened, WAIT_S)
            inbox.wait_for(PlanTaken, WAIT_S)
            recorder.connect()
            player.play(0.0)
            inbox.wait_for(StateChanged, WAIT_S, lambda event: event.state == "playing")
            events = []
            for _ in range(EDITS):
                hands.edit()
                events += inbox.taken(0.04)  # the pace of the hand, not a wait for anything
            reading = player.reading()
        finally:
            player.close()
        return reading, events, recorder.take(file)


def test_five_hundred_edits_neither_click_nor_stop_the_song(monkeypatch, tmp_path):
    folder = tmp_path / "tones.mgproj"
    song = a_song_of_low_tones(folder)
    for _ in range(TAKES):
        reading, events, heard = take(monkeypatch, song, folder, tmp_path / "heard.npy")
        if not reading.starvations:
            break

    stopped = [event for event in events if isinstance(event, StateChanged | Refused)]
    start = int(np.flatnonzero(np.abs(heard).max(axis=1) > 1e-4)[0])
    song = heard[start + RATE // 10 : start + round(reading.place) - RATE]
    clicks = np.abs(above_4_khz(song.sum(axis=1)))[1_000:-1_000]
    assert stopped == []
    assert reading.state == "playing"
    assert reading.starvations == 0
    assert np.abs(song).max() > 0.05
    assert 20 * np.log10(clicks.max()) < -70.0
