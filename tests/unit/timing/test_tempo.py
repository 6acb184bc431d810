import math

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.timing import PPQ, TempoMap, TempoPoint, check_tempo

BPM = st.floats(5.0, 999.0)
RATES = st.sampled_from([22050, 44100, 48000, 96000])


@st.composite
def tempo_maps(draw):
    gaps = draw(st.lists(st.integers(1, 40_000), max_size=6))
    points, tick = [], 0
    for gap in [0, *gaps]:
        tick += gap
        points.append(TempoPoint(tick, draw(BPM), ramp=draw(st.booleans())))
    return TempoMap(tuple(points))


def test_a_quarter_note_at_120_bpm_lasts_half_a_second():
    tempo = TempoMap.constant(120)

    seconds = tempo.seconds_at(PPQ)

    assert seconds == 0.5
    assert tempo.frame_at(PPQ, 48000) == 24000
    assert tempo.tick_at_frame(24000, 48000) == PPQ


def test_a_step_changes_the_tempo_at_its_tick_only():
    tempo = TempoMap((TempoPoint(0, 60.0), TempoPoint(PPQ, 120.0)))

    seconds = [tempo.seconds_at(tick) for tick in (PPQ, 2 * PPQ, 3 * PPQ)]

    assert seconds == pytest.approx([1.0, 1.5, 2.0])
    assert (tempo.bpm_at(PPQ - 1), tempo.bpm_at(PPQ)) == (60.0, 120.0)


def test_a_ramp_lasts_as_long_as_the_sum_of_its_tiny_steps():
    tempo = TempoMap((TempoPoint(0, 60.0, ramp=True), TempoPoint(4 * PPQ, 180.0), TempoPoint(8 * PPQ, 90.0)))
    steps = [60.0 / (PPQ * tempo.bpm_at(tick + 0.5)) for tick in range(4 * PPQ)]

    seconds = tempo.seconds_at(4 * PPQ)

    assert seconds == pytest.approx(math.fsum(steps), rel=1e-7)
    assert tempo.seconds_at(6 * PPQ) == pytest.approx(seconds + 2 * 60 / 180)


def test_a_nearly_flat_ramp_keeps_its_precision():
    flat = TempoMap((TempoPoint(0, 100.0, ramp=True), TempoPoint(10**7, 100.0 + 1e-11)))
    steady = TempoMap.constant(100)

    seconds = flat.seconds_at(123_456)

    assert seconds == pytest.approx(steady.seconds_at(123_456), rel=1e-12)
    assert flat.tick_at(seconds) == pytest.approx(123_456, abs=1e-6)


def test_before_the_song_the_first_tempo_holds_even_if_it_begins_with_a_ramp():
    tempo = TempoMap((TempoPoint(0, 60.0, ramp=True), TempoPoint(PPQ, 240.0)))

    seconds = tempo.seconds_at(-PPQ)

    assert seconds == -1.0
    assert tempo.tick_at(-1.0) == -PPQ
    assert tempo.bpm_at(-PPQ) == 60.0
    assert list(tempo.frames_at([-PPQ, 0], 1000)) == [-1000, 0]


@given(tempo_maps(), st.integers(-4000, 400_000), RATES)
def test_ticks_survive_seconds_and_frames_within_one_tick(tempo, tick, rate):
    there_and_back = tempo.tick_at(tempo.seconds_at(tick))
    through_frames = tempo.tick_at_frame(tempo.frame_at(tick, rate), rate)

    assert abs(there_and_back - tick) < 1e-4
    assert abs(through_frames - tick) <= 1


@given(tempo_maps(), st.integers(-4000, 400_000), st.integers(1, 10_000))
def test_later_ticks_sound_later(tempo, tick, more):
    assert tempo.seconds_at(tick + more) > tempo.seconds_at(tick)
    assert tempo.seconds_between(tick, tick + more) > 0


@given(tempo_maps(), st.lists(st.integers(-4000, 400_000), max_size=20), RATES)
def test_many_ticks_at_once_give_the_frames_of_each(tempo, ticks, rate):
    frames = tempo.frames_at(np.array(ticks, np.int64), rate)

    assert frames.dtype == np.int64
    # numpy's logarithm may differ from the C library's in the last bit, which can turn a rounding.
    assert all(abs(f - tempo.frame_at(t, rate)) <= 1 for f, t in zip(frames, ticks, strict=True))


@given(st.integers(0, 10**7), BPM, RATES)
def test_without_ramps_many_ticks_at_once_are_exactly_the_same(tick, bpm, rate):
    tempo = TempoMap.constant(bpm)

    frames = tempo.frames_at([[tick, tick + 1]], rate)

    assert frames.tolist() == [[tempo.frame_at(tick, rate), tempo.frame_at(tick + 1, rate)]]


@given(tempo_maps())
def test_a_tempo_map_comes_back_from_json(tempo):
    tempo.seconds_at(1000)  # what it has worked out already must not be written

    assert msgspec.json.decode(msgspec.json.encode(tempo), type=TempoMap) == tempo
    assert set(msgspec.to_builtins(tempo)) == {"points"}


@pytest.mark.parametrize(
    "points",
    [
        (),
        (TempoPoint(1, 100.0),),
        (TempoPoint(0, 100.0), TempoPoint(0, 90.0)),
        (TempoPoint(0, 100.0), TempoPoint(9, 90.0), TempoPoint(5, 80.0)),
    ],
)
def test_tempo_points_out_of_order_are_refused(points):
    with pytest.raises(ValueError, match="tempo"):
        TempoMap(points)


@pytest.mark.parametrize(("tick", "bpm"), [(0, 4.9), (0, 1000.0), (0, math.nan), (-1, 100.0), (2**50, 100.0)])
def test_a_tempo_point_out_of_range_is_refused_also_when_it_is_read(tick, bpm):
    with pytest.raises(ValueError, match="tempo point"):
        TempoPoint(tick, bpm)
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"tick": tick, "bpm": bpm}, TempoPoint)


@pytest.mark.parametrize("bpm", [-1, 0, 19.9, 401, 5000, math.inf, math.nan])
def test_a_tempo_nobody_can_play_is_explained(bpm):
    with pytest.raises(UserInputError, match="between 20 and 400 BPM"):
        check_tempo(bpm)
