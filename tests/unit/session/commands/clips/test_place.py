"""Moving, copying, duplicating, pasting and deleting clips."""

import msgspec
import pytest

from musicgen_desktop.document import NotesClip
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.session.commands import (
    copy_clips,
    delete_clips,
    duplicate_clips,
    move_clips,
    paste_clips,
)

BAR = 3840


def starts(project, track_id):
    return [clip.start_ticks for clip in project.track(track_id).clips]


def test_a_selection_moves_as_one_block_and_the_label_counts(small_song):
    edit = move_clips(small_song, ["k1", "v1"], by_ticks=960)

    assert edit.label == "Move 2 clips"
    assert starts(edit.project, "keys") == [960, BAR]
    assert starts(edit.project, "voice") == [BAR + 960]
    assert move_clips(small_song, ["k1"], by_ticks=960).label == "Move clip"


def test_no_clip_of_a_selection_leaves_the_song(small_song):
    edit = move_clips(small_song, ["k2", "b1"], by_ticks=-BAR)

    assert edit.project is small_song


def test_a_clip_lands_on_a_track_of_its_kind(small_song):
    edit = move_clips(small_song, ["k1"], by_tracks=1)

    assert edit.project.track_of_clip("k1").id == "bass"
    assert starts(edit.project, "keys") == [BAR]


def test_a_clip_dragged_beyond_its_kind_stops_on_the_last_track_that_takes_it(small_song):
    edit = move_clips(small_song, ["k1"], by_tracks=3)

    assert edit.project.track_of_clip("k1").id == "bass"


def test_a_block_moves_down_only_as_far_as_all_of_its_clips_can(small_song):
    edit = move_clips(small_song, ["k1", "v1"], by_tracks=2)

    assert edit.project.track_of_clip("k1").id == "bass"
    assert edit.project.track_of_clip("v1").id == "guitar"


def test_a_block_that_cannot_move_up_stays_on_its_tracks(small_song):
    assert move_clips(small_song, ["b1", "v1"], by_tracks=-1).project is small_song


def test_a_clip_that_is_gone_is_refused_in_words(small_song):
    with pytest.raises(UserInputError, match="no longer in the song"):
        move_clips(small_song, ["gone"], by_ticks=1)


def test_copies_are_clips_of_their_own(small_song):
    edit, ids = copy_clips(small_song, ["k2", "k1"], by_ticks=2 * BAR)

    assert edit.label == "Copy 2 clips"
    assert starts(edit.project, "keys") == [0, BAR, 2 * BAR, 3 * BAR]
    assert [edit.project.track("keys").clip(each).start_ticks for each in ids] == [3 * BAR, 2 * BAR]
    assert set(ids).isdisjoint({"k1", "k2"})


def test_a_duplicate_follows_right_behind_the_selection(small_song):
    edit, ids = duplicate_clips(small_song, ["k1", "k2"])

    assert [edit.project.track("keys").clip(each).start_ticks for each in ids] == [2 * BAR, 3 * BAR]


@pytest.mark.parametrize(
    ("start", "length", "lands"),
    [
        (0, 3 * 960 + 100, BAR),
        (0, 2 * 960, 2 * 960),
        (480, 3 * 960, 480 + 3 * 960),
        (BAR, 2 * BAR - 1, 3 * BAR),
    ],
)
def test_a_duplicate_of_all_but_full_bars_begins_on_the_bar_line(small_song, start, length, lands):
    track = msgspec.structs.replace(small_song.track("bass"), clips=(NotesClip("x", "x", start, length),))

    edit, (new,) = duplicate_clips(small_song.with_track(track), ["x"])

    assert edit.project.track("bass").clip(new).start_ticks == lands


def test_pasted_clips_keep_their_distances(small_song):
    keys, bass = small_song.track("keys").clip("k2"), small_song.track("bass").clip("b1")

    edit, ids = paste_clips(small_song, [(keys, "keys"), (bass, "bass")], 4 * BAR)

    assert edit.project.track("keys").clip(ids[0]).start_ticks == 5 * BAR
    assert edit.project.track("bass").clip(ids[1]).start_ticks == 4 * BAR


def test_audio_is_not_pasted_on_a_track_of_notes(small_song):
    with pytest.raises(UserInputError, match="choose a track for audio"):
        paste_clips(small_song, [(small_song.track("voice").clip("v1"), "keys")], 0)


def test_audio_whose_file_the_project_does_not_have_is_not_pasted(small_song):
    foreign = msgspec.structs.replace(small_song.track("voice").clip("v1"), source_id="elsewhere")

    with pytest.raises(UserInputError, match="audio file"):
        paste_clips(small_song, [(foreign, "voice")], 0)


def test_deleted_clips_leave_the_others(small_song):
    edit = delete_clips(small_song, ["k1", "v1"])

    assert edit.label == "Delete 2 clips"
    assert [clip.id for clip in edit.project.track("keys").clips] == ["k2"]
    assert edit.project.track("voice").clips == ()
    assert edit.project.sources == small_song.sources


def test_tracks_without_a_part_in_the_edit_stay_the_same_objects(small_song):
    edit = delete_clips(small_song, ["k1"])

    assert edit.project.track("voice") is small_song.track("voice")
