"""Several clips become one."""

import msgspec
import pytest

from musicgen_desktop.document import Origin, Take
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.music import Control
from musicgen_desktop.session.commands import (
    glue_clips,
    mute_clips,
    repeat_clip,
    reverse_clips,
    set_clip_gain,
    split_clips,
)

BAR = 3840


def clip_of(project, clip_id):
    return project.track_of_clip(clip_id).clip(clip_id)


@pytest.mark.parametrize("clip_id", ["k1", "v1"])
@pytest.mark.parametrize("backwards", [False, True])
def test_what_was_split_is_glued_to_what_it_was(small_song, clip_id, backwards):
    project = reverse_clips(small_song, [clip_id]).project if backwards else small_song
    start = clip_of(project, clip_id).start_ticks
    once, (second,) = split_clips(project, [clip_id], start + 2400)
    twice, (third,) = split_clips(once.project, [second], start + 3001)

    edit = glue_clips(twice.project, [third, clip_id, second])

    assert edit.label == "Glue 3 clips"
    assert edit.project == project


def test_glued_notes_sound_as_they_did(small_song):
    looped, _ = repeat_clip(small_song, "k2", end_ticks=3 * BAR)
    before = [clip.sounding_notes() for clip in looped.project.track("keys").clips]

    edit = glue_clips(looped.project, ["k1", "k2"])

    (clip,) = edit.project.track("keys").clips
    assert clip.sounding_notes() == (*before[0], *before[1])
    assert (clip.id, clip.name, clip.length_ticks) == ("k1", "Verse keys", 3 * BAR)


def test_glued_notes_remember_the_files_of_both(small_song):
    for clip_id, file in (("k1", "a.mid"), ("k2", "b.mid")):
        clip = msgspec.structs.replace(clip_of(small_song, clip_id), origins=(Origin(file),))
        small_song = small_song.with_clip("keys", clip)

    edit = glue_clips(small_song, ["k1", "k2"])

    assert clip_of(edit.project, "k1").origins == (Origin("a.mid"), Origin("b.mid"))


def test_notes_that_only_follow_each_other_stay_two(small_song):
    held = msgspec.structs.replace(clip_of(small_song, "k2"), notes=clip_of(small_song, "k2").notes[1:])
    held = msgspec.structs.replace(held, notes=(msgspec.structs.replace(held.notes[0], start_ticks=0),))

    edit = glue_clips(small_song.with_clip("keys", held), ["k1", "k2"])

    assert [note.start_ticks for note in clip_of(edit.project, "k1").notes] == [0, 1920, BAR]


def test_glued_controls_are_heard_as_before(small_song):
    clip = msgspec.structs.replace(clip_of(small_song, "k2"), controls=(Control(0, "cc", 64, 127),))

    edit = glue_clips(small_song.with_clip("keys", clip), ["k1", "k2"])

    assert clip_of(edit.project, "k1").controls == (Control(BAR, "cc", 64, 127),)


def test_muted_clips_are_not_glued_to_heard_ones(small_song):
    project = mute_clips(small_song, ["k1"]).project

    with pytest.raises(UserInputError, match="muted"):
        glue_clips(project, ["k1", "k2"])
    both = mute_clips(project, ["k2"]).project
    glued = clip_of(glue_clips(both, ["k1", "k2"]).project, "k1")
    assert (glued.muted, len(glued.notes)) == (True, 4)


def test_audio_that_does_not_go_on_is_to_be_bounced(small_song):
    edit, (right,) = split_clips(small_song, ["v1"], BAR + 960)
    louder = set_clip_gain(edit.project, [right], 3.0).project
    moved = edit.project.with_clip("voice", clip_of(edit.project, right).moved_to(2 * BAR))

    for project in (louder, moved):
        with pytest.raises(UserInputError, match="bounce them to one file instead"):
            glue_clips(project, ["v1", right])


def test_one_clip_and_clips_of_two_tracks_are_not_glued(small_song):
    with pytest.raises(UserInputError, match="two clips or more"):
        glue_clips(small_song, ["k1"])
    with pytest.raises(UserInputError, match="one track"):
        glue_clips(small_song, ["k1", "b1"])


def test_a_clip_in_between_must_be_selected_too(small_song):
    edit, _ = split_clips(small_song, ["k1"], 1920)

    with pytest.raises(UserInputError, match="lies between"):
        glue_clips(edit.project, ["k1", "k2"])


@pytest.mark.parametrize(
    ("takes", "kept"),
    [((None, "own"), "own"), (("own", "nc"), "nc"), (("own", "more"), "own"), ((None, None), None)],
)
def test_what_may_not_be_sold_stays_so(small_song, takes, kept):
    split, (second,) = split_clips(small_song, ["k1"], clip_of(small_song, "k1").start_ticks + 2400)
    project = msgspec.structs.replace(
        split.project,
        takes=(
            Take("own", "Own", "composer", commercial_use=True),
            Take("more", "More", "composer", commercial_use=True),
            Take("nc", "Sung", "musicgen", "small", "CC-BY-NC-4.0", commercial_use=False),
        ),
    )
    track = project.track_of_clip("k1")
    for clip_id, take_id in zip(("k1", second), takes, strict=True):
        track = track.with_clip(msgspec.structs.replace(track.clip(clip_id), take_id=take_id))

    glued = glue_clips(project.with_track(track), ["k1", second]).project

    assert clip_of(glued, "k1").take_id == kept
