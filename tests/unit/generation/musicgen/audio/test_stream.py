import numpy as np
import pytest

from musicgen_desktop.generation.musicgen.audio import StreamDecoder, decode_tokens, encode_sound
from musicgen_desktop.generation.sound import Sound

from .tiny_codec import both


def drawn(codebooks: int, steps: int) -> np.ndarray:
    return np.random.default_rng(3).integers(0, 16, (codebooks, steps))


def whole(codec, tokens: np.ndarray, channels: int) -> np.ndarray:
    """Each channel decoded at once by the plain decoder."""
    import torch

    parts = [codec.decode(torch.from_numpy(tokens[c::channels])[None])[0] for c in range(channels)]
    return np.concatenate([part.numpy() for part in parts])


def streamed(codec, tokens: np.ndarray, channels: int, sizes: list[int]) -> np.ndarray:
    stream = StreamDecoder(codec, channels)
    pieces, at = [], 0
    while at < tokens.shape[1]:
        size = sizes[len(pieces) % len(sizes)]
        pieces.append(stream.push(tokens[:, at : at + size]))
        at += size
    return np.concatenate((*pieces, stream.finish()), 1)


@pytest.mark.parametrize("kind", ["24 kHz", "32 kHz"])
@pytest.mark.parametrize("sizes", [[1], [2], [3], [5], [7, 1], [13], [50], [1, 0, 60]])
def test_chunks_of_any_size_are_together_what_decoding_at_once_gives(kind, sizes):
    codec, _ = both(kind)
    tokens = drawn(4, 75)

    pieces = streamed(codec, tokens, 1, sizes)

    expected = whole(codec, tokens, 1)
    assert pieces.shape == expected.shape
    assert np.abs(pieces - expected).max() < 1e-5 * np.abs(expected).max()  # -100 dB, everywhere


@pytest.mark.parametrize("steps", [1, 2, 3, 4, 6, 8, 11])
def test_very_short_takes_stream_exactly_too(steps):
    codec, _ = both("32 kHz")
    tokens = drawn(4, steps)

    pieces = streamed(codec, tokens, 1, [1])

    np.testing.assert_allclose(pieces, whole(codec, tokens, 1), atol=1e-6)


def test_left_and_right_have_the_even_and_the_odd_codebooks():
    codec, _ = both("32 kHz")
    tokens = drawn(8, 30)

    pieces = streamed(codec, tokens, 2, [9])

    assert pieces.shape == (2, 30 * 640)
    np.testing.assert_allclose(pieces, whole(codec, tokens, 2), atol=1e-6)


def test_the_first_sound_comes_within_a_fraction_of_a_second_of_tokens():
    codec, _ = both("32 kHz")
    stream = StreamDecoder(codec, 1)

    first = stream.push(drawn(4, 60))  # 1.2 s

    assert stream.steps_held_back == 5
    assert first.shape == (1, 55 * 640)


def test_a_codec_that_normalises_over_time_is_not_streamed():
    codec, _ = both("48 kHz")

    with pytest.raises(ValueError, match="normalises over time"):
        StreamDecoder(codec, 2)


def test_a_stereo_sound_of_another_rate_becomes_interleaved_tokens():
    codec, _ = both("32 kHz")
    left = np.sin(np.arange(16_000) * 0.06).astype(np.float32)
    right = np.sin(np.arange(16_000) * 0.11).astype(np.float32)
    sound = Sound.of(np.stack((left, right), 1), 16_000)

    tokens = encode_sound(codec, sound, 2)

    assert tokens.shape == (8, 50)
    np.testing.assert_array_equal(tokens[0::2], encode_sound(codec, Sound.of(left[:, None], 16_000), 1))
    np.testing.assert_array_equal(tokens[1::2], encode_sound(codec, Sound.of(right[:, None], 16_000), 1))


def test_tokens_of_a_long_take_are_decoded_in_pieces_without_a_difference():
    codec, _ = both("32 kHz")
    tokens = drawn(4, 520)

    sound = decode_tokens(codec, tokens, 1)

    np.testing.assert_allclose(sound, whole(codec, tokens, 1), atol=1e-5)
