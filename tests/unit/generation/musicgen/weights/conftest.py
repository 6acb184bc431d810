"""Tiny checkpoints, written once and copied for each test that spoils one."""

import shutil

import pytest
import torch

from tests.fakes.tiny_musicgen import write_audiocraft, write_transformers


@pytest.fixture(scope="session", autouse=True)
def _one_thread():
    torch.set_num_threads(1)


@pytest.fixture(scope="session")
def _written(tmp_path_factory):
    made = {}

    def write(layout: str, kind: str):
        if (layout, kind) not in made:
            folder = tmp_path_factory.mktemp(layout) / f"tiny-{kind}"
            folder.mkdir()
            if layout == "audiocraft":
                write_audiocraft(folder, kind)
            else:
                write_transformers(folder, kind, shards=layout == "shards")
            made[layout, kind] = folder
        return made[layout, kind]

    return write


@pytest.fixture
def written(_written):
    """A checkpoint that is not to be changed: (“transformers” | “shards” | “audiocraft”, kind) → folder."""
    return _written


@pytest.fixture
def copied(_written, tmp_path):
    """As `written`, but a copy of one's own."""

    def copy(layout: str, kind: str = "small", name: str = "copy"):
        return shutil.copytree(_written(layout, kind), tmp_path / name)

    return copy
