"""Which port, channel and messages each track of a song has, and what of an edit is sent."""

import queue

import msgspec
import pytest

from musicgen_desktop.document import MidiOutput, NotesClip, Project, Track
from musicgen_desktop.exchange.live_sync import SetParts, SetPorts, SetSong
from musicgen_desktop.music import Control, Note, Patch
from musicgen_desktop.session.controllers.live_midi import LiveMidi, routing_of
from musicgen_desktop.session.controllers.live_midi._parts import part_of
from musicgen_desktop.timing import TempoMap

WAIT_S = 30


def a_track(name, *notes, port="", channel=None, **others):
    clip = NotesClip(f"{name}-clip", name, 0, 3840, notes or (Note(0, 960, 60, 90),))
    return Track(name, name, "notes", clips=(clip,), midi_output=MidiOutput(port, channel), **others)


def a_song(*tracks):
    project = Project.new("Song")
    for track in tracks:
        project = project.with_track(track)
    return project


class Client:
    """Keeps what it is told."""

    def __init__(self):
        self.told = queue.SimpleQueue()

    def send(self, command):
        self.told.put(command)

    def take(self, *kinds):
        found = [self.told.get(timeout=WAIT_S) for _ in kinds]
        assert [type(each) for each in found] == list(kinds)
        return found


@pytest.fixture
def client():
    return Client()


@pytest.fixture
def live(client):
    made = LiveMidi(client)
    yield made
    made.close()


def channels_of(project):
    return {name: route.channel for name, route in routing_of(project, "one", {}).routes.items()}


def test_each_track_of_a_port_has_a_channel_of_its_own_and_drums_have_the_tenth():
    drums = a_track("drums", patch=Patch("general_midi", is_drums=True))

    assert channels_of(a_song(a_track("a"), drums, a_track("b"))) == {"a": 0, "drums": 9, "b": 1}


def test_a_chosen_channel_is_kept_and_given_to_no_other():
    assert channels_of(a_song(a_track("a"), a_track("b", channel=0))) == {"a": 1, "b": 0}


def test_with_more_tracks_than_channels_they_share_them_and_never_the_drums():
    found = channels_of(a_song(*(a_track(f"t{number}") for number in range(20))))

    assert (found["t14"], found["t15"]) == (15, 0)
    assert 9 not in found.values()


def test_a_track_that_sends_nowhere_has_no_route():
    silent = msgspec.structs.replace(a_track("a"), midi_output=None)

    assert routing_of(a_song(silent), "one", {}).ports == ()


def test_ports_are_named_by_the_song_by_tracks_or_exist_and_have_their_offsets():
    song = a_song(a_track("Lead"), a_track("Pad", port="Synth In"))
    offsets = {"": -5.0, "Synth In": 12.0}

    one, each = (routing_of(song, way, offsets).ports for way in ("one", "tracks"))

    assert [(port.key, port.name, port.is_virtual, port.offset_ms) for port in one] == [
        ("", "Song", True, -5.0),
        ("Synth In", "Synth In", False, 12.0),
    ]
    assert [(port.key, port.name) for port in each] == [("track:Lead", "Lead"), ("Synth In", "Synth In")]


@pytest.mark.parametrize(
    ("changes", "heard"),
    [
        ({"a": {"muted": True}}, {"b"}),
        ({"b": {"soloed": True}}, {"b"}),
        ({"group": {"muted": True}}, {"b"}),
        ({"group": {"soloed": True}}, {"a"}),
    ],
)
def test_mute_and_solo_of_tracks_and_their_groups_decide_what_is_heard(changes, heard):
    project = a_song(a_track("a", output="group"), a_track("b"), Track("group", "Group", "bus"))
    for name, change in changes.items():
        project = project.with_track(msgspec.structs.replace(project.track(name), **change))

    routes = routing_of(project, "one", {}).routes

    assert {name for name, route in routes.items() if route.is_heard} == heard


def test_a_part_has_the_track_s_sound_and_messages_on_its_channel():
    clip = NotesClip("c", "c", 960, 3840, (Note(0, 480, 60, 90),), (Control(240, "cc", 1, 64),))
    patch = Patch("general_midi", program=33, bank=128)
    track = Track("t", "t", "notes", clips=(clip,), patch=patch, midi_output=MidiOutput(channel=4))
    project = a_song(track)

    part = part_of(project, track, routing_of(project, "one", {}).routes["t"])

    assert part.setup == (b"\xb4\x00\x01", b"\xb4\x20\x00", b"\xc4\x21")
    assert part.messages == (
        (960, b"\x94\x3c\x5a"),
        (1200, b"\xb4\x01\x40"),
        (1440, b"\x84\x3c\x00"),
    )


def test_nothing_is_sent_while_no_track_goes_to_a_port(client, live):
    silent = msgspec.structs.replace(a_track("a"), midi_output=None)

    live.show(a_song(silent))
    live.close()

    assert client.told.empty()


def test_of_an_edit_only_the_changed_track_is_sent(client, live):
    song = a_song(a_track("a"), a_track("b"))
    live.show(song)
    _, ports, whole = client.take(SetSong, SetPorts, SetParts)

    b = song.track("b")
    live.show(song.with_track(b.with_clip(b.clips[0].with_notes((Note(0, 960, 72, 90),)))))
    (edit,) = client.take(SetParts)

    assert [port.key for port in ports.ports] == [""]
    assert [part.id for part in whole.parts] == ["a", "b"]
    assert [part.id for part in edit.parts] == ["b"]


def test_a_fader_sends_nothing_and_a_mute_an_empty_part(client, live):
    song = a_song(a_track("a"), a_track("b"))
    live.show(song)
    client.take(SetSong, SetPorts, SetParts)

    live.show(song.with_track(song.track("a").with_gain(-6.0)))
    live.show(song.with_track(song.track("b").muted_as(muted=True)))
    (edit,) = client.take(SetParts)

    assert [(part.id, part.messages) for part in edit.parts] == [("b", ())]


def test_a_track_that_goes_and_a_tempo_that_changes_are_told(client, live):
    song = a_song(a_track("a"), a_track("b"))
    live.show(song)
    client.take(SetSong, SetPorts, SetParts)

    live.show(msgspec.structs.replace(song, tracks=song.tracks[:1], tempo_map=TempoMap.constant(90.0)))
    tempo, edit = client.take(SetSong, SetParts)

    assert tempo.tempo_map == TempoMap.constant(90.0)
    assert (edit.parts, edit.gone) == ((), ("b",))


def test_other_ways_open_other_ports(client, live):
    live.show(a_song(a_track("a")))
    client.take(SetSong, SetPorts, SetParts)

    live.set_ways("tracks", {"": 3.0})
    ports, edit = client.take(SetPorts, SetParts)

    assert [(port.key, port.offset_ms) for port in ports.ports] == [("track:a", 3.0)]
    assert edit.parts[0].port == "track:a"
