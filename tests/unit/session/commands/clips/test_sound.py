"""Gain, fades, reversal, mute, names and colours of clips; and new clips."""

import msgspec
import pytest

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.music import Control
from musicgen_desktop.session.commands import (
    add_notes_clip,
    color_clips,
    copy_clips,
    crossfade_clips,
    loop_clip,
    mute_clips,
    rename_clip,
    reverse_clips,
    set_clip_gain,
    set_fades,
    trim_clip,
)

BAR = 3840


def clip_of(project, clip_id):
    return project.track_of_clip(clip_id).clip(clip_id)


def heard(project, clip_id):
    return [
        (note.start_ticks, note.end_ticks, note.pitch) for note in clip_of(project, clip_id).sounding_notes()
    ]


def test_gain_is_for_audio_only(small_song):
    edit = set_clip_gain(small_song, ["v1", "k1"], -6)

    assert clip_of(edit.project, "v1").gain_db == -6.0
    assert clip_of(edit.project, "k1") is clip_of(small_song, "k1")
    assert edit.label == "Set gain of clip"
    with pytest.raises(UserInputError, match="no gain"):
        set_clip_gain(small_song, ["k1"], -6)
    with pytest.raises(UserInputError, match="gain 99"):
        set_clip_gain(small_song, ["v1"], 99)


def test_fades_are_set_one_by_one(small_song):
    edit = set_fades(small_song, "v1", fade_in_ms=100, shape="linear")
    edit = set_fades(edit.project, "v1", fade_out_ms=200)

    clip = clip_of(edit.project, "v1")
    assert (clip.fade_in_ms, clip.fade_out_ms, clip.fade_shape) == (100.0, 200.0, "linear")


def test_a_fade_that_grows_pushes_the_other_one_back(small_song):
    edit = set_fades(small_song, "v1", fade_in_ms=1500)

    longer = set_fades(edit.project, "v1", fade_out_ms=800)

    clip = clip_of(longer.project, "v1")
    assert (clip.fade_in_ms, clip.fade_out_ms) == pytest.approx((1200.0, 800.0))
    whole = clip_of(set_fades(longer.project, "v1", fade_in_ms=9999).project, "v1")
    assert (whole.fade_in_ms, whole.fade_out_ms) == pytest.approx((2000.0, 0.0))


def test_impossible_fades_are_refused(small_song):
    with pytest.raises(UserInputError, match="0 ms or more"):
        set_fades(small_song, "v1", fade_out_ms=-1)
    with pytest.raises(UserInputError, match="no fades"):
        set_fades(small_song, "k1", fade_in_ms=10)


def test_a_crossfade_covers_the_overlap(small_song):
    edit, (right,) = copy_clips(small_song, ["v1"], by_ticks=BAR - 960)

    crossed = crossfade_clips(edit.project, right, "v1").project

    assert clip_of(crossed, "v1").fade_out_ms == pytest.approx(500.0)
    assert clip_of(crossed, right).fade_in_ms == pytest.approx(500.0)
    assert clip_of(crossed, right).fade_out_ms == 0.0


def test_clips_that_do_not_overlap_are_not_crossfaded(small_song):
    edit, (right,) = copy_clips(small_song, ["v1"], by_ticks=BAR)
    there, (other,) = copy_clips(small_song, ["v1"], by_ticks=960, by_tracks=1)

    with pytest.raises(UserInputError, match="overlap"):
        crossfade_clips(edit.project, "v1", right)
    with pytest.raises(UserInputError, match="one track"):
        crossfade_clips(there.project, "v1", other)


def test_reversed_audio_plays_backwards_and_forwards_again(small_song):
    once = reverse_clips(small_song, ["v1"])

    assert clip_of(once.project, "v1").reversed
    assert reverse_clips(once.project, ["v1"]).project == small_song
    assert once.label == "Reverse clip"


def test_reversed_notes_are_mirrored_in_time(small_song):
    once = reverse_clips(small_song, ["k2"])

    assert heard(once.project, "k2") == [(BAR, BAR + 1920, 64), (BAR + 2880, 2 * BAR, 60)]
    assert heard(reverse_clips(once.project, ["k2"]).project, "k2") == heard(small_song, "k2")


def test_notes_outside_the_ends_survive_a_reversal(small_song):
    short = trim_clip(small_song, "k1", start_ticks=960, end_ticks=2400).project

    turned = reverse_clips(short, ["k1"]).project

    assert heard(turned, "k1") == [(960, 1440, 64)]
    assert heard(reverse_clips(turned, ["k1"]).project, "k1") == heard(short, "k1")
    assert len(clip_of(turned, "k1").notes) == 2


def test_a_reversed_loop_is_still_a_loop(small_song):
    looped = loop_clip(small_song, "b1", loop_length_ticks=2880).project
    before = heard(looped, "b1")

    turned = reverse_clips(looped, ["b1"]).project

    assert clip_of(turned, "b1").loop_length_ticks == 2880
    assert heard(turned, "b1") == sorted(
        (2 * BAR - end, 2 * BAR - start, pitch) for start, end, pitch in before
    )


def test_a_reversed_pedal_is_down_over_the_mirrored_stretch(small_song):
    pedal = (Control(960, "cc", 64, 127), Control(1920, "cc", 64, 0))
    clip = msgspec.structs.replace(clip_of(small_song, "k1"), controls=pedal)

    turned = reverse_clips(small_song.with_clip("keys", clip), ["k1"]).project

    moves = [(move.tick, move.value) for move in clip_of(turned, "k1").controls]
    assert moves == [(0, 0), (1920, 127)]


def test_clips_are_muted_named_and_coloured(small_song):
    muted = mute_clips(small_song, ["k1", "k2"])
    renamed = rename_clip(muted.project, "k1", "  Intro ")
    coloured = color_clips(renamed.project, ["k1"], "#64b5f6")

    clip = clip_of(coloured.project, "k1")
    assert (clip.muted, clip.name, clip.color) == (True, "Intro", "#64b5f6")
    assert muted.label == "Mute 2 clips"
    assert mute_clips(muted.project, ["k1"], muted=False).label == "Unmute clip"
    assert clip_of(color_clips(coloured.project, ["k1"], None).project, "k1").color is None


def test_bad_names_and_colours_are_refused(small_song):
    with pytest.raises(UserInputError, match="needs a name"):
        rename_clip(small_song, "k1", "  ")
    with pytest.raises(UserInputError, match="#3388ff"):
        color_clips(small_song, ["k1"], "blue")


def test_new_notes_clips_are_named_after_their_track(small_song):
    first, one = add_notes_clip(small_song, "keys", 2 * BAR, BAR)
    second, two = add_notes_clip(first.project, "keys", 3 * BAR, BAR)

    names = [clip_of(second.project, each).name for each in (one, two)]
    assert names == ["Keys", "Keys 2"]


def test_clips_are_added_to_tracks_of_their_kind_only(small_song):
    with pytest.raises(UserInputError, match="instrument track"):
        add_notes_clip(small_song, "voice", 0, BAR)
    with pytest.raises(UserInputError, match="length"):
        add_notes_clip(small_song, "keys", 0, 0)
