"""A project leaves for Ardour by the command line: what is in the folder, and what Ardour finds in it."""

import json

import mido
import numpy as np
import pytest
from msgspec.structs import replace

from musicgen_desktop.document import (
    AudioClip,
    Automation,
    AutomationPoint,
    Insert,
    LoopRange,
    Marker,
    Section,
    Send,
    Track,
)
from musicgen_desktop.media import read_audio, read_info, write_wav
from musicgen_desktop.storage import open_project, save_project
from musicgen_desktop.timing import PPQ, Meter, MeterChange, MeterMap, TempoMap, TempoPoint
from tests.fakes.ardour import Ardour, difference_dbfs, is_installed

AUDIO = "Two Bars/interchange/Two Bars/audiofiles"
MIDI = "Two Bars/interchange/Two Bars/midifiles"
SESSION = "Two Bars/Two Bars.ardour"

needs_ardour = pytest.mark.skipif(not is_installed(), reason="Ardour 7 is not installed")


@pytest.fixture
def exported(run, project_with_audio, tmp_path):
    def export_song(song=None):
        if song is not None:
            save_project(song, project_with_audio)
        ran = run("export", project_with_audio, "--to", "ardour", "--out", tmp_path / "out", "--json")
        assert ran.status == 0, ran.err
        return json.loads(ran.out), tmp_path / "out"

    return export_song


def test_the_folder_holds_the_session_its_sound_and_its_notes(exported):
    report, out = exported()

    assert report["files"] == [
        SESSION,
        f"{AUDIO}/vox.wav",
        f"{AUDIO}/01_bass.wav",
        f"{AUDIO}/02_drums.wav",
        f"{MIDI}/Bass.mid",
        f"{MIDI}/Drums.mid",
        "RIGHTS.md",
        "rights.json",
    ]
    assert all((out / name).is_file() for name in report["files"])
    sound, _ = read_audio(out / AUDIO / "01_bass.wav")
    assert np.abs(sound).max() > 0.01


def test_a_clips_notes_are_a_file_that_begins_with_the_clip(exported, project_with_audio):
    song = open_project(project_with_audio).project
    bass = song.track("t1")
    moved = replace(bass, clips=(bass.clips[0].moved_to(961),))

    _, out = exported(song.with_track(moved))

    midi = mido.MidiFile(out / MIDI / "Bass.mid")
    assert (midi.type, midi.ticks_per_beat) == (0, PPQ)
    struck = [message for message in midi.tracks[0] if message.type == "note_on"]
    assert (len(struck), struck[0].time) == (8, 0)
    assert sum(message.time for message in midi.tracks[0]) == bass.clips[0].length_ticks


def test_sound_of_another_rate_is_written_at_the_songs_and_reversed_sound_has_a_file(
    exported, project_with_audio
):
    write_wav(project_with_audio / "audio" / "slow.wav", np.ones((22_050, 1), np.float32) * 0.1, 22_050)
    song = open_project(project_with_audio).project
    source = replace(song.source("s1"), id="s2", path="audio/slow.wav", rate=22_050, frames=22_050)
    vox = song.track("t3")
    clips = (replace(vox.clips[0], reversed=True), AudioClip("c9", "", 3_840, 960, "s2"))
    song = song.with_source(source).with_track(replace(vox, clips=clips))

    report, out = exported(song)

    assert [name for name in report["files"] if "vox" in name] == [f"{AUDIO}/vox reversed.wav"]
    backwards, _ = read_audio(out / AUDIO / "vox reversed.wav")
    forwards, _ = read_audio(project_with_audio / "audio" / "vox.wav")
    assert np.array_equal(backwards[::-1], forwards)
    info = read_info(out / AUDIO / "slow.wav")
    assert (info.rate, info.frames) == (48_000, 48_000)


def test_bars_and_tracks_cannot_be_chosen(refused, project_folder, tmp_path):
    sentence = refused("export", project_folder, "--to", "ardour", "--out", tmp_path / "o", "--from-bar", 2)

    assert sentence.startswith("An Ardour session is exported whole")


def test_the_projects_own_folder_is_left_alone(refused, project_with_audio):
    before = sorted(project_with_audio.rglob("*"))

    sentence = refused("export", project_with_audio, "--to", "ardour", "--out", project_with_audio)

    assert "choose another one" in sentence
    assert sorted(project_with_audio.rglob("*")) == before


