"""A model on its way from the hub to a sound, by the commands a person types."""

import pytest

from tests.fakes.model_hub import ModelHub
from tests.fakes.tiny_musicgen import write_transformers

pytestmark = pytest.mark.slow

REPOSITORY = "facebook/musicgen-small"


@pytest.fixture
def hub(tmp_path, monkeypatch):
    served = ModelHub()
    served.has(REPOSITORY, write_transformers(tmp_path / "small", "small"))
    with served.running():
        monkeypatch.setenv("HF_ENDPOINT", served.address)
        yield served


def test_a_model_is_got_over_a_broken_line_listed_checked_and_removed(command, hub):
    hub.cuts["model.safetensors"] = len(hub.files[REPOSITORY]["model.safetensors"]) // 2

    assert command("models", "get", "MusicGen Small", "--json").told == {"installed": "musicgen-small"}

    starts = [start for name, start in hub.asked if name == "model.safetensors"]
    assert starts[0] == 0 < starts[1]
    (entry, *_) = command("models", "list", "--json").told["models"]
    assert (entry["id"], entry["state"]) == ("musicgen-small", "installed")
    assert (entry["licence"], entry["commercial_use"]) == ("CC-BY-NC-4.0", False)
    assert entry["arrived_bytes"] == 0  # what was downloaded is not kept beside it
    assert "makes sound" in command("models", "check", "musicgen-small", "--json").told["found"]
    assert "installed already" in command("models", "get", "musicgen-small", status=2).err
    assert command("models", "remove", "musicgen-small", "--yes", "--json").told == {
        "removed": "musicgen-small"
    }
    assert command("models", "list", "--json").told["models"][0]["state"] == "available"


def test_a_folder_is_added_under_a_name_of_its_own(command, tmp_path):
    folder = write_transformers(tmp_path / "mine", "small")

    assert command("models", "add", folder, "--name", "My own", "--json").told == {"installed": "my-own"}

    entry = next(
        each for each in command("models", "list", "--json").told["models"] if each["id"] == "my-own"
    )
    assert (entry["name"], entry["licence"], entry["commercial_use"]) == ("My own", "unknown", False)
    command("models", "remove", "my-own", "--yes")


def test_what_is_no_model_is_refused_in_a_sentence(command, tmp_path):
    (tmp_path / "songs").mkdir()

    refused = command("models", "add", tmp_path / "songs", status=2)

    assert refused.err.count("\n") == 1
