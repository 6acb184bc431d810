"""Nothing goes online but `models get`: every process runs behind a trap that sees what sockets do."""

import json
import os
import subprocess
import sys

import pytest

from tests.end_to_end.conftest import REPOSITORY
from tests.fakes.network_trap.network_trap import LOG
from tests.fakes.sound_engines import FOLDERS
from tests.fakes.tiny_musicgen import write_transformers

pytestmark = pytest.mark.slow

TRAP = REPOSITORY / "tests" / "fakes" / "network_trap"
NOWHERE = "http://hub.invalid"


@pytest.fixture
def trapped(tmp_path, monkeypatch):
    """Runs Python behind the trap; what it and its children tried."""
    log = tmp_path / "attempts.txt"
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(TRAP), str(REPOSITORY), *FOLDERS]))
    monkeypatch.setenv(LOG, str(log))
    monkeypatch.setenv("HF_ENDPOINT", NOWHERE)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")

    def run(*words, status=0):
        done = subprocess.run(
            [sys.executable, *map(str, words)],
            capture_output=True,
            encoding="utf-8",
            check=False,
            cwd=tmp_path,
        )
        assert done.returncode == status, done.stderr
        run.out, run.err = done.stdout, done.stderr
        return log.read_text("utf-8").splitlines() if log.exists() else []

    return run


def test_composing_opens_no_connection(trapped, tmp_path):
    words = ("compose", "quiet piano", "--bars", 4, "--seed", 1, "--out", tmp_path / "song", "--json")

    assert trapped("-m", "musicgen_desktop", *words) == []
    assert json.loads(trapped.out)["bars"] == 4


@pytest.mark.parametrize("words", [("models", "list", "--json"), ("doctor", "--json"), ("styles", "--json")])
def test_lists_and_the_doctor_open_no_connection(trapped, words):
    assert trapped("-m", "musicgen_desktop", *words) == []
    assert json.loads(trapped.out)


def test_the_sound_process_opens_no_connection(trapped):
    program = """
from musicgen_desktop.foundation import StopFlag
from musicgen_desktop.generation.host import SoundClient
from musicgen_desktop.generation.sound import SoundRequest
from tests.fakes.sound_engines import KeptSound
client = SoundClient()
sink = KeptSound()
(model,) = client.models("sine")
client.generate("sine", SoundRequest(model=model.id, seconds=1.0), sink, StopFlag())
print(len(sink.chunks) > 0)
client.close()
"""

    assert trapped("-c", program) == []
    assert trapped.out.splitlines()[-1] == "True"


def test_adding_a_model_and_making_sound_with_it_opens_no_connection(trapped, tmp_path):
    folder = write_transformers(tmp_path / "tiny", "small")
    words = ("compose", "piano", "--engine", "musicgen", "--model", "tiny", "--seconds", 2, "--json")

    assert trapped("-m", "musicgen_desktop", "models", "add", folder, "--name", "Tiny") == []
    assert trapped("-m", "musicgen_desktop", "models", "check", "tiny") == []
    assert trapped("-m", "musicgen_desktop", *words, "--out", tmp_path / "song") == []
    assert json.loads(trapped.out)["model"]


def test_opening_every_room_and_the_window_opens_no_connection(trapped):
    program = """
import musicgen_desktop.session.controllers.generating, musicgen_desktop.session.controllers.models
import musicgen_desktop.cli, musicgen_desktop.ui.main_window, musicgen_desktop.generation.musicgen.library
"""

    assert trapped("-c", program) == []


def test_libraries_of_models_find_themselves_offline_in_every_process(trapped):
    program = """
import sys, runpy
sys.argv = ["musicgen_desktop", "--version"]
try:
    runpy.run_module("musicgen_desktop", run_name="__main__")
except SystemExit:
    pass
from huggingface_hub import constants
assert constants.is_offline_mode()
"""

    assert trapped("-c", program) == []


def test_getting_a_model_is_what_goes_online_and_only_its_own_process_does(trapped):
    attempts = trapped("-m", "musicgen_desktop", "models", "get", "musicgen-small", status=1)

    assert attempts
    assert all("hub.invalid" in line and line.endswith("download-process") for line in attempts)
    assert "The hub does not answer" in trapped.err


def test_offline_not_even_that_goes_online(trapped, monkeypatch):
    monkeypatch.setenv("MUSICGEN_DESKTOP_OFFLINE", "1")

    assert trapped("-m", "musicgen_desktop", "models", "get", "musicgen-small", status=2) == []
    assert "switched off" in trapped.err
