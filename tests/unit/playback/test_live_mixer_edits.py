"""Edits while it plays: no click, and after the fade the sound of a fresh mixer."""

import msgspec
import numpy as np
import pytest
from scipy.signal import butter, sosfilt

from musicgen_desktop.playback.mixer import (
    EFFECTS,
    Curve,
    InsertSettings,
    LiveMixer,
    SendSettings,
    StripSettings,
    resolve_parameters,
)
from musicgen_desktop.playback.mixer import _parts as parts
from musicgen_desktop.playback.transport import Playhead
from musicgen_desktop.timing import TempoMap

RATE = 48000
TEMPO = TempoMap.constant(120.0)
BLOCK = 512
EDIT_AT = 16 * BLOCK
HIGH_PASS = butter(8, 8000, "highpass", fs=RATE, output="sos")
CLICK_DB = -80.0

change = msgspec.structs.replace


def an_insert(effect, insert_id=None, *, late=0, bypassed=False, curves=(), **parameters):
    return InsertSettings(
        insert_id or effect, effect, resolve_parameters(effect, parameters), bypassed, late, curves=curves
    )


LATE = an_insert("gain", "late", late=433, bypassed=True)


def low_sines(strip_id, clock, frames):
    """[2, frames]: a few low sines, other ones for every strip; nothing in them comes near the high-pass."""
    if strip_id.startswith(("bus", "master")):
        return None
    at = clock + np.arange(frames)
    low = 60.0 + 37.0 * (sum(map(ord, strip_id)) % 7)
    wave = sum(np.sin(2 * np.pi * low * step * at / RATE + step) for step in (1.0, 1.71, 2.3))
    return np.stack([0.1 * wave, 0.09 * wave]).astype(np.float32)


def played(mixer, frames, edits=(), block=BLOCK, read=low_sines, start=0, course=None):
    """[2, frames], with (frame, strips or (strips, tempo)) swapped in on the way."""
    edits = dict(edits)
    pieces = []
    for at in range(start, start + frames, block):
        if at in edits:
            strips, tempo = edits[at] if isinstance(edits[at], tuple) else (edits[at], TEMPO)
            mixer.swap(mixer.prepare(strips, tempo, RATE))
        pieces.append(mixer.process(at, min(block, start + frames - at), course or Playhead(), read).copy())
    return np.concatenate(pieces, axis=1)


def click_db(output, quiet=0):
    """The loudest of what lies above 8 kHz; the first frames, in which the sines set in, do not count."""
    high = sosfilt(HIGH_PASS, output, axis=1)
    return 20 * np.log10(max(np.abs(high[:, 4096 + quiet :]).max(), 1e-12))


def allowed_db(*untouched):
    """What effects add above 8 kHz on their own is no click."""
    return max(CLICK_DB, *(click_db(output) + 1.0 for output in untouched))


def a_desk(**strips):
    """Two tracks, a bus and a master; keyword arguments replace what a strip is set to."""
    desk = [
        StripSettings("one", output="bus"),
        StripSettings("two", output="master"),
        StripSettings("bus", output="master"),
        StripSettings("master"),
    ]
    return [change(strip, **strips.get(strip.id, {})) for strip in desk]


def two_buses(first, second):
    """A track through one bus and then the other; a bus turns up or inverts what it gets."""
    return [
        StripSettings("one", output=first),
        StripSettings(first, trim_gain=0.5 if first == "bus1" else -1.0, output=second),
        StripSettings(second, trim_gain=0.5 if second == "bus1" else -1.0, output="master"),
        StripSettings("master"),
    ]


RISING = Curve((0, 40000), (-20.0, 0.0), (False, True))
FALLING = Curve((0, 40000), (6.0, -30.0), (False, True))

