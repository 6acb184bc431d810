"""Songs in the manners of later programs: what comes in, and every single thing that is told."""

import io
import zipfile
from pathlib import Path

import pytest

from musicgen_desktop.exchange.dawproject import parse_dawproject
from musicgen_desktop.music import Control, Note
from musicgen_desktop.timing import Meter, MeterChange, TempoPoint

BEAT = 960
SAMPLES = Path(__file__).parent / "samples"
DEPARTS = "The file departs from the format here and there; what could be understood was taken over."


def read(name, *members):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("project.xml", (SAMPLES / f"{name}.xml").read_bytes())
        for member in members:
            archive.writestr(member, b"sound")
    told = parse_dawproject(file, Path("Their Song.dawproject"))
    return told.project, {track.name: track for track in told.project.tracks}, list(told.remarks)


# Bitwig 6's manner: scenes, sends with a balance, expression inside notes, takes comped in a clip


def test_a_comped_take_is_cut_and_faded_as_the_clip_around_it():
    _, tracks, _ = read("bitwig_6_like", "audio/loop.wav")

    first, second = tracks["Take"].clips
    assert (first.start_ticks, first.end_ticks) == (0, 3 * BEAT)
    assert (second.start_ticks, second.end_ticks) == (6 * BEAT, 8 * BEAT)
    beat_ms = 60_000 / 110
    assert (first.fade_in_ms, first.fade_out_ms) == pytest.approx((0.1 * beat_ms, 0.1 * beat_ms), abs=1e-5)
    assert (second.fade_in_ms, second.fade_out_ms) == pytest.approx((0.0, 0.5 * beat_ms), abs=1e-5)


def test_notes_controllers_sends_and_tempo_come_in():
    project, tracks, _ = read("bitwig_6_like")

    (clip,) = tracks["Lead"].clips
    assert clip.notes == (Note(0, BEAT, 64, 89), Note(2 * BEAT, 480, 67, 89))
    assert clip.controls == (
        Control(0, "cc", 74, 32),
        Control(BEAT, "cc", 74, 64),
        Control(2 * BEAT, "cc", 74, 127),
    )
    (send,) = tracks["Lead"].sends
    assert (send.target, send.pre_fader, send.enabled) == (tracks["Hall"].id, False, True)
    assert [curve.target for curve in tracks["Lead"].automation] == [f"send:{send.id}:gain_db"]
    assert project.tempo_map.points == (TempoPoint(0, 110.0), TempoPoint(16 * BEAT, 120.0))
    assert [(marker.name, marker.tick) for marker in project.markers] == [("Drop", 4 * BEAT)]


def test_all_that_bitwig_says_and_we_have_not_is_told():
    _, _, remarks = read("bitwig_6_like", "audio/loop.wav", "plugins/lead.clap-preset", "audio/unused.wav")

    assert remarks == [
        DEPARTS,
        "Instruments of other programs are not here; choose one for: “Lead (Leader)”.",
        "Effects of other programs were left out: “EQ on Lead”.",
        "Expression of single notes was left out: “transpose in Line”, “timbre in Line”.",
        "Slopes of controllers became steps: “Line”.",
        "Automation and markers inside clips were left out: “Volume in Line”.",
        "Automation of what is not here was left out: “Cutoff on Lead”.",
        "Sound that followed the tempo was stretched: “Take”.",
        "Clips in the launcher were left out: “Intro”.",
        "“comment of Track” has no place here and was left out: “Lead”.",
        "“audioChannels of Channel” has no place here and was left out: “Take”.",
        "“rel of Note” has no place here and was left out: “Lead, Line”.",
        "“color of Marker” has no place here and was left out: “Drop”.",
        "“comment of Marker” has no place here and was left out: “Drop”.",
        "“KeyAutomation” has no place here and was left out.",
        "Files that nothing in the song names were left out: “audio/unused.wav”.",
    ]


# Studio One 7's manner: folders in folders, channels beside the tracks, lanes in seconds, a crossfade, a
# chord track of markers, paths as Windows and addresses have them


def test_sounds_are_found_whatever_their_paths_look_like():
    project, tracks, _ = read("studio_one_7_like", "Media/Riff(1).wav")

    source, stretched = project.sources
    assert stretched.path == "stretched/1/Riff(1).wav"
    assert (source.path, source.channels) == ("Media/Riff(1).wav", 1)
    first, second = tracks["Gtr L"].clips
    assert (first.source_offset_frames, second.source_offset_frames) == (11_025, 88_200)
    assert (first.fade_in_ms, first.fade_out_ms, second.fade_in_ms) == (10.0, 250.0, 250.0)
    # 96 BPM: a beat lasts 0.625 s.
    assert second.start_ticks == pytest.approx(1.75 / 0.625 * BEAT, abs=1)


