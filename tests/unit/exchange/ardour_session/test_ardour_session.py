"""What is in an Ardour session of ours; what Ardour makes of it is seen where the command is tested."""

import math
import xml.etree.ElementTree as ET

import pytest

from musicgen_desktop.document import (
    AudioClip,
    Automation,
    AutomationPoint,
    ChordChange,
    Insert,
    NotesClip,
    Send,
    Track,
)
from musicgen_desktop.dsp import pan_gains
from musicgen_desktop.exchange.ardour_session import SessionFiles, SoundFile, ardour_session
from musicgen_desktop.exchange.ardour_session._routes import mono_pan
from musicgen_desktop.timing import PPQ, Meter, MeterChange, MeterMap, TempoMap, TempoPoint
from tests.fakes.wild_songs import a_song, a_source, a_wild_song

FRAME = 282_240_000 // 48_000
VOX = SoundFile("vox.wav", 2, 480_000)


def written(song, **files):
    files = {"sources": {"s1": VOX}, "backwards": {"s1": SoundFile("vox reversed.wav", 2, 480_000)}} | files
    return ardour_session(song, SessionFiles(**files), name="Song")


def root_of(song, **files):
    return ET.fromstring(written(song, **files).text)  # noqa: S314 - just written here


def routes(root):
    return {route.get("name"): route for route in root.iter("Route")}


def regions(root, playlist):
    (found,) = [each for each in root.iter("Playlist") if each.get("name") == playlist]
    return [*found]


def an_audio_song(*clips, **changes):
    return a_song(Track("a", "A", "audio", clips=clips, **changes), sources=(a_source(),))


def processor(route, kind):
    return [each for each in route.iter("Processor") if each.get("type") == kind]


def test_the_same_song_gives_the_same_text_and_no_id_twice():
    song = a_wild_song(5, 200)

    text = written(song).text

    assert text == written(song).text
    owned = [each.get("id") for each in ET.fromstring(text).iter() if each.get("id")]  # noqa: S314
    assert len(owned) == len(set(owned))
    assert int(ET.fromstring(text).get("id-counter")) > max(map(int, owned))  # noqa: S314


@pytest.mark.parametrize("seed", range(5))
def test_every_reference_of_a_wild_song_leads_somewhere(seed):
    song = a_wild_song(seed, 200)
    notes = {
        clip.id: f"{clip.id}.mid" for track in song.tracks if track.kind == "notes" for clip in track.clips
    }

    root = root_of(song, notes=notes)

    sources = {each.get("id") for each in root.iter("Source")}
    playlists = {each.get("id") for each in root.iter("Playlist")}
    ports = {each.get("name") for each in root.iter("Port")}
    ids = {route.get("id") for route in root.iter("Route")}
    for region in root.iter("Region"):
        assert {region.get(f"source-{side}") for side in range(int(region.get("channels")))} <= sources
    for route in root.iter("Route"):
        played = {route.get("audio-playlist"), route.get("midi-playlist")} - {None}
        assert played <= playlists
    for connection in root.iter("Connection"):
        assert connection.get("other") in ports or connection.get("other").startswith("system:")
    assert {send.get("target") for send in processor(root, "intsend")} <= ids


def test_regions_lie_at_the_frames_of_the_clips_and_within_their_files():
    song = an_audio_song(
        AudioClip("c", "Late", 961, 1_920, "s1", source_offset_frames=44_100),
        AudioClip("d", "Long", 3_840, 48_000, "s1", source_offset_frames=396_900),
        AudioClip("e", "Turned", 60_000, 1_920, "s1", source_offset_frames=44_100, reversed=True),
    )

    late, long, turned = regions(root_of(song), "A")

    assert late.get("length") == f"a{48_000 * FRAME}@a{24_025 * FRAME}"
    assert late.get("start") == f"a{48_000 * FRAME}"
    assert long.get("length") == f"a{48_000 * FRAME}@a{96_000 * FRAME}"
    assert turned.get("start") == f"a{(480_000 - 96_000) * FRAME}"


