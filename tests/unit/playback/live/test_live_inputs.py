"""A microphone that is monitored: what comes in goes out, whole and in order, through the track's strip."""

import numpy as np
import pytest

from musicgen_desktop.playback.live import LiveInput
from musicgen_desktop.playback.mixer import StripSettings

RATE = 48_000


def a_tone(frames, channels=2):
    t = np.arange(frames, dtype=np.float32)
    return np.stack([0.5 * np.sin(t * (0.01 + 0.003 * side)) for side in range(channels)], axis=1).astype(
        np.float32
    )


def an_input(settings=None, **options):
    return LiveInput("voice", settings or StripSettings("voice"), RATE, device_frames=256, **options)


def monitored(source, tone, blocks):
    """What is heard of a tone that comes in 256 frames at a time and goes out in blocks of these lengths."""
    heard, fed, asked = [], 0, 0
    for block in blocks:
        while fed < min(asked + block + 512, len(tone)):
            source.feed(tone[fed : fed + 256])
            fed += 256
        heard.append(source.render(block))
        asked += block
    return np.concatenate(heard)


@pytest.mark.parametrize("channels", [(0, 1), (1, 0), (1,)])
def test_what_comes_in_goes_out_whole(channels):
    tone = a_tone(48_000)
    blocks = np.random.default_rng(3).integers(32, 500, 150).tolist()
    source = an_input(channels=channels)

    heard = monitored(source, tone, blocks)

    expected = tone[:, [channels[0], channels[-1]]]
    assert np.array_equal(heard[64:], expected[64 : len(heard)])
    assert source.gaps == 0


def test_it_waits_for_more_than_a_device_block_before_it_begins():
    source = an_input()
    source.feed(a_tone(256))

    early = source.render(128)
    source.feed(a_tone(256))
    later = source.render(128)

    assert not np.any(early)
    assert np.any(later)


def test_when_nothing_more_comes_it_fades_and_begins_again():
    source = an_input()
    for _ in range(4):
        source.feed(np.full((256, 1), 0.5, np.float32))

    heard = np.concatenate([source.render(300) for _ in range(5)])[:, 0]
    for _ in range(4):
        source.feed(np.full((256, 1), 0.5, np.float32))
    again = source.render(300)[:, 0]

    assert source.gaps == 1
    assert np.max(np.abs(np.diff(np.concatenate((heard, again))))) < 0.01
    assert again[-1] == 0.5


def test_what_gathers_is_left_out_so_that_it_is_never_late():
    source = an_input()
    tone = np.repeat(np.linspace(0, 1, 48_000, dtype=np.float32)[:, np.newaxis], 2, axis=1)
    source.feed(tone[:24_000])
    source.render(64)
    source.feed(tone[24_000:])

    heard = source.render(256)

    assert heard[-1, 0] > 0.98


def test_a_channel_that_is_not_there_is_silence():
    source = an_input(channels=(5,))
    source.feed(a_tone(4096))

    assert not np.any(source.render(256))


def test_fader_and_mute_work():
    tone = np.full((48_000, 1), 0.5, np.float32)
    source = an_input(StripSettings("voice", gain_db=-6.0))

    heard = monitored(source, tone, [256] * 20)
    source.set_strip(source.prepare_strip(StripSettings("voice"), heard=False))
    source.render(256)
    muted = source.render(256)

    assert heard[-1, 0] == pytest.approx(0.5 * 10 ** (-6 / 20), abs=1e-4)
    assert not np.any(muted)
