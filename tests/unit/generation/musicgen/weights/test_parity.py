"""What is installed computes what transformers computes from the same checkpoint."""

from functools import cache
from typing import Any

import numpy as np
import pytest
import torch
from transformers import MusicgenForConditionalGeneration, MusicgenMelodyForConditionalGeneration

from musicgen_desktop.foundation import StopFlag, no_report
from musicgen_desktop.generation.musicgen.audio import Codec
from musicgen_desktop.generation.musicgen.prompt import Conditioner, TextEncoder
from musicgen_desktop.generation.musicgen.runtime._torch import TorchPath
from musicgen_desktop.generation.musicgen.runtime.path import Sampling
from musicgen_desktop.generation.musicgen.tokens import Decoder
from musicgen_desktop.generation.musicgen.weights import install_model, load_weights

WORDS = "warm piano with slow drums"
STEPS = 8
EVERY = [
    (layout, kind)
    for layout in ("transformers", "shards", "audiocraft")
    for kind in ("small", "melody", "stereo")
]


@cache
def installed(folder):
    return load_weights(install_model(folder, None, no_report, StopFlag()))


@cache
def rival(folder, kind) -> Any:
    melody = kind == "melody"
    family = MusicgenMelodyForConditionalGeneration if melody else MusicgenForConditionalGeneration
    return family.from_pretrained(folder).eval()


def some_tokens(weights, steps):
    shape = weights.model.shape.decoder
    generator = torch.Generator().manual_seed(3)
    return torch.randint(shape.vocabulary, (1, shape.codebooks, steps), generator=generator)


def conditioned(weights):
    encoder = TextEncoder(weights.model.shape.text, weights.text, weights.tokenizer)
    conditioner = Conditioner(weights.model.shape, weights.decoder, encoder)
    return encoder, conditioner.condition(WORDS, None, 1.0)[0]


@torch.inference_mode()
def expected_logits(theirs, weights, conditioning, tokens):
    """[K, T, V] of transformers for all positions at once."""
    codebooks = weights.model.shape.decoder.codebooks
    given: dict[str, Any] = {}
    if conditioning.cross is not None:
        given["encoder_hidden_states"] = torch.from_numpy(conditioning.cross)
    else:
        given["encoder_hidden_states"] = torch.from_numpy(conditioning.prepended)
    logits = theirs.decoder(input_ids=tokens.reshape(codebooks, -1), use_cache=False, **given).logits
    return logits[:, -tokens.shape[-1] :].numpy()


@pytest.mark.parametrize(("layout", "kind"), EVERY)
def test_the_reference_decoder_gives_the_logits_of_transformers(layout, kind, written):
    weights = installed(written(layout, kind))
    tokens = some_tokens(weights, STEPS)
    _, conditioning = conditioned(weights)

    decoder = Decoder(weights.model.shape.decoder, weights.decoder)
    cross, prepended = conditioning.cross, conditioning.prepended
    heard = decoder.begin(
        1,
        None if cross is None else torch.from_numpy(cross),
        prepended=None if prepended is None else torch.from_numpy(prepended),
    )
    logits = decoder.logits(heard, tokens)[0].numpy()

    theirs = rival(written("transformers", kind), kind)
    expected = expected_logits(theirs, weights, conditioning, tokens)
    np.testing.assert_allclose(logits, expected, atol=1e-4)
    assert np.ptp(expected) > 0.01


@pytest.mark.parametrize(("layout", "kind"), EVERY)
def test_the_torch_path_gives_the_logits_of_transformers(layout, kind, written):
    weights = installed(written(layout, kind))
    tokens = some_tokens(weights, STEPS)
    _, conditioning = conditioned(weights)
    path = TorchPath(weights.model.shape.decoder, weights.decoder, "fp32")
    seeds = (0,) * weights.model.shape.decoder.codebooks
    sequence = path.open(conditioning, Sampling(guidance=(1.0,), seeds=seeds), STEPS)

    path.feed(sequence, tokens[0, :, :-1].numpy())
    logits = path.logits([sequence], tokens[:, :, -1].numpy())[0]

    theirs = rival(written("transformers", kind), kind)
    np.testing.assert_allclose(
        logits, expected_logits(theirs, weights, conditioning, tokens)[:, -1], atol=1e-4
    )


@pytest.mark.parametrize(("layout", "kind"), EVERY)
def test_the_codec_decodes_what_transformers_decodes(layout, kind, written):
    weights = installed(written(layout, kind))
    shape = weights.model.shape.codec
    codes = torch.randint(shape.entries, (2, shape.codebooks, 12), generator=torch.Generator().manual_seed(4))

    audio = Codec(shape, weights.codec).decode(codes)

    with torch.inference_mode():
        expected = rival(written("transformers", kind), kind).audio_encoder.decode(codes[None], [None])
    torch.testing.assert_close(audio, expected.audio_values, atol=1e-4, rtol=0)
    assert expected.audio_values.abs().max() > 0.01


@pytest.mark.parametrize(("layout", "kind"), EVERY)
def test_the_text_encoder_gives_the_states_of_transformers(layout, kind, written):
    weights = installed(written(layout, kind))
    encoder, _ = conditioned(weights)

    states = encoder.encode(WORDS)

    ids = torch.tensor([encoder._tokenizer.encode(WORDS).ids])
    with torch.inference_mode():
        expected = rival(written("transformers", kind), kind).text_encoder(input_ids=ids)
    np.testing.assert_allclose(states, expected.last_hidden_state[0].numpy(), atol=1e-4)


@pytest.mark.parametrize("kind", ["small", "melody", "stereo"])
def test_every_layout_becomes_the_same_files(kind, written, monkeypatch, tmp_path):
    hashes = []
    for layout in ("transformers", "shards", "audiocraft"):
        monkeypatch.setenv("MUSICGEN_DESKTOP_HOME", str(tmp_path / layout))
        model_id = install_model(written(layout, kind), None, no_report, StopFlag())
        hashes.append(load_weights(model_id).model.hashes)

    assert hashes[0] == hashes[1] == hashes[2]
    assert sorted(hashes[0]) == [
        "codec.safetensors",
        "decoder.safetensors",
        "text.safetensors",
        "tokenizer.json",
    ]
