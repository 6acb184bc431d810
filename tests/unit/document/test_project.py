"""The project and its tracks: one part changes, the rest is shared."""

import pytest

from musicgen_desktop.document import (
    Automation,
    AutomationPoint,
    Insert,
    NotesClip,
    Project,
    Section,
    Send,
    Take,
    Track,
    check_project,
)
from musicgen_desktop.timing import Meter


def a_track(track_id, **changes):
    return Track(**{"id": track_id, "name": track_id.title(), "kind": "notes"} | changes)


def a_clip(clip_id, start_ticks=0):
    return NotesClip(id=clip_id, name=clip_id, start_ticks=start_ticks, length_ticks=960)


def test_a_new_project_is_empty_and_sound():
    project = Project.new("Song", 92.0, Meter(6, 8), rate=44100)

    check_project(project)

    assert (project.length_ticks, project.rate, project.tempo_map.bpm_at(0)) == (0, 44100, 92.0)
    assert str(project.meter_map.meter_at(0)) == "6/8"
    assert project.track("master") is project.master


def test_replacing_one_track_shares_all_others_and_keeps_the_order():
    project = Project.new("Song").with_track(a_track("a")).with_track(a_track("b")).with_track(a_track("c"))

    changed = project.with_track(project.track("b").with_gain(-6.0))

    assert [track.id for track in changed.tracks] == ["a", "b", "c"]
    assert changed.track("a") is project.track("a")
    assert changed.track("b").gain_db == -6.0
    assert project.track("b").gain_db == 0.0


def test_a_track_is_put_in_at_a_position_and_moved_to_one():
    project = Project.new("Song").with_track(a_track("a")).with_track(a_track("b"), 0)

    moved = project.with_track(project.track("a"), 0)

    assert [track.id for track in project.tracks] == ["b", "a"]
    assert [track.id for track in moved.tracks] == ["a", "b"]


def test_replacing_the_master_leaves_the_tracks():
    project = Project.new("Song").with_track(a_track("a"))

    changed = project.with_track(project.master.with_gain(-1.0))

    assert changed.master.gain_db == -1.0
    assert changed.tracks is project.tracks


def test_a_removed_bus_takes_its_sends_and_their_automation_along():
    send = Send(id="s1", target="bus")
    curve = Automation(id="c1", target="send:s1:gain_db", points=(AutomationPoint(0, -6.0),))
    track = a_track("a", sends=(send,), output="bus", automation=(curve,))
    project = Project.new("Song").with_track(track).with_track(a_track("bus", kind="bus"))

    without = project.without_track("bus")

    check_project(without)
    assert (without.track("a").sends, without.track("a").output, without.track("a").automation) == (
        (),
        None,
        (),
    )


def test_a_clip_put_on_another_track_leaves_the_first():
    project = Project.new("Song").with_track(a_track("a")).with_track(a_track("b"))
    project = project.with_clip("a", a_clip("x")).with_clip("a", a_clip("y", 960))

    moved = project.with_clip("b", a_clip("x", 1920))

    assert [clip.id for clip in moved.track("a").clips] == ["y"]
    assert moved.track_of_clip("x").id == "b"
    assert moved.length_ticks == 2880
    assert moved.without_clip("x").length_ticks == 1920


def test_clips_stay_sorted_by_start():
    track = a_track("a").with_clip(a_clip("late", 960)).with_clip(a_clip("early", 0))

    assert [clip.id for clip in track.clips] == ["early", "late"]
    assert [clip.id for clip in track.with_clip(a_clip("early", 5000)).clips] == ["late", "early"]


def test_what_is_not_there_is_a_key_error():
    project = Project.new("Song").with_track(a_track("a"))

    for ask in (project.track, project.source, project.take, project.track_of_clip, project.track("a").clip):
        with pytest.raises(KeyError, match="nothing"):
            ask("nothing")
    assert project.track_of("drums") is None


def test_an_insert_is_replaced_in_its_place_or_moved():
    track = a_track("a").with_insert(Insert("1", "equalizer")).with_insert(Insert("2", "reverb"))

    changed = track.with_insert(track.inserts[0].with_parameter("low_cut_hz", 80.0))
    moved = changed.with_insert(changed.inserts[0], 1)

    assert [(insert.id, insert.parameters) for insert in changed.inserts] == [
        ("1", {"low_cut_hz": 80.0}),
        ("2", {}),
    ]
    assert [insert.id for insert in moved.inserts] == ["2", "1"]
    assert track.inserts[0].parameters == {}


def test_a_removed_insert_takes_its_automation_along():
    track = a_track("a").with_insert(Insert("1", "reverb"))
    track = track.with_automation(Automation("c", "insert:1:wet")).with_automation(Automation("d", "pan"))

    assert [curve.id for curve in track.without_insert("1").automation] == ["d"]


def test_automation_holds_before_and_after_its_points():
    curve = Automation("c", "pan", (AutomationPoint(100, -1.0), AutomationPoint(200, 1.0)))

    assert [curve.value_at(tick) for tick in (0, 100, 150, 200, 999)] == [-1.0, -1.0, 0.0, 1.0, 1.0]


def test_a_held_point_jumps_and_so_do_two_at_one_tick():
    curve = Automation(
        "c",
        "pan",
        (AutomationPoint(0, 0.0, "hold"), AutomationPoint(100, 0.5), AutomationPoint(100, 1.0)),
    )

    assert [curve.value_at(tick) for tick in (0, 99, 100)] == [0.0, 0.0, 1.0]


def test_an_automation_without_points_has_no_value():
    with pytest.raises(ValueError, match="without points"):
        Automation("c", "pan").value_at(0)


def test_points_are_put_in_in_order_and_taken_out_by_span():
    curve = Automation("c", "pan", (AutomationPoint(0, 0.0), AutomationPoint(200, 1.0)))

    changed = curve.with_point(AutomationPoint(100, 0.3)).with_point(AutomationPoint(200, 0.9))

    assert [(point.tick, point.value) for point in changed.points] == [(0, 0.0), (100, 0.3), (200, 0.9)]
    assert [point.tick for point in changed.without_points(100, 200).points] == [0, 200]


def test_small_participles_change_one_thing():
    track = a_track("a")

    assert track.muted_as(muted=True).muted
    assert track.soloed_as(soloed=True).soloed
    assert track.armed_as(armed=True).armed
    assert track.with_pan(-0.5).pan == -0.5
    assert track.routed_to("bus").output == "bus"
    assert track.renamed("Bass").name == "Bass"
    assert Take("t", "Take 1", "composer").starred_as(starred=True).renamed("Best") == Take(
        "t", "Best", "composer", starred=True
    )
    assert Section("s", "Verse", 0, 960).moved_to(960).end_ticks == 1920


def test_tracks_soloed_alone_are_the_only_ones_and_the_rest_is_shared():
    project = Project.new("song")
    for name in ("a", "b", "c"):
        project = project.with_track(Track(id=name, name=name, kind="bus", soloed=name == "a"))

    alone = project.soloed_alone("b")

    assert [track.soloed for track in alone.tracks] == [False, True, False]
    assert alone.tracks[2] is project.tracks[2]
