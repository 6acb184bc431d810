import os
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from musicgen_desktop.foundation import StopFlag, Stopped, UserInputError
from musicgen_desktop.generation.host import GenerationFailedError, _client, add_model, check_model
from musicgen_desktop.generation.host._line import Line
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


@pytest.mark.parametrize(("source", "waits"), [("willing", False), ("x", True)])
def test_nobody_waits_for_the_process_of_work_that_was_stopped(monkeypatch, source, waits):
    stop, patience, close = StopFlag(), [], Line.close

    def watched(line, patience_s):
        patience.append(patience_s)
        close(line, patience_s)

    monkeypatch.setattr(Line, "close", watched)
    monkeypatch.setattr(_client, "_PATIENCE_S", 30.0)  # its process goes last
    with suppress(Stopped):
        add_model("clumsy", Path(source), None, lambda *_: None if waits else stop.set(), stop)

    assert [each > 0.0 for each in patience] == [waits]


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
