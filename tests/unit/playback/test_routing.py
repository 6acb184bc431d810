import msgspec
import pytest

from musicgen_desktop.document import Send
from musicgen_desktop.playback.plan import RoutingCycleError, compile_plan


def heard(plan):
    return {strip.id for strip in plan.strips if strip.is_heard}


def sends_of(plan, track_id):
    return [send.target for send in plan.strip_of(track_id).settings.sends]


@pytest.fixture
def band(make):
    """Drums into a group, bass into the master, both sending to a return that is not solo-safe."""
    to_room = Send("s", "room", -6.0)
    return [
        make.bus("room"),
        make.bus("group"),
        make.track("drums", output="group", sends=(to_room,)),
        make.track("bass", sends=(msgspec.structs.replace(to_room, id="s2"),)),
    ]


def with_change(band, track_id, **change):
    return [msgspec.structs.replace(track, **change) if track.id == track_id else track for track in band]


def test_sources_come_before_the_buses_they_feed_and_the_master_last(make):
    deep = [make.bus("outer"), make.bus("inner", output="outer"), make.track("voice", output="inner")]

    plan = compile_plan(make.song(*deep))

    assert [strip.id for strip in plan.strips] == ["voice", "inner", "outer", "master"]


def test_tracks_keep_the_projects_order_where_routing_leaves_it_open(make, band):
    plan = compile_plan(make.song(*band))

    assert [strip.id for strip in plan.strips] == ["drums", "bass", "room", "group", "master"]


def test_a_routing_in_a_circle_is_refused_by_name(make):
    circle = [
        make.bus("one", output="two"),
        make.bus("two", sends=(Send("s", "three"),)),
        make.bus("three", output="one"),
        make.track("voice", output="one"),
    ]

    with pytest.raises(RoutingCycleError, match="One → Two → Three"):
        compile_plan(make.song(*circle))


def test_a_send_that_is_off_closes_no_circle(make):
    tracks = [make.bus("one", output="two"), make.bus("two", sends=(Send("s", "one", enabled=False),))]

    assert compile_plan(make.song(*tracks)).strips


def test_a_muted_track_is_not_heard_not_even_through_a_pre_fader_send(make, band):
    muted = with_change(band, "bass", muted=True, sends=(Send("s2", "room", pre_fader=True),))

    plan = compile_plan(make.song(*muted))

    assert "bass" not in heard(plan)
    assert sends_of(plan, "bass") == []


def test_solo_leaves_the_track_and_the_group_it_plays_into(make, band):
    plan = compile_plan(make.song(*with_change(band, "drums", soloed=True)))

    assert heard(plan) == {"drums", "group", "master"}


def test_a_solo_safe_return_stays_heard_but_gets_only_what_is_soloed(make, band):
    band = with_change(band, "room", solo_safe=True)

    plan = compile_plan(make.song(*with_change(band, "drums", soloed=True)))

    assert heard(plan) == {"drums", "group", "room", "master"}
    assert sends_of(plan, "drums") == ["room"]
    assert sends_of(plan, "bass") == []


def test_a_soloed_group_is_heard_with_what_plays_into_it(make, band):
    plan = compile_plan(make.song(*with_change(band, "group", soloed=True)))

    assert heard(plan) == {"drums", "group", "master"}


def test_a_soloed_return_is_heard_without_the_direct_sound(make, band):
    plan = compile_plan(make.song(*with_change(band, "room", soloed=True)))

    assert plan.strip_of("bass").settings.output is None
    assert sends_of(plan, "bass") == ["room"]
    assert plan.strip_of("room").settings.output == "master"


def test_mute_wins_over_solo(make, band):
    plan = compile_plan(make.song(*with_change(band, "drums", soloed=True, muted=True)))

    assert "drums" not in heard(plan)


def test_a_shut_send_is_left_out(make, band):
    plan = compile_plan(make.song(*with_change(band, "bass", sends=(Send("s2", "room", -130.0),))))

    assert sends_of(plan, "bass") == []
