import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from musicgen_desktop.document import Automation, AutomationPoint, Insert, Send
from musicgen_desktop.playback.offline import render_mix, render_pre_master, render_stems
from musicgen_desktop.playback.plan import compile_plan

IMPULSE_AT = 1000


@st.composite
def graphs(draw, make):
    """Tracks and buses that lead from left to right, each with none to three limiters, some bypassed.

    A limiter below its ceiling changes nothing, but is hundreds of frames late.
    """
    buses = [f"bus{number}" for number in range(draw(st.integers(0, 4)))]
    tracks = [f"track{number}" for number in range(draw(st.integers(1, 4)))]
    strips = []
    for index, name in enumerate([*tracks, *buses]):
        later = buses[max(0, index - len(tracks) + 1) :]
        inserts = tuple(
            Insert(f"i{name}{number}", "limiter", bypassed=draw(st.booleans()))
            for number in range(draw(st.integers(0, 3)))
        )
        targets = draw(st.lists(st.sampled_from(later), unique=True, max_size=2)) if later else []
        sends = tuple(
            Send(f"s{name}{number}", target, -6.0, pre_fader=draw(st.booleans()))
            for number, target in enumerate(targets)
        )
        output = draw(st.sampled_from([None, *later]))
        strip = {"inserts": inserts, "sends": sends, "output": output}
        strips.append(make.bus(name) if name in buses else make.track(name))
        strips[-1] = msgspec.structs.replace(strips[-1], **strip)
    master = [Insert(f"m{number}", "limiter") for number in range(draw(st.integers(0, 2)))]
    return make.song(*strips, master=master)


def an_impulse():
    sound = np.zeros((2000, 2), np.float32)
    sound[IMPULSE_AT] = 1e-3
    return sound


@given(data=st.data())
@settings(max_examples=60)
def test_an_impulse_on_every_track_leaves_any_graph_as_one_impulse_in_time(data, make):
    plan = compile_plan(data.draw(graphs(make)))
    sources = {strip.id: an_impulse() for strip in plan.sources}

    mix = render_mix(plan, sources=sources, frames=2000)

    assert np.flatnonzero(np.abs(mix).max(axis=1) > 1e-9).tolist() == [IMPULSE_AT]
    np.testing.assert_allclose(render_pre_master(plan, sources=sources, frames=2000), mix, atol=1e-8)


@given(data=st.data())
@settings(max_examples=20)
def test_stems_are_in_time_with_each_other(data, make):
    plan = compile_plan(data.draw(graphs(make)))
    sources = {strip.id: an_impulse() for strip in plan.sources}

    for stem in render_stems(plan, sources=sources, frames=2000).values():
        assert np.flatnonzero(np.abs(stem).max(axis=1) > 1e-9).tolist() == [IMPULSE_AT]


@pytest.mark.parametrize("where", ["track", "bus", "master"])
def test_automation_meets_the_sound_it_was_drawn_over_however_late_it_comes(make, where):
    mute = Automation("a", "muted", (AutomationPoint(0, 0.0, "hold"), AutomationPoint(1920, 1.0, "hold")))
    late = (Insert("i1", "limiter"), Insert("i2", "limiter"))
    tracks = {
        "track": make.track("track", inserts=late, output="bus"),
        "bus": make.bus("bus", *late),
        "master": msgspec.structs.replace(make.song().master, inserts=late),
    }
    tracks[where] = msgspec.structs.replace(tracks[where], automation=(mute,))
    song = make.song(tracks["track"], tracks["bus"]).with_track(tracks["master"])
    sources = {"track": np.full((30000, 2), 0.01, np.float32)}

    mix = render_mix(compile_plan(song), sources=sources, frames=30000)

    # Tick 1920 at 240 BPM is frame 24000; the mute closes within one place of the grid.
    assert mix[23900:23936].min() == pytest.approx(0.01)
    assert np.abs(mix[24064:]).max() == 0.0
