"""What is painted behind the notes."""

import msgspec
import pytest

from musicgen_desktop.document import ChordChange, KeyChange, NotesClip, Track
from musicgen_desktop.music import Chord, Key, Note, Patch
from musicgen_desktop.session.commands.notes import (
    chord_at,
    drum_names,
    ghost_notes,
    key_at,
    pitches_in_key,
    song_tick,
)


def a_track(track_id, *notes, clip=None, **changes):
    plain = {"id": f"{track_id}-clip", "name": "", "start_ticks": 3840, "length_ticks": 3840, "notes": notes}
    clip = NotesClip(**plain | (clip or {}))
    return Track(
        **{"id": track_id, "name": "", "kind": "notes", "color": "#aabbcc", "clips": (clip,)} | changes
    )


def ghosts(song):
    return [
        (note.start_ticks, note.length_ticks, note.pitch, color) for note, color in ghost_notes(song, "c")
    ]


def test_the_key_is_the_last_that_began(a_song):
    keys = (KeyChange(960, "A minor"), KeyChange(1920, "D dorian"))
    song = msgspec.structs.replace(a_song(), keys=keys)

    assert [key_at(song, tick) for tick in (0, 960, 1919, 5000)] == [
        None,
        Key.parse("Am"),
        Key.parse("Am"),
        Key.parse("D dorian"),
    ]


def test_keys_and_chords_of_unknown_names_are_passed_over(a_song):
    song = msgspec.structs.replace(
        a_song(), keys=(KeyChange(0, "H sharp"),), chords=(ChordChange(0, 960, "Xyz"),)
    )

    assert key_at(song, 0) is None
    assert chord_at(song, 0) is None


def test_a_scale_has_its_pitch_classes():
    assert pitches_in_key(Key.parse("A minor")) == {9, 11, 0, 2, 4, 5, 7}


def test_a_chord_holds_as_long_as_it_lasts(a_song):
    song = msgspec.structs.replace(
        a_song(), chords=(ChordChange(1920, 960, "G"), ChordChange(0, 960, "Am7/D"))
    )

    assert [chord_at(song, tick) for tick in (0, 960, 1920, 2880)] == [
        Chord.parse("Am7/D"),
        None,
        Chord.parse("G"),
        None,
    ]


def test_notes_of_other_clips_show_where_they_sound_in_this_one(a_song):
    other = a_track("o", Note(0, 960, 50, 90), Note(960, 960, 52, 90), clip={"start_ticks": 2880})
    song = a_song(content_offset_ticks=240).with_track(other)

    # The first sounds before the clip; the second begins with it.
    assert ghosts(song) == [(240, 960, 52, "#aabbcc")]


def test_ghosts_are_cut_at_the_ends_of_the_clip(a_song):
    song = a_song().with_track(
        a_track("o", Note(0, 9000, 50, 90), clip={"start_ticks": 0, "length_ticks": 9000, "color": "#000001"})
    )

    assert ghosts(song) == [(0, 3840, 50, "#000001")]


@pytest.mark.parametrize(
    "changes",
    [{"patch": Patch("synth", is_drums=True)}, {"role": "drums"}, {"muted": True}, {"clip": {"muted": True}}],
)
def test_drums_and_what_is_muted_are_no_ghosts(a_song, changes):
    song = a_song(Note(0, 960, 60, 90)).with_track(a_track("o", Note(0, 960, 50, 90), **changes))

    assert ghosts(song) == []


def test_a_loop_shows_what_sounds_in_its_first_round(a_song):
    other = a_track("o", *(Note(tick, 100, 50, 90) for tick in (0, 600, 960, 1300)))
    song = a_song(content_offset_ticks=480, loop_length_ticks=960).with_track(other)

    assert [(start, length) for start, length, *_ in ghosts(song)] == [(120, 100), (480, 100)]


def test_a_tick_of_the_content_is_found_in_the_song(a_song, clip_of):
    plain = clip_of(a_song(content_offset_ticks=240))
    loop = clip_of(a_song(content_offset_ticks=240, loop_length_ticks=960))

    assert song_tick(plain, 240) == song_tick(loop, 240) == 3840
    assert (song_tick(plain, 0), song_tick(loop, 0)) == (3600, 4560)


def test_drums_have_names_and_pitched_sounds_have_none():
    assert drum_names(Patch("synth", is_drums=True))[38] == "Acoustic Snare"
    assert drum_names(Patch("synth")) == drum_names(None) == {}
