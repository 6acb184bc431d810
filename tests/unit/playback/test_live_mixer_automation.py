"""Automation of every knob, looked at every 64 frames or more often, whatever the block size."""

import numpy as np
import pytest

from musicgen_desktop.playback.mixer import (
    EFFECTS,
    GRID_FRAMES,
    Curve,
    InsertSettings,
    LiveMixer,
    SendSettings,
    StripSettings,
    resolve_parameters,
)
from musicgen_desktop.playback.mixer import _build as build
from musicgen_desktop.playback.transport import Playhead
from musicgen_desktop.timing import TempoMap

RATE = 48000
TEMPO = TempoMap.constant(120.0)
FRAMES = 8192 + 77
START = 1003  # nothing begins on the grid
BLOCKS = [64, 100, 512, 2048, 8192]
KNOBS = [(kind, knob.name) for kind in sorted(EFFECTS) for knob in EFFECTS[kind].parameters]


def ones(strip_id, _clock, frames):
    return np.ones((2, frames), np.float32) if strip_id == "one" else None


def played(strips, block):
    mixer = LiveMixer(strips, RATE, TEMPO)
    pieces = [
        mixer.process(at, min(block, FRAMES - at), Playhead(0, START), ones).copy()
        for at in range(0, FRAMES, block)
    ]
    return np.concatenate(pieces, axis=1)


def a_rise(low, high):
    return Curve((START, START + FRAMES), (low, high), (False, True))


@pytest.mark.parametrize(("kind", "name"), KNOBS)
@pytest.mark.parametrize("block", BLOCKS)
def test_every_knob_is_set_every_64_frames(kind, name, block, monkeypatch):
    knob = EFFECTS[kind].parameter(name)
    curve = a_rise(knob.low, knob.high)
    heard = []

    class Watched(build.CLASSES[kind]):
        def process(self, block, start):
            heard.append((start, block.shape[1], self.values[name]))
            return super().process(block, start)

    monkeypatch.setitem(build.CLASSES, kind, Watched)
    insert = InsertSettings("i", kind, resolve_parameters(kind, {}), curves=((name, curve),))

    played([StripSettings("one", inserts=(insert,), output="master"), StripSettings("master")], block)

    assert sum(frames for _start, frames, _value in heard) == FRAMES
    for start, frames, value in heard:
        cell = start // GRID_FRAMES
        assert (start + frames - 1) // GRID_FRAMES == cell
        assert value == pytest.approx(float(curve.at(np.array([cell * GRID_FRAMES]))[0]))


@pytest.mark.parametrize("block", BLOCKS)
def test_faders_and_sends_are_led_within_a_hundredth_of_a_decibel(block):
    send = SendSettings("s", "bus", curve=a_rise(-40.0, 0.0), pre_fader=True)
    strips = [
        StripSettings("one", gain_curve=a_rise(-30.0, 6.0), sends=(send,), output="master"),
        StripSettings("bus", trim_gain=1e-6, output="master"),
        StripSettings("master"),
    ]
    heard = {}
    mixer = LiveMixer(strips, RATE, TEMPO)

    for at in range(0, FRAMES, block):
        frames = min(block, FRAMES - at)
        mixer.process(
            at,
            frames,
            Playhead(0, START),
            ones,
            lambda name, sound: heard.setdefault(name, []).append(sound.copy()),
        )

    share = np.arange(FRAMES) / FRAMES
    fader = 20 * np.log10(np.concatenate(heard["one"], axis=1)[0])
    sent = 20 * np.log10(np.concatenate(heard["bus"], axis=1)[0] / 1e-6)
    led = slice(GRID_FRAMES, -GRID_FRAMES - 1)  # a corner between two places of the grid is cut
    np.testing.assert_allclose(fader[led], (-30.0 + 36.0 * share)[led], atol=0.01)
    np.testing.assert_allclose(sent[led], (-40.0 + 40.0 * share)[led], atol=0.01)


@pytest.mark.parametrize("block", BLOCKS)
def test_the_block_size_cannot_be_heard(block):
    equalizer = InsertSettings(
        "eq", "equalizer", resolve_parameters("equalizer", {}), curves=(("peak1_db", a_rise(-12.0, 12.0)),)
    )
    strips = [
        StripSettings(
            "one",
            inserts=(equalizer,),
            pan_curve=a_rise(-1.0, 1.0),
            muted_curve=a_rise(0.0, 1.0),
            output="master",
        ),
        StripSettings("master", gain_curve=a_rise(-6.0, 0.0)),
    ]

    assert np.array_equal(played(strips, block), played(strips, 1000))
