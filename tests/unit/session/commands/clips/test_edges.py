"""Trimming, splitting, looping and repeating clips."""

import msgspec
import pytest

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.session.commands import loop_clip, repeat_clip, split_clips, trim_clip

BAR = 3840


def clip_of(project, clip_id):
    return project.track_of_clip(clip_id).clip(clip_id)


def reversed_voice(project):
    clip = msgspec.structs.replace(clip_of(project, "v1"), reversed=True)
    return project.with_clip("voice", clip)


def test_notes_stay_in_the_song_when_an_end_is_trimmed(small_song):
    edit = trim_clip(small_song, "k1", start_ticks=1920, end_ticks=3000)

    clip = clip_of(edit.project, "k1")
    assert (clip.start_ticks, clip.end_ticks) == (1920, 3000)
    assert [(note.start_ticks, note.end_ticks) for note in clip.sounding_notes()] == [(1920, 3000)]
    assert edit.label == "Trim clip"


def test_a_clip_cannot_begin_before_the_song(small_song):
    assert clip_of(trim_clip(small_song, "k1", start_ticks=-500).project, "k1").start_ticks == 0


def test_audio_is_pulled_out_to_the_ends_of_its_file_and_no_further(small_song):
    clip = clip_of(trim_clip(small_song, "v1", start_ticks=0, end_ticks=99 * BAR).project, "v1")

    assert (clip.start_ticks, clip.end_ticks, clip.source_offset_frames) == (0, 4 * BAR, 0)


def test_reversed_audio_ends_where_its_file_begins(small_song):
    project = reversed_voice(small_song)

    clip = clip_of(trim_clip(project, "v1", start_ticks=0, end_ticks=99 * BAR).project, "v1")

    # Two seconds of the file lie before the span, heard right of it: one bar more.
    assert (clip.start_ticks, clip.end_ticks, clip.source_offset_frames) == (0, 3 * BAR, 0)


def test_reversed_audio_begins_where_its_file_ends(small_song):
    project = reversed_voice(small_song).with_clip(
        "voice", clip_of(reversed_voice(small_song), "v1").moved_to(9 * BAR)
    )

    clip = clip_of(trim_clip(project, "v1", start_ticks=0).project, "v1")

    assert (clip.start_ticks, clip.end_ticks) == (7 * BAR, 10 * BAR)


def test_a_clip_trimmed_to_nothing_is_refused(small_song):
    for clip_id in ("k2", "v1"):
        with pytest.raises(UserInputError, match="Nothing would be left"):
            trim_clip(small_song, clip_id, end_ticks=BAR)


def test_only_clips_under_the_place_are_split(small_song):
    edit, ids = split_clips(small_song, ["k1", "k2", "b1"], 1920)

    assert edit.label == "Split 2 clips"
    assert [clip_of(edit.project, each).start_ticks for each in ids] == [1920, 1920]
    assert clip_of(edit.project, "k1").end_ticks == 1920
    assert clip_of(edit.project, "k2") is clip_of(small_song, "k2")


def test_split_audio_goes_on_where_it_was_cut(small_song):
    edit, (right,) = split_clips(small_song, ["v1"], BAR + 1920)

    assert clip_of(edit.project, right).source_offset_frames == 144_000


def test_a_place_outside_all_clips_splits_nothing(small_song):
    with pytest.raises(UserInputError, match="nothing to split"):
        split_clips(small_song, ["k1"], BAR)


def test_a_loop_begins_where_the_clip_does(small_song):
    edit, (right,) = split_clips(small_song, ["k1"], 1920)

    looped = clip_of(loop_clip(edit.project, right, loop_length_ticks=960).project, right)

    assert [note.start_ticks for note in looped.sounding_notes()] == [1920, 2880]
    assert {note.pitch for note in looped.sounding_notes()} == {64}
    stopped = clip_of(
        loop_clip(edit.project.with_clip("keys", looped), right, loop_length_ticks=None).project, right
    )
    assert stopped.loop_length_ticks is None


def test_audio_has_no_loop_of_its_own(small_song):
    with pytest.raises(UserInputError, match="repeat an audio clip"):
        loop_clip(small_song, "v1", loop_length_ticks=960)


def test_repeated_notes_loop_up_to_the_edge(small_song):
    edit, ids = repeat_clip(small_song, "k2", end_ticks=3 * BAR + 960)

    clip = clip_of(edit.project, "k2")
    assert ids == ()
    assert (clip.loop_length_ticks, clip.end_ticks) == (BAR, 3 * BAR + 960)
    assert [note.start_ticks for note in clip.sounding_notes()] == [
        BAR,
        BAR + 1920,
        2 * BAR,
        2 * BAR + 1920,
        3 * BAR,
    ]
    shorter, _ = repeat_clip(edit.project, "k2", end_ticks=2 * BAR + 960)
    assert clip_of(shorter.project, "k2").loop_length_ticks == BAR


def test_repeated_audio_is_laid_again_and_cut_at_the_edge(small_song):
    edit, ids = repeat_clip(small_song, "v1", end_ticks=3 * BAR + 960)

    laid = [clip_of(edit.project, each) for each in ids]
    assert [(clip.start_ticks, clip.end_ticks) for clip in laid] == [
        (2 * BAR, 3 * BAR),
        (3 * BAR, 3 * BAR + 960),
    ]
    assert {clip.source_offset_frames for clip in laid} == {96_000}


def test_an_edge_dragged_back_makes_the_clip_shorter(small_song):
    edit, ids = repeat_clip(small_song, "v1", end_ticks=BAR + 960)

    assert (clip_of(edit.project, "v1").length_ticks, ids) == (960, ())


def test_an_endless_number_of_copies_is_refused(small_song):
    tiny = msgspec.structs.replace(clip_of(small_song, "v1"), length_ticks=1)

    with pytest.raises(UserInputError, match="10000 times"):
        repeat_clip(small_song.with_clip("voice", tiny), "v1", end_ticks=99 * BAR)
