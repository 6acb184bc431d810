import numpy as np
import pytest

from musicgen_desktop.dsp import fade_in, fade_out

SHAPES = ["linear", "equal_power", "s_curve"]


@pytest.mark.parametrize("shape", SHAPES)
def test_a_fade_in_rises_from_zero_and_a_fade_out_falls_from_one(shape):
    rising, falling = fade_in(480, shape), fade_out(480, shape)

    assert rising[0] == 0.0
    assert falling[0] == 1.0
    assert (np.diff(rising) > 0).all()
    assert (np.diff(falling) < 0).all()
    assert rising.dtype == np.float32


@pytest.mark.parametrize("shape", ["linear", "s_curve"])
def test_crossed_fades_keep_the_gain(shape):
    np.testing.assert_allclose(fade_in(333, shape) + fade_out(333, shape), 1.0, atol=1e-6)


def test_crossed_equal_power_fades_keep_the_power():
    np.testing.assert_allclose(fade_in(333) ** 2 + fade_out(333) ** 2, 1.0, atol=1e-6)


@pytest.mark.parametrize("fade", [fade_in, fade_out])
def test_a_fade_of_no_frames_is_empty_and_a_negative_one_refused(fade):
    assert fade(0).shape == (0,)
    with pytest.raises(ValueError, match="-1 frames"):
        fade(-1)


def test_an_unknown_shape_is_refused():
    with pytest.raises(ValueError, match="wobbly"):
        fade_in(8, "wobbly")
