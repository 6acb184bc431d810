"""A song as a DAWproject file, read by a reader that shares nothing with what wrote it."""

import io
import math
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import msgspec
import numpy as np
import pytest
import soundfile

from musicgen_desktop.document import (
    AudioClip,
    Automation,
    AutomationPoint,
    ChordChange,
    MidiBinding,
    MidiController,
    MidiOutput,
    NotesClip,
    Project,
    Track,
)
from musicgen_desktop.exchange.dawproject import describe, faults_of, save_dawproject
from musicgen_desktop.foundation import StopFlag, Stopped, UserInputError
from musicgen_desktop.generation import Request
from musicgen_desktop.generation.composer import Composer
from musicgen_desktop.media import read_audio
from musicgen_desktop.music import Note
from musicgen_desktop.session.controllers._project_of_take import project_of_take

SCHEMAS = Path(__file__).parents[5] / "shared" / "dawproject"


class Opened:
    """What is in a file: its members, the tree, and its elements by id."""

    def __init__(self, path):
        with zipfile.ZipFile(path) as archive:
            self.members = {name: archive.read(name) for name in archive.namelist()}
        self.root = ET.fromstring(self.members["project.xml"])  # noqa: S314 - our own file
        self.by_id = {each.get("id"): each for each in self.root.iter() if each.get("id")}

    def track(self, name):
        return next(each for each in self.root.iter("Track") if each.get("name") == name)

    def clips(self, name):
        track = self.track(name).get("id")
        lanes = next(each for each in self.root.iter("Lanes") if each.get("track") == track)
        return lanes.findall("Clips/Clip")

    def points(self, parameter):
        for points in self.root.iter("Points"):
            if points.find("Target").get("parameter") == parameter.get("id"):
                return points
        return None


@pytest.fixture
def saved(song, media_folder, tmp_path):
    path = tmp_path / "song.dawproject"
    remarks = save_dawproject(song, path, media_folder=media_folder)
    opened = Opened(path)
    opened.remarks = remarks
    return opened


def numbers(element, *names):
    return tuple(float(element.get(name)) for name in names)


def test_our_own_checker_finds_no_fault(saved):
    assert faults_of(saved.root, saved.members) == ()
    metadata = ET.fromstring(saved.members["metadata.xml"])  # noqa: S314 - our own file
    assert faults_of(metadata) == ()


@pytest.mark.skipif(not SCHEMAS.is_dir(), reason="the published schemas are not here")
def test_the_published_schema_finds_no_fault(saved):
    etree = pytest.importorskip("lxml.etree")

    for name, schema in (("project.xml", "Project.xsd"), ("metadata.xml", "MetaData.xsd")):
        judge = etree.XMLSchema(etree.parse(str(SCHEMAS / schema)))
        judge.assertValid(etree.fromstring(saved.members[name]))


def test_the_checker_agrees_with_the_published_schema_on_what_every_element_may_hold():
    if not SCHEMAS.is_dir():
        pytest.skip("the published schemas are not here")
    from musicgen_desktop.exchange.dawproject._schema import KINDS

    space = "{http://www.w3.org/2001/XMLSchema}"
    schema = ET.parse(SCHEMAS / "Project.xsd").getroot()  # noqa: S314 - a schema
    types = {each.get("name"): each for each in schema.findall(f"{space}complexType")}

    def attributes_of(kind):
        found = {each.get("name"): each.get("use") == "required" for each in kind.iter(f"{space}attribute")}
        for extension in kind.iter(f"{space}extension"):
            found |= attributes_of(types[extension.get("base")])
        return found

    for element in schema.iter(f"{space}element"):
        kind = types.get(element.get("type", ""))
        if element.get("name") in ("Timeline", "Point", "parameter") or kind is None:
            continue
        ours = KINDS[element.get("name")]
        assert attributes_of(kind) == {name: name in ours.required for name in ours.attributes}, (
            element.attrib
        )


