"""What changed between two projects, small, and exactly enough to repeat it."""

import contextlib

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicgen_desktop.document import Insert, Marker, NotesClip, Project, Send, Track
from musicgen_desktop.music import Note
from musicgen_desktop.storage._delta import applied, delta_between


def plain(value):
    return msgspec.json.decode(msgspec.json.encode(value))


def repeated(before, after):
    """`after` as plain values, made from `before` and the written delta."""
    delta = delta_between(before, after)
    return plain(before) if delta is None else applied(plain(delta), plain(before))


def a_long_clip():
    return NotesClip("c", "Riff", 0, 10**6, notes=tuple(Note(i * 10, 5, i % 128, 100) for i in range(5000)))


def size_of(before, after):
    return len(msgspec.json.encode(delta_between(before, after)))


def test_nothing_changed_is_no_delta(song):
    copy = msgspec.json.decode(msgspec.json.encode(song), type=Project)

    assert delta_between(song, song) is None
    assert delta_between(song, copy) is None


def test_one_note_of_many_is_a_few_bytes():
    before = a_long_clip()
    notes = list(before.notes)
    notes[2500] = Note(25000, 5, 60, 1)

    after = before.with_notes(tuple(notes))

    assert size_of(before, after) < 200
    assert repeated(before, after) == plain(after)


def test_notes_taken_out_here_and_there_are_a_few_bytes():
    before = a_long_clip()

    after = before.with_notes(tuple(note for i, note in enumerate(before.notes) if i % 500))

    assert size_of(before, after) < 300
    assert repeated(before, after) == plain(after)


def test_notes_that_were_rebuilt_equal_are_not_written_again():
    before = a_long_clip()
    rebuilt = [Note(n.start_ticks, n.length_ticks, n.pitch, n.velocity) for n in before.notes]
    rebuilt[0] = Note(3, 5, 0, 100)
    rebuilt[-1] = Note(10**5, 5, 0, 100)

    after = before.with_notes(tuple(rebuilt))

    assert size_of(before, after) < 300
    assert repeated(before, after) == plain(after)


def test_a_fader_in_a_large_project_is_a_few_bytes(song):
    after = song.with_track(song.track("vox").with_gain(-7.5))

    assert size_of(song, after) < 100
    assert repeated(song, after) == plain(after)


def test_a_reordered_list_copies_nothing(song):
    after = song.with_track(song.track("bus"), 0)

    assert size_of(song, after) < 100
    assert repeated(song, after) == plain(after)


NOTE = st.builds(Note, st.integers(0, 5), st.integers(1, 2), st.integers(60, 62), st.just(100))
TRACK = st.builds(
    Track,
    id=st.sampled_from("abcd"),
    name=st.sampled_from(["x", "y"]),
    kind=st.just("notes"),
    clips=st.lists(
        st.builds(
            NotesClip,
            id=st.sampled_from("pqr"),
            name=st.just("n"),
            start_ticks=st.integers(0, 3),
            length_ticks=st.just(9),
            notes=st.lists(NOTE, max_size=6).map(tuple),
            loop_length_ticks=st.none() | st.just(4),
        ),
        max_size=3,
        unique_by=lambda clip: clip.id,
    ).map(tuple),
    inserts=st.lists(
        st.builds(Insert, st.sampled_from("ij"), st.just("gain"), state=st.none() | st.just(b"\0"))
    )
    .map(lambda inserts: inserts[:1])
    .map(tuple),
    sends=st.lists(st.builds(Send, st.sampled_from("st"), st.just("bus")), max_size=2).map(tuple),
    output=st.none() | st.just("bus"),
)
EMPTY = Project.new("Song")
PROJECT = st.lists(TRACK, max_size=4, unique_by=lambda track: track.id).map(
    lambda tracks: msgspec.structs.replace(
        EMPTY, tracks=tuple(tracks), markers=(Marker("m", "x", len(tracks)),)
    )
)


@given(before=PROJECT, after=PROJECT)
def test_a_delta_repeats_any_change_even_with_ids_used_twice(before, after):
    assert repeated(before, after) == plain(after)
    assert (delta_between(before, after) is None) == (before == after)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 9) | st.text(max_size=2),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["v", "f", "l", "i", "d", "n", "tracks"]), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(delta=JSON)
def test_a_delta_of_nonsense_fails_in_a_way_that_is_known(delta):
    # These are the errors that opening a project expects.
    with contextlib.suppress(ValueError, TypeError, KeyError, IndexError, AttributeError):
        applied(delta, {"tracks": [{"id": "a"}, {"id": "b"}]})


@pytest.mark.parametrize(
    "steps", [[[0, 2], [0, 2]], [[0, 3]], [[-1, 1]], [[0, -1]], [{"i": 5, "d": {}}], [{"i": -1}]]
)
def test_a_list_is_never_kept_twice_nor_beyond_its_end(steps):
    with pytest.raises((ValueError, IndexError)):
        applied({"l": steps}, [1, 2])