def a_full_song(song):
    """Ramps and odd meters, groups, sends, loops, places, and clips of every kind."""
    vox = song.track("t3").with_pan(-0.5).with_gain(-4.0)
    clip = replace(vox.clips[0], start_ticks=961, gain_db=-3.0, source_offset_frames=4_800)
    more = (
        AudioClip("c8", "Turned", 3_000, 900, "s1", reversed=True),
        replace(clip, id="c9", start_ticks=6_000, length_ticks=960, muted=True),
    )
    early = Send("e", "r", -9.0, pre_fader=True)
    vox = replace(vox, trim_db=2.0, polarity_inverted=True, clips=(clip, *more), sends=(early,), output="h")
    bass = replace(song.track("t1").routed_to("g").with_gain(-7.0), trim_db=3.0)
    bass = replace(bass, clips=(bass.clips[0].moved_to(961),), color="#3388ff")
    drums = replace(song.track("t2").routed_to("g").with_pan(0.25), sends=(Send("s", "r", -6.0),))
    for track in (vox, bass, drums, Track("g", "Group", "bus", gain_db=-2.0, pan=0.1, output="h")):
        song = song.with_track(track)
    song = song.with_track(Track("h", "Outer", "bus", trim_db=1.0))
    song = song.with_track(Track("r", "Room", "bus", inserts=(Insert("i", "reverb"),), gain_db=-1.0))
    ramp = (TempoPoint(0, 90.0, ramp=True), TempoPoint(1_921, 150.0), TempoPoint(5_000, 110.0, ramp=True))
    meters = (MeterChange(1, Meter(7, 8)), MeterChange(2, Meter(3, 4)))
    return replace(
        song,
        tempo_map=TempoMap((*ramp, TempoPoint(7_000, 70.0))),
        meter_map=MeterMap(meters),
        sections=(Section("x", "Verse", 0, 3_360),),
        markers=(Marker("m", "Here", 961),),
        loop=LoopRange(960, 3_840, enabled=True),
        master=replace(song.master, gain_db=-1.0, pan=0.1),
        end_ticks=12_480,
    )


@pytest.mark.slow
@needs_ardour
def test_ardour_finds_the_song_where_it_is_here_and_plays_it_as_our_mixer_does(
    run, exported, project_with_audio, tmp_path
):
    song = a_full_song(open_project(project_with_audio).project)
    _, out = exported(song)
    run("render", project_with_audio, "--out", tmp_path / "mix.wav", "--bits", 32)
    ours, rate = read_audio(tmp_path / "mix.wav")
    ardour = Ardour(tmp_path / "ardour")

    told = ardour.told(out / SESSION, beats=13)
    theirs = ardour.rendered(out / SESSION, rate)

    frame = {tick: song.tempo_map.frame_at(tick, rate) for tick in range(12_481)}
    kinds = {name: kind for name, kind, *_ in told["route"]}
    assert kinds == {
        "Master": "bus",
        "Bass": "audio",
        "Bass (notes)": "midi",
        "Drums": "audio",
        "Drums (notes)": "midi",
        "Vox": "audio",
        "Group": "bus",
        "Outer": "bus",
        "Room": "bus",
        "Room (sound)": "audio",
    }
    regions = [(track, int(at), int(length), muted) for track, _, at, length, muted, _ in told["region"]]
    places = [(3_000, 3_900), (961, 4_801), (6_000, 6_960)]
    vox = sorted((int(at), int(length)) for track, at, length, _ in regions if track == "Vox")
    assert vox == sorted((frame[start], frame[end] - frame[start]) for start, end in places)
    assert [muted for track, *_, muted in regions if track == "Vox"].count("yes") == 1
    (notes,) = [int(at) for track, at, *_ in regions if track == "Bass (notes)"]
    assert notes == pytest.approx(frame[961], abs=1)
    assert {(name, kind, int(at)) for name, kind, at, _ in told["location"]} == {
        ("session", "session", 0),
        ("Loop", "loop", frame[960]),
        ("Verse", "range", 0),
        ("Here", "mark", frame[961]),
    }
    for beat, at, place in told["beat"]:
        assert int(at) == pytest.approx(frame[int(beat) * PPQ], abs=1)
        position = song.meter_map.position_of(int(beat) * PPQ)
        assert place == f"{position.bar}|{position.beat}|{position.tick * 2}"
    assert np.abs(ours).max() > 0.05
    assert len(theirs) >= len(ours)  # what a return rings out to is in its file
    assert difference_dbfs(theirs, ours) < -90.0


@pytest.mark.slow
@needs_ardour
def test_ardour_follows_faders_and_pans_that_move(run, exported, project_with_audio, tmp_path):
    song = open_project(project_with_audio).project
    points = (AutomationPoint(0, -20.0), AutomationPoint(3_840, 0.0), AutomationPoint(7_680, -6.0))
    moved = (
        Automation("a", "gain_db", points),
        Automation("b", "pan", (AutomationPoint(0, -1.0), AutomationPoint(7_680, 1.0))),
    )
    vox = replace(song.track("t3"), automation=moved)
    _, out = exported(song.without_track("t1").without_track("t2").with_track(vox))
    run("render", project_with_audio, "--out", tmp_path / "mix.wav", "--bits", 32)
    ours, rate = read_audio(tmp_path / "mix.wav")

    theirs = Ardour(tmp_path / "ardour").rendered(out / SESSION, rate)

    frames = min(len(ours), len(theirs))
    assert np.abs(ours[:frames]).max() > 0.05
    # Ardour smooths a fader that moves: it is late by some milliseconds.
    assert np.abs(theirs[:frames] - ours[:frames]).max() < 0.02 * np.abs(ours).max()
