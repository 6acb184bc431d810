"""What the doctor says of the neural engine and its models."""

import pytest

from musicgen_desktop.foundation import OFFLINE_VARIABLE
from musicgen_desktop.generation.musicgen.library import model_folder
from musicgen_desktop.session.doctor import _neural
from tests.fakes.model_folders import install


@pytest.fixture
def answered(monkeypatch):
    """Have the child answer this, and packages be missing."""

    def set_up(answer=(True, "avx512|avx2"), missing=()):
        monkeypatch.setattr(_neural, "ask_child", lambda _: answer)
        monkeypatch.setattr(_neural, "find_spec", lambda name: None if name in missing else name)
        return {finding.name: finding for finding in _neural.check_neural()}

    return set_up


def test_the_best_instructions_of_the_native_step_are_told(answered):
    finding = answered()["Decoding"]

    assert finding.state == "works"
    assert "native step with avx512 (also avx2)" in finding.says


def test_without_the_native_step_torch_decodes_and_a_compiler_mends_it(answered):
    finding = answered(missing=("musicgen_desktop.generation.musicgen.native._step",))["Decoding"]

    assert finding.state == "optional"
    assert "By torch" in finding.says
    assert "compiler" in finding.mend


def test_a_native_step_that_does_not_load_is_told_with_the_reason(answered):
    finding = answered(answer=(False, "exit status -4"))["Decoding"]

    assert (finding.state, "exit status -4" in finding.says) == ("optional", True)


def test_a_missing_companion_of_torch_is_broken(answered):
    findings = answered(missing=("transformers", "safetensors"))

    assert findings["Neural engine"].state == "broken"
    assert "transformers, safetensors" in findings["Neural engine"].says
    assert "Decoding" not in findings


def test_without_torch_nothing_more_is_asked(answered):
    assert list(answered(missing=("torch",))) == ["Torch"]


def test_installed_models_are_named_and_broken_ones_are_to_be_removed():
    install("good")
    install("torn")
    (model_folder("torn") / "decoder.safetensors").unlink()

    bad, good, _ = _neural.check_models()

    assert (bad.state, bad.mend) == ("broken", "Run “musicgen-desktop models remove torn”.")
    assert "good (" in good.says


def test_the_offline_switch_is_told(monkeypatch):
    assert [finding.name for finding in _neural.check_models()] == ["Models", "Downloads"]
    monkeypatch.setenv(OFFLINE_VARIABLE, "1")

    *_, downloads = _neural.check_models()

    assert downloads.says.startswith("Switched off")
