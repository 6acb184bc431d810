"""Adding, copying, ordering, muting, grouping and routing tracks."""

import pytest

from musicgen_desktop.document import TRACK_COLOURS
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.music import Patch
from musicgen_desktop.session.commands import (
    add_track,
    arm_tracks,
    color_track,
    delete_tracks,
    duplicate_track,
    group_tracks,
    move_track,
    mute_tracks,
    rename_track,
    route_track,
    set_patch,
    solo_tracks,
)


def ids(project):
    return [track.id for track in project.tracks]


def test_a_new_track_comes_behind_those_with_clips_in_the_next_colour(small_song):
    edit, track_id = add_track(small_song, kind="audio")

    track = edit.project.track(track_id)
    assert ids(edit.project) == ["keys", "bass", "voice", "guitar", track_id, "reverb"]
    assert (track.name, track.color) == ("Audio 1", TRACK_COLOURS[1])
    assert edit.label == "Add audio track"


def test_the_thirteenth_colour_is_the_first(small_song):
    project = small_song
    for _ in range(12):
        edit, track_id = add_track(project, kind="bus")
        project = edit.project

    assert project.track(track_id).color == TRACK_COLOURS[0]
    assert project.track(track_id).name == "Bus 12"


def test_a_new_track_may_follow_another_one(small_song):
    patch = Patch("general_midi", program=4)

    edit, track_id = add_track(small_song, kind="notes", name="Rhodes", patch=patch, after="keys")

    assert ids(edit.project)[1] == track_id
    assert edit.project.track(track_id).patch == patch


def test_impossible_tracks_are_refused(small_song):
    with pytest.raises(UserInputError, match="one master"):
        add_track(small_song, kind="master")
    with pytest.raises(UserInputError, match="sound of its own"):
        add_track(small_song, kind="audio", patch=Patch("general_midi"))
    with pytest.raises(UserInputError, match="no longer in the song"):
        add_track(small_song, kind="audio", after="gone")


def test_a_deleted_bus_leaves_nothing_that_leads_to_it(small_song):
    edit = delete_tracks(small_song, ["reverb", "bass"])

    assert ids(edit.project) == ["keys", "voice", "guitar"]
    assert edit.project.track("keys").sends == ()
    assert edit.label == "Delete 2 tracks"


def test_a_duplicate_has_clips_effects_and_curves_of_its_own(small_song):
    edit, copy_id = duplicate_track(small_song, "keys")

    old, copy = edit.project.track("keys"), edit.project.track(copy_id)
    assert ids(edit.project)[1] == copy_id
    assert copy.name == "Keys 2"
    assert [clip.start_ticks for clip in copy.clips] == [clip.start_ticks for clip in old.clips]
    assert {clip.id for clip in copy.clips}.isdisjoint(clip.id for clip in old.clips)
    assert {part.id for part in copy.inserts}.isdisjoint(part.id for part in old.inserts)
    assert copy.automation[1].target == f"insert:{copy.inserts[0].id}:high_shelf_db"
    assert duplicate_track(edit.project, "keys")[0].project.tracks[1].name == "Keys 3"


def test_tracks_are_named_coloured_and_given_a_sound(small_song):
    project = rename_track(small_song, "keys", " Piano ").project
    project = color_track(project, "keys", "#64b5f6").project
    project = set_patch(project, "keys", Patch("general_midi", program=1)).project

    track = project.track("keys")
    assert (track.name, track.color, track.patch.program) == ("Piano", "#64b5f6", 1)
    with pytest.raises(UserInputError, match="plays no notes"):
        set_patch(project, "voice", Patch("general_midi"))


@pytest.mark.parametrize(
    ("position", "order"),
    [
        (2, ["bass", "voice", "keys", "guitar", "reverb"]),
        (99, ["bass", "voice", "guitar", "reverb", "keys"]),
        (-5, ["keys", "bass", "voice", "guitar", "reverb"]),
    ],
)
def test_a_moved_track_stands_where_it_was_put(small_song, position, order):
    assert ids(move_track(small_song, "keys", position).project) == order


def test_mute_counts_and_takes_the_master_too(small_song):
    edit = mute_tracks(small_song, ["keys", "master"])

    assert edit.project.track("keys").muted
    assert edit.project.master.muted
    assert edit.label == "Mute 2 tracks"
    assert mute_tracks(edit.project, ["keys", "master"], muted=False).project == small_song


def test_an_exclusive_solo_ends_the_others(small_song):
    both = solo_tracks(small_song, ["keys", "bass"]).project
    alone = solo_tracks(both, ["voice"], exclusive=True).project

    assert [track.id for track in both.tracks if track.soloed] == ["keys", "bass"]
    assert [track.id for track in alone.tracks if track.soloed] == ["voice"]
    assert solo_tracks(alone, ["voice"], soloed=False).label == "Unsolo track"


def test_an_exclusive_arm_disarms_the_others(small_song):
    project = arm_tracks(small_song, ["keys", "voice"]).project
    project = arm_tracks(project, ["guitar"], exclusive=True).project

    assert [track.id for track in project.tracks if track.armed] == ["guitar"]
    with pytest.raises(UserInputError, match="cannot record"):
        arm_tracks(project, ["reverb"])


def test_a_group_is_a_bus_that_its_tracks_play_into(small_song):
    edit, bus_id = group_tracks(small_song, ["keys", "bass"], name="Band")

    assert ids(edit.project) == ["keys", "bass", bus_id, "voice", "guitar", "reverb"]
    assert {edit.project.track(each).output for each in ("keys", "bass")} == {bus_id}
    assert (edit.project.track(bus_id).name, edit.project.track(bus_id).output) == ("Band", None)
    assert edit.label == "Group 2 tracks"


def test_a_group_inside_a_group_plays_where_its_tracks_did(small_song):
    first, outer = group_tracks(small_song, ["keys", "bass", "voice"])

    second, inner = group_tracks(first.project, ["keys", "bass"])

    assert second.project.track(inner).output == outer
    whole, around = group_tracks(second.project, ["keys", inner])
    assert whole.project.track("keys").output == inner
    assert whole.project.track(inner).output == around


def test_tracks_play_into_buses_only_and_never_in_a_circle(small_song):
    routed = route_track(small_song, "keys", "reverb")
    assert routed.project.track("keys").output == "reverb"
    assert route_track(routed.project, "keys", "master").project == small_song

    edit, bus = group_tracks(small_song, ["reverb"])
    for track_id, output, words in (
        ("keys", "bass", "not a bus"),
        ("keys", "gone", "no longer in the song"),
        (bus, "reverb", "own input"),
        ("reverb", "reverb", "itself"),
        ("master", "reverb", "speakers"),
    ):
        with pytest.raises(UserInputError, match=words):
            route_track(edit.project, track_id, output)


def test_the_master_is_neither_deleted_copied_moved_grouped_nor_soloed(small_song):
    for command in (
        lambda: delete_tracks(small_song, ["keys", "master"]),
        lambda: duplicate_track(small_song, "master"),
        lambda: move_track(small_song, "master", 0),
        lambda: group_tracks(small_song, ["master"]),
        lambda: solo_tracks(small_song, ["master"]),
    ):
        with pytest.raises(UserInputError, match="master"):
            command()
