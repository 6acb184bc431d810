"""An impulse through any graph: however late inserts are, all ways arrive on the same frame."""

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from musicgen_desktop.document import Insert, Send
from musicgen_desktop.playback.mixer import EFFECTS, Effect, EffectSpec, LiveMixer, ParameterSpec
from musicgen_desktop.playback.mixer import _build as build
from musicgen_desktop.playback.mixer._delay_line import DelayLine
from musicgen_desktop.playback.offline import render_mix
from musicgen_desktop.playback.plan import compile_plan
from musicgen_desktop.playback.transport import Playhead

IMPULSE_AT = 900
LENGTH = 1500


class Late(Effect):
    """An effect that does nothing, as many frames late as its knob says."""

    kind = "late"

    def __init__(self, *place):
        super().__init__(*place)
        self._line = DelayLine(int(self.values["frames"]))

    def process(self, block, start):  # noqa: ARG002
        return self._line.process(block)

    @classmethod
    def latency_frames(cls, values, _rate):
        return int(values["frames"])


@pytest.fixture(scope="module", autouse=True)
def late_effect():
    """The product has but one effect with latency, always the same."""
    knob = ParameterSpec("frames", "", 0.0, 5000.0, 0.0, "switch")
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(EFFECTS, "late", EffectSpec("late", "Late", (knob,), linear=True))
        patch.setitem(build.CLASSES, "late", Late)
        yield


def inserts(draw, strip_id):
    """None to three, late by anything, some bypassed, here and there a limiter."""
    found = []
    for number in range(draw(st.integers(0, 3))):
        late = draw(st.sampled_from([None, 0, 1, 63, 64, 65, 511, 1000, 3000]))
        parameters = {} if late is None else {"frames": float(late)}
        effect = "limiter" if late is None else "late"
        bypassed = draw(st.booleans())
        found.append(Insert(f"i{strip_id}{number}", effect, bypassed=bypassed, parameters=parameters))
    return tuple(found)


@st.composite
def songs(draw, make):
    """Tracks, groups and returns that lead from left to right."""
    buses = [f"bus{number}" for number in range(draw(st.integers(0, 4)))]
    tracks = [f"track{number}" for number in range(draw(st.integers(1, 4)))]
    strips = []
    for index, name in enumerate([*tracks, *buses]):
        later = buses[max(0, index - len(tracks) + 1) :]
        targets = draw(st.lists(st.sampled_from(later), unique=True, max_size=3)) if later else []
        sends = tuple(
            Send(f"s{name}{number}", target, -6.0, pre_fader=draw(st.booleans()))
            for number, target in enumerate(targets)
        )
        strip = make.bus(name) if name in buses else make.track(name)
        output = draw(st.sampled_from([None, *later]))
        strips.append(msgspec.structs.replace(strip, inserts=inserts(draw, name), sends=sends, output=output))
    return make.song(*strips, master=inserts(draw, "master"))


def an_impulse(level=1e-3):
    sound = np.zeros((LENGTH, 2), np.float32)
    sound[IMPULSE_AT] = level
    return sound


def loud_frames(mix):
    return np.flatnonzero(np.abs(mix).max(axis=1) > 1e-9).tolist()


def live_reader(sources):
    def read(strip_id, clock, frames):
        if strip_id not in sources:
            return None
        block = np.zeros((2, frames), np.float32)
        part = sources[strip_id][clock : clock + frames].T
        block[:, : part.shape[1]] = part
        return block

    return read


def played_live(mixer, sources, frames, block, clock=0):
    read = live_reader(sources)
    blocks = [mixer.process(clock + at, block, Playhead(), read).T.copy() for at in range(0, frames, block)]
    return np.concatenate(blocks)


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_an_impulse_leaves_any_graph_as_one_impulse_offline_and_live(data, make):
    plan = compile_plan(data.draw(songs(make)))
    block = data.draw(st.sampled_from([64, 512, 1000]))
    sources = {strip.id: an_impulse() for strip in plan.sources}
    mixer = LiveMixer([strip.settings for strip in plan.strips], plan.rate, plan.tempo_map)
    late = mixer.latency_frames

    mix = render_mix(plan, sources=sources, frames=LENGTH)
    live = played_live(mixer, sources, LENGTH + late, block)[late : late + LENGTH]

    assert loud_frames(mix) == [IMPULSE_AT]
    assert np.array_equal(live, mix)


@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_after_an_edit_all_ways_are_aligned_again(data, make):
    before, after = (compile_plan(data.draw(songs(make))) for _ in range(2))
    mixer = LiveMixer([strip.settings for strip in before.strips], before.rate, before.tempo_map)
    mixer.process(0, 512, Playhead(), live_reader({}))

    mixer.swap(mixer.prepare([strip.settings for strip in after.strips], after.tempo_map, after.rate))

    # Delays of several thousand frames in a row may have to fill before the last one has taken over.
    settle = 512 * 80
    played_live(mixer, {}, settle, 512, clock=512)
    clock = 512 + settle
    impulses = {
        strip.id: np.concatenate([np.zeros((clock, 2), np.float32), an_impulse()]) for strip in after.sources
    }
    late = mixer.latency_frames
    live = played_live(mixer, impulses, LENGTH + late, 512, clock=clock)[late : late + LENGTH]
    expected = render_mix(after, sources={strip.id: an_impulse() for strip in after.sources}, frames=LENGTH)
    assert loud_frames(live) == [IMPULSE_AT]
    np.testing.assert_allclose(live, expected, atol=1e-8)
