import shutil

import pytest

from musicgen_desktop.exchange.midi_file import song_midi
from musicgen_desktop.foundation import resources_folder
from musicgen_desktop.session.controllers._project_of_take import project_of_take
from musicgen_desktop.session.controllers._rights import with_sound_rights


@pytest.fixture
def shipped():
    return next((resources_folder() / "soundfonts").glob("*.sf3"))


def test_the_shipped_font_is_named_with_its_licence(a_take, shipped):
    made = with_sound_rights(a_take(), shipped).provenance

    assert "FluidR3Mono (MIT licence)" in made.licence
    assert made.commercial_use


def test_a_font_of_the_users_is_named_and_promises_nothing(a_take, shipped, tmp_path):
    own = shutil.copy(shipped, tmp_path / "own.sf3")

    made = with_sound_rights(a_take(), own).provenance

    assert "“own.sf3”" in made.licence
    assert "MIT" not in made.licence
    assert not made.commercial_use


def test_a_font_that_plays_nothing_is_not_named(a_take, shipped, tmp_path):
    own = shutil.copy(shipped, tmp_path / "own.sf3")

    made = with_sound_rights(a_take(source="synth"), own).provenance

    assert "own.sf3" not in made.licence
    assert made.commercial_use


def test_midi_files_carry_the_rights_too(a_take, shipped):
    made = with_sound_rights(a_take(), shipped)

    conductor = song_midi(project_of_take(made)).tracks[0]

    rights = [message.text for message in conductor if message.type == "copyright"]
    assert rights == [made.provenance.licence]
