"""`compose` with MusicGen and a tiny model, as the program runs it."""

import json

import numpy as np
import pytest

from musicgen_desktop.media import read_info, write_wav
from musicgen_desktop.storage import open_project
from tests.fakes.tiny_musicgen import install_tiny

COMPOSE = ["compose", "warm piano", "--engine", "musicgen", "--json"]
BARS = ["--bars", 2, "--tempo", 97, "--seed", 5]


@pytest.fixture
def model(tmp_path):
    return install_tiny(tmp_path / "tiny")


@pytest.fixture
def composed(run, tmp_path):
    """Composes into a folder; what was told."""

    def compose(name, *words):
        ran = run(*COMPOSE, *words, "--out", tmp_path / name)
        assert ran.status == 0, ran
        return json.loads(ran.out)

    return compose


@pytest.mark.usefixtures("model")
def test_a_song_is_as_long_as_its_bars_and_the_same_with_the_same_seed(composed, tmp_path):
    told = composed("one", *BARS)
    composed("two", *BARS)

    project = open_project(tmp_path / "one" / told["project"]).project
    exact = project.tempo_map.frame_at(project.meter_map.tick_of_bar(3), 48_000)
    first, second = (next((tmp_path / name).rglob("audio/*.wav")) for name in ("one", "two"))
    assert read_info(tmp_path / "one" / "mix.wav").frames == exact
    assert read_info(first).frames == exact
    assert first.read_bytes() == second.read_bytes()
    assert told["path"]
    assert told["licence"]
    assert told["steps_per_s"] > 0
    assert 0 < told["first_sound_s"] < told["elapsed_s"]


def test_a_song_goes_on_from_another_ones_sound(model, composed, tmp_path):
    other = tmp_path / "other.wav"
    write_wav(other, np.full((48_000, 1), 0.1, np.float32), 48_000)

    told = composed("song", "--seconds", 1, "--model", model, "--continue", other)

    assert told["length_s"] == 1.0
    assert "worst_seam_dbfs" in told["measured"]


def test_without_a_model_one_is_told_how_to_get_one(refused, tmp_path):
    sentence = refused(*COMPOSE, "--out", tmp_path / "song")

    assert "musicgen-desktop models get musicgen-small" in sentence
    assert not (tmp_path / "song").exists()
