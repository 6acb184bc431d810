"""The paths of GPUs, on a processor: the same arithmetic without recording."""

import numpy as np
import pytest
import torch

from musicgen_desktop.generation.musicgen.runtime import Conditioning, Sampling, _cuda, _device, _mps
from musicgen_desktop.generation.musicgen.runtime._cuda import CudaPath
from musicgen_desktop.generation.musicgen.runtime._mps import DeviceDisagreesError, MpsPath
from musicgen_desktop.generation.musicgen.runtime._torch import TorchPath
from musicgen_desktop.generation.musicgen.tokens import codebook_seeds
from tests.fakes.tiny_decoder import our_tensors, rival_decoder, tiny_shape

KINDS = ("small", "melody", "stereo")
PATHS = (CudaPath, MpsPath)


def pair(kind="small", make=CudaPath, precision="fp32"):
    """A path of a device, the lean loop with the same weights, and their shape."""
    shape = tiny_shape(kind)
    tensors = our_tensors(rival_decoder(kind, shape), shape)
    return make(shape, tensors, precision, "cpu"), TorchPath(shape, tensors, "fp32"), shape


def conditioning_of(shape, seed=0, length=6, rows=2):
    states = np.random.default_rng(seed).standard_normal((rows, length, shape.width)).astype(np.float32)
    if not shape.cross_attention:
        return Conditioning(prepended=states)
    mask = np.zeros((rows, length), bool)
    mask[0, : length - 1] = True
    states[1:] = 0
    return Conditioning(states, mask)


def sampling_of(shape, seed=1, **more):
    return Sampling(seeds=codebook_seeds(seed, shape.codebooks), top_k=20, **more)


def run(path, takes, shape, steps):
    """[steps, B, K]: each step feeds what the last one drew."""
    column = np.full((len(takes), shape.codebooks), shape.vocabulary, np.int64)
    made = []
    for _ in range(steps):
        column = path.step(takes, column)
        made.append(column)
    return np.stack(made)


@pytest.mark.parametrize("make", PATHS)
@pytest.mark.parametrize("kind", KINDS)
def test_tokens_are_those_of_the_lean_loop(kind, make):
    path, exact, shape = pair(kind, make)
    ours, theirs = (
        [
            one.open(conditioning_of(shape), sampling_of(shape), 20),
            one.open(conditioning_of(shape, 4, 9), sampling_of(shape, 2, temperature=0.7, top_p=0.9), 20),
        ]
        for one in (path, exact)
    )

    assert np.array_equal(run(path, ours, shape, 20), run(exact, theirs, shape, 20))


@pytest.mark.parametrize("kind", KINDS)
def test_logits_are_those_of_the_lean_loop_after_feeding_at_once(kind):
    path, exact, shape = pair(kind)
    tokens = np.random.default_rng(3).integers(0, shape.vocabulary, (shape.codebooks, 9))
    logits = []
    for one in (path, exact):
        take = one.open(conditioning_of(shape), sampling_of(shape), 10)
        one.feed(take, tokens)
        logits.append(one.logits([take], tokens[None, :, 0]))

    np.testing.assert_allclose(*logits, atol=1e-5)


def test_a_take_draws_the_same_alone_and_among_others_that_join_and_leave():
    path, _, shape = pair()
    alone = run(path, [path.open(conditioning_of(shape), sampling_of(shape), 12)], shape, 12)
    path, _, shape = pair()
    guests = [path.open(conditioning_of(shape, 7, 30), sampling_of(shape, 8), 300)]
    run(path, guests, shape, 3)
    take = path.open(conditioning_of(shape), sampling_of(shape), 12)
    column = np.full((1, shape.codebooks), shape.vocabulary, np.int64)
    made = []
    for step in range(12):
        if step == 4:
            guests.append(
                path.open(
                    conditioning_of(shape, 9, 50, rows=3), sampling_of(shape, guidance=(4.0, -1.0, -2.0)), 700
                )
            )
        if step == 6:
            path.step([guests[0], guests[1], take][::-1][1:], np.zeros((2, shape.codebooks), np.int64))
        if step == 8:
            path.close(guests[0])
        column = path.step([take], column)
        made.append(column)

    assert np.array_equal(np.stack(made), alone)


def test_a_take_without_guidance_has_a_row_to_itself_beside_others():
    path, exact, shape = pair()
    conditioning = conditioning_of(shape, rows=1)
    single = sampling_of(shape, guidance=(1.0,))
    other = path.open(conditioning_of(shape, 2), sampling_of(shape, 5), 8)
    ours = path.open(conditioning, single, 8)
    theirs = exact.open(conditioning, single, 8)
    run(path, [other], shape, 5)

    assert np.array_equal(run(path, [ours], shape, 8), run(exact, [theirs], shape, 8))


