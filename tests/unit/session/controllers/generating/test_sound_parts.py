"""What a crash leaves behind in the folder of takes."""

import os
import subprocess
import sys

import pytest

from musicgen_desktop.session.controllers.generating import GenerateSound, TakesShelf, Wish
from tests.fakes.sound_maker import SoundMakerFake

WISH = Wish(prompt="slow piano", engine="musicgen", model="tiny", bars=1, tempo=97.0)
TAKE = "take-0123456789ab"


@pytest.fixture
def takes(tmp_path):
    folder = tmp_path / "takes"
    folder.mkdir()
    return folder


@pytest.fixture(scope="session")
def gone():
    """The number of a process that was."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def files(folder):
    return sorted(path.name for path in folder.iterdir())


def test_parts_of_a_process_that_is_gone_are_removed_and_tokens_stay(tmp_path, takes, gone):
    for name in (
        f"{TAKE}.partial-{gone}-01.wav",
        f".{TAKE}.partial-{gone}-02.wav.0a1b2c3d.part",
        f".{TAKE}.wav.0a1b2c3d.part",
        f"{TAKE}.tokens",
        "mine.partial-1-01.wav",
    ):
        (takes / name).write_bytes(b"x")

    TakesShelf(tmp_path)

    assert files(takes) == ["mine.partial-1-01.wav", f"{TAKE}.tokens"]


def test_a_take_that_is_being_made_keeps_its_parts(tmp_path, takes):
    names = [f".{TAKE}.wav.0a1b2c3d.part", f"{TAKE}.partial-{os.getpid()}-01.wav"]
    for name in names:
        (takes / name).write_bytes(b"x")

    TakesShelf(tmp_path)

    assert files(takes) == names


def test_a_shelf_that_is_opened_while_a_take_is_made_does_not_harm_it(tmp_path):
    seen = []

    def open_shelf(*_):
        TakesShelf(tmp_path)
        seen.append(files(tmp_path / "takes"))

    (take,) = GenerateSound(SoundMakerFake(), WISH, tmp_path, preview=open_shelf).run()

    assert any("partial" in name for names in seen for name in names)
    assert files(tmp_path / "takes") == [f"{take.id}.tokens", f"{take.id}.wav"]
