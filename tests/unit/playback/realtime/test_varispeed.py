import numpy as np
import pytest

from musicgen_desktop.playback.realtime import MOST_SPEED, Varispeed

_RATE = 48_000


class _Tone:
    """A source that can tell how much was taken."""

    def __init__(self, hz):
        self.taken, self._hz = 0, hz

    def at(self, places):
        return np.sin(2.0 * np.pi * self._hz * np.asarray(places) / _RATE)

    def take(self, frames):
        at = self.at(np.arange(self.taken, self.taken + frames))
        self.taken += frames
        return np.stack([at, -at], axis=1).astype(np.float32)


@pytest.mark.parametrize("hz", [440.0, 5_000.0, 15_000.0])
@pytest.mark.parametrize("speed", [1.0, 1.05, 0.9, MOST_SPEED])
def test_a_tone_is_the_same_tone_at_another_speed(hz, speed):
    varispeed, tone = Varispeed(), _Tone(hz)

    sound = np.concatenate([varispeed.given(1024, speed, tone.take) for _ in range(10)])

    wanted = tone.at(np.arange(len(sound)) * speed)
    assert np.abs(sound[100:, 0] - wanted[100:]).max() < 10 ** (-80 / 20)
    assert np.array_equal(sound[:, 1], -sound[:, 0])


def test_it_always_tells_where_it_is():
    varispeed, tone = Varispeed(), _Tone(1_000.0)
    places, at, before = [], 0.0, 1.0
    sound = []
    for speed in (1.0, 1.03, 0.97, 1.1, 0.95):
        steps = np.arange(480)
        places.append(at + before * steps + (speed - before) * steps**2 / 960.0)
        at, before = at + 480 * (before + speed) / 2.0, speed
        sound.append(varispeed.given(480, speed, tone.take))
        assert tone.taken - varispeed.ahead == pytest.approx(at, abs=1e-6)

    wanted = tone.at(np.concatenate(places))
    assert np.abs(np.concatenate(sound)[100:, 0] - wanted[100:]).max() < 10 ** (-80 / 20)
