"""Songs in the manners of other programs: how they nest, order and count what the format leaves open."""

import io
import zipfile
from pathlib import Path

import pytest

from musicgen_desktop.exchange.dawproject import StretchedSound, parse_dawproject
from musicgen_desktop.music import Control, Note, Patch
from musicgen_desktop.timing import Meter, MeterChange, TempoPoint

BEAT = 960
SAMPLES = Path(__file__).parent / "samples"


def read(xml, *members):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("project.xml", xml)
        for name in members:
            archive.writestr(name, b"sound")
    return parse_dawproject(file, Path("Their Song.dawproject"))


# Bitwig's manner: a group whose strip calls itself master, audio as clips in clips, warped and in beats,
# settings of plugins beside their devices, notes before the loop's beginning

BITWIG_LIKE = (SAMPLES / "bitwig_like.xml").read_text("utf-8")


@pytest.fixture
def bitwig_like():
    return read(BITWIG_LIKE, "audio/loop.wav", "plugins/s.clap-preset", "plugins/e.vstpreset")


def test_a_group_that_calls_itself_master_is_a_bus_and_the_song_keeps_its_master(bitwig_like):
    project = bitwig_like.project
    bass, loop, group = project.tracks

    assert [track.name for track in (bass, loop, group)] == ["Bass", "Drumloop", "Rhythm"]
    assert (group.kind, group.gain_db) == ("bus", pytest.approx(-6.0206, abs=1e-3))
    assert (bass.output, loop.output, group.output) == (group.id, None, None)
    assert project.master.gain_db == pytest.approx(-12.0, abs=1e-4)
    assert (bass.pan, bass.color) == (0.5, "#5761c6")


def test_a_loop_that_begins_behind_where_it_is_played_from_becomes_two_clips(bitwig_like):
    first, looped, again = bitwig_like.project.tracks[0].clips

    assert (first.start_ticks, first.length_ticks, first.loop_length_ticks) == (8 * BEAT, 3 * BEAT, None)
    assert (looped.start_ticks, looped.length_ticks, looped.loop_length_ticks) == (
        11 * BEAT,
        5 * BEAT,
        2 * BEAT,
    )
    heard = [(note.start_ticks / BEAT, note.pitch) for note in first.sounding_notes()]
    heard += [(note.start_ticks / BEAT, note.pitch) for note in looped.sounding_notes()]
    assert heard == [(8, 66), (9, 67), (10.5, 68), (11, 67), (12.5, 68), (13, 67), (14.5, 68), (15, 67)]
    assert [note.pitch for note in again.sounding_notes()] == [65, 66]


def test_clips_in_clips_are_written_out(bitwig_like):
    first, second = bitwig_like.project.tracks[1].clips

    assert [(clip.start_ticks, clip.length_ticks) for clip in (first, second)] == [
        (0, 4 * BEAT),
        (4 * BEAT, 4 * BEAT),
    ]
    assert {clip.source_offset_frames for clip in (first, second)} == {0}
    (source,) = bitwig_like.project.sources
    assert (source.path, source.rate, source.channels, source.frames) == ("audio/loop.wav", 48_000, 2, 96_000)
    assert not any("own speed" in remark for remark in bitwig_like.remarks)


def test_plugins_are_kept_and_what_is_not_here_is_named(bitwig_like):
    (echo,) = bitwig_like.project.tracks[0].inserts

    assert (echo.effect, echo.name, echo.bypassed, echo.state) == ("vst3:56535444", "Echo", True, b"sound")
    told = " ".join(bitwig_like.remarks)
    assert "“Bass (Synth)”" in told
    assert "“Comp on Bass”" in told


def test_sound_that_was_stretched_is_told():
    xml = BITWIG_LIKE.replace('value="120.000000"', 'value="90.000000"')

    told = read(xml, "audio/loop.wav")

    assert any("was stretched" in remark and "“Loop”" in remark for remark in told.remarks)
    (stretched,) = told.stretched  # both rounds of the loop play one file
    (source,) = told.project.sources
    assert stretched == StretchedSound(source.id, "audio/loop.wav", ((0.0, 0.0), (2.666667, 2.0)))
    assert (source.rate, source.frames) == (48_000, 128_000)
    assert [clip.source_offset_frames for clip in told.project.tracks[1].clips] == [0, 0]


# Studio One's manner: channels beside the tracks, the master among them, folders without a strip, markers and
# controllers in lanes, no colours, no durations

STUDIO_ONE_LIKE = (SAMPLES / "studio_one_like.xml").read_text("utf-8")


@pytest.fixture
def studio_one_like():
    return read(STUDIO_ONE_LIKE)


