"""The step in C++: torch's numbers on every kind of processor, and takes that do not disturb each other."""

from pathlib import Path

import msgspec
import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file
from torch.nn.functional import kl_div

from musicgen_desktop.generation.musicgen.runtime import Conditioning, Sampling
from musicgen_desktop.generation.musicgen.runtime._native import (
    NativePath,
    instruction_sets,
    native_available,
)
from musicgen_desktop.generation.musicgen.runtime._torch import TorchPath
from musicgen_desktop.generation.musicgen.tokens import codebook_seeds
from tests.fakes.mapped_memory import mapped_kilobytes
from tests.fakes.tiny_decoder import our_tensors, rival_decoder, tiny_shape

pytestmark = pytest.mark.skipif(not native_available(), reason="no compiler when the project was installed")

KINDS = ["small", "melody", "stereo"]
GREEDY = Sampling(temperature=0.0, seeds=(1, 2, 3, 4))


def conditioning_of(shape, seed=0, length=6):
    states = np.random.default_rng(seed).standard_normal((2, length, shape.width)).astype(np.float32)
    if not shape.cross_attention:
        return Conditioning(prepended=states)
    states[1] = 0
    mask = np.zeros((2, length), bool)
    mask[0, : length - 1] = True
    return Conditioning(states, mask)


def paths_of(kind, precision="fp32", threads=2, instructions=None):
    """Ours, and torch's in float32, with the same weights."""
    shape = tiny_shape(kind)
    tensors = our_tensors(rival_decoder(kind, shape), shape)
    return (
        shape,
        NativePath(shape, tensors, precision, threads, instructions),
        TorchPath(shape, tensors, "fp32"),
    )


def random_columns(shape, steps, seed=3):
    """Tokens [steps, K], padding among them."""
    return np.random.default_rng(seed).integers(0, shape.vocabulary + 1, (steps, shape.codebooks))


def drawn_by(path, shape, sampling, steps=12):
    """Tokens [steps, K], each column fed back as it was drawn."""
    sequence = path.open(conditioning_of(shape), sampling, steps)
    columns = [np.full(shape.codebooks, shape.vocabulary)]
    for _ in range(steps):
        columns.append(path.step([sequence], columns[-1][None])[0])
    path.close(sequence)
    return np.stack(columns[1:])


@pytest.mark.parametrize("text", [3, 9], ids=["short text", "long text"])
@pytest.mark.parametrize("instructions", instruction_sets())
@pytest.mark.parametrize("kind", KINDS)
def test_logits_in_float32_are_those_of_torch_at_every_step(kind, instructions, text):
    shape, ours, torchs = paths_of(kind, instructions=instructions)
    sampling = Sampling(seeds=codebook_seeds(1, shape.codebooks))
    conditioning = conditioning_of(shape, length=text)
    take, reference = (path.open(conditioning, sampling, 40) for path in (ours, torchs))

    for column in random_columns(shape, 40):
        logits = ours.logits([take], column[None])

        np.testing.assert_allclose(logits, torchs.logits([reference], column[None]), atol=1e-5, rtol=0)


@pytest.mark.parametrize(
    "settings",
    [
        {"temperature": 0.0},
        {"top_k": 20, "temperature": 1.1},
        {"top_k": 0, "top_p": 0.8},
        {"top_k": 0, "guidance": (1.0,)},
    ],
    ids=["greedy", "top-k", "top-p", "without guidance"],
)
@pytest.mark.parametrize("kind", KINDS)
def test_tokens_are_those_that_torch_draws(kind, settings):
    shape, ours, torchs = paths_of(kind)
    sampling = Sampling(seeds=codebook_seeds(11, shape.codebooks), offset=7, **settings)
    rows = len(sampling.guidance)
    full = conditioning_of(shape)
    some = Conditioning(*(None if part is None else part[:rows] for part in vars(full).values()))

    tokens = []
    for path in (ours, torchs):
        sequence = path.open(some, sampling, 12)
        columns = [np.full(shape.codebooks, shape.vocabulary)]
        for _ in range(12):
            columns.append(path.step([sequence], columns[-1][None])[0])
        tokens.append(np.stack(columns))

    assert np.array_equal(*tokens)


