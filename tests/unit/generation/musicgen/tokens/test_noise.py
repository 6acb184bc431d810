"""The noise is Philox4x32-10, exponential, and that of a place alone."""

import numpy as np
import pytest
import torch

from musicgen_desktop.generation.musicgen.tokens import codebook_seeds, noise, seed_bits
from musicgen_desktop.generation.musicgen.tokens.noise import philox


def test_philox_gives_the_words_that_its_authors_publish():
    words = philox(seed_bits([[0]]), torch.tensor([0]), 1)

    assert [hex(word) for word in words[0, 0, 0].tolist()] == [
        "0x6627e8d5",
        "0xe169c58d",
        "0xbc57ac4c",
        "0x9b00dbd8",
    ]


@pytest.mark.parametrize("seed", [1, 2**31, 2**63, 2**64 - 1])
@pytest.mark.parametrize("position", [0, 7, 2**32 + 5])
def test_no_bit_is_lost_to_the_sign_of_int64(seed, position):
    words = philox(seed_bits([[seed]]), torch.tensor([position]), 3)[0, 0]

    assert words.tolist() == [plain_philox(seed, position, block) for block in range(3)]


def plain_philox(seed, position, block):
    """The same in Python's integers, which have no size."""
    x, key = [block, position % 2**32, position >> 32, 0], [seed % 2**32, seed >> 32]
    for _ in range(10):
        first, second = x[0] * 0xD2511F53, x[2] * 0xCD9E8D57
        x = [
            (second >> 32) ^ x[1] ^ key[0],
            second % 2**32,
            (first >> 32) ^ x[3] ^ key[1],
            first % 2**32,
        ]
        key = [(key[0] + 0x9E3779B9) % 2**32, (key[1] + 0xBB67AE85) % 2**32]
    return x


def test_a_place_has_its_noise_whatever_else_is_asked_for():
    seeds, positions = seed_bits([[3, 4], [5, 6]]), torch.tensor([10, 2_000])

    together = noise(seeds, positions, 50)

    assert torch.equal(together[1:, 1:], noise(seeds[1:, 1:], positions[1:], 64)[:, :, :50])


def test_it_is_exponential_with_mean_one():
    drawn = noise(seed_bits([[7]] * 64), torch.arange(64), 2048).numpy()

    assert abs(drawn.mean() - 1) < 0.01
    assert abs((drawn > 1).mean() - np.exp(-1)) < 0.005
    assert drawn.min() > 0


def test_neighbouring_takes_share_no_codebook_seed():
    seeds = [seed for take in range(50) for seed in codebook_seeds(take, 8)]

    assert len(set(seeds)) == 400
    assert all(0 <= seed < 2**64 for seed in seeds)
