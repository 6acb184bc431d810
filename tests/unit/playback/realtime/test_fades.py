import numpy as np
import pytest

from musicgen_desktop.playback.realtime import crossfaded, faded_in, faded_out


def level(value, frames):
    return np.full((frames, 2), value, np.float32)


def test_a_cross_fade_of_one_sound_with_itself_is_that_sound():
    sound = np.random.default_rng(1).standard_normal((480, 2)).astype(np.float32)

    np.testing.assert_allclose(crossfaded(sound, sound, "s_curve"), sound, atol=1e-6)


def test_two_unlike_sounds_keep_their_power_through_the_fade():
    left_only, right_only = level(1.0, 480), level(1.0, 480)
    left_only[:, 1] = 0.0
    right_only[:, 0] = 0.0

    mixed = crossfaded(left_only, right_only)

    np.testing.assert_allclose(np.square(mixed).sum(axis=1), 1.0, atol=1e-6)


def test_behind_the_fade_the_new_sound_is_untouched():
    new = np.random.default_rng(2).standard_normal((1000, 2)).astype(np.float32)

    mixed = crossfaded(level(0.5, 100), new)

    np.testing.assert_array_equal(mixed[100:], new[100:])


def test_a_fade_neither_starts_nor_ends_with_a_step():
    mixed = crossfaded(level(1.0, 480), level(0.0, 960), "s_curve")

    assert np.abs(np.diff(np.concatenate([level(1.0, 1), mixed]), axis=0)).max() < 0.004


def test_the_fade_in_is_the_fade_out_backwards():
    np.testing.assert_array_equal(faded_in(level(1.0, 300)), faded_out(level(1.0, 300))[::-1])


def test_what_was_handed_in_stays_as_it_was():
    old, new = level(1.0, 10), level(-1.0, 20)

    crossfaded(old, new)
    faded_out(old)

    assert (old == 1.0).all()
    assert (new == -1.0).all()


@pytest.mark.parametrize("frames", [0, 1, 2])
def test_the_shortest_fades_stay_within_their_two_sounds(frames):
    mixed = crossfaded(level(1.0, frames), level(0.0, 5), "s_curve")

    assert len(mixed) == 5
    assert ((mixed >= 0.0) & (mixed <= 1.0)).all()


def test_an_old_sound_longer_than_the_new_one_is_refused():
    with pytest.raises(ValueError, match="does not end within"):
        crossfaded(level(1.0, 11), level(1.0, 10))