@pytest.mark.parametrize("threads", [1, 3])
@pytest.mark.parametrize("precision", ["fp32", "bf16", "int8"])
def test_any_number_of_threads_computes_the_same(precision, threads):
    shape, two, _ = paths_of("small", precision)
    _, other, _ = paths_of("small", precision, threads)

    assert np.array_equal(drawn_by(two, shape, GREEDY), drawn_by(other, shape, GREEDY))


@pytest.mark.parametrize(("kind", "text"), [("small", 4), ("small", 9), ("melody", 9)])
def test_feeding_at_once_is_stepping_one_by_one(kind, text):
    shape, path, _ = paths_of(kind)
    columns = random_columns(shape, 81)
    fed, stepped = (path.open(conditioning_of(shape, length=text), GREEDY, 81) for _ in range(2))

    path.feed(fed, columns[:70].T)
    path.feed(fed, columns[70:70].T)
    path.feed(fed, columns[70:80].T)
    for column in columns[:80]:
        path.logits([stepped], column[None])

    fed_logits, stepped_logits = (path.logits([one], columns[80:]) for one in (fed, stepped))
    np.testing.assert_allclose(fed_logits, stepped_logits, atol=1e-5, rtol=0)


@pytest.mark.parametrize("precision", ["fp32", "int8"])
def test_a_take_is_the_same_alone_and_among_others_that_join_and_leave(precision):
    shape, path, _ = paths_of("small", precision)
    sampling = Sampling(seeds=(1, 2, 3, 4), top_k=0)
    alone = drawn_by(path, shape, sampling)

    take = path.open(conditioning_of(shape), sampling, 12)
    guests = [
        path.open(conditioning_of(shape, 5, n), Sampling((4.0, -3.0), seeds=(9,) * 4), 12) for n in (3, 90)
    ]
    columns = [np.full(4, shape.vocabulary)]
    for step in range(12):
        present = guests[: 2 if 2 <= step < 7 else step % 2]
        tokens = np.stack([*random_columns(shape, len(present), step), columns[-1]])
        columns.append(path.step([*present, take], tokens)[-1])
        if step == 7:
            path.close(guests.pop())

    assert np.array_equal(np.stack(columns[1:]), alone)


def test_more_takes_than_one_pass_holds_are_the_same_as_each_alone():
    shape, path, _ = paths_of("small")
    texts = [conditioning_of(shape, seed, 1 + seed % 7) for seed in range(20)]
    takes, again = ([path.open(text, GREEDY, 1) for text in texts] for _ in range(2))
    columns = random_columns(shape, 20)

    together = path.logits(takes, columns)

    alone = np.concatenate(
        [path.logits([one], column[None]) for one, column in zip(again, columns, strict=True)]
    )
    np.testing.assert_allclose(together, alone, atol=1e-5, rtol=0)


@pytest.mark.parametrize("text", [3, 9], ids=["short text", "long text"])
@pytest.mark.parametrize("instructions", instruction_sets())
@pytest.mark.parametrize("precision", ["bf16", "int8"])
def test_smaller_weights_hardly_change_the_distribution(precision, instructions, text):
    shape, ours, exact = paths_of("small", precision, instructions=instructions)
    conditioning = conditioning_of(shape, length=text)
    take, reference = (path.open(conditioning, GREEDY, 40) for path in (ours, exact))

    for column in random_columns(shape, 40):
        small, full = (
            torch.from_numpy(path.logits([one], column[None])).log_softmax(-1)
            for path, one in ((ours, take), (exact, reference))
        )

        assert kl_div(small, full, log_target=True, reduction="sum") / shape.codebooks < 0.01


def test_half_precision_checkpoints_are_read_as_they_are():
    shape = tiny_shape("small")
    exact = {
        name: tensor.half() for name, tensor in our_tensors(rival_decoder("small", shape), shape).items()
    }
    column = random_columns(shape, 1)

    logits = []
    for tensors in (exact, {name: tensor.float() for name, tensor in exact.items()}):
        path = NativePath(shape, tensors, "fp32", 1)
        logits.append(path.logits([path.open(conditioning_of(shape), GREEDY, 1)], column))

    assert np.array_equal(*logits)


