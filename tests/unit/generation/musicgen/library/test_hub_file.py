"""Which files of a repository make a model."""

from types import SimpleNamespace

import pytest

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.generation.musicgen.library._hub_file import listing_of, needed_files

SETTINGS = {"config.json", "tokenizer.json"}


def a_sibling(name, **changes):
    values = {"rfilename": name, "size": 10, "blob_id": "a" * 40, "lfs": None}
    return SimpleNamespace(**{**values, **changes})


def test_weights_in_safetensors_are_taken_and_their_copies_left():
    names = SETTINGS | {
        "model.safetensors",
        "model.fp32.safetensors",
        "pytorch_model.bin",
        "pytorch_model.fp32.bin",
        "state_dict.bin",
        "compression_state_dict.bin",
        "generation_config.json",
        "README.md",
        ".gitattributes",
    }

    assert needed_files(names) == (
        "config.json",
        "tokenizer.json",
        "generation_config.json",
        "model.safetensors",
    )


def test_all_shards_come_with_their_index():
    shards = {f"model-{n:05}-of-00003.safetensors" for n in (1, 2, 3)}
    names = SETTINGS | shards | {"model.safetensors.index.json", "model.safetensors.index.fp32.json"}

    assert needed_files(names)[2:] == ("model.safetensors.index.json", *sorted(shards))


def test_weights_that_lack_a_shard_are_no_model():
    names = SETTINGS | {"model.safetensors.index.json", "model-00001-of-00002.safetensors"}

    assert needed_files(names) == ()


def test_where_there_are_no_safetensors_the_older_layout_is_taken():
    assert needed_files(SETTINGS | {"pytorch_model.bin"})[-1] == "pytorch_model.bin"


@pytest.mark.parametrize("lacks", ["config.json", "tokenizer.json", "model.safetensors"])
def test_without_one_of_its_files_it_is_no_model(lacks):
    assert needed_files((SETTINGS | {"model.safetensors"}) - {lacks}) == ()


def test_files_in_folders_are_not_ours():
    siblings = [a_sibling(name) for name in (*SETTINGS, "../model.safetensors", "deep/model.safetensors")]

    with pytest.raises(UserInputError, match="holds no whole MusicGen"):
        listing_of("a/b", "main", siblings)


def test_large_files_are_verified_by_the_hash_of_their_content():
    lfs = SimpleNamespace(sha256="b" * 64)
    siblings = [*map(a_sibling, SETTINGS), a_sibling("model.safetensors", lfs=lfs, size=1_000_000)]

    listing = listing_of("a/b", "main", siblings)

    weights = listing.files[-1]
    assert (weights.sha256, weights.git_sha1) == ("b" * 64, None)
    assert listing.files[0].git_sha1 == "a" * 40
    assert listing.size == 1_000_020


@pytest.mark.parametrize(
    "changes",
    [
        {"blob_id": None},
        {"blob_id": "no hash"},
        {"size": None},
        {"size": 1 << 40},
        {"lfs": SimpleNamespace(sha256="../../x")},
    ],
)
def test_a_file_that_cannot_be_verified_is_refused(changes):
    siblings = [*map(a_sibling, SETTINGS), a_sibling("model.safetensors", **changes)]

    with pytest.raises(UserInputError, match=r"“model\.safetensors”"):
        listing_of("a/b", "main", siblings)
