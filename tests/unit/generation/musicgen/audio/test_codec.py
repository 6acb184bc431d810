from functools import partial
from itertools import chain

import pytest
import torch

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.generation.musicgen.audio import Codec, bfloat16_pays, use_bfloat16

from .tiny_codec import KINDS, both, folded, sized, theirs


def noise(channels: int, frames: int, rows: int = 1) -> torch.Tensor:
    return torch.randn(rows, channels, frames, generator=torch.Generator().manual_seed(1)) * 0.3


def tokens(codec: Codec, steps: int, rows: int = 1) -> torch.Tensor:
    shape = (rows, codec.shape.codebooks, steps)
    return torch.randint(codec.shape.entries, shape, generator=torch.Generator().manual_seed(2))


@pytest.mark.parametrize("kind", ["24 kHz", "32 kHz", "residual", "constant"])
@pytest.mark.parametrize("frames", [1, 639, 640, 5_000, 16_001])
def test_sound_becomes_the_tokens_of_transformers(kind, frames):
    codec, reference = both(kind)
    audio = noise(1, frames, rows=2)

    codes = codec.encode(audio)

    with torch.inference_mode():
        expected = reference.encode(audio, bandwidth=reference.config.target_bandwidths[-1]).audio_codes[0]
    assert codes.shape == (2, 4, -(-frames // codec.shape.hop))
    assert torch.equal(codes, expected)


@pytest.mark.parametrize("kind", ["24 kHz", "32 kHz", "residual", "constant"])
@pytest.mark.parametrize("steps", [1, 2, 5, 40])
def test_tokens_become_the_sound_of_transformers(kind, steps):
    codec, reference = both(kind)
    codes = tokens(codec, steps, rows=2)

    audio = codec.decode(codes)

    with torch.inference_mode():
        expected = reference.decode(codes[None], [None]).audio_values
    assert audio.shape == (2, 1, steps * codec.shape.hop)
    assert expected.abs().max() > 0.01
    torch.testing.assert_close(audio, expected, atol=1e-4, rtol=0)


def test_chunks_of_48_khz_are_those_of_transformers_both_ways():
    codec, reference = both("48 kHz")
    audio = noise(2, 11_000, rows=2)

    chunks = codec.encode_chunks(audio)
    decoded = codec.decode_chunks(chunks)

    with torch.inference_mode():
        encoded = reference.encode(audio, bandwidth=reference.config.target_bandwidths[-1])
        expected = reference.decode(
            encoded.audio_codes, encoded.audio_scales, last_frame_pad_length=encoded.last_frame_pad_length
        ).audio_values
    assert len(chunks) == 3
    for chunk, codes in zip(chunks, encoded.audio_codes, strict=True):
        assert torch.equal(chunk.codes, codes[..., : chunk.codes.shape[-1]])
    torch.testing.assert_close(decoded, expected, atol=1e-4, rtol=0)


def test_the_latent_before_the_quantiser_is_that_of_transformers():
    codec, reference = both("32 kHz")
    audio = noise(1, 6_400)

    with torch.inference_mode():
        latent = codec.encoded(audio).transpose(1, 2)
        torch.testing.assert_close(latent, reference.encoder(audio), atol=1e-4, rtol=0)


@pytest.mark.parametrize(
    "missing",
    ["decoder.layers.1.lstm.weight_hh_l1", "decoder.layers.0.conv.bias", "encoder.layers.0.conv.weight"],
)
def test_a_codec_without_all_its_weights_is_refused(missing):
    shape = sized(KINDS["32 kHz"])
    tensors = folded(theirs(shape).state_dict())
    del tensors[missing]

    with pytest.raises(UserInputError, match="install the model again"):
        Codec(shape, tensors).encode(noise(1, 640))


def a_clock(*taken_s):
    """Tells these times for what is decoded, one after the other."""
    return partial(next, chain.from_iterable((0.0, each_s) for each_s in taken_s))


def test_the_layers_after_the_lstm_run_in_bfloat16():
    codec, _ = both("32 kHz")
    codes = tokens(codec, 20)
    exact = codec.decode(codes)

    use_bfloat16(codec)

    difference = (codec.decode(codes) - exact).square().mean() / exact.square().mean()
    assert {weight.dtype for weight in codec.upsampling.parameters()} == {torch.bfloat16}
    assert codec.through_lstm(codec.before_lstm(codec.latents(codes)), None)[0].dtype == torch.float32
    assert 10.0 <= -10 * torch.log10(difference).item() < 100.0


EXACT_S = 9.0, 1.0, 2.0


@pytest.mark.parametrize(
    ("min_snr_db", "bfloat16_s", "pays"),
    [
        (10.0, (9.0, 2.0, 0.5), True),
        (200.0, (9.0, 2.0, 0.5), False),
        (10.0, (9.0, 0.9, 2.0), False),
        (10.0, (9.0,) * 3, False),
    ],
    ids=["exact and fast", "wrong", "even", "slow"],
)
def test_bfloat16_pays_when_it_is_exact_and_fast_and_the_codec_stays_as_it_was(min_snr_db, bfloat16_s, pays):
    codec, _ = both("32 kHz")
    codes = tokens(codec, 20)
    exact = codec.decode(codes)
    weights = [weight.data_ptr() for weight in codec.upsampling.parameters()]

    times_s = *EXACT_S, *bfloat16_s
    assert bfloat16_pays(codec, codes, min_snr_db, clock=a_clock(*times_s, *times_s)) is pays

    assert torch.equal(codec.decode(codes), exact)
    assert [weight.data_ptr() for weight in codec.upsampling.parameters()] == weights


def test_where_bfloat16_is_hopeless_a_glance_is_enough():
    codec, _ = both("32 kHz")
    slow = (9.0,) * 3

    assert not bfloat16_pays(codec, tokens(codec, 20), 10.0, clock=a_clock(*EXACT_S, *slow))


def test_what_is_even_at_a_glance_is_looked_at_longer():
    codec, _ = both("32 kHz")
    even, quick = EXACT_S, (9.0, 2.0, 0.5)

    assert bfloat16_pays(codec, tokens(codec, 20), 10.0, clock=a_clock(*EXACT_S, *even, *EXACT_S, *quick))


@pytest.mark.slow
def test_the_full_codec_of_musicgen_is_that_of_transformers_both_ways():
    shape = KINDS["32 kHz"]
    reference = theirs(shape)
    codec = Codec(shape, folded(reference.state_dict()))
    codes, audio = tokens(codec, 100), noise(1, 32_000)

    decoded, encoded = codec.decode(codes), codec.encode(audio)

    with torch.inference_mode():
        expected = reference.decode(codes[None], [None]).audio_values
        expected_codes = reference.encode(
            audio, bandwidth=reference.config.target_bandwidths[-1]
        ).audio_codes[0]
    torch.testing.assert_close(decoded, expected, atol=1e-4, rtol=0)
    assert torch.equal(encoded, expected_codes)
    times_s = *EXACT_S, 9.0, 2.0, 0.5
    assert bfloat16_pays(codec, codes, clock=a_clock(*times_s, *times_s))  # so it sounds the same
