"""The noise is Philox4x32-10, exponential, and the same in numpy and in torch."""

import numpy as np
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from musicgen_desktop.generation.musicgen.tokens import codebook_seeds, noise, noise_like
from musicgen_desktop.generation.musicgen.tokens.noise import philox


def test_philox_gives_the_words_that_its_authors_publish():
    assert [hex(word) for word in philox(0, 0, 1)[0]] == [
        "0x6627e8d5",
        "0xe169c58d",
        "0xbc57ac4c",
        "0x9b00dbd8",
    ]


@settings(max_examples=20)
@given(st.integers(0, 2**64 - 1), st.integers(0, 2**40), st.sampled_from([5, 64, 2048]))
def test_torch_gives_the_bits_that_numpy_gives(seed, position, vocabulary):
    seeds = torch.from_numpy(np.array([[seed, seed ^ 1]], np.uint64).view(np.int64))

    both = noise_like(seeds, torch.tensor([position]), vocabulary)

    assert np.array_equal(both[0, 0].numpy(), noise(seed, position, vocabulary))
    assert np.array_equal(both[0, 1].numpy(), noise(seed ^ 1, position, vocabulary))


def test_it_is_exponential_with_mean_one():
    drawn = np.concatenate([noise(7, position) for position in range(64)])

    assert abs(drawn.mean() - 1) < 0.01
    assert abs((drawn > 1).mean() - np.exp(-1)) < 0.005
    assert drawn.min() > 0


def test_neighbouring_takes_share_no_codebook_seed():
    seeds = [seed for take in range(50) for seed in codebook_seeds(take, 8)]

    assert len(set(seeds)) == 400
    assert all(0 <= seed < 2**64 for seed in seeds)
