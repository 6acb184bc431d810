"""Filters equal transformers' warpers, the race draws what torch.multinomial would, guidance obeys."""

import pytest
import torch
from transformers import TemperatureLogitsWarper, TopKLogitsWarper, TopPLogitsWarper

from musicgen_desktop.generation.musicgen.tokens import (
    draw_of_top,
    draw_tokens,
    filter_logits,
    guide,
    text_guidance,
)


def some_logits(seed=0):
    return torch.randn(3, 4, 100, generator=torch.Generator().manual_seed(seed)) * 3


@pytest.mark.parametrize(
    ("temperature", "top_k", "top_p"),
    [(1.0, 0, 0.0), (0.7, 10, 0.0), (1.0, 0, 0.9), (1.3, 20, 0.6), (1, 500, 0)],
)
def test_the_filters_leave_what_transformers_leaves(temperature, top_k, top_p):
    logits = some_logits()
    theirs = TemperatureLogitsWarper(float(temperature))(None, logits.flatten(0, 1))
    if top_k:
        theirs = TopKLogitsWarper(top_k)(None, theirs)
    if top_p:
        theirs = TopPLogitsWarper(top_p)(None, theirs)

    ours = filter_logits(
        logits, torch.full((3,), temperature), torch.full((3,), top_k), torch.full((3,), float(top_p))
    )

    assert torch.equal(ours.flatten(0, 1), theirs)


def test_the_takes_of_a_batch_have_settings_of_their_own():
    logits = some_logits()

    kept = filter_logits(
        logits, torch.ones(3), torch.tensor([5, 0, 7]), torch.tensor([0.0, 0.0, 0.0])
    ).isfinite()

    assert kept.sum(dim=-1).tolist() == [[5] * 4, [100] * 4, [7] * 4]


def test_a_race_draws_what_multinomial_draws_from_the_same_noise():
    share = some_logits().softmax(dim=-1)
    torch.manual_seed(5)
    theirs = torch.multinomial(share.flatten(0, 1), 1)[:, 0]
    torch.manual_seed(5)
    noise = torch.empty(12, 100).exponential_()

    ours = draw_tokens(
        share.log(), noise.view(3, 4, 100), torch.ones(3), torch.zeros(3, dtype=torch.int64), torch.zeros(3)
    )

    assert torch.equal(ours.flatten(), theirs)


@pytest.mark.parametrize(("temperature", "top_k"), [(0.0, 5), (1.0, 7), (0.7, 0), (1.3, 500)])
def test_a_take_alone_draws_without_sorting_what_a_batch_draws(temperature, top_k):
    logits = some_logits()
    noise = torch.rand(3, 4, 100, generator=torch.Generator().manual_seed(6)) + 0.01
    together = draw_tokens(
        logits, noise, torch.full((3,), temperature), torch.full((3,), top_k), torch.zeros(3)
    )

    alone = [draw_of_top(*one, temperature, top_k) for one in zip(logits, noise, strict=True)]

    assert torch.equal(torch.stack(alone), together)


def test_temperature_zero_takes_the_likeliest():
    logits = some_logits()

    drawn = draw_tokens(
        logits, torch.rand(3, 4, 100) + 0.1, torch.zeros(3), torch.full((3,), 250), torch.zeros(3)
    )

    assert torch.equal(drawn, logits.argmax(dim=-1))


def test_text_guidance_moves_away_from_nothing():
    text, nothing = some_logits(1), some_logits(2)

    guided = guide(torch.stack([text, nothing]), text_guidance(3.0))

    torch.testing.assert_close(guided, nothing + 3.0 * (text - nothing))