def test_ports_and_controllers_of_this_desk_stay_behind_and_that_is_told():
    keys = Track("k", "Keys", "notes", midi_output=MidiOutput("Synth"))
    binding = MidiBinding("b", MidiController(0, 7), "k", "gain_db")
    project = msgspec.structs.replace(Project.new("x").with_track(keys), midi_bindings=(binding,))

    remarks = describe(project).remarks

    assert "The format knows no MIDI ports; the notes are sent to none from: “Keys”." in remarks
    assert "Learned controllers stay behind." in remarks


def test_groups_hold_their_tracks_and_every_channel_says_where_it_leads(saved):
    structure = saved.root.find("Structure")
    assert [each.get("name") for each in structure] == ["Group", "Room", "Master"]
    group = saved.track("Group")
    assert group.get("contentType") == "tracks"
    assert [each.get("name") for each in group.findall("Track")] == ["Bass & “Low” <1>", "Vox"]
    channels = {each.get("name"): each.find("Channel") for each in saved.root.iter("Track")}
    assert {name: channel.get("role") for name, channel in channels.items()} == {
        "Group": "submix",
        "Bass & “Low” <1>": "regular",
        "Vox": "regular",
        "Room": "effect",
        "Master": "master",
    }
    assert channels["Vox"].get("destination") == channels["Group"].get("id")
    assert channels["Group"].get("destination") == channels["Master"].get("id")
    assert channels["Master"].get("destination") is None
    assert all(track.get("color").startswith("#") for track in saved.root.iter("Track"))


def test_faders_are_linear_and_pans_lie_between_0_and_1(saved):
    channel = saved.track("Bass & “Low” <1>").find("Channel")

    assert 20 * math.log10(float(channel.find("Volume").get("value"))) == pytest.approx(-7.3)
    assert channel.find("Pan").get("value") == "0.375"
    assert channel.get("solo") == "true"
    first, second = channel.findall("Sends/Send")
    assert (first.get("type"), second.get("type")) == ("post", "pre")
    assert first.get("destination") == saved.track("Room").find("Channel").get("id")
    assert (first.find("Enable").get("value"), second.find("Enable").get("value")) == ("true", "false")
    assert 20 * math.log10(float(first.find("Volume").get("value"))) == pytest.approx(-12.0)
    assert saved.track("Vox").find("Channel/Mute").get("value") == "true"


def test_notes_lie_one_clip_deep_at_their_beats(saved, song):
    riff, moves = saved.clips("Bass & “Low” <1>")

    assert numbers(riff, "time", "duration", "playStart", "loopStart", "loopEnd") == (
        0.0,
        10.5,
        0.5,
        0.0,
        3.5,
    )
    written = [
        (float(note.get("time")) * 960, float(note.get("duration")) * 960, int(note.get("key")))
        for note in riff.findall("Notes/Note")
    ]
    ours = song.track("bass").clips[0].notes
    assert written == [(note.start_ticks, note.length_ticks, note.pitch) for note in ours]
    velocities = [round(float(note.get("vel")) * 127) for note in riff.findall("Notes/Note")]
    assert velocities == [note.velocity for note in ours]
    assert (moves.get("enable"), moves.get("color")) == ("false", "#102030")
    assert moves.find("Lanes/Notes") is not None
    targets = [points.find("Target").attrib for points in moves.findall("Lanes/Points")]
    assert [each["expression"] for each in targets] == ["channelController", "pitchBend", "channelPressure"]
    assert targets[0]["controller"] == "64"
    assert not list(moves.iter("Clips"))


def test_a_clip_that_begins_before_its_content_is_moved_right():
    clip = NotesClip("n", "", 0, 3_840, (Note(0, 960, 60, 100),), content_offset_ticks=-960)
    project = Project.new("x").with_track(Track("t", "T", "notes", clips=(clip,)))

    written = next(describe(project).project_xml.iter("Clip"))

    assert written.get("playStart") == "0"
    assert written.find("Notes/Note").get("time") == "1"


