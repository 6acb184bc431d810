import numpy as np
import pytest

from musicgen_desktop.playback.realtime import ClickVoice

ACCENT = np.linspace(1.0, 0.1, 100, dtype=np.float32)
BEAT = np.linspace(-0.5, -0.1, 70, dtype=np.float32)


def rendered(clicks, frames=1000, block_frames=64, gain=1.0):
    voice = ClickVoice(ACCENT, BEAT)
    blocks = []
    for clock in range(0, frames, block_frames):
        block = np.zeros((2, min(block_frames, frames - clock)), np.float32)
        here = [click for click in clicks if clock <= click[0] < clock + block.shape[1]]
        voice.mix_into(block, clock, here, gain)
        blocks.append(block)
    return np.concatenate(blocks, axis=1)


@pytest.mark.parametrize("block_frames", [1, 7, 64, 1000])
def test_a_click_begins_on_its_frame_and_rings_over_the_ends_of_blocks(block_frames):
    sound = rendered([(130, True), (500, False)], block_frames=block_frames)

    expected = np.zeros(1000, np.float32)
    expected[130:230] = ACCENT
    expected[500:570] = BEAT
    np.testing.assert_array_equal(sound, [expected, expected])


def test_two_clicks_closer_than_their_sound_add_up():
    sound = rendered([(10, True), (40, False)])

    assert sound[0, 40] == pytest.approx(ACCENT[30] + BEAT[0])


def test_the_clicks_are_added_to_what_is_there():
    block = np.full((2, 200), 0.25, np.float32)

    ClickVoice(ACCENT, BEAT).mix_into(block, 0, [(0, True)], gain=0.5)

    np.testing.assert_allclose(block[:, :100], [0.25 + 0.5 * ACCENT] * 2, atol=1e-6)
    assert (block[:, 100:] == 0.25).all()


def test_a_block_that_begins_again_earlier_forgets_the_clicks_of_the_discarded_ones():
    voice = ClickVoice(ACCENT, BEAT)
    voice.mix_into(np.zeros((2, 100), np.float32), 0, [(80, True)])
    voice.mix_into(np.zeros((2, 10), np.float32), 100, [(105, False)])

    again = np.zeros((2, 100), np.float32)
    voice.mix_into(again, 90)

    np.testing.assert_array_equal(again[0, :90], ACCENT[10:])
    assert not again[:, 90:].any()


def test_a_click_that_had_ended_is_there_again_when_its_block_is_rendered_anew():
    voice = ClickVoice(ACCENT, BEAT)
    for clock in (0, 100, 200):
        voice.mix_into(np.zeros((2, 100), np.float32), clock, [(0, True)])

    again = np.zeros((2, 100), np.float32)
    voice.mix_into(again, 50)

    np.testing.assert_array_equal(again[0, :50], ACCENT[50:])


def test_silence_ends_what_rings():
    voice = ClickVoice(ACCENT, BEAT)
    voice.mix_into(np.zeros((2, 10), np.float32), 0, [(5, True)])

    voice.silence()
    block = np.zeros((2, 10), np.float32)
    voice.mix_into(block, 10)

    assert not block.any()
