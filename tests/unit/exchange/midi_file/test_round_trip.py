"""Wild songs as MIDI files of every form: mido, pretty_midi and our own import find the same notes."""

import pytest

from musicgen_desktop.document import AudioClip, NotesClip, Track
from musicgen_desktop.exchange.midi_file import MidiForm, midi_remarks, song_midi, track_midi
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.music import Note, Patch
from musicgen_desktop.timing import PPQ, TempoMap, TempoPoint
from tests.fakes.smf_readers import FORMS, Heard, parts_by_mido, saved, tempo_clock, wrong_parts
from tests.fakes.wild_songs import a_song, a_source, a_wild_song


def a_track(name, *notes, **changes):
    clip = NotesClip(f"{name} clip", "", 0, 4 * PPQ, notes)
    return Track(name, name, "notes", clips=(clip,), **changes)


@pytest.mark.parametrize("seed", range(30))
def test_the_notes_of_a_wild_song_come_back_within_a_tick(seed):
    song = a_wild_song(seed, [200, 600, 1_200][seed % 3])

    assert wrong_parts(song, FORMS[seed % 4]) == []


@pytest.mark.slow
@pytest.mark.parametrize("form", [FORMS[0], FORMS[3]])
def test_twenty_thousand_notes_come_back_within_a_tick(form):
    song = a_wild_song(7, 24_000)

    assert wrong_parts(song, form) == []


@pytest.mark.parametrize("form", FORMS)
def test_tempo_changes_of_a_wild_song_stand_where_ours_do(form):
    song = a_wild_song(11, 200)

    clock = tempo_clock(saved(song, form))

    assert len(clock) > 8
    for tick, seconds in clock:
        slowest_tick_s = 60.0 / 30.0 / form.ppq
        assert seconds == pytest.approx(song.tempo_map.seconds_at(form.ours(tick)), abs=slowest_tick_s)


def test_a_tempo_that_changes_between_two_ticks_of_the_file_makes_nothing_late():
    points = (TempoPoint(0, 200.0), *(TempoPoint(tick, 60.0 + tick % 7) for tick in range(1, 9_600, 60)))
    song = a_song(a_track("a", Note(0, 960, 60, 90)), tempo_map=TempoMap(points))

    tick, seconds = tempo_clock(saved(song, MidiForm(1, 480)))[-1]

    assert seconds == pytest.approx(song.tempo_map.seconds_at(2 * tick), abs=1e-4)


def test_type_0_is_one_track_that_holds_the_conductors_events_too():
    song = a_song(a_track("a", Note(0, 960, 60, 90)), a_track("b", Note(480, 960, 60, 80)))

    midi = song_midi(song, MidiForm(0, 480))

    assert (midi.type, midi.ticks_per_beat, len(midi.tracks)) == (0, 480, 1)
    kinds = [message.type for message in midi.tracks[0]]
    assert kinds[:3] == ["track_name", "set_tempo", "time_signature"]
    assert (midi.tracks[0].name, kinds.count("track_name")) == ("Night Drive", 1)
    assert [(part.channel, part.notes) for part in parts_by_mido(saved(song, MidiForm(0, 480)))] == [
        (0, [Heard(60, 0, 480, 90)]),
        (1, [Heard(60, 240, 720, 80)]),
    ]


def test_drums_of_two_tracks_share_a_channel_of_type_0_and_no_key_is_struck_while_it_is_held():
    kit = Patch("general_midi", is_drums=True)
    song = a_song(
        a_track("a", Note(0, 960, 36, 90), patch=kit), a_track("b", Note(480, 960, 36, 80), patch=kit)
    )

    (part,) = parts_by_mido(saved(song, MidiForm(0, 960)))

    assert part.notes == [Heard(36, 0, 480, 90), Heard(36, 480, 1_440, 80)]


def test_a_note_shorter_than_a_tick_of_the_file_lasts_one():
    (part,) = parts_by_mido(saved(a_song(a_track("a", Note(2, 1, 60, 90))), MidiForm(1, 480)))

    assert part.notes == [Heard(60, 1, 2, 90)]


def test_more_melodies_than_channels_are_refused_for_type_0_alone():
    song = a_song(*(a_track(str(at), Note(0, 960, 60, 90)) for at in range(16)))

    with pytest.raises(UserInputError, match=r"^A MIDI file of type 0 has 15 channels .* write type 1\.$"):
        song_midi(song, MidiForm(0))
    assert len(song_midi(song).tracks) == 17
    assert track_midi(song, song.tracks[15], MidiForm(0)).tracks[0].name == "15"


def test_what_programs_do_not_take_from_a_file_is_told():
    sound = Track("v", "Vox", "audio", clips=(AudioClip("c", "", 0, 960, "s1"),))
    changing = TempoMap((TempoPoint(0, 100.0), TempoPoint(960, 120.0)))

    remarks = midi_remarks(a_song(sound, sources=(a_source(),), tempo_map=changing))

    assert remarks[0] == "Sound has no place in MIDI files: Vox."
    assert remarks[1].startswith("Logic Pro takes changes of tempo and meter when the file is opened")
    assert midi_remarks(a_song(a_track("a", Note(0, 960, 60, 90)))) == ()
