"""Delayed codes come back whole, and padding stands where nothing is said."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicgen_desktop.generation.musicgen.tokens import delay_codebooks, undelay_codebooks

PAD = 2048


@given(st.lists(st.integers(0, 7), min_size=1, max_size=8), st.integers(0, 12), st.integers(0, 2**31))
def test_undelaying_is_the_inverse_of_delaying(delays, steps, seed):
    codes = np.random.default_rng(seed).integers(0, PAD, (2, len(delays), steps))

    delayed = delay_codebooks(codes, delays, PAD)

    assert np.array_equal(undelay_codebooks(delayed, delays), codes)
    assert (delayed == PAD).sum() == 2 * len(delays) * max(delays)


def test_each_codebook_of_a_mono_model_starts_a_step_later():
    codes = np.array([[1, 2], [3, 4], [5, 6], [7, 8]])

    delayed = delay_codebooks(codes, (0, 1, 2, 3), 0)

    assert delayed.tolist() == [[1, 2, 0, 0, 0], [0, 3, 4, 0, 0], [0, 0, 5, 6, 0], [0, 0, 0, 7, 8]]


def test_fewer_steps_than_the_longest_delay_cannot_be_undelayed():
    with pytest.raises(ValueError, match="fewer than the longest delay"):
        undelay_codebooks(np.zeros((4, 2), np.int64), (0, 1, 2, 3))
