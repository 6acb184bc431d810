"""Hundreds of edits, one after the other and faster than any fade: no click, no stop, and the right end."""

import random

import numpy as np
import pytest
from scipy.signal import butter, sosfilt

from musicgen_desktop.playback.mixer import (
    Curve,
    InsertSettings,
    LiveMixer,
    SendSettings,
    StripSettings,
    resolve_parameters,
)
from musicgen_desktop.playback.transport import Playhead
from musicgen_desktop.timing import TempoMap

RATE = 48000
TEMPO = TempoMap.constant(120.0)
HIGH_PASS = butter(8, 8000, "highpass", fs=RATE, output="sos")
TRACKS = tuple(f"track{number}" for number in range(5))
BUSES = tuple(f"bus{number}" for number in range(3))
EDITS = 500

NO_MEMORY = {
    "gain": ("gain_db", -6.0, 6.0),
    "width": ("width", 0.0, 1.0),
    "saturation": ("drive_db", 0.0, 3.0),
}
MEMORY = {
    **NO_MEMORY,
    "equalizer": ("peak1_db", -12.0, 6.0),
    "compressor": ("threshold_db", -40.0, 0.0),
    "reverb": ("wet", 0.0, 1.0),
    "delay": ("time_ms", 5.0, 60.0),
    "chorus": ("depth", 0.0, 0.5),
}


def low_sines(strip_id, clock, frames):
    if not strip_id.startswith("track"):
        return None
    at = clock + np.arange(frames)
    wave = sum(
        np.sin(2 * np.pi * (70.0 + 31.0 * int(strip_id[-1])) * step * at / RATE) for step in (1.0, 1.7)
    )
    return np.stack([0.1 * wave, 0.09 * wave]).astype(np.float32)


class Desk:
    """A person at the mixer who changes anything, at random, but from a seed."""

    def __init__(self, seed, effects):
        self.random = random.Random(seed)
        self.effects = effects
        self.count = 0
        self.tracks = list(TRACKS[:3])
        self.buses = list(BUSES[:1])
        self.strips = {each: self.a_strip() for each in (*TRACKS, *BUSES, "master")}

    def a_strip(self):
        return {
            "gain_db": -3.0,
            "pan": 0.0,
            "trim_gain": 1.0,
            "muted": False,
            "to": [],
            "inserts": [],
            "curve": None,
        }

    def edit(self):
        pick = self.random.choice
        strip = self.strips[pick([*self.tracks, *self.buses, "master"])]
        pick(
            [
                lambda: strip.update(gain_db=self.random.uniform(-9.0, 6.0)),
                lambda: strip.update(pan=self.random.uniform(-1.0, 1.0)),
                lambda: strip.update(trim_gain=pick([-1.0, 0.5, 1.0])),
                lambda: strip.update(muted=self.random.random() < 0.2),
                lambda: strip.update(curve=pick([None, (-9.0, 0.0), (0.0, -12.0)])),
                lambda: strip.update(to=[self.a_way() for _ in range(self.random.randint(0, 2))]),
                lambda: strip.update(output=pick([*BUSES, "master"])),
                lambda: self.random.shuffle(self.buses),
                lambda: self.toggle(self.tracks, pick(TRACKS)),
                lambda: self.toggle(self.buses, pick(BUSES)),
                lambda: strip["inserts"].append(self.an_insert()),
                lambda: strip["inserts"].append(self.an_insert()),
                lambda: strip["inserts"] and strip["inserts"].pop(),
                lambda: strip["inserts"] and strip["inserts"].pop(0),
                lambda: self.random.shuffle(strip["inserts"]),
                lambda: strip["inserts"] and pick(strip["inserts"]).update(bypassed=pick([True, False])),
                lambda: strip["inserts"] and self.turn(pick(strip["inserts"])),
            ]
        )()

    def toggle(self, among, each):
        if each not in among:
            among.append(each)
        elif len(among) > 1:
            among.remove(each)

    def a_way(self):
        self.count += 1
        return {
            "id": self.random.choice(["a", "b", f"s{self.count}"]),
            "target": self.random.choice(BUSES),
            "gain_db": self.random.uniform(-12.0, 0.0),
            "pre_fader": self.random.choice([True, False]),
        }

    def an_insert(self):
        self.count += 1
        insert = {"id": f"i{self.count}", "effect": self.random.choice(sorted(self.effects)), "late": 0}
        if self.random.random() < 0.3:
            # Bypassed for ever, it is only late.
            return {**insert, "effect": "gain", "late": self.random.randint(1, 700), "bypassed": True}
        self.turn(insert)
        return {**insert, "bypassed": False}

    def turn(self, insert):
        name, low, high = self.effects[insert["effect"]]
        insert["parameters"] = {name: self.random.uniform(low, high)}

    def settings(self):
        """The strips in order, every path delayed so that all arrive together."""
        order = [*self.tracks, *self.buses, "master"]
        arrival = dict.fromkeys(order, 0)
        plans = []
        for index, each in enumerate(order):
            strip = self.strips[each]
            later = order[index + 1 :]
            ways = {way["id"]: way for way in strip["to"] if way["target"] in later}.values()
            output = strip.get("output", "master")
            output = output if output in later else "master"
            late = [insert["late"] for insert in strip["inserts"]]
            leaves = arrival[each] + sum(late)
            plans.append((each, strip, ways, output, leaves))
            for target in [output, *(way["target"] for way in ways)] if each != "master" else []:
                arrival[target] = max(arrival[target], leaves)
        return [
            StripSettings(
                each,
                gain_db=strip["gain_db"],
                pan=strip["pan"],
                trim_gain=strip["trim_gain"],
                inserts=tuple(self.planned(insert) for insert in strip["inserts"]),
                gain_curve=strip["curve"] and Curve((0, 200000), strip["curve"], (False, True)),
                arrival_frames=arrival[each],
                output=None if strip["muted"] or each == "master" else output,
                output_delay_frames=0 if each == "master" else arrival[output] - leaves,
                sends=tuple(
                    SendSettings(
                        way["id"],
                        way["target"],
                        way["gain_db"],
                        way["pre_fader"],
                        arrival[way["target"]] - leaves,
                    )
                    for way in ways
                    if not strip["muted"]
                ),
            )
            for each, strip, ways, output, leaves in plans
        ]

    @staticmethod
    def planned(insert):
        parameters = resolve_parameters(insert["effect"], insert.get("parameters", {}))
        # A bypassed insert that is late stays so; the others have no latency.
        bypassed = insert["bypassed"] or bool(insert["late"])
        return InsertSettings(insert["id"], insert["effect"], parameters, bypassed, insert["late"])