def test_sound_lies_in_the_archive_and_plays_from_the_same_frame(saved, media_folder):
    first, second = saved.clips("Vox")

    assert numbers(first, "time", "duration", "playStart") == (4.0, 2.0, 0.25)
    assert round(float(second.get("playStart")) * 44_100) == 7
    assert numbers(first, "fadeInTime", "fadeOutTime") == (0.0125, 0.04)
    assert (first.get("contentTimeUnit"), first.get("fadeTimeUnit")) == ("seconds", "seconds")
    audio = first.find("Audio")
    assert (audio.get("channels"), audio.get("sampleRate"), audio.get("duration")) == ("2", "44100", "4")
    name = audio.find("File").get("path")
    assert saved.members[name] == (media_folder / "audio" / "vox.wav").read_bytes()
    assert [each for each in saved.members if each.startswith("audio/")] == [name]


def test_a_clip_with_a_gain_or_backwards_leaves_as_a_copy_that_sounds_so(song, media_folder, tmp_path):
    clip = AudioClip("w", "Back", 0, 960, "s1", RATE_OFFSET, gain_db=-6.0, reversed=True)
    vox = msgspec.structs.replace(song.track("vox"), clips=(clip,))

    remarks = save_dawproject(song.with_track(vox), tmp_path / "b.dawproject", media_folder=media_folder)

    opened = Opened(tmp_path / "b.dawproject")
    (written,) = opened.clips("Vox")
    assert written.get("playStart") == "0"
    sound, rate = soundfile.read(io.BytesIO(opened.members["audio/Back.wav"]), dtype="float32")
    frames = math.ceil(song.tempo_map.seconds_at(960) * rate - 1e-6)
    source = read_audio(media_folder / "audio" / "vox.wav", start=RATE_OFFSET, frames=frames)[0]
    expected = np.zeros((frames, 2), np.float32)
    expected[: len(source)] = source
    assert np.allclose(sound, expected[::-1] * 10 ** (-6 / 20), atol=1e-6)
    assert any("“Back”" in remark for remark in remarks)


RATE_OFFSET = 44_100 * 4 - 10_000  # the file ends inside the clip


def test_tempo_ramps_meters_and_places_are_told(saved):
    tempo = saved.root.find("Arrangement/TempoAutomation")
    assert tempo.find("Target").get("parameter") == saved.root.find("Transport/Tempo").get("id")
    points = [(*numbers(p, "time", "value"), p.get("interpolation")) for p in tempo.findall("RealPoint")]
    assert points == [(0.0, 100.0, "linear"), (8.0, 140.5, "hold"), (10.0, 92.0, "hold")]
    meters = saved.root.findall("Arrangement/TimeSignatureAutomation/TimeSignaturePoint")
    told = [(p.get("time"), p.get("numerator"), p.get("denominator")) for p in meters]
    assert told == [("0", "4", "4"), ("8", "7", "8")]
    markers = [(m.get("time"), m.get("name")) for m in saved.root.iter("Marker")]
    assert markers == [("0", "Verse"), ("1", "Here"), ("8", "Drop")]


def test_a_slope_in_decibels_stays_one_within_a_fiftieth():
    curve = Automation("a", "gain_db", (AutomationPoint(0, -60.0), AutomationPoint(9_600, 6.0)))
    project = Project.new("x").with_track(Track("t", "T", "bus", automation=(curve,)))

    points = next(describe(project).project_xml.iter("Points")).findall("RealPoint")

    times, gains = ([float(p.get(name)) for p in points] for name in ("time", "value"))
    ticks = np.linspace(0, 9_600, 1_000)
    heard_db = 20 * np.log10(np.interp(ticks / 960, times, gains))
    assert np.abs(heard_db - [curve.value_at(tick) for tick in ticks]).max() < 0.02


