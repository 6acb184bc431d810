"""Installed models: written, read, listed, and refused in a sentence when something is wrong with them."""

import json

import pytest

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.generation.musicgen.library import (
    MODEL_JSON,
    check_model_id,
    found_models,
    installed_models,
    model_folder,
    models_folder,
    read_model,
)
from tests.fakes.model_folders import install


def test_what_was_written_is_read_back():
    model = install()

    assert read_model("tiny") == model
    assert installed_models() == (model,)


def test_models_are_listed_by_id_with_the_bytes_of_all_their_files():
    install("b-model")
    install("a-model")
    (model_folder("a-model") / "more").mkdir()
    (model_folder("a-model") / "more" / "cache.bin").write_bytes(bytes(1000))

    found = found_models()

    assert [each.id for each in found] == ["a-model", "b-model"]
    assert found[0].disk_bytes - found[1].disk_bytes == 1000


def test_a_broken_model_is_found_with_a_sentence_but_not_among_the_usable_ones():
    install("good")
    install("bad")
    (model_folder("bad") / "decoder.safetensors").unlink()

    bad, good = found_models()

    assert good.model is not None
    assert bad.model is None
    assert "decoder.safetensors" in bad.problem
    assert [model.id for model in installed_models()] == ["good"]


@pytest.mark.parametrize("foreign", ["\x1b[2J\x1b]0;mine\x07", "\r\n", "\u202egnp.exe", "\x9b31m"])
def test_what_would_move_a_terminal_is_no_part_of_a_models_texts(foreign):
    install("tiny", name=f"Tiny{foreign}", licence=f"MIT{foreign}", source=f"zip{foreign}")

    model = read_model("tiny")

    assert all(text.isprintable() for text in (model.name, model.licence, model.source))
    assert model.name.startswith("Tiny?")


@pytest.mark.parametrize("changed", [{"id": "a\x1b[2J"}, {"\x1b[2J": 1}, {"hashes": {"\x1b[2J": "0"}}])
def test_what_is_wrong_with_a_model_is_said_without_its_control_characters(changed):
    install("tiny")
    path = model_folder("tiny") / MODEL_JSON
    path.write_text(json.dumps(json.loads(path.read_text()) | changed))

    (found,) = found_models()

    assert found.problem.isprintable()


def test_a_folder_that_is_being_made_is_no_model():
    (models_folder() / ".new-a1b2").mkdir(parents=True)
    (models_folder() / "My Files").mkdir()
    (models_folder() / "notes.txt").write_text("")

    assert found_models() == ()


@pytest.mark.parametrize(
    "text",
    [
        "no json",
        "{}",
        "[" * 100_000,
        '{"id": "tiny", "unknown": 1}',
        " " * 300_000,
    ],
)
def test_a_damaged_description_is_told_in_a_sentence(text):
    install()
    (model_folder("tiny") / MODEL_JSON).write_text(text)

    with pytest.raises(UserInputError, match="remove it and get or add it again"):
        read_model("tiny")


@pytest.mark.parametrize("name", ["../secret", "a/b", "a\\b", ".hidden", ""])
def test_a_hash_of_a_file_elsewhere_is_refused(name):
    install()
    path = model_folder("tiny") / MODEL_JSON
    values = json.loads(path.read_text())
    path.write_text(json.dumps({**values, "hashes": {name: "0" * 64}}))

    with pytest.raises(UserInputError, match="damaged"):
        read_model("tiny")


def test_a_renamed_folder_is_told_which_name_it_should_have():
    install("tiny")
    model_folder("tiny").rename(models_folder() / "other")

    with pytest.raises(UserInputError, match="holds the model “tiny”"):
        read_model("other")


def test_a_model_of_a_newer_program_is_not_read():
    install(schema=2)

    with pytest.raises(UserInputError, match="newer version"):
        read_model("tiny")


def test_a_model_that_is_not_there_says_how_to_get_it():
    with pytest.raises(UserInputError, match="models get musicgen-small"):
        read_model("musicgen-small")


@pytest.mark.parametrize("model_id", ["musicgen-small", "a", "v1.2_x", "0", "x" * 64])
def test_ids_may_be(model_id):
    check_model_id(model_id)


@pytest.mark.parametrize(
    "model_id",
    ["", "..", "../x", "a/b", "a\\b", "A", "ä", ".a", "-a", "a b", "x" * 65, "con", "nul.x", "a.", "a\n"],
)
def test_ids_may_not_be(model_id):
    with pytest.raises(UserInputError, match="cannot be the id of a model"):
        check_model_id(model_id)
