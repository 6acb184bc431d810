"""The lean loop: transformers' tokens, the decoder's logits, and takes that do not disturb each other."""

from pathlib import Path

import msgspec
import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file
from torch.nn.functional import kl_div

from musicgen_desktop.generation.musicgen.library import cache_bytes
from musicgen_desktop.generation.musicgen.runtime import Conditioning, Sampling
from musicgen_desktop.generation.musicgen.runtime._products import pack
from musicgen_desktop.generation.musicgen.runtime._torch import TorchPath
from musicgen_desktop.generation.musicgen.shape import CodecShape, ModelShape, TextShape
from musicgen_desktop.generation.musicgen.tokens import (
    Decoder,
    codebook_seeds,
    delay_codebooks,
    noise,
    seed_bits,
)
from tests.fakes.mapped_memory import mapped_kilobytes
from tests.fakes.tiny_decoder import our_tensors, rival_decoder, tiny_shape

GREEDY = Sampling(temperature=0.0)


def conditioning_of(shape, seed=0, length=6):
    states = np.random.default_rng(seed).standard_normal((2, length, shape.width)).astype(np.float32)
    if not shape.cross_attention:
        return Conditioning(prepended=states)
    states[1] = 0
    mask = np.zeros((2, length), bool)
    mask[0] = True
    return Conditioning(states, mask)


def path_of(kind, precision="fp32"):
    shape = tiny_shape(kind)
    return shape, TorchPath(shape, our_tensors(rival_decoder(kind, shape), shape), precision)


def delay_padding(steps, delays):
    """Where the delayed pattern of so many steps is padding, [K, T] bool."""
    return delay_codebooks(np.zeros((len(delays), steps), np.int64), delays, 1).astype(bool)


@pytest.mark.parametrize(("kind", "words"), [("small", 3), ("small", 40), ("melody", 40)])
def test_a_take_remembers_no_more_than_was_predicted_and_hardly_less(kind, words):
    shape, path = path_of(kind)
    model = ModelShape(shape, CodecShape(), TextShape())

    path.open(conditioning_of(shape, length=words), GREEDY, 100)

    (taken,) = path._open.values()
    assert 0.95 * cache_bytes(model, 100, text=words) <= taken.nbytes <= cache_bytes(model, 100, text=words)


def run(path, shape, sequence, steps, columns=None):
    """Tokens [K, steps + longest delay] of the delayed pattern, as takes make them."""
    padding = delay_padding(steps, shape.delays)
    columns = [np.full(shape.codebooks, shape.vocabulary)] if columns is None else columns
    while len(columns) <= padding.shape[1]:
        drawn = path.step([sequence], columns[-1][None])[0]
        columns.append(np.where(padding[:, len(columns) - 1], shape.vocabulary, drawn))
    return np.stack(columns[1:], axis=1)


@pytest.mark.parametrize("words", [3, 9])
def test_a_short_text_is_heard_as_a_long_one_and_padding_not_at_all(words):
    shape, path = path_of("small")
    tensors = our_tensors(rival_decoder("small", shape), shape)
    exact = Decoder(shape, tensors)
    states = np.random.default_rng(4).standard_normal((2, 12, shape.width)).astype(np.float32)
    mask = np.zeros((2, 12), bool)
    mask[0, 1 : words + 1] = True
    tokens = np.random.default_rng(5).integers(0, shape.vocabulary, (5, 4))
    take = path.open(Conditioning(states, mask), Sampling((4.0, -3.0)), 5)

    ours = [path.logits([take], column[None])[0] for column in tokens]

    heard = exact.begin(2, torch.from_numpy(states), torch.from_numpy(mask))
    told, untold = exact.logits(heard, torch.from_numpy(tokens.T)[None].expand(2, -1, -1))
    np.testing.assert_allclose(np.stack(ours, axis=1), 4 * told - 3 * untold, atol=1e-4)


