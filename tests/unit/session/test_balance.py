import msgspec
import numpy as np
import pytest

from musicgen_desktop.document import Insert, Project
from musicgen_desktop.dsp import db_to_gain, integrated_lufs
from musicgen_desktop.generation import Effect
from musicgen_desktop.session.controllers._balance import LIMITER_ID, LOW_CUT_ID, mastered
from musicgen_desktop.session.controllers._project_of_take import project_of_take

OWN = (
    Insert("mine", "equalizer", parameters={"low_cut_hz": 20.0}),
    Insert("loud", "limiter", parameters={"gain_db": 3.0}),
)


@pytest.fixture
def song():
    project = Project.new("Song")
    return msgspec.structs.replace(project, master=msgspec.structs.replace(project.master, inserts=OWN))


@pytest.fixture
def noise():
    return (0.05 * np.random.default_rng(1).standard_normal((96_000, 2))).astype(np.float32)


def with_gain_alone(noise):
    """A master whose limiter is never reached."""

    def apply_master(project):
        limiter = next(insert for insert in project.master.inserts if insert.id == LIMITER_ID)
        return noise * np.float32(db_to_gain(limiter.parameters["gain_db"]))

    return apply_master


def test_mastering_keeps_every_insert_of_somebody_else(song, noise):
    once, _, _ = mastered(song, noise, with_gain_alone(noise))
    twice, _, _ = mastered(once, noise, with_gain_alone(noise))

    assert once.master.inserts[:2] == OWN
    assert [insert.id for insert in once.master.inserts[2:]] == [LOW_CUT_ID, LIMITER_ID]
    assert twice == once


def test_the_mix_stands_at_streaming_loudness(song, noise):
    _, mix, lufs = mastered(song, noise, with_gain_alone(noise))

    assert lufs == pytest.approx(-14.0, abs=0.3)
    assert integrated_lufs(mix, song.rate) == lufs


def test_the_limiter_of_a_styles_master_is_the_one_that_is_set(noise, a_take):
    take = msgspec.structs.replace(
        a_take(pitch=40),
        master=(Effect("compressor", {"ratio": 2.0}), Effect("limiter", {"ceiling_db": -1.0})),
    )

    song, _, _ = mastered(project_of_take(take), noise, with_gain_alone(noise))

    assert [insert.effect for insert in song.master.inserts] == ["compressor", "equalizer", "limiter"]
