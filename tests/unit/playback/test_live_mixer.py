"""The live mixer against the offline one: the same samples while nobody touches it."""

import msgspec
import numpy as np
import pytest

from musicgen_desktop.document import Automation, AutomationPoint, Send
from musicgen_desktop.playback.mixer import (
    Curve,
    InsertSettings,
    LiveMixer,
    StripSettings,
    resolve_parameters,
)
from musicgen_desktop.playback.offline import render_mix
from musicgen_desktop.playback.plan import compile_plan
from musicgen_desktop.playback.transport import Playhead
from musicgen_desktop.timing import TempoMap

RATE = 48000
TEMPO = TempoMap.constant(120.0)


def points(target, *values, curve="linear"):
    return Automation(
        target,
        target,
        tuple(AutomationPoint(480 * index, value, curve) for index, value in enumerate(values)),
    )


@pytest.fixture(scope="module")
def plan(make):
    """Groups, sends before and after the fader, latency on several levels, and much that moves."""
    lead = make.track(
        "lead",
        output="group",
        pan=-0.3,
        inserts=(
            make.insert("equalizer", "eq", low_cut_hz=80.0, peak1_db=4.0, high_shelf_db=-3.0),
            make.insert("limiter", "l1", gain_db=6.0),
            make.insert("pump", "p1", depth_db=12.0),
        ),
        sends=(Send("s1", "space", -6.0), Send("s2", "echo", -9.0, pre_fader=True)),
        automation=(
            points("gain_db", -12.0, 0.0, -6.0),
            points("send:s1:gain_db", -30.0, 0.0),
            points("insert:eq:peak1_db", -12.0, 12.0, 0.0),
        ),
    )
    bass = make.track("bass", inserts=(make.insert("compressor", "c1", threshold_db=-30.0),), trim_db=3.0)
    keys = make.track(
        "keys", output="group", automation=(points("pan", -1.0, 1.0), points("muted", 0, 1, 0, curve="hold"))
    )
    group = make.bus("group", make.insert("saturation"), make.insert("limiter", "l2"), gain_db=-2.0)
    space = make.bus("space", make.insert("reverb", wet=1.0))
    echo = make.bus("echo", make.insert("delay", wet=1.0, time_beats=0.25), make.insert("chorus"))
    song = make.song(lead, bass, keys, group, space, echo, master=[make.insert("limiter", "lm", gain_db=3.0)])
    return compile_plan(song)


@pytest.fixture(scope="module")
def sources(plan, make):
    return {strip.id: make.noise(40000, seed) for seed, strip in enumerate(plan.sources)}


def reader(sources, place_of=lambda clock: clock):
    """Reads sounds by the timeline's frame."""

    def read(strip_id, clock, frames):
        sound = sources.get(strip_id)
        if sound is None:
            return None
        at = np.array([place_of(clock + index) for index in range(frames)])
        inside = (at >= 0) & (at < len(sound))
        return np.where(inside[:, None], sound[np.clip(at, 0, len(sound) - 1)], 0.0).T.astype(np.float32)

    return read


def played(mixer, frames, block, read, course=None, tap=None):
    course = course or Playhead()
    pieces = [
        mixer.process(at, min(block, frames - at), course, read, tap).copy() for at in range(0, frames, block)
    ]
    return np.concatenate(pieces, axis=1)


def settings_of(plan):
    return [strip.settings for strip in plan.strips]


@pytest.mark.parametrize("block", [64, 512, 1000, 4096])
def test_it_gives_the_samples_of_the_offline_mix(plan, sources, block, make):
    mixer = LiveMixer(settings_of(plan), plan.rate, plan.tempo_map)
    late = mixer.latency_frames

    live = played(mixer, 20000 + late, block, reader(sources))[:, late:].T

    assert make.peak_db(live - render_mix(plan, sources=sources, frames=20000)) < -120.0


def test_the_taps_are_told_every_strip_after_fader_and_pan_the_master_last(plan, sources):
    mixer = LiveMixer(settings_of(plan), plan.rate, plan.tempo_map)
    heard = []

    output = mixer.process(
        0, 512, Playhead(), reader(sources), lambda name, block: heard.append((name, block.copy()))
    )

    assert [name for name, _block in heard] == [strip.id for strip in plan.strips]
    assert np.array_equal(heard[-1][1], output)


