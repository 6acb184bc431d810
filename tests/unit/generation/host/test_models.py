import os
from pathlib import Path

import psutil
import pytest

from musicgen_desktop.foundation import StopFlag, Stopped, UserInputError
from musicgen_desktop.generation.host import GenerationFailedError, add_model, check_model
from tests.fakes.sound_engines import install_engines


@pytest.fixture(autouse=True)
def _engines(monkeypatch):
    install_engines(monkeypatch)


def test_each_model_is_added_in_a_process_of_its_own_that_tells_how_far_it_is():
    told = []

    first = add_model("clumsy", Path("x"), "mine", lambda done, stage: told.append((done, stage)))
    second = add_model("clumsy", Path("x"), "mine")

    (name, pid), (_, other) = first.split("-"), second.split("-")
    assert (name, told) == ("mine", [(0.5, "Reading")])
    assert len({pid, other, str(os.getpid())}) == 3
    assert not psutil.pid_exists(int(pid))


def test_a_model_is_checked_in_a_sentence():
    assert check_model("sine", "a440") == "It sounds."


def test_the_engine_s_reason_is_the_user_s():
    with pytest.raises(UserInputError, match=r"^A sine needs no other model\.$"):
        add_model("sine", Path("x"))
    with pytest.raises(UserInputError, match="There is no model “b”"):
        check_model("sine", "b")


def test_work_that_does_not_heed_its_stop_is_killed():
    stop = StopFlag()

    with pytest.raises(Stopped):
        add_model("clumsy", Path("deaf"), None, lambda _done, _stage: stop.set(), stop)


@pytest.mark.parametrize(
    ("source", "kind", "sentence"),
    [
        (
            "die",
            GenerationFailedError,
            "the model may be damaged or too large for this machine: choose another",
        ),
        ("large", UserInputError, "not enough memory"),
        ("bug", GenerationFailedError, "“clumsy” failed through a mistake of its own"),
    ],
)
def test_whatever_a_file_does_to_its_engine_is_a_sentence(source, kind, sentence):
    with pytest.raises(kind, match=sentence):
        add_model("clumsy", Path(source))