@pytest.mark.skipif(not Path("/proc/self/smaps").exists(), reason="Linux only")
def test_a_checkpoints_file_does_not_stay_in_memory_beside_the_packed_weights(tmp_path):
    shape = msgspec.structs.replace(tiny_shape("small"), width=128, feed_forward=256)
    tensors = our_tensors(rival_decoder("small", shape), shape)
    save_file(tensors, tmp_path / "decoder.safetensors")
    mapped = load_file(tmp_path / "decoder.safetensors")

    NativePath(shape, mapped, "int8", 2, mapped=True)

    places = [tensor.data_ptr() for tensor in mapped.values()]
    size, resident = (mapped_kilobytes(places, field) for field in ("Size", "Rss"))
    assert resident < size / 4
    assert all(torch.equal(mapped[name], tensor) for name, tensor in tensors.items())


def test_weights_that_are_no_files_stay_as_they_were():
    shape = msgspec.structs.replace(tiny_shape("small"), width=128, feed_forward=256)
    tensors = our_tensors(rival_decoder("small", shape), shape)
    copies = {name: tensor.clone() for name, tensor in tensors.items()}

    NativePath(shape, tensors, "int8", 2)

    assert all(torch.equal(copies[name], tensor) for name, tensor in tensors.items())


def test_a_model_that_lacks_a_tensor_or_has_a_wrong_one_is_refused():
    shape = tiny_shape("small")
    tensors = our_tensors(rival_decoder("small", shape), shape)

    with pytest.raises(ValueError, match=r"no layers\.1\.up"):
        NativePath(shape, {name: one for name, one in tensors.items() if name != "layers.1.up"})
    with pytest.raises(ValueError, match=r"layers\.0\.down has another shape"):
        NativePath(shape, {**tensors, "layers.0.down": tensors["layers.0.up"]})
    with pytest.raises(ValueError, match="float32, float16, or bfloat16"):
        NativePath(shape, {**tensors, "heads": tensors["heads"].int()})
    with pytest.raises(ValueError, match="does not run Cray"):
        NativePath(shape, tensors, instructions="Cray")


def test_wrong_calls_are_refused_and_change_nothing():
    shape, path, _ = paths_of("small")
    take, other = (path.open(conditioning_of(shape), GREEDY, 3) for _ in range(2))
    columns = random_columns(shape, 3)

    with pytest.raises(ValueError, match="fewer positions"):
        path.feed(take, random_columns(shape, 4).T)
    with pytest.raises(ValueError, match="outside the vocabulary"):
        path.step([take], np.full((1, 4), shape.vocabulary + 1))
    with pytest.raises(ValueError, match=r"\[sequences, codebooks\]"):
        path.step([take], columns)
    with pytest.raises(ValueError, match="one step at a time"):
        path.step([take, take], columns[:2])
    with pytest.raises(ValueError, match="not open"):
        path.step([take, 99], columns[:2])
    with pytest.raises(ValueError, match="a seed for each codebook"):
        path.open(conditioning_of(shape), Sampling(seeds=(1,)), 3)
    with pytest.raises(ValueError, match="states are"):
        path.open(conditioning_of(shape), Sampling((1.0,), seeds=(1, 2, 3, 4)), 3)

    assert np.array_equal(path.step([take], columns[:1]), path.step([other], columns[:1]))
    path.close(take)
    with pytest.raises(ValueError, match="not open"):
        path.feed(take, columns.T)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="Linux only")
def test_release_ends_its_threads():
    def threads():
        return len(list(Path("/proc/self/task").iterdir()))

    shape, _, _ = paths_of("small")
    tensors = our_tensors(rival_decoder("small", shape), shape)
    before = threads()
    path = NativePath(shape, tensors, "int8", 4)
    path.open(conditioning_of(shape), GREEDY, 3)
    during = threads()

    path.release()

    assert (during, threads()) == (before + 3, before)


def test_it_tells_what_it_runs_on():
    _, path, _ = paths_of("small", "int8", 1, "portable")

    assert (path.name, path.precision, path.detail) == ("native", "int8", "portable, 1 thread")