def test_channels_beside_the_tracks_are_buses_and_the_master(studio_one_like):
    project = studio_one_like.project

    assert [(track.name, track.kind) for track in project.tracks] == [
        ("Keys", "notes"),
        ("Beat", "notes"),
        ("Hall", "bus"),
        ("Bus", "bus"),
    ]
    keys, _, hall, bus = project.tracks
    assert (keys.output, keys.gain_db, keys.pan, keys.muted) == (bus.id, -4.5, -0.25, True)
    (send,) = keys.sends
    assert (send.target, send.pre_fader, send.gain_db) == (hall.id, True, pytest.approx(-6.0206, abs=1e-3))
    assert (project.master.name, project.master.gain_db) == ("Main", pytest.approx(-6.0206, abs=1e-3))
    assert (hall.solo_safe, bus.solo_safe) == (True, False)


def test_times_that_nobody_wrote_are_found(studio_one_like):
    keys, beat = studio_one_like.project.tracks[:2]

    (clip,) = keys.clips
    assert (clip.start_ticks, clip.length_ticks) == (4 * BEAT, 2 * BEAT)
    assert clip.notes == (Note(0, 2 * BEAT, 60, 64),)
    assert clip.controls == (Control(0, "cc", 1, 0), Control(BEAT, "cc", 1, 127))
    assert beat.clips[0].notes == (Note(0, 1, 36, 127), Note(BEAT, 480, 38, 100))
    assert beat.patch == Patch("general_midi", is_drums=True, name="Drums")
    assert studio_one_like.project.name == "Their Song"


def test_the_tempo_is_told_by_its_curve_and_a_marker_by_its_lane(studio_one_like):
    project = studio_one_like.project

    assert project.tempo_map.points == (TempoPoint(0, 100.0), TempoPoint(8 * BEAT, 150.0))
    assert project.meter_map.changes == (MeterChange(1, Meter(3, 4)),)
    assert [(marker.name, marker.tick) for marker in project.markers] == [("Verse", 4 * BEAT)]
    level, send = project.tracks[0].automation
    assert [(point.tick, point.value) for point in level.points] == [(0, -4.5), (8 * BEAT, 0.0)]
    assert (send.target.split(":")[::2], send.points[0].value) == (["send", "gain_db"], 0.0)


def test_everything_that_was_left_out_is_told(studio_one_like):
    told = " ".join(studio_one_like.remarks)

    for word in ("“Band”", "“Faders”", "Automation", "departs"):
        assert word in told


# Cubase's manner: seconds throughout, tempo in seconds too, crossfades, events beyond their files; tracks
# that play into tracks, and a signal that runs in a circle

CUBASE_LIKE = (SAMPLES / "cubase_like.xml").read_text("utf-8")


@pytest.fixture
def cubase_like():
    return read(CUBASE_LIKE, "Audio/gtr.wav")


def test_a_tempo_that_slows_down_by_seconds_keeps_its_time(cubase_like):
    tempo = cubase_like.project.tempo_map

    # From 120 to 60 BPM in four seconds: six beats.
    assert tempo.seconds_at(6 * BEAT) == pytest.approx(4.0, abs=2e-3)
    assert tempo.seconds_at(3.5 * BEAT) == pytest.approx(2.0, abs=2e-3)
    assert tempo.bpm_at(7 * BEAT) == 60.0


def test_clips_in_seconds_play_from_the_same_sample(cubase_like):
    project = cubase_like.project
    (clip,) = project.tracks[0].clips

    start_s, end_s = (project.tempo_map.seconds_at(tick) for tick in (clip.start_ticks, clip.end_ticks))
    assert (start_s, end_s) == (pytest.approx(1.0, abs=1e-3), pytest.approx(3.0, abs=1e-3))
    assert (clip.source_offset_frames, clip.muted, clip.color) == (22_050, True, "#112233")
    assert (clip.fade_in_ms, clip.fade_out_ms) == (250.0, 100.0)
    assert project.rate == 44_100


def test_a_track_of_notes_and_sound_becomes_two(cubase_like):
    tracks = {(track.name, track.kind): track for track in cubase_like.project.tracks}

    assert ("Both", "notes") in tracks
    assert ("Both", "audio") in tracks
    assert ("Group", "audio") in tracks
    assert tracks["Group", "audio"].output == tracks["Group", "bus"].id
    (notes,) = tracks["Both", "notes"].clips
    assert notes.notes[0].start_ticks == pytest.approx(BEAT, abs=1)


def test_ways_that_nothing_here_can_go_are_cut_and_told(cubase_like):
    tracks = {(track.name, track.kind): track for track in cubase_like.project.tracks}
    told = " ".join(cubase_like.remarks)

    assert tracks["Inner", "audio"].output == tracks["Guitar", "audio"].output == tracks["Group", "bus"].id
    assert (tracks["Group", "bus"].output, tracks["Room", "bus"].output) == (tracks["Room", "bus"].id, None)
    assert tracks["Both", "notes"].output is None
    for word in (
        "circle",
        "no bus",
        "outside",
        "Video",
        "launcher",
        "inside a bar",
        "became two",
        "of their own",
    ):
        assert word in told


def test_parts_that_are_missing_altogether_are_no_trouble():
    told = read('<Project version="0.1"/>')

    assert told.project.tracks == ()
    assert told.project.tempo_map.points == (TempoPoint(0, 120.0),)
