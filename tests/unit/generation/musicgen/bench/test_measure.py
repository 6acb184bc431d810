"""The bench's own arithmetic, on a decoder of a few thousand weights."""

import msgspec
import numpy as np
import pytest
import torch

from musicgen_desktop.foundation import StopFlag, Stopped, UserInputError, no_report
from musicgen_desktop.generation.musicgen.bench import MODELS, DecodeTask
from musicgen_desktop.generation.musicgen.bench.accuracy import mean_divergence
from musicgen_desktop.generation.musicgen.bench.measure import measure_decode
from musicgen_desktop.generation.musicgen.bench.race import race, read_bytes_per_s
from musicgen_desktop.generation.musicgen.bench.rival import RivalRun, transformers_musicgen
from musicgen_desktop.generation.musicgen.bench.step_bytes import step_bytes
from musicgen_desktop.generation.musicgen.runtime.random_decoder import random_decoder
from musicgen_desktop.generation.musicgen.shape import CodecShape, DecoderShape, ModelShape, TextShape

TINY = DecoderShape(layers=2, width=64, heads=4, feed_forward=128, codebooks=4, vocabulary=64, text_width=16)
TINY_MODEL = ModelShape(TINY, CodecShape(), TextShape())


@pytest.fixture(scope="module")
def found():
    told = []
    figures = measure_decode(
        DecodeTask(TINY_MODEL, seconds=0.6, passes=1), lambda done, _stage: told.append(done), StopFlag()
    )
    assert told == sorted(told)
    return figures


def test_every_path_and_every_rival_has_a_figure(found):
    torches = [path.precision for path in found.paths if path.name == "torch"]

    assert torches == ["int8", "bf16", "fp32"]
    assert {rival.precision for rival in found.rivals} == {"bf16", "fp32"}
    assert found.left_out == ()
    assert min(path.steps_per_s for path in found.paths) > 0


def test_exact_paths_are_exact_and_smaller_weights_nearly(found):
    for path in found.paths:
        assert path.logit_kl < (1e-9 if path.precision == "fp32" else 1e-3)


def test_one_precision_alone_is_measured_when_asked_for():
    figures = measure_decode(
        DecodeTask(TINY_MODEL, seconds=0.1, passes=1, precision="bf16"), no_report, StopFlag()
    )

    assert {path.precision for path in figures.paths} == {"bf16"}


def test_a_precision_that_no_path_has_is_refused_in_a_sentence():
    with pytest.raises(UserInputError, match="choose another"):
        measure_decode(DecodeTask(TINY_MODEL, precision="fp16"), no_report, StopFlag())


def test_it_can_be_stopped_between_two_stretches():
    stop = StopFlag()

    def report(_done, stage):
        if stage.startswith("Decoding"):
            stop.set()

    with pytest.raises(Stopped):
        measure_decode(DecodeTask(TINY_MODEL, seconds=0.6), report, stop)


def test_the_rival_has_our_weights():
    tensors = random_decoder(TINY)
    rival = transformers_musicgen(TINY, tensors, "fp32", "cpu")
    layer = rival.decoder.model.decoder.layers[1]

    assert torch.equal(layer.self_attn.k_proj.weight, tensors["layers.1.self.qkv"][64:128])
    assert torch.equal(layer.encoder_attn.v_proj.weight, tensors["layers.1.cross.kv"][64:])
    assert layer.fc1.weight.data_ptr() == tensors["layers.1.up"].data_ptr()
    assert all(torch.equal(tensors[name], drawn) for name, drawn in random_decoder(TINY).items())


def test_a_rival_makes_no_more_steps_than_it_is_asked_for():
    rival = transformers_musicgen(TINY, random_decoder(TINY), "fp32", "cpu")
    made = []
    forward = rival.decoder.forward
    rival.decoder.forward = lambda **inputs: made.append(1) or forward(**inputs)
    run = RivalRun(rival, 10)

    run.advance(3)

    before = len(made)
    assert before <= 4  # it feeds the first column twice
    run.close()
    assert len(made) == before


def test_a_rival_that_fails_says_why():
    rival = transformers_musicgen(TINY, random_decoder(TINY), "fp32", "cpu")
    del rival.decoder.lm_heads
    run = RivalRun(rival, 10)

    with pytest.raises(AttributeError, match="lm_heads"):
        run.advance(1)


class Counted:
    def __init__(self):
        self.steps, self.closed = [], False

    def advance(self, steps):
        self.steps.append(steps)

    def close(self):
        self.closed = True


def test_all_run_the_whole_length_in_each_pass_and_are_closed():
    runs = {"a": [], "b": []}

    def begin(name):
        runs[name].append(Counted())
        return runs[name][-1]

    best = race([lambda: begin("a"), lambda: begin("b")], 60, 2, no_report, StopFlag())

    assert np.shape(best) == (2, 3)
    for each in runs.values():
        assert [sum(run.steps) for run in each] == [3, 60, 60]
        assert all(run.closed for run in each)


def test_divergence_is_that_of_the_formula():
    exact, ours = np.log([[0.5, 0.25, 0.25]], dtype=np.float32), np.log([[0.25, 0.5, 0.25]], dtype=np.float32)

    assert mean_divergence(ours, exact) == pytest.approx(0.25 * np.log(2), rel=1e-6)
    assert mean_divergence(exact + 7, exact) == pytest.approx(0, abs=1e-9)


def test_a_step_reads_each_matrix_once_and_what_was_heard_of_both_rows():
    small = MODELS["small"].decoder
    weights = step_bytes(small, 1, 0, 0)

    assert weights == pytest.approx(360.7e6, rel=1e-3)
    assert step_bytes(small, 0, 2, 1500) == pytest.approx(295e6, rel=1e-2)
    assert weights - step_bytes(small, 1, 0, 0, folded_text=12) == 24 * 2 * 1024 * (1024 - 16 * 12)
    melody = msgspec.structs.replace(small, cross_attention=False)
    assert weights - step_bytes(melody, 1, 0, 0) == 24 * 2 * 1024**2


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a GPU")
def test_a_device_that_is_not_here_is_refused_in_a_sentence():
    with pytest.raises(UserInputError, match="cuda"):
        measure_decode(DecodeTask(TINY_MODEL, device="cuda"), no_report, StopFlag())


def test_slow_stretches_of_reading_count_as_long_as_they_last():
    assert read_bytes_per_s([0.1, 0.1, 0.4]) == pytest.approx(read_bytes_per_s([0.2]))