def played_with_edits(desk, block, every, edits=EDITS, after=8):
    """(mixer, output): an edit before every so many blocks, then some blocks without."""
    mixer = LiveMixer(desk.settings(), RATE, TEMPO)
    course = Playhead()
    pieces = []
    for number in range(edits * every + after):
        if number % every == 0 and number < edits * every:
            desk.edit()
            mixer.swap(mixer.prepare(desk.settings(), TEMPO, RATE))
        pieces.append(mixer.process(number * block, block, course, low_sines).copy())
    return mixer, np.concatenate(pieces, axis=1)


def click_db(output):
    high = sosfilt(HIGH_PASS, output, axis=1)[:, 4096:]
    return 20 * np.log10(max(np.abs(high).max(), 1e-12))


def heard_share(output):
    """The share of the time in which the mix is so loud that a click would show."""
    louder = np.abs(output[:, : output.shape[1] // 1024 * 1024]).max(axis=0)
    return float(np.mean(louder.reshape(-1, 1024).max(axis=1) > 0.02))


@pytest.mark.parametrize(("block", "every"), [(512, 1), (64, 1), (256, 9)])
def test_500_random_edits_do_not_click_and_end_where_a_fresh_mixer_is(block, every):
    desk = Desk(seed=block, effects=NO_MEMORY)

    mixer, output = played_with_edits(desk, block, every, after=-(-16384 // block))

    assert np.isfinite(output).all()
    assert click_db(output) < -80.0
    assert heard_share(output) > 0.8
    clock, course = output.shape[1], Playhead()
    fresh = LiveMixer(desk.settings(), RATE, TEMPO)
    warm = [fresh.process(clock - 16384 + at, 512, course, low_sines) for at in range(0, 16384, 512)]
    assert len(warm) == 32
    np.testing.assert_allclose(
        mixer.process(clock, 512, course, low_sines), fresh.process(clock, 512, course, low_sines), atol=1e-6
    )


@pytest.mark.parametrize(("block", "every"), [(512, 1), (1024, 3)])
def test_500_random_edits_of_effects_that_remember_do_not_click(block, every):
    _mixer, output = played_with_edits(Desk(seed=block + 1, effects=MEMORY), block, every)

    assert np.isfinite(output).all()
    assert click_db(output) < -70.0  # a compressor's hard knee is not quite smooth by itself
    assert heard_share(output) > 0.6