def test_a_level_that_jumps_is_held_until_then(saved):
    points = saved.points(saved.track("Bass & “Low” <1>").find("Channel/Volume")).findall("RealPoint")

    assert [p.get("interpolation") for p in points[:2]] == ["linear", "hold"]
    assert [p.get("time") for p in points] == ["0", "4", "8"]


def test_every_curve_leads_to_a_parameter_of_its_strip(saved):
    channel = saved.track("Bass & “Low” <1>").find("Channel")
    mute, pan = saved.points(channel.find("Mute")), saved.points(channel.find("Pan"))
    send = saved.points(channel.find("Sends/Send/Volume"))
    mix = saved.points(channel.find("Devices/BuiltinDevice/Parameters/RealParameter[@name='mix']"))

    assert [p.get("value") for p in mute.findall("BoolPoint")] == ["false", "true"]
    assert [p.get("value") for p in pan.findall("RealPoint")] == ["0", "0.75"]
    assert [p.get("interpolation") for p in send.findall("RealPoint")] == ["hold", "hold"]
    assert [p.get("value") for p in mix.findall("RealPoint")] == ["0", "1"]


def test_a_plugin_leaves_with_its_state(saved):
    plugin = saved.track("Bass & “Low” <1>").find("Channel/Devices/Vst3Plugin")

    assert (plugin.get("deviceID"), plugin.get("deviceName")) == ("ABCD", "Space")
    assert saved.members[plugin.find("State").get("path")] == b"\0state\xff"


def test_what_does_not_leave_as_it_is_is_told(song, media_folder, tmp_path):
    song = msgspec.structs.replace(
        song.with_track(msgspec.structs.replace(song.track("vox"), trim_db=2.0, polarity_inverted=True)),
        chords=(ChordChange(0, 960, "Am"),),
    )

    told = " ".join(save_dawproject(song, tmp_path / "a.dawproject", media_folder=media_folder))

    assert "trim" in told
    assert "polarity" in told
    assert "chords" in told
    assert "“Glue on Bass & “Low” <1>”" in told
    volume = Opened(tmp_path / "a.dawproject").track("Vox").find("Channel/Volume")
    assert 20 * math.log10(float(volume.get("value"))) == pytest.approx(5.25)


def test_the_same_song_gives_the_same_bytes(song, media_folder, tmp_path):
    for name in ("a", "b"):
        save_dawproject(song, tmp_path / name, media_folder=media_folder)

    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_nothing_is_left_when_a_sound_is_missing_or_the_work_is_stopped(song, media_folder, tmp_path):
    stop = StopFlag()
    stop.set()
    with pytest.raises(Stopped):
        save_dawproject(song, tmp_path / "a.dawproject", media_folder=media_folder, stop=stop)
    (media_folder / "audio" / "vox.wav").unlink()
    with pytest.raises(UserInputError, match=r"vox\.wav"):
        save_dawproject(song, tmp_path / "a.dawproject", media_folder=media_folder)

    assert list(tmp_path.glob("*.dawproject")) == []
    assert list(tmp_path.glob(".*")) == []


@pytest.mark.parametrize(
    ("seed", "prompt"),
    [
        (1, "lofi hip hop, 82 bpm, F minor"),
        (2, "techno 128 bpm"),
        (3, "jazz waltz, 3/4"),
        (4, "7/8 prog rock"),
    ],
)
def test_composed_songs_are_faultless(seed, prompt, tmp_path):
    song = project_of_take(Composer().generate(Request(prompt=prompt, bars=8, seed=seed)))

    save_dawproject(song, tmp_path / "a.dawproject", media_folder=tmp_path)

    opened = Opened(tmp_path / "a.dawproject")
    assert faults_of(opened.root, opened.members) == ()
    notes = sum(len(clip.notes) for track in song.tracks for clip in track.clips)
    assert len(list(opened.root.iter("Note"))) == notes > 50
