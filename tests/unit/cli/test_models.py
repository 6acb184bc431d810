"""`models`: lists, refusals in a sentence, JSON and nothing else."""

import json

import pytest

from musicgen_desktop.foundation import OFFLINE_VARIABLE
from musicgen_desktop.generation.musicgen.library import model_folder
from tests.fakes.model_folders import install


def test_the_list_names_state_size_and_licence_of_each(run):
    install("musicgen-small", name="MusicGen Small")

    lines = run("models", "list").out.splitlines()

    assert lines[0].startswith("ok   musicgen-small ")
    assert "CC-BY-NC-4.0 (not for commercial release)" in lines[0]
    large = next(line for line in lines if " musicgen-large " in line)
    assert "available; 13.7 GB to download; 4.6 GB memory or more" in large
    assert any(" musicgen-stereo-melody " in line and "stereo; follows a melody" in line for line in lines)


def test_the_list_as_json_is_one_object(run):
    told = json.loads(run("models", "list", "--json").out)

    assert {"models", "folder", "disk_bytes", "free_bytes", "offline"} <= told.keys()
    assert told["models"][0]["id"] == "musicgen-small"


def test_nothing_of_the_catalogue_is_commercial_safe_and_that_is_said(run):
    assert "lets its music be sold" in run("models", "list", "--commercial-safe").out
    install("free", commercial_use=True)
    assert run("models", "list", "--commercial-safe").out.startswith("ok   free ")


def test_whoever_has_no_model_is_told_how_to_come_by_one(run):
    assert "None is installed: “models get musicgen-small” downloads one" in run("models", "list").out
    install("mine")
    assert "None is installed" not in run("models", "list").out


def test_a_broken_model_is_listed_with_its_problem(run):
    install("torn")
    (model_folder("torn") / "decoder.safetensors").unlink()

    out = run("models", "list").out

    assert out.startswith("FAIL torn ")
    assert "lacks decoder.safetensors" in out


def test_offline_is_said_in_the_list_and_refuses_to_get(run, refused, monkeypatch):
    monkeypatch.setenv(OFFLINE_VARIABLE, "1")

    assert "Downloads are switched off; “models add”" in run("models", "list").out
    assert "unset it" in refused("models", "get", "musicgen-small")


@pytest.mark.parametrize(
    "words", [("get", "smol"), ("add", "/nowhere"), ("check", "x"), ("remove", "x", "--yes"), ("remove", "x")]
)
def test_what_cannot_be_is_one_sentence(refused, words):
    refused("models", *words)


def test_removing_asks_unless_told_not_to(run, refused):
    install("tiny")

    assert "--yes" in refused("models", "remove", "tiny")
    assert model_folder("tiny").is_dir()
    assert json.loads(run("models", "remove", "tiny", "--yes", "--json").out) == {"removed": "tiny"}
    assert not model_folder("tiny").exists()


def test_without_a_command_the_commands_are_listed(run):
    out = run("models").out

    assert all(word in out for word in ("list", "get", "add", "check", "remove"))