def test_only_what_lies_on_another_clip_lets_it_through():
    song = an_audio_song(
        AudioClip("c", "", 0, 1_920, "s1"),
        AudioClip("d", "", 960, 960, "s1"),
        AudioClip("e", "", 1_920, 960, "s1"),
    )

    assert [region.get("opaque") for region in regions(root_of(song), "A")] == ["1", "0", "1"]


def test_fades_are_curves_of_their_shape():
    song = an_audio_song(AudioClip("c", "", 0, 3_840, "s1", fade_in_ms=100.0, fade_shape="s_curve"))

    (region,) = regions(root_of(song), "A")

    assert (region.get("fade-in-active"), region.get("fade-out-active")) == ("1", "0")
    events = [line.split() for line in region.find("FadeIn/AutomationList/events").text.strip().splitlines()]
    gains = {int(place[1:]) // FRAME: float(value) for place, value in events}
    assert (gains[0], gains[2_400], gains[4_800]) == (0.0, pytest.approx(0.5), pytest.approx(1.0))
    assert gains[1_200] == pytest.approx(0.5 - 0.5 * math.cos(math.pi / 4))


@pytest.mark.parametrize("pan", [-1.0, -0.6, 0.0, 0.25, 1.0])
def test_ardours_mono_pan_is_set_so_that_both_sides_are_as_here(pan):
    azimuth, factor = mono_pan(pan)

    bend = 2.0 - 4.0 * 10.0 ** (-3.0 / 20.0)
    theirs = [side * (bend * side + 1.0 - bend) * factor for side in (1.0 - azimuth, azimuth)]
    assert theirs == pytest.approx(pan_gains(pan), abs=1e-9)


def test_a_tempo_ramp_is_straight_in_beats_and_meters_stand_on_their_bars():
    tempo = TempoMap((TempoPoint(0, 60.0, ramp=True), TempoPoint(4 * PPQ, 120.0)))
    meters = MeterMap((MeterChange(1, Meter(7, 8)), MeterChange(3, Meter(3, 4))))

    root = root_of(a_song(tempo_map=tempo, meter_map=meters))

    first, second = root.iter("Tempo")
    assert [first.get(key) for key in ("npm", "enpm", "type")] == ["60.0", "120.0", "Tempo::Ramped"]
    # From one quarter note a second to two, within four of them.
    assert float(first.get("omega")) * 282_240_000 == pytest.approx(0.25)
    assert [second.get(key) for key in ("quarters", "bbt", "omega")] == ["4:0", "2|2|0", "0.0"]
    assert [each.get("bbt") for each in root.iter("Meter")] == ["1|1|0", "3|1|0"]


def test_groups_sends_and_switches_are_those_of_the_strips():
    song = a_song(
        Track("a", "A", "audio", output="g", gain_db=-6.0, trim_db=2.0, pan=0.5, muted=True, soloed=True),
        Track("b", "B", "audio", sends=(Send("s", "r", -6.0, pre_fader=True), Send("t", "r", enabled=False))),
        Track("g", "Group", "bus"),
        Track("r", "Room", "bus", solo_safe=True),
    )

    found = routes(root_of(song))

    connections = [each.get("other") for each in found["A"].iter("Connection")]
    assert connections == ["Group/audio_in 1", "Group/audio_in 2"]
    values = {each.get("name"): each for each in found["A"].iter("Controllable")}
    assert float(values["gaincontrol"].get("value")) == pytest.approx(10 ** (-6 / 20))
    assert float(values["trimcontrol"].get("value")) == pytest.approx(10 ** (2 / 20))
    assert float(values["pan-azimuth"].get("value")) == 0.75
    assert (values["mute"].get("value"), values["solo"].get("self-solo")) == ("1", "1")
    solo = next(each for each in found["Group"].iter("Controllable") if each.get("name") == "solo")
    assert solo.get("soloed-by-upstream") == "1"
    order = [each.get("type") for each in found["B"].iter("Processor")]
    assert order.index("intsend") < order.index("amp")
    early, late = processor(found["B"], "intsend")
    assert (early.get("active"), late.get("active")) == ("1", "0")
    assert early.get("target") == found["Room"].get("id")


def test_notes_have_a_track_beside_what_they_sound_like_and_returns_one_that_plays_into_them():
    clip = NotesClip("c", "Riff", 961, 1_920)
    song = a_song(
        Track("b", "Bass", "notes", clips=(clip,), sends=(Send("s", "r"),), trim_db=3.0),
        Track("r", "Room", "bus", inserts=(Insert("i", "reverb"),)),
    )
    sounds = {"b": SoundFile("01_bass.wav", 2, 96_000, 24_000), "r": SoundFile("02_room.wav", 2, 96_000)}

    root = root_of(song, sounds=sounds, notes={"c": "Riff.mid"})

    found = routes(root)
    assert [*found] == ["Master", "Bass", "Bass (notes)", "Room", "Room (sound)"]
    (notes,), (sound,) = regions(root, "Bass (notes)"), regions(root, "Bass")
    assert (notes.get("type"), notes.get("length")) == ("midi", "b3840@b1922")
    assert sound.get("length") == f"a{96_000 * FRAME}@a{24_000 * FRAME}"
    assert processor(found["Bass"], "intsend")[0].get("active") == "0"
    trim = next(each for each in found["Bass"].iter("Controllable") if each.get("name") == "trimcontrol")
    assert trim.get("value") == "1.0"
    assert {each.get("other") for each in found["Room (sound)"].iter("Connection")} == {
        "Room/audio_in 1",
        "Room/audio_in 2",
    }


def test_a_curve_of_the_fader_is_a_list_of_factors_that_plays():
    points = (AutomationPoint(0, -12.0), AutomationPoint(1_920, 0.0), AutomationPoint(2_880, -6.0, "hold"))
    song = an_audio_song(automation=(Automation("x", "gain_db", points),))

    (fader,) = processor(routes(root_of(song))["A"], "amp")

    curve = fader.find("Automation/AutomationList")
    assert (curve.get("automation-id"), curve.get("state")) == ("gain", "Play")
    events = [line.split() for line in curve.find("events").text.strip().splitlines()]
    gains = {int(place[1:]) // FRAME: float(value) for place, value in events}
    assert gains[0] == pytest.approx(10 ** (-12 / 20))
    assert (gains[48_000], gains[72_000]) == (pytest.approx(1.0), pytest.approx(10 ** (-6 / 20)))
    assert gains[24_000] == pytest.approx(10 ** (-6 / 20))


def test_names_that_ardour_keeps_for_itself_or_has_already_become_others():
    song = a_song(*(Track(str(at), name, "audio") for at, name in enumerate(["Master", "a:b", "A-B", ""])))

    assert [*routes(root_of(song))] == ["Master", "Master 2", "a-b", "A-B 2", "Track"]


def test_what_stays_behind_is_told():
    song = an_audio_song(
        AudioClip("c", "", 0, 960, "s1", color="#102030"), inserts=(Insert("i", "equalizer"),)
    )

    remarks = written(song, sources={}).remarks

    assert remarks == (
        "Ardour 7 or later opens the session.",
        "Effects stay behind, for Ardour has others: “A” (equalizer). Export stems to keep their sound.",
        "Clips of “A” were left out, for their files are missing: vox.",
        "Clips lose colours of their own: Ardour's regions have their track's.",
    )
    turned = an_audio_song(AudioClip("c", "", 0, 960, "s1", reversed=True))
    assert len(written(turned, sources={}).remarks) == 1
    with_chords = a_song(chords=(ChordChange(0, 960, "Fm"),))
    assert written(with_chords).remarks[1].startswith("Keys and chords stay behind")
