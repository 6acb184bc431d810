"""Drawing, moving, resizing, cutting and copying notes."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicgen_desktop.document import AudioClip, Origin, Take, Track
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.music import Control, Note, note_order
from musicgen_desktop.session.commands.notes import (
    add_notes,
    count_from_clip_start,
    delete_notes,
    duplicate_notes,
    glue_notes,
    move_notes,
    paste_notes,
    resize_notes,
    selection_in,
    split_notes,
)

LOW, HIGH = Note(0, 240, 60, 90), Note(480, 240, 64, 100)
NOTES = st.lists(
    st.builds(
        Note,
        st.integers(0, 4000),
        st.integers(1, 2000),
        st.integers(0, 127),
        st.integers(1, 127),
    ),
    min_size=1,
    max_size=12,
)


def test_a_drawn_note_is_selected_and_lies_in_order(a_song, clip_of):
    song = a_song(LOW, HIGH)
    drawn = Note(240, 240, 62, 80)

    edit = add_notes(song, "c", [drawn])

    assert clip_of(edit).notes == (LOW, drawn, HIGH)
    assert (edit.notes, edit.label) == ((drawn,), "Add note")
    assert clip_of(song).notes == (LOW, HIGH)


@pytest.mark.parametrize(("grow", "length"), [(True, 4800), (False, 3840)])
def test_a_note_beyond_the_end_lengthens_the_clip_when_asked(a_song, clip_of, grow, length):
    edit = add_notes(a_song(), "c", [Note(3840, 960, 60, 90)], grow=grow)

    assert clip_of(edit).length_ticks == length


def test_a_clip_grows_by_what_it_shows_of_its_content(a_song, clip_of):
    edit = add_notes(a_song(content_offset_ticks=960), "c", [Note(3840, 1920, 60, 90)], grow=True)

    assert clip_of(edit).length_ticks == 4800


def test_a_loop_does_not_grow(a_song, clip_of):
    edit = add_notes(a_song(loop_length_ticks=960), "c", [Note(3840, 960, 60, 90)], grow=True)

    assert clip_of(edit).length_ticks == 3840


def test_of_two_equal_notes_one_is_deleted_when_one_is_named(a_song, clip_of):
    song = a_song(LOW, LOW, HIGH)

    edit = delete_notes(song, "c", [LOW])

    assert clip_of(edit).notes == (LOW, HIGH)
    assert edit.notes == ()


def test_equal_notes_move_together_without_a_loss(a_song, clip_of):
    edit = move_notes(a_song(LOW, LOW), "c", [LOW, LOW], by_ticks=10)

    assert edit.notes == clip_of(edit).notes == (Note(10, 240, 60, 90),) * 2


def test_notes_move_in_time_and_pitch(a_song, clip_of):
    edit = move_notes(a_song(LOW, HIGH), "c", [HIGH], by_ticks=-240, by_semitones=3)

    assert clip_of(edit).notes == (LOW, Note(240, 240, 67, 100))


def test_notes_stop_together_at_the_edges(a_song, clip_of):
    song = a_song(Note(100, 10, 2, 90), Note(300, 10, 120, 90))

    early = move_notes(song, "c", clip_of(song).notes, by_ticks=-500, by_semitones=-20)
    high = move_notes(song, "c", clip_of(song).notes, by_semitones=20)

    assert early.notes == (Note(0, 10, 0, 90), Note(200, 10, 118, 90))
    assert [note.pitch for note in high.notes] == [9, 127]


def test_copying_leaves_the_notes_and_selects_the_copies(a_song, clip_of):
    edit = move_notes(a_song(LOW), "c", [LOW], by_ticks=960, copy=True)

    assert clip_of(edit).notes == (LOW, Note(960, 240, 60, 90))
    assert (edit.notes, edit.label) == ((Note(960, 240, 60, 90),), "Copy note")


def test_moving_by_nothing_returns_the_same_project(a_song):
    song = a_song(LOW, HIGH)

    assert move_notes(song, "c", [LOW]).project is song


@given(notes=NOTES, by_ticks=st.integers(0, 5000), by_semitones=st.integers(-127, 127))
def test_moving_there_and_back_changes_nothing(a_song, clip_of, notes, by_ticks, by_semitones):
    song = a_song(*sorted(notes, key=note_order))
    pitches = [note.pitch for note in notes]
    by_semitones = max(-min(pitches), min(by_semitones, 127 - max(pitches)))

    there = move_notes(song, "c", notes, by_ticks=by_ticks, by_semitones=by_semitones)
    back = move_notes(there.project, "c", there.notes, by_ticks=-by_ticks, by_semitones=-by_semitones)

    assert clip_of(back).notes == clip_of(song).notes


@given(notes=NOTES, by_ticks=st.integers(-9000, 9000), by_semitones=st.integers(-200, 200))
def test_moving_keeps_the_number_of_notes_and_the_distances(a_song, notes, by_ticks, by_semitones):
    edit = move_notes(a_song(*notes), "c", notes, by_ticks=by_ticks, by_semitones=by_semitones)

    assert len(edit.notes) == len(notes)
    before = sorted(notes, key=note_order)
    shifts = {
        (new.start_ticks - old.start_ticks, new.pitch - old.pitch)
        for old, new in zip(before, edit.notes, strict=True)
    }
    assert len(shifts) == 1


def test_the_right_edge_goes_no_nearer_than_the_shortest_length(a_song):
    longer = resize_notes(a_song(LOW), "c", [LOW], end_by=60)
    shorter = resize_notes(a_song(LOW), "c", [LOW], end_by=-999)
    tiny = resize_notes(a_song(LOW), "c", [LOW], end_by=-999, shortest_ticks=1)

    assert [edit.notes[0].length_ticks for edit in (longer, shorter, tiny)] == [300, 60, 1]


def test_the_left_edge_moves_and_the_right_one_stays(a_song):
    song = a_song(HIGH)

    edits = [resize_notes(song, "c", [HIGH], start_by=by) for by in (-100, -900, 100, 900)]

    assert [(edit.notes[0].start_ticks, edit.notes[0].end_ticks) for edit in edits] == [
        (380, 720),
        (0, 720),
        (580, 720),
        (660, 720),
    ]


def test_a_note_that_is_shorter_already_keeps_its_length(a_song):
    grace = Note(100, 20, 60, 90)

    edit = resize_notes(a_song(grace), "c", [grace], end_by=-10)

    assert edit.notes == (grace,)


def test_resizing_lengthens_the_clip_when_asked(a_song, clip_of):
    last = Note(3600, 240, 60, 90)

    edit = resize_notes(a_song(last), "c", [last], end_by=240, grow=True)

    assert clip_of(edit).length_ticks == 4080


def test_a_note_is_split_where_it_sounds(a_song, clip_of):
    edit = split_notes(a_song(LOW, HIGH), "c", [LOW, HIGH], 100)

    assert clip_of(edit).notes == edit.notes == (Note(0, 100, 60, 90), Note(100, 140, 60, 90), HIGH)


def test_gluing_joins_the_notes_of_each_pitch(a_song, clip_of):
    song = a_song(Note(0, 100, 60, 90), Note(50, 20, 64, 80), Note(200, 100, 60, 10), Note(250, 10, 60, 1))

    edit = glue_notes(song, "c", clip_of(song).notes)

    assert clip_of(edit).notes == (Note(0, 300, 60, 90), Note(50, 20, 64, 80))


def test_splitting_and_gluing_gives_the_note_back(a_song):
    song = a_song(LOW)

    parts = split_notes(song, "c", [LOW], 7)
    whole = glue_notes(parts.project, "c", parts.notes)

    assert whole.project == song


def test_pasted_notes_start_where_they_are_put(a_song, clip_of):
    edit = paste_notes(a_song(LOW), "c", [HIGH, Note(600, 10, 50, 1)], at_tick=960)
    front = paste_notes(a_song(), "c", [HIGH], at_tick=-5)

    assert edit.notes == (Note(960, 240, 64, 100), Note(1080, 10, 50, 1))
    assert len(clip_of(edit).notes) == 3
    assert front.notes[0].start_ticks == 0


def test_pasted_notes_bring_the_files_that_they_came_from(a_song, clip_of):
    ours, theirs = Origin("own.mid"), Origin("hit.mid", "(c) Somebody")

    edit = paste_notes(a_song(LOW, origins=(ours,)), "c", [HIGH], at_tick=0, origins=(theirs, ours))

    assert clip_of(edit).origins == (ours, theirs)


OWN = Take("own", "Own", "composer", commercial_use=True)
NOT_TO_SELL = Take(
    "nc", "Sung", "musicgen", "small", "CC-BY-NC-4.0", commercial_use=False, request={"seed": 1}
)


@pytest.mark.parametrize(
    ("had", "pasted", "has"),
    [(None, NOT_TO_SELL, "nc"), ("own", NOT_TO_SELL, "nc"), ("nc", OWN, "nc"), (None, OWN, None)],
)
def test_pasted_notes_that_may_not_be_sold_make_their_clip_so(a_song, clip_of, had, pasted, has):
    song = msgspec.structs.replace(a_song(LOW, take_id=had), takes=(OWN, NOT_TO_SELL))

    edit = paste_notes(song, "c", [HIGH], at_tick=0, take=pasted)

    assert clip_of(edit).take_id == has
    assert edit.project.takes == song.takes


def test_notes_of_another_project_bring_the_take_that_may_not_be_sold(a_song, clip_of):
    edit = paste_notes(a_song(LOW), "c", [HIGH], at_tick=0, take=NOT_TO_SELL)

    assert clip_of(edit).take_id == "nc"
    assert edit.project.takes == (msgspec.structs.replace(NOT_TO_SELL, request={}),)


def test_duplicates_follow_on_the_grid(a_song, clip_of):
    song = a_song(Note(0, 200, 60, 90), Note(480, 200, 62, 90))

    plain = duplicate_notes(song, "c", clip_of(song).notes)
    gridded = duplicate_notes(song, "c", clip_of(song).notes, step_ticks=240)

    assert [note.start_ticks for note in plain.notes] == [680, 1160]
    assert [note.start_ticks for note in gridded.notes] == [720, 1200]
    assert len(clip_of(gridded).notes) == 4


def test_a_selection_keeps_what_undo_left_of_it(a_song):
    song = a_song(LOW, LOW, HIGH)

    assert selection_in(song, "c", [HIGH, LOW, LOW, LOW, Note(1, 1, 1, 1)]) == (LOW, LOW, HIGH)


def test_the_front_of_a_clip_pulled_out_to_the_left_can_be_drawn_on(a_song, clip_of):
    song = a_song(LOW, controls=(Control(0, "cc", 1, 5),), content_offset_ticks=-960)

    edit = count_from_clip_start(song, "c", [LOW])

    assert edit.notes == (Note(960, 240, 60, 90),)
    assert clip_of(edit).content_offset_ticks == 0
    assert clip_of(edit).sounding_notes() == clip_of(song).sounding_notes()
    assert [control.tick for control in clip_of(edit).controls] == [960]


def test_a_clip_that_begins_with_its_content_needs_no_other_numbers(a_song):
    song = a_song(LOW, content_offset_ticks=240)

    assert count_from_clip_start(song, "c").project is song


def test_what_is_gone_is_said_in_a_sentence(a_song):
    with pytest.raises(UserInputError, match="no longer in the clip"):
        delete_notes(a_song(LOW), "c", [LOW, LOW])
    with pytest.raises(UserInputError, match="no longer in the song"):
        add_notes(a_song(), "x", [LOW])


def test_a_clip_of_audio_has_no_notes_to_edit(a_song):
    track = Track(id="a", name="Voice", kind="audio", clips=(AudioClip("v", "Voice", 0, 960, "s"),))
    song = a_song().with_track(track)

    with pytest.raises(UserInputError, match="holds audio"):
        add_notes(song, "v", [LOW])
