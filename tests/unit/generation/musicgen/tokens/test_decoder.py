"""Our decoder's logits are transformers', at every step."""

import pytest
import torch

from musicgen_desktop.generation.musicgen.tokens import Decoder
from tests.fakes.tiny_decoder import our_tensors, rival_decoder, tiny_shape


@torch.inference_mode()
@pytest.mark.parametrize("kind", ["small", "melody", "stereo"])
def test_every_step_has_the_logits_of_transformers(kind):
    shape, steps = tiny_shape(kind), 64
    rival = rival_decoder(kind, shape)
    draw = torch.Generator().manual_seed(3)
    tokens = torch.randint(0, shape.vocabulary + 1, (2, shape.codebooks, steps), generator=draw)
    text = torch.randn(2, 7, shape.width, generator=draw)
    mask = torch.tensor([[True] * 7, [True] * 4 + [False] * 3])
    if not shape.cross_attention:
        mask = mask | True
    theirs = (
        rival(input_ids=tokens.flatten(0, 1), encoder_hidden_states=text, encoder_attention_mask=mask.long())
        .logits[:, -steps:]
        .view(2, shape.codebooks, steps, -1)
    )
    decoder = Decoder(shape, our_tensors(rival, shape))

    heard = decoder.begin(2, text, mask) if shape.cross_attention else decoder.begin(2, prepended=text)
    ours = torch.cat([decoder.logits(heard, tokens[:, :, step, None]) for step in range(steps)], dim=2)

    torch.testing.assert_close(ours, theirs, atol=1e-4, rtol=0)
    assert theirs.std() > 0.1  # else a constant would pass


@torch.inference_mode()
def test_a_row_without_text_attends_to_nothing():
    shape = tiny_shape("small")
    decoder = Decoder(shape, our_tensors(rival_decoder("small", shape), shape))
    tokens = torch.randint(0, 64, (1, 4, 5), generator=torch.Generator().manual_seed(1))
    text = torch.randn(1, 3, shape.width, generator=torch.Generator().manual_seed(2))

    without = decoder.logits(decoder.begin(1, text, torch.zeros(1, 3, dtype=torch.bool)), tokens)
    zeroed = decoder.logits(decoder.begin(1, torch.zeros_like(text)), tokens)

    torch.testing.assert_close(without, zeroed)
