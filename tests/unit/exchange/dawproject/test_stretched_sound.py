"""Stretched sound keeps its pitch, and its onsets lie where they are wanted."""

import numpy as np
import pytest

from musicgen_desktop.exchange.dawproject import stretched

RATE = 48_000


def clicks(times, seconds):
    rng = np.random.default_rng(0)
    sound = np.zeros((round(seconds * RATE), 2), np.float32)
    for time in times:
        at = round(time * RATE)
        sound[at : at + 400] += 0.5 * (rng.standard_normal((400, 1)) * np.exp(-np.arange(400) / 60)[:, None])
    return sound.astype(np.float32)


def onset_near(sound, time):
    """Seconds from a time to the click nearest to it."""
    start = round((time - 0.08) * RATE)
    energy = np.convolve(sound[start : round((time + 0.08) * RATE), 0] ** 2, np.ones(32) / 32, "same")
    return (start + int(np.argmax(energy > 0.2 * energy.max()))) / RATE - time


@pytest.mark.parametrize(
    "anchors",
    [
        [(0.0, 0.0), (6.4, 8.0)],
        [(0.0, 0.0), (9.6, 8.0)],
        [(0.0, 0.0), (2.0, 3.0), (6.0, 5.0), (8.0, 8.0)],
        [(0.0, 0.0), (8.0, 8.0)],
    ],
)
def test_clicks_lie_where_the_anchors_say(anchors):
    times = np.arange(0.25, 7.8, 0.5)
    wanted = np.interp(times, [second for _, second in anchors], [time for time, _ in anchors])

    result = stretched(clicks(times, 8.0), RATE, anchors)

    assert result.shape == (round(anchors[-1][0] * RATE), 2)
    assert max(abs(onset_near(result, time)) for time in wanted) < 0.012


def test_the_pitch_stays():
    tone = 0.3 * np.sin(2 * np.pi * 440 * np.arange(4 * RATE) / RATE)[:, None].astype(np.float32)

    result = stretched(tone, RATE, [(0.0, 0.0), (5.0, 4.0)])

    middle = result[RATE : 4 * RATE, 0] * np.hanning(3 * RATE)
    assert np.argmax(np.abs(np.fft.rfft(middle))) / 3 == pytest.approx(440, abs=1)
    assert np.sqrt(np.mean(result[RATE:-RATE] ** 2)) == pytest.approx(0.3 / np.sqrt(2), rel=0.1)


def test_sound_at_its_own_speed_is_untouched_and_what_lies_beyond_it_is_silent():
    sound = np.random.default_rng(1).uniform(-1, 1, (RATE, 1)).astype(np.float32)

    result = stretched(sound, RATE, [(0.0, 0.5), (1.0, 1.5)])

    assert np.array_equal(result[: RATE // 2], sound[RATE // 2 :])
    assert not result[RATE // 2 :].any()


@pytest.mark.parametrize(
    "anchors",
    [
        [],
        [(0.0, 0.0)],
        [(0.5, 0.0), (1.0, 1.0)],
        [(0.0, 0.0), (0.0, 1.0)],
        [(0.0, 1.0), (1.0, 0.0)],
        [(0.0, 0.0), (1.0, 9.0)],
        [(0.0, -1.0), (1.0, 0.0)],
    ],
)
def test_anchors_that_cannot_be_are_refused(anchors):
    with pytest.raises(ValueError, match=r"stretched|fast"):
        stretched(np.zeros((RATE, 1), np.float32), RATE, anchors)