def test_a_place_that_was_left_is_as_new():
    path, _, shape = pair()
    first = path.open(conditioning_of(shape), sampling_of(shape), 8)
    made = run(path, [first], shape, 8)
    path.close(first)
    path.close(path.open(conditioning_of(shape, 3, 2), sampling_of(shape, 3, offset=100), 8))

    again = path.open(conditioning_of(shape), sampling_of(shape), 8)

    assert np.array_equal(run(path, [again], shape, 8), made)


@pytest.mark.parametrize("precision", ["bf16", "fp16"])
def test_smaller_numbers_hardly_change_the_logits(precision):
    path, exact, shape = pair(precision=precision)

    assert _mps.agree(path, exact, shape)


def test_a_device_that_computes_something_else_is_not_used(monkeypatch):
    attention = _device.scaled_dot_product_attention
    monkeypatch.setattr(_device, "scaled_dot_product_attention", lambda *inputs: 1.1 * attention(*inputs))

    with pytest.raises(DeviceDisagreesError, match="not used"):
        pair(make=MpsPath)


def test_a_device_that_gives_no_numbers_is_not_used(monkeypatch):
    monkeypatch.setattr(_device, "scaled_dot_product_attention", lambda query, *_: query * torch.nan)

    with pytest.raises(DeviceDisagreesError):
        pair(make=MpsPath)


def test_more_positions_than_opened_are_a_bug_of_the_caller():
    path, _, shape = pair()
    take = path.open(conditioning_of(shape), sampling_of(shape), 3)

    with pytest.raises(ValueError, match="fewer positions"):
        path.feed(take, np.zeros((shape.codebooks, 4), np.int64))
    with pytest.raises(ValueError, match="fewer positions"):
        run(path, [take], shape, 4)
    with pytest.raises(ValueError, match="8192"):
        path.open(conditioning_of(shape), sampling_of(shape), 8193)


def test_when_memory_is_out_nothing_is_open(monkeypatch):
    path, _, shape = pair()
    ours = path.open(conditioning_of(shape), sampling_of(shape), 12)
    made = run(path, [ours], shape, 4)

    def full(*_):
        raise torch.OutOfMemoryError

    with monkeypatch.context() as broken:
        broken.setattr(_device, "Slots", full)
        with pytest.raises(MemoryError):
            path.open(conditioning_of(shape), sampling_of(shape), 4000)

    fresh, _, _ = pair()
    alone = run(fresh, [fresh.open(conditioning_of(shape), sampling_of(shape), 12)], shape, 4)
    assert np.array_equal(made, alone)
    assert len(path._open) == 1


def test_recorded_steps_are_kept_by_batch_and_length_until_the_places_move(monkeypatch):
    path, exact, shape = pair()
    recorded = []

    class Replayed:
        """Stands for a recorded graph: it runs the step that was recorded."""

        def __init__(self, size, length):
            self.size, self.length = size, length
            self.drawn = torch.zeros(size, shape.codebooks, dtype=torch.int64)

        def replay(self):
            self.drawn[:] = _device.DevicePath._draw(path, self.size, self.length)

    def record(_path, size, length):
        recorded.append((size, length))
        graph = Replayed(size, length)
        return graph, graph.drawn

    monkeypatch.setattr(_cuda.CudaPath, "_recorded", record)
    monkeypatch.setattr(_cuda.CudaPath, "_race", _device.DevicePath._race)
    path._is_recorded = True
    ours = [path.open(conditioning_of(shape, n), sampling_of(shape, n), 600) for n in range(3)]
    theirs = [exact.open(conditioning_of(shape, n), sampling_of(shape, n), 600) for n in range(3)]

    assert np.array_equal(run(path, ours, shape, 258), run(exact, theirs, shape, 258))
    assert recorded == [(4, 256), (4, 512)]
    path.open(conditioning_of(shape), sampling_of(shape), 900)
    run(path, ours, shape, 2)
    assert recorded == [(4, 256), (4, 512), (4, 512)]


@pytest.mark.skipif(not torch.cuda.is_available(), reason="there is no GPU")
def test_a_gpu_draws_the_tokens_of_the_processor():
    shape = tiny_shape("small")
    tensors = our_tensors(rival_decoder("small", shape), shape)
    path, exact = CudaPath(shape, tensors, "fp32"), TorchPath(shape, tensors, "fp32")
    ours, theirs = ([one.open(conditioning_of(shape), sampling_of(shape), 40)] for one in (path, exact))

    assert np.array_equal(run(path, ours, shape, 40), run(exact, theirs, shape, 40))


@pytest.mark.parametrize("make", PATHS)
def test_a_path_that_rests_keeps_no_cache_and_draws_the_same_afterwards(make):
    path, _, shape = pair(make=make)
    first = path.open(conditioning_of(shape), sampling_of(shape), 20)
    before = run(path, [first], shape, 10)
    path.close(first)

    path.rest()

    assert path._slots.cache.numel() == 0
    again = path.open(conditioning_of(shape), sampling_of(shape), 20)
    assert np.array_equal(run(path, [again], shape, 10), before)