# What memory makes last longer is not here: these are a fresh mixer's samples after the fade.
EXACT = {
    "fader": (a_desk(), a_desk(one={"gain_db": -17.0})),
    "fader shut": (a_desk(), a_desk(one={"gain_db": -144.0})),
    "fader of the master": (a_desk(), a_desk(master={"gain_db": -12.0})),
    "pan": (a_desk(one={"pan": -1.0}), a_desk(one={"pan": 1.0})),
    "mono": (a_desk(one={"pan": 0.5}), a_desk(one={"pan": 0.5, "is_mono": True})),
    "trim": (a_desk(), a_desk(bus={"trim_gain": 2.0})),
    "polarity": (a_desk(), a_desk(one={"trim_gain": -1.0})),
    "mute": (a_desk(), a_desk(one={"output": None})),
    "mute taken off": (a_desk(one={"output": None}), a_desk()),
    "automation drawn": (a_desk(), a_desk(one={"gain_curve": RISING})),
    "automation replaced": (a_desk(one={"gain_curve": RISING}), a_desk(one={"gain_curve": FALLING})),
    "automation deleted": (a_desk(one={"gain_curve": RISING}), a_desk(one={"gain_db": -6.0})),
    "send level": (
        a_desk(two={"sends": (SendSettings("s", "bus", -20.0),)}),
        a_desk(two={"sends": (SendSettings("s", "bus", 3.0),)}),
    ),
    "send curve": (
        a_desk(two={"sends": (SendSettings("s", "bus", -20.0),)}),
        a_desk(two={"sends": (SendSettings("s", "bus", 0.0, curve=RISING),)}),
    ),
    "send added": (a_desk(), a_desk(two={"sends": (SendSettings("s", "bus", 0.0),)})),
    "send removed": (a_desk(two={"sends": (SendSettings("s", "bus", 0.0, pre_fader=True),)}), a_desk()),
    "send before the fader": (
        a_desk(two={"gain_db": -10.0, "sends": (SendSettings("s", "bus"),)}),
        a_desk(two={"gain_db": -10.0, "sends": (SendSettings("s", "bus", pre_fader=True),)}),
    ),
    "route": (a_desk(bus={"gain_db": -9.0}), a_desk(bus={"gain_db": -9.0}, one={"output": "master"})),
    "strip added": (a_desk()[1:], a_desk()),
    "strip removed": (a_desk(), a_desk()[1:]),
    "bus removed": (a_desk(), [a_desk(one={"output": "master"})[i] for i in (0, 1, 3)]),
    "bus added": ([a_desk(one={"output": "master"})[i] for i in (0, 1, 3)], a_desk()),
    "bus and its track removed": (a_desk(), [a_desk()[i] for i in (1, 3)]),
    "latency": (
        a_desk(bus={"arrival_frames": 433}, two={"output_delay_frames": 433}, one={"inserts": (LATE,)}),
        a_desk(),
    ),
    "latency added": (
        a_desk(),
        a_desk(
            bus={"arrival_frames": 433},
            master={"arrival_frames": 433},
            two={"output_delay_frames": 433},
            one={"inserts": (LATE,)},
        ),
    ),
    "two buses in a row change places": (two_buses("bus1", "bus2"), two_buses("bus2", "bus1")),
    "knob of a gain": (
        a_desk(one={"inserts": (an_insert("gain", gain_db=-3.0),)}),
        a_desk(one={"inserts": (an_insert("gain", gain_db=9.0),)}),
    ),
    "insert added": (a_desk(), a_desk(one={"inserts": (an_insert("gain", gain_db=-9.0),)})),
    "insert removed": (a_desk(one={"inserts": (an_insert("gain", gain_db=-9.0),)}), a_desk()),
    "insert bypassed": (
        a_desk(one={"inserts": (an_insert("gain", gain_db=-9.0),)}),
        a_desk(one={"inserts": (an_insert("gain", gain_db=-9.0, bypassed=True),)}),
    ),
    "bypass taken off": (
        a_desk(one={"inserts": (an_insert("width", width=0.0, bypassed=True),)}),
        a_desk(one={"inserts": (an_insert("width", width=0.0),)}),
    ),
    "inserts reordered": (
        a_desk(one={"inserts": (an_insert("gain", gain_db=9.0), an_insert("saturation", drive_db=12.0))}),
        a_desk(one={"inserts": (an_insert("saturation", drive_db=12.0), an_insert("gain", gain_db=9.0))}),
    ),
    "effect replaced": (
        a_desk(one={"inserts": (an_insert("gain", "i", gain_db=-9.0),)}),
        a_desk(one={"inserts": (an_insert("width", "i", width=0.2),)}),
    ),
    "tempo of a pump": (
        a_desk(one={"inserts": (an_insert("pump", depth_db=20.0),)}),
        (a_desk(one={"inserts": (an_insert("pump", depth_db=20.0),)}), TempoMap.constant(140.0)),
    ),
    "pump that comes later": (
        a_desk(one={"inserts": (an_insert("pump", depth_db=20.0),)}),
        a_desk(
            one={"inserts": (LATE, an_insert("pump", depth_db=20.0))},
            two={"output_delay_frames": 433},
            bus={"arrival_frames": 433},
            master={"arrival_frames": 433},
        ),
    ),
}


def after(edit):
    return edit if isinstance(edit, tuple) else (edit, TEMPO)


@pytest.mark.parametrize("what", sorted(EXACT))
def test_an_edit_does_not_click_and_ends_at_the_samples_of_a_fresh_mixer(what):
    before, edit = EXACT[what]

    output = played(LiveMixer(before, RATE, TEMPO), 30000, {EDIT_AT: edit})

    strips, tempo = after(edit)
    fresh = played(LiveMixer(strips, RATE, tempo), 30000)
    assert click_db(output) < allowed_db(played(LiveMixer(before, RATE, TEMPO), 30000), fresh)
    settled = EDIT_AT + 2400
    np.testing.assert_allclose(output[:, settled:], fresh[:, settled:], atol=1e-6)


BUSY = {
    "equalizer": {"low_shelf_db": 4.0, "peak1_db": -6.0, "high_shelf_db": -3.0, "high_cut_hz": 9000.0},
    "delay": {"time_ms": 31.0, "feedback": 0.5, "ping_pong": 0.6},
    "compressor": {"threshold_db": -30.0, "ratio": 8.0, "makeup_db": 6.0},
    "gate": {"threshold_db": -20.0},
    "limiter": {"gain_db": 9.0},
    "width": {"width": 1.6, "mono_below_hz": 150.0},
    "bitcrush": {"bits": 16.0},
}


