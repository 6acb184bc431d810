import pytest
import torch
from msgspec.structs import replace

from musicgen_desktop.foundation import StopFlag, no_report
from musicgen_desktop.generation.musicgen import _made
from musicgen_desktop.generation.musicgen._made import made_maker
from musicgen_desktop.generation.musicgen.library import read_model
from musicgen_desktop.generation.musicgen.runtime.choose import processor_choices
from tests.fakes.tiny_musicgen import install_tiny


@pytest.fixture
def codec_of(tmp_path):
    """Loads the model; the type of its codec's late layers."""
    model = read_model(install_tiny(tmp_path / "tiny"))

    def load(quiet=(True, True), **changes):
        answers = iter(quiet)
        (choice,) = processor_choices(("int8",))[:1]
        maker, _ = made_maker(
            replace(model, **changes), choice, no_report, StopFlag(), is_quiet=lambda: next(answers)
        )
        maker.loop.close()
        return next(maker.codec.upsampling.parameters()).dtype

    return load


@pytest.fixture
def answers(monkeypatch):
    """What the measurements will say, one after the other."""
    answers = []
    monkeypatch.setattr(_made, "bfloat16_pays", lambda *_: answers.pop(0))
    return answers


@pytest.mark.parametrize(("pays", "kind"), [(True, torch.bfloat16), (False, torch.float32)])
def test_how_the_codec_runs_is_measured_once_so_that_a_seed_sounds_alike_at_each_start(
    codec_of, answers, pays, kind
):
    answers[:] = [pays, not pays]

    assert [codec_of(), codec_of()] == [kind, kind]
    assert len(answers) == 1


def test_another_codec_of_the_same_shape_is_measured_by_itself(codec_of, answers):
    answers[:] = [True, False]

    assert codec_of() == torch.bfloat16
    assert codec_of(hashes={"codec.safetensors": "0" * 64}) == torch.float32


@pytest.mark.parametrize("quiet", [[False], [True, False]])  # before it, and while it was measured
def test_beside_other_work_the_codec_stays_exact_and_is_measured_later(codec_of, answers, quiet):
    answers[:] = [True] * len(quiet)

    assert codec_of(quiet) == torch.float32
    assert len(answers) == 1
    assert codec_of() == torch.bfloat16
