from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from transformers import MusicgenForConditionalGeneration, MusicgenMelodyForConditionalGeneration

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.generation.musicgen.prompt import Conditioner, TextEncoder, melody_chroma
from musicgen_desktop.generation.musicgen.shape import CodecShape, DecoderShape, ModelShape, TextShape
from musicgen_desktop.generation.sound import Sound
from tests.fakes.tiny_musicgen import write_tokenizer, write_transformers

TEXT = TextShape(vocabulary=40, width=16, key_width=4, feed_forward=32, layers=2, heads=4)
WORDS = "warm piano with slow drums"
MELODY = Sound.of(0.3 * np.sin(np.arange(40_000, dtype=np.float32) * 0.0864)[:, None], 32_000)


@dataclass
class Made:
    theirs: Any
    encoder: TextEncoder
    conditioner: Conditioner
    ids: torch.Tensor


def made(folder: Path, kind: str) -> Made:
    write_transformers(folder, kind)
    melody = kind == "melody"
    family = MusicgenMelodyForConditionalGeneration if melody else MusicgenForConditionalGeneration
    theirs = family.from_pretrained(folder).eval()
    tensors = {
        "text_projection.weight": theirs.enc_to_dec_proj.weight.detach(),
        "text_projection.bias": theirs.enc_to_dec_proj.bias.detach(),
    }
    if melody:
        tensors["chroma_projection.weight"] = theirs.audio_enc_to_dec_proj.weight.detach()
        tensors["chroma_projection.bias"] = theirs.audio_enc_to_dec_proj.bias.detach()
    decoder = DecoderShape(
        layers=2,
        width=32,
        heads=4,
        feed_forward=64,
        codebooks=4,
        vocabulary=64,
        text_width=16,
        cross_attention=not melody,
        chroma_bins=12 if melody else 0,
        chroma_steps=235 if melody else 0,
    )
    encoder = TextEncoder(TEXT, theirs.text_encoder.state_dict(), folder / "tokenizer.json")
    shape = ModelShape(decoder, CodecShape(), TEXT)
    ids = torch.tensor([encoder._tokenizer.encode(WORDS).ids])
    return Made(theirs, encoder, Conditioner(shape, tensors, encoder), ids)


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return made(tmp_path_factory.mktemp("small"), "small")


@pytest.fixture(scope="module")
def melodic(tmp_path_factory):
    return made(tmp_path_factory.mktemp("melody"), "melody")


def reference_states(melodic: Made, chroma: np.ndarray | None, guidance: float) -> np.ndarray:
    """What transformers prepends, [G, P, D]."""
    config = melodic.theirs.generation_config
    config.guidance_scale = guidance
    given: dict[str, Any] = {"attention_mask": torch.ones_like(melodic.ids)}
    if chroma is not None:
        given["input_features"] = torch.from_numpy(chroma)[None]
    with torch.inference_mode():
        prepared = melodic.theirs._prepare_encoder_hidden_states_kwargs_for_generation(
            melodic.ids, given, "input_ids", config
        )
    return prepared["encoder_hidden_states"].numpy()


def test_the_text_encoder_gives_the_states_of_transformers(small):
    states = small.encoder.encode(WORDS)

    with torch.inference_mode():
        expected = small.theirs.text_encoder(input_ids=small.ids).last_hidden_state[0].numpy()
    assert states.shape == (6, 16)
    np.testing.assert_allclose(states, expected, atol=1e-6)


@pytest.mark.parametrize("left_out", ["shared.weight", "encoder.embed_tokens.weight"])
def test_the_text_encoder_needs_its_table_under_one_name_only(small, tmp_path, left_out):
    tensors = {k: v for k, v in small.theirs.text_encoder.state_dict().items() if k != left_out}
    write_tokenizer(tmp_path / "tokenizer.json")

    encoder = TextEncoder(TEXT, tensors, tmp_path / "tokenizer.json")

    np.testing.assert_array_equal(encoder.encode(WORDS), small.encoder.encode(WORDS))


def test_words_are_projected_and_the_row_without_them_is_masked_zeros(small):
    conditioning, weights = small.conditioner.condition(WORDS, None, 3.0)

    with torch.inference_mode():
        hidden = small.theirs.text_encoder(input_ids=small.ids).last_hidden_state
        expected = small.theirs.enc_to_dec_proj(hidden)[0].numpy()
    assert weights == (3.0, -2.0)
    assert conditioning.prepended is None
    np.testing.assert_allclose(conditioning.cross[0], expected, atol=1e-6)
    assert not conditioning.cross[1].any()
    assert conditioning.cross_mask.tolist() == [[True] * 6, [False] * 6]


def test_guidance_of_one_needs_one_row(small):
    conditioning, weights = small.conditioner.condition(WORDS, None, 1.0)

    assert weights == (1.0,)
    assert conditioning.cross.shape == (1, 6, 32)
    assert conditioning.cross_mask.all()


def test_no_words_at_all_are_one_row_that_attends_to_nothing(small):
    conditioning, weights = small.conditioner.condition("  ", None, 3.0)

    assert weights == (1.0,)
    assert not conditioning.cross.any()
    assert not conditioning.cross_mask.any()


def test_melody_and_words_are_prepended_as_transformers_does(melodic):
    chroma = melody_chroma(MELODY, 12, 235)

    conditioning, weights = melodic.conditioner.condition(WORDS, MELODY, 3.0)

    assert weights == (3.0, -2.0)
    assert conditioning.cross is None
    assert conditioning.prepended.shape == (2, 241, 32)
    assert not np.allclose(conditioning.prepended[0, :235], conditioning.prepended[1, :235])
    np.testing.assert_allclose(conditioning.prepended, reference_states(melodic, chroma, 3.0), atol=1e-6)


@pytest.mark.parametrize("guidance", [1.0, 3.0])
def test_a_melody_model_without_a_melody_hears_the_null_chroma(melodic, guidance):
    conditioning, _ = melodic.conditioner.condition(WORDS, None, guidance)

    np.testing.assert_allclose(conditioning.prepended, reference_states(melodic, None, guidance), atol=1e-6)


def test_a_melody_alone_is_guided_too(melodic):
    conditioning, weights = melodic.conditioner.condition("", MELODY, 4.0)

    assert weights == (4.0, -3.0)
    assert not conditioning.prepended[:, 235:].any()


def test_a_model_that_follows_no_melody_refuses_one(small):
    with pytest.raises(UserInputError, match="choose a melody model"):
        small.conditioner.condition(WORDS, MELODY, 3.0)


def test_a_missing_projection_is_told():
    shape = ModelShape(DecoderShape(2, 32, 4, 64, 4, text_width=16), CodecShape(), TEXT)

    with pytest.raises(UserInputError, match="install the model again"):
        Conditioner(shape, {}, None)


def test_text_weights_and_tokenizers_that_are_damaged_are_refused(small, tmp_path):
    tensors = small.theirs.text_encoder.state_dict()
    (tmp_path / "tokenizer.json").write_text("{}")

    with pytest.raises(UserInputError, match="tokenizer is damaged"):
        TextEncoder(TEXT, tensors, tmp_path / "tokenizer.json")
    del tensors["encoder.final_layer_norm.weight"]
    with pytest.raises(UserInputError, match="text encoder is damaged"):
        TextEncoder(TEXT, tensors, tmp_path / "tokenizer.json")
