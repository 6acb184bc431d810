"""Bytes changed by a seeded hand: a model that is installed, or one sentence."""

import random
import zipfile

import pytest
import torch

from musicgen_desktop.foundation import StopFlag, UserInputError, no_report
from musicgen_desktop.generation.musicgen.library import models_folder
from musicgen_desktop.generation.musicgen.weights import check_hashes, install_model, load_weights

TRIES = 40
FILES = [
    ("transformers", "config.json"),
    ("transformers", "model.safetensors"),
    ("transformers", "tokenizer.json"),
    ("transformers", "generation_config.json"),
    ("shards", "model.safetensors.index.json"),
    ("audiocraft", "state_dict.bin"),
    ("audiocraft", "compression_state_dict.bin"),
    ("audiocraft", "t5/config.json"),
]


def changed(data: bytes, dice: random.Random, within: int) -> bytes:
    """A few bytes flipped, put in, taken out, repeated, or the end cut off, mostly near the beginning."""
    new = bytearray(data)
    for _ in range(dice.choice((1, 1, 2, 8))):
        at = dice.randrange(min(within, len(new)) or 1)
        match dice.randrange(6):
            case 0:
                new[at : at + 1] = bytes([dice.randrange(256)])
            case 1:
                new[at:at] = dice.randbytes(dice.randrange(1, 9))
            case 2:
                del new[at : at + dice.randrange(1, 40)]
            case 3:
                new[at:at] = new[at : at + dice.randrange(1, 200)]
            case 4:
                digits = [i for i, byte in enumerate(new[:within]) if 48 <= byte < 58]
                if digits:
                    new[dice.choice(digits)] = dice.choice(b"0123456789-eE.")
            case _:
                del new[dice.randrange(len(new) or 1) :]
    return bytes(new)


def try_to_install(source) -> bool:
    """Whether it was installed; else nothing was left behind. Anything but our sentences goes through."""
    refusal = None
    try:
        model_id = install_model(source, "fuzzed", no_report, StopFlag())
    except UserInputError as error:
        refusal = str(error)
    if refusal is not None:
        assert refusal.endswith(".")
        assert len(refusal) < 500
        assert not list(models_folder().iterdir())
        return False
    check_hashes(model_id, no_report, StopFlag())
    load_weights(model_id)
    for file in models_folder().rglob("*"):
        if file.is_file():
            file.unlink()
    (models_folder() / model_id).rmdir()
    return True


@pytest.mark.parametrize(("layout", "name"), FILES)
def test_a_changed_file_is_installed_or_refused_in_a_sentence(layout, name, copied):
    folder = copied(layout)
    file = folder / name
    data = file.read_bytes()
    dice = random.Random(name)
    within = 20_000 if file.suffix == ".safetensors" else len(data)
    outcomes = set()

    for _ in range(TRIES):
        file.write_bytes(changed(data, dice, within))
        outcomes.add(try_to_install(folder))

    assert False in outcomes


@pytest.mark.parametrize("name", ["state_dict.bin", "compression_state_dict.bin"])
def test_changed_settings_are_installed_or_refused_in_a_sentence(name, copied):
    folder = copied("audiocraft")
    packed = torch.load(folder / name, weights_only=True)
    settings = packed["xp.cfg"].encode()
    dice = random.Random(f"settings of {name}")
    outcomes = set()

    for _ in range(TRIES):
        packed["xp.cfg"] = changed(settings, dice, len(settings)).decode("utf-8", "replace")
        torch.save(packed, folder / name)
        outcomes.add(try_to_install(folder))

    assert False in outcomes


def test_a_changed_pickle_is_installed_or_refused_in_a_sentence(copied):
    """Inside an archive whose checksums are right."""
    folder = copied("audiocraft")
    file = folder / "compression_state_dict.bin"
    with zipfile.ZipFile(file) as archive:
        entries = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    (at,) = (name for name in entries if name.endswith("/data.pkl"))
    dice = random.Random("pickle")
    outcomes = set()

    for _ in range(TRIES):
        new = entries | {at: changed(entries[at], dice, len(entries[at]))}
        with zipfile.ZipFile(file, "w") as archive:
            for name, data in new.items():
                archive.writestr(name, data)
        outcomes.add(try_to_install(folder))

    assert False in outcomes


def test_a_changed_zip_is_installed_or_refused_in_a_sentence(written, tmp_path):
    archive = tmp_path / "some.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as made:
        for file in sorted(written("transformers", "small").iterdir()):
            made.write(file, f"inside/{file.name}")
    data = archive.read_bytes()
    dice = random.Random("zip")
    outcomes = set()

    for number in range(TRIES):
        # The list of what is in it stands at the end.
        tail = len(data) - 600 if number % 2 else 0
        archive.write_bytes(data[:tail] + changed(data[tail:], dice, 2_000))
        outcomes.add(try_to_install(archive))

    assert False in outcomes