def test_channels_folders_and_buses_find_each_other():
    project, tracks, _ = read("studio_one_7_like", "Media/Riff(1).wav")

    assert [(track.name, track.kind) for track in project.tracks] == [
        ("Gtr L", "audio"),
        ("Gtr R", "audio"),
        ("Keys", "notes"),
        ("Guitar Bus", "bus"),
    ]
    assert tracks["Gtr L"].output == tracks["Gtr R"].output == tracks["Guitar Bus"].id
    assert (tracks["Keys"].output, project.master.name) == (None, "Main")
    assert tracks["Gtr L"].gain_db == pytest.approx(10.0, abs=1e-4)
    assert (tracks["Gtr L"].pan, tracks["Gtr R"].pan) == (-0.8, 0.8)
    (insert,) = tracks["Gtr L"].inserts
    assert (insert.effect, insert.name) == ("vst3:{AA}", "Amp")


def test_all_that_studio_one_says_and_we_have_not_is_told():
    _, _, remarks = read("studio_one_7_like", "Media/Riff(1).wav", "Presets/Channels/Gtr L/1 - Amp.vstpreset")

    assert remarks == [
        DEPARTS,
        "Folders are not here; what lies in one stands beside it: “Band”, “Guitars”.",
        "VCA faders are not here; set the levels of their tracks: “All Guitars”.",
        "Plugins are kept with their settings, but the track sounds without them: “Amp on Gtr L”.",
        "Effects of other programs were left out: “Tuner on Gtr L”.",
        "Automation of what is not here was left out: “Strobe on Gtr L”.",
        "Sound that followed the tempo was stretched: “Gtr R”.",
        "A note beyond the keyboard was left out: “Chords”.",
        "Empty clips were left out: “Gone”.",
        "Tracks for video, markers or automation alone are not here: “Chords”.",
        "“TimecodeOffset” has no place here and was left out.",
        "“fadeInTime of Clip” has no place here and was left out: “Keys, Chords”.",
    ]


# Cubase 14's manner: seconds, clips that stop before their end, shared copies, controllers in parts, video


def test_a_clip_falls_silent_where_its_content_stops_and_a_copy_plays_it_again():
    _, tracks, _ = read("cubase_14_like", "audio/Vox_01.wav")

    first, again = tracks["Vox"].clips
    assert (first.start_ticks, first.length_ticks) == (2 * BEAT, BEAT)
    assert (again.name, again.start_ticks, again.length_ticks) == ("Again", 6 * BEAT, 2 * BEAT)
    assert first.source_id == again.source_id


def test_controllers_of_a_part_and_a_note_before_it_come_in():
    project, tracks, _ = read("cubase_14_like")

    (clip,) = tracks["Piano"].clips
    assert clip.notes == (Note(480, BEAT, 60, 127), Note(0, BEAT, 62, 127))
    assert clip.content_offset_ticks == 480
    assert clip.controls == (Control(480, "cc", 64, 127), Control(480, "pitch_bend", 0, 0))
    (send,) = tracks["Vox"].sends
    assert (send.pre_fader, send.enabled, send.gain_db) == (True, False, -6.0)
    assert project.meter_map.changes == (MeterChange(1, Meter(4, 4)), MeterChange(3, Meter(7, 8)))
    assert project.tempo_map.points == (TempoPoint(0, 120.0), TempoPoint(8 * BEAT, 60.0))


def test_all_that_cubase_says_and_we_have_not_is_told():
    _, _, remarks = read("cubase_14_like", "audio/Vox_01.wav")

    assert remarks == [
        DEPARTS,
        "A send that leads to no bus was left out: “Vox”.",
        "Empty clips were left out: “Ghost”.",
        "A sound that lies outside the file was left out; import it by itself: “Off”.",
        "A note that cannot be read was left out: “Part”.",
        "Notes on several MIDI channels play on one: “Part”.",
        "Automation and markers inside clips were left out: “polyPressure in Part”, “programChange in Part”.",
        "Automation of what is not here was left out: “controller 7 on Piano”.",
        "Video was left out: “Reel”.",
        "Tracks for video, markers or automation alone are not here: “Film”.",
    ]


# The least that a program may write: no application, no transport, no channels, hardly an id; the song before
# the tracks that it names, notes and clips that nobody placed


def test_the_least_that_a_program_may_write_comes_in():
    project, tracks, remarks = read("bare", "audio/loop.wav")

    assert [(track.name, track.kind) for track in project.tracks] == [
        ("Sound", "audio"),
        ("Track", "notes"),
        ("Rest", "audio"),
    ]
    (sound,), (notes,) = tracks["Sound"].clips, tracks["Track"].clips
    assert (sound.start_ticks, sound.length_ticks) == (0, 4 * BEAT)
    assert notes.sounding_notes() == (Note(2 * BEAT, BEAT, 60, 100), Note(3 * BEAT, BEAT, 62, 32))
    assert [marker.tick for marker in project.markers] == [2 * BEAT]
    assert remarks == [DEPARTS, "Clips that belong to no track were left out: “Notes”, “Nowhere”."]