@pytest.mark.parametrize("inputs", [32, 48])
def test_int8_rows_are_as_exact_as_bfloat16_ones_and_do_not_see_each_other(inputs):
    weight = torch.randn(24, inputs, generator=torch.Generator().manual_seed(1))
    rows = (
        torch.randn(5, inputs, generator=torch.Generator().manual_seed(2)) * torch.logspace(-3, 3, 5)[:, None]
    )
    rows[2] = 0.0
    multiply = pack("int8")(weight)
    scale = weight.abs().amax(dim=1, keepdim=True) / 127
    exact = rows.double() @ ((weight / scale).round() * scale).double().T

    together = multiply(rows)

    assert ((together - exact).norm(dim=1) <= 2**-8 * exact.norm(dim=1)).all()
    assert torch.equal(together, torch.cat([multiply(row[None]) for row in rows]))


@torch.inference_mode()
def rival_logits(kind, shape, conditioning, columns):
    """Guided logits [K, V] of transformers after those columns [K, T]."""
    rival = rival_decoder(kind, shape)
    states = conditioning.prepended if conditioning.cross is None else conditioning.cross
    ids = torch.from_numpy(columns).repeat(2, 1, 1).flatten(0, 1)
    logits = rival(input_ids=ids, encoder_hidden_states=torch.from_numpy(states)).logits[:, -1]
    text, nothing = logits.view(2, shape.codebooks, -1)
    return nothing + 3.0 * (text - nothing)


@pytest.mark.parametrize("kind", ["small", "melody", "stereo"])
def test_greedy_and_sampled_tokens_are_those_of_transformers(kind):
    shape, path = path_of(kind)
    conditioning, seeds = conditioning_of(shape), codebook_seeds(11, shape.codebooks)
    settings = [Sampling(temperature=0.0, seeds=seeds), Sampling(seeds=seeds, top_k=20, temperature=1.1)]

    ours = [run(path, shape, path.open(conditioning, one, 24), 12) for one in settings]

    columns = [np.full((shape.codebooks, 1), shape.vocabulary)] * 2
    padding = delay_padding(12, shape.delays)
    for step in range(padding.shape[1]):
        greedy, logits = (rival_logits(kind, shape, conditioning, heard) for heard in columns)
        scaled = logits / 1.1
        share = scaled.masked_fill(scaled < scaled.topk(20).values[:, -1:], -torch.inf).softmax(dim=-1)
        race = noise(seed_bits([seeds]), torch.tensor([step]), shape.vocabulary)[0]
        for i, drawn in enumerate((greedy.argmax(dim=-1), (share / race).argmax(dim=-1))):
            column = np.where(padding[:, step], shape.vocabulary, drawn.numpy())
            columns[i] = np.concatenate([columns[i], column[:, None]], axis=1)
    assert np.array_equal(ours[0], columns[0][:, 1:])
    assert np.array_equal(ours[1], columns[1][:, 1:])


def test_a_take_draws_the_same_alone_and_among_others_that_join_and_leave():
    shape, path = path_of("small")
    sampling = Sampling(seeds=(1, 2, 3, 4), top_k=0)
    start = np.full(4, shape.vocabulary)
    alone = run(path, shape, path.open(conditioning_of(shape), sampling, 20), 9)
    padding = delay_padding(9, shape.delays)

    take = path.open(conditioning_of(shape), sampling, 20)
    guest = path.open(conditioning_of(shape, 5, 9), Sampling((4.0, -3.0), seeds=(9, 9, 9, 9)), 20)
    columns, heard_by_guest = [start], start
    for step in range(12):
        if 2 <= step < 7:
            own, heard_by_guest = path.step([take, guest], np.stack([columns[-1], heard_by_guest]))
        else:
            own = path.step([take], columns[-1][None])[0]
        if step == 7:
            path.close(guest)
        columns.append(np.where(padding[:, step], shape.vocabulary, own))

    assert np.array_equal(np.stack(columns[1:], axis=1), alone)