def a_late_strip(insert_id, frames):
    """Some frames late, nothing else: an insert that is bypassed."""
    return InsertSettings(
        insert_id, "gain", resolve_parameters("gain", {}), bypassed=True, latency_frames=frames
    )


def test_automation_and_pump_follow_a_loop_as_late_as_the_sound_is():
    pump = InsertSettings("p", "pump", resolve_parameters("pump", {"depth_db": 20.0}))
    strips = [
        StripSettings(
            "track",
            inserts=(a_late_strip("late", 333), pump),
            gain_curve=Curve((0, 3000), (-40.0, 0.0), (False, True)),
            output="master",
        ),
        StripSettings("master", arrival_frames=333),
    ]
    course = Playhead(clock=0, place=0, loop=(1000, 5000))
    ones = {"track": np.ones((5000, 2), np.float32)}

    looped = played(LiveMixer(strips, RATE, TEMPO), 13333, 512, reader(ones, course.place_at), course)
    straight = played(LiveMixer(strips, RATE, TEMPO), 5333, 512, reader(ones))[:, 333:]

    expected = straight[:, [course.place_at(clock) for clock in range(13000)]]
    np.testing.assert_allclose(looped[:, 333:], expected, atol=1e-6)


def test_a_tail_rings_over_the_seam_of_a_loop():
    delay = InsertSettings("d", "delay", resolve_parameters("delay", {"time_ms": 20.0, "wet": 1.0}))
    strips = [StripSettings("track", inserts=(delay,), output="master"), StripSettings("master")]
    course = Playhead(loop=(0, 1000))
    once = {"track": np.zeros((1000, 2), np.float32)}
    once["track"][900] = 1.0

    looped = played(LiveMixer(strips, RATE, TEMPO), 2000, 256, reader(once, course.place_at), course)

    assert np.abs(looped[:, 1855:1865]).max() > 0.1  # the echo of frame 900, 960 frames later


def test_bad_samples_of_a_source_are_counted_and_become_silence():
    strips = [StripSettings("track", output="master"), StripSettings("master")]
    bad = np.full((256, 2), 0.5, np.float32)
    bad[7, 0] = np.nan
    mixer = LiveMixer(strips, RATE, TEMPO)

    output = played(mixer, 256, 64, reader({"track": bad}))

    assert mixer.repaired == 1
    assert np.isfinite(output).all()


def test_another_rate_begins_anew():
    strips = [StripSettings("track", output="master"), StripSettings("master", gain_db=-6.0)]
    mixer = LiveMixer(strips, RATE, TEMPO)
    louder = [strips[0], msgspec.structs.replace(strips[1], gain_db=0.0)]

    mixer.swap(mixer.prepare(louder, TEMPO, 44100))

    output = played(mixer, 64, 64, reader({"track": np.ones((64, 2), np.float32)}))
    assert (output == 1.0).all()


def test_a_strip_that_slept_wakes_to_the_samples_of_one_that_did_not(make):
    inserts = (
        make.insert("equalizer", "eq", peak1_db=6.0),
        make.insert("compressor", "c", threshold_db=-40.0),
        make.insert("gate", "g"),
        make.insert("saturation", "s"),
    )
    track = make.track("track", inserts=inserts, sends=(Send("s", "echo"),))
    plan = compile_plan(
        make.song(track, make.bus("echo", make.insert("delay", wet=1.0, time_ms=30.0, feedback=0.3)))
    )
    sound = np.zeros((5 * RATE, 2), np.float32)
    sound[:9000] = make.noise(9000)
    sound[-9000:] = make.noise(9000, 1)
    mixer = LiveMixer(settings_of(plan), plan.rate, plan.tempo_map)
    asleep = set()

    def read(strip_id, clock, frames):
        asleep.update(each for each, strip in mixer._strips.items() if strip.sleeps)
        return np.ascontiguousarray(sound[clock : clock + frames].T) if strip_id == "track" else None

    live = played(mixer, len(sound), 512, read).T

    assert asleep == {"track", "echo", "master"}
    assert make.peak_db(live - render_mix(plan, sources={"track": sound}, frames=len(sound))) < -120.0
