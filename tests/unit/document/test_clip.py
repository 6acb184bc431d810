"""Clips: moving, trimming, splitting, and what sounds of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicgen_desktop.document import AudioClip, NotesClip
from musicgen_desktop.music import Control, Note
from musicgen_desktop.timing import TempoMap, TempoPoint

TEMPO = TempoMap.constant(120.0)  # 1920 ticks a second
RAMP = TempoMap((TempoPoint(0, 60.0, ramp=True), TempoPoint(9600, 180.0)))


def an_audio_clip(**changes):
    plain = {"id": "c", "name": "Voice", "start_ticks": 1920, "length_ticks": 3840, "source_id": "s"}
    return AudioClip(**plain | changes)


def a_notes_clip(*notes, **changes):
    plain = {"id": "c", "name": "Riff", "start_ticks": 960, "length_ticks": 960, "notes": notes}
    return NotesClip(**plain | changes)


def spans(notes):
    return [(note.start_ticks, note.end_ticks, note.pitch) for note in notes]


def test_a_moved_clip_shares_its_notes():
    clip = a_notes_clip(Note(0, 10, 60, 100))

    moved = clip.moved_to(0)

    assert moved.start_ticks == 0
    assert moved.notes is clip.notes
    assert clip.start_ticks == 960


def test_trimming_an_audio_clip_on_the_left_keeps_its_sound_in_place():
    clip = an_audio_clip(source_offset_frames=100)

    trimmed = clip.trimmed_to(1920 + 960, 2880, tempo_map=TEMPO, source_rate=48000)

    assert trimmed.source_offset_frames == 100 + 24000
    assert trimmed.end_ticks == clip.end_ticks


def test_trimming_an_audio_clip_on_the_right_leaves_its_offset():
    clip = an_audio_clip(source_offset_frames=100)

    trimmed = clip.trimmed_to(1920, 960, tempo_map=TEMPO, source_rate=48000)

    assert (trimmed.source_offset_frames, trimmed.length_ticks) == (100, 960)


def test_a_reversed_clip_is_trimmed_on_the_right_into_its_file():
    clip = an_audio_clip(reversed=True)

    trimmed = clip.trimmed_to(1920, 3840 - 960, tempo_map=TEMPO, source_rate=48000)

    assert trimmed.source_offset_frames == 24000


def test_an_audio_clip_cannot_begin_before_its_file():
    clip = an_audio_clip(source_offset_frames=24000)

    trimmed = clip.trimmed_to(0, 5760, tempo_map=TEMPO, source_rate=48000)

    assert (trimmed.start_ticks, trimmed.source_offset_frames) == (960, 0)
    assert trimmed.end_ticks == clip.end_ticks


def test_halves_of_an_audio_clip_meet_in_the_file_on_a_tempo_ramp():
    clip = an_audio_clip(source_offset_frames=500, fade_in_ms=5.0, fade_out_ms=7.0)

    left, right = clip.split_at(3000, tempo_map=RAMP, source_rate=44100)

    assert (left.start_ticks, left.end_ticks, right.end_ticks) == (1920, right.start_ticks, clip.end_ticks)
    assert right.source_offset_frames - 500 == pytest.approx(RAMP.seconds_between(1920, 3000) * 44100, abs=1)
    assert (left.fade_in_ms, left.fade_out_ms, right.fade_in_ms, right.fade_out_ms) == (5.0, 0.0, 0.0, 7.0)
    assert left.id == clip.id != right.id


@pytest.mark.parametrize("tick", [1920, 5760, 0])
def test_a_clip_is_not_split_at_or_outside_its_ends(tick):
    with pytest.raises(ValueError, match="between its ends"):
        an_audio_clip().split_at(tick, tempo_map=TEMPO, source_rate=48000)
    with pytest.raises(ValueError, match="between its ends"):
        a_notes_clip(start_ticks=1920, length_ticks=3840).split_at(tick)


def test_notes_sound_in_song_ticks_cut_at_the_clips_ends():
    clip = a_notes_clip(Note(0, 200, 60, 100), Note(900, 200, 64, 100), Note(960, 10, 67, 100))

    assert spans(clip.sounding_notes()) == [(960, 1160, 60), (1860, 1920, 64)]


def test_an_offset_shows_later_content_and_cuts_what_already_sounds():
    clip = a_notes_clip(Note(0, 200, 60, 100), Note(300, 100, 64, 100), content_offset_ticks=100)

    assert spans(clip.sounding_notes()) == [(960, 1060, 60), (1160, 1260, 64)]


def test_a_loop_is_written_out_and_cut_at_its_seam():
    clip = a_notes_clip(Note(0, 50, 60, 90), Note(350, 100, 64, 90), loop_length_ticks=400, length_ticks=900)

    assert spans(clip.sounding_notes()) == [
        (960, 1010, 60),
        (1310, 1360, 64),
        (1360, 1410, 60),
        (1710, 1760, 64),
        (1760, 1810, 60),
    ]


def test_notes_inside_are_those_that_touch_what_the_clip_plays_each_once():
    notes = (Note(0, 100, 60, 90), Note(50, 100, 62, 90), Note(400, 100, 64, 90), Note(1000, 100, 65, 90))

    cut = a_notes_clip(*notes, content_offset_ticks=100, length_ticks=900)
    looped = a_notes_clip(*notes, loop_length_ticks=400, length_ticks=900)

    assert [note.pitch for note in cut.notes_inside()] == [62, 64]
    assert [note.pitch for note in looped.notes_inside()] == [60, 62]


def test_a_muted_clip_sounds_no_notes_but_still_shows_them():
    clip = a_notes_clip(Note(0, 50, 60, 90), controls=(Control(0, "cc", 7, 100),)).muted_as(muted=True)

    assert clip.sounding_notes() == ()
    assert clip.sounding_controls() == ()
    assert len(clip.unrolled_notes()) == 1


def test_the_last_control_before_the_window_opens_it():
    early = (
        Control(0, "cc", 7, 10),
        Control(50, "cc", 7, 20),
        Control(60, "cc", 1, 5),
        Control(300, "cc", 7, 9),
    )
    clip = a_notes_clip(controls=early, content_offset_ticks=100)

    heard = clip.sounding_controls()

    assert [(c.tick, c.number, c.value) for c in heard] == [(960, 7, 20), (960, 1, 5), (1160, 7, 9)]


NOTES = st.lists(
    st.builds(Note, st.integers(0, 2000), st.integers(1, 500), st.integers(0, 127), st.integers(1, 127)),
    max_size=8,
)


@given(notes=NOTES, offset=st.integers(0, 500), loop=st.none() | st.integers(1, 700), at=st.integers(1, 999))
def test_halves_of_a_notes_clip_sound_as_long_as_the_whole(notes, offset, loop, at):
    clip = a_notes_clip(
        *notes, start_ticks=100, length_ticks=1000, content_offset_ticks=offset, loop_length_ticks=loop
    )

    left, right = clip.split_at(100 + at)

    assert (left.start_ticks, left.end_ticks, right.start_ticks, right.end_ticks) == (
        100,
        100 + at,
        100 + at,
        1100,
    )
    assert ticks_heard(left) + ticks_heard(right) == ticks_heard(clip)


@given(notes=NOTES, offset=st.integers(-500, 500), loop=st.none() | st.integers(1, 700))
def test_nothing_sounds_outside_the_clip(notes, offset, loop):
    clip = a_notes_clip(*notes, content_offset_ticks=offset, loop_length_ticks=loop)

    heard = clip.sounding_notes()

    assert all(960 <= note.start_ticks < note.end_ticks <= 1920 for note in heard)
    assert list(heard) == sorted(heard, key=lambda note: (note.start_ticks, note.pitch))


def ticks_heard(clip):
    return sum(note.length_ticks for note in clip.sounding_notes())