def test_feeding_at_once_is_stepping_one_by_one():
    shape, path = path_of("melody")
    tokens = np.random.default_rng(0).integers(0, shape.vocabulary, (4, 7))
    fed, stepped = (path.open(conditioning_of(shape), GREEDY, 8) for _ in range(2))

    path.feed(fed, tokens[:, :6])
    for column in tokens[:, :6].T:
        path.logits([stepped], column[None])

    last = tokens[:, 6][None]
    np.testing.assert_allclose(path.logits([fed], last), path.logits([stepped], last), atol=1e-5)


def test_later_windows_draw_other_noise():
    shape, path = path_of("small")
    first, later = (
        run(path, shape, path.open(conditioning_of(shape), Sampling(offset=offset), 20), 8)
        for offset in (0, 1000)
    )

    assert not np.array_equal(first, later)


@pytest.mark.parametrize("precision", ["bf16", "int8"])
def test_smaller_weights_hardly_change_the_distribution(precision):
    shape, exact = path_of("small")
    _, path = path_of("small", precision)
    tokens = np.random.default_rng(2).integers(0, shape.vocabulary, (6, 4))
    take, exact_take = (
        path.open(conditioning_of(shape), GREEDY, 6),
        exact.open(conditioning_of(shape), GREEDY, 6),
    )

    for column in tokens:
        ours = torch.from_numpy(path.logits([take], column[None])).log_softmax(-1)
        reference = torch.from_numpy(exact.logits([exact_take], column[None])).log_softmax(-1)

        assert kl_div(ours, reference, log_target=True, reduction="sum") / 4 < 0.01


def test_more_positions_than_opened_are_a_bug_of_the_caller():
    shape, path = path_of("small")
    take = path.open(conditioning_of(shape), GREEDY, 3)

    with pytest.raises(ValueError, match="fewer positions"):
        path.feed(take, np.zeros((4, 4), np.int64))


def test_a_sequence_longer_than_the_path_knows_positions_for_is_refused():
    shape, path = path_of("small")

    with pytest.raises(ValueError, match="8192"):
        path.open(conditioning_of(shape), GREEDY, 8193)


@pytest.mark.parametrize("words", [3, 9])
@pytest.mark.parametrize("precision", ["fp32", "bf16", "int8"])
def test_a_path_made_from_a_file_that_gives_its_pages_back_computes_the_same(precision, words, tmp_path):
    shape = msgspec.structs.replace(tiny_shape("small"), width=64, feed_forward=96)
    tensors = our_tensors(rival_decoder("small", shape), shape)
    save_file(tensors, tmp_path / "decoder.safetensors")
    stored = load_file(tmp_path / "decoder.safetensors")
    makes = [TorchPath(shape, stored, precision, mapped=True), TorchPath(shape, tensors, precision)]
    tokens = np.random.default_rng(3).integers(0, shape.vocabulary, (5, 4))

    takes = [path.open(conditioning_of(shape, length=words), GREEDY, 5) for path in makes]
    ours, exact = (
        [path.logits([take], column[None]) for column in tokens]
        for path, take in zip(makes, takes, strict=True)
    )

    assert np.array_equal(ours, exact)
    assert all(torch.equal(stored[name], tensor) for name, tensor in tensors.items())


@pytest.mark.skipif(not Path("/proc/self/smaps").exists(), reason="Linux only")
def test_a_checkpoints_file_does_not_stay_in_memory_once_it_is_packed_and_a_text_was_read(tmp_path):
    shape = msgspec.structs.replace(tiny_shape("small"), width=128, feed_forward=256)
    tensors = our_tensors(rival_decoder("small", shape), shape)
    save_file(tensors, tmp_path / "decoder.safetensors")
    stored = load_file(tmp_path / "decoder.safetensors")

    TorchPath(shape, stored, "int8", mapped=True).open(conditioning_of(shape), GREEDY, 5)

    places = [tensor.data_ptr() for tensor in stored.values()]
    size, resident = (mapped_kilobytes(places, field) for field in ("Size", "Rss"))
    assert resident < size / 2