def turned(knob, value):
    """A third of the knob's way further, or back where there is no room."""
    if knob.scale == "switch":
        return knob.low if value == knob.high else value + 1.0
    if knob.scale == "logarithmic" and knob.low > 0.0:
        third = (knob.high / knob.low) ** (1 / 3)
        return value * third if value * third <= knob.high else value / third
    third = (knob.high - knob.low) / 3
    return value + third if value + third <= knob.high else value - third


KNOBS = [(kind, knob.name) for kind in sorted(EFFECTS) for knob in EFFECTS[kind].parameters]


@pytest.mark.parametrize(("kind", "name"), KNOBS)
def test_a_knob_turned_does_not_click(kind, name):
    knob = EFFECTS[kind].parameter(name)
    parameters = resolve_parameters(kind, BUSY.get(kind, {}))
    moved = {**parameters, name: turned(knob, parameters[name])}
    if kind == "bitcrush" and name == "bits":
        moved[name] = 15.0  # fewer are noise, in which no click is to be found
    before, edit = (a_desk(two={"inserts": (an_insert(kind, **each),)}) for each in (parameters, moved))

    output = played(LiveMixer(before, RATE, TEMPO), 24000, {EDIT_AT: edit})

    untouched = [played(LiveMixer(desk, RATE, TEMPO), 24000) for desk in (before, edit)]
    assert click_db(output) < allowed_db(*untouched)


def test_a_mute_taken_back_within_its_fade_does_not_click():
    muted = a_desk(one={"output": None}, two={"output": None})
    edits = {EDIT_AT + 64 * step: muted if step % 2 == 0 else a_desk() for step in range(40)}

    output = played(LiveMixer(a_desk(), RATE, TEMPO), 24000, edits, block=64)

    assert click_db(output) < CLICK_DB
    fresh = played(LiveMixer(a_desk(), RATE, TEMPO), 24000, block=64)
    np.testing.assert_allclose(output[:, 14000:], fresh[:, 14000:], atol=1e-6)


def test_an_effect_keeps_what_it_remembers_when_its_neighbours_change():
    echo = an_insert("delay", time_ms=100.0, wet=1.0)
    before = a_desk(one={"inserts": (an_insert("gain", "first"), echo)})
    edit = a_desk(one={"inserts": (echo, an_insert("gain", "last"))}, bus={"gain_db": -1.0})

    def one_block(strip_id, clock, frames):
        return low_sines(strip_id, clock, frames) if strip_id == "one" and clock < BLOCK else None

    output = played(LiveMixer(before, RATE, TEMPO), 12000, {4 * BLOCK: edit}, read=one_block)

    assert np.abs(output[:, 4800 : 4800 + BLOCK]).max() > 0.1


def test_a_knob_turned_keeps_what_the_effect_remembers():
    before = a_desk(one={"inserts": (an_insert("delay", time_ms=100.0, wet=1.0),)})
    edit = a_desk(one={"inserts": (an_insert("delay", time_ms=100.0, wet=0.9, feedback=0.6),)})

    def one_block(strip_id, clock, frames):
        return low_sines(strip_id, clock, frames) if strip_id == "one" and clock < BLOCK else None

    output = played(LiveMixer(before, RATE, TEMPO), 12000, {4 * BLOCK: edit}, read=one_block)

    assert np.abs(output[:, 4800 : 4800 + BLOCK]).max() > 0.1


@pytest.mark.parametrize("what", sorted(EXACT))
def test_what_was_prepared_leaves_nothing_heavy_to_the_swap(what, monkeypatch):
    before, edit = EXACT[what]
    strips, tempo = after(edit)
    mixer = LiveMixer(before, RATE, TEMPO)
    prepared = mixer.prepare(strips, tempo, RATE)
    monkeypatch.setattr(parts, "make_effect", None)

    mixer.swap(prepared)

    assert np.isfinite(mixer.process(0, BLOCK, Playhead(), low_sines)).all()


def test_edits_prepared_ahead_of_each_other_come_out_right():
    desks = [
        a_desk(one={"inserts": (an_insert("gain", gain_db=-6.0),)}),
        a_desk(),
        a_desk(one={"inserts": (an_insert("gain", gain_db=-6.0), an_insert("width", width=0.5))}),
    ]
    mixer = LiveMixer(desks[0], RATE, TEMPO)
    early = [mixer.prepare(desk, TEMPO, RATE) for desk in desks[1:]]

    for prepared in early:
        mixer.swap(prepared)

    output = played(mixer, 8 * BLOCK)[:, 5 * BLOCK :]
    fresh = played(LiveMixer(desks[2], RATE, TEMPO), 8 * BLOCK)[:, 5 * BLOCK :]
    np.testing.assert_allclose(output, fresh, atol=1e-6)
