import shutil

import pytest

from musicgen_desktop.foundation import UserInputError, resources_folder
from musicgen_desktop.session.controllers._asked import chosen_soundfont, with_asked
from musicgen_desktop.session.controllers._project_of_take import project_of_take


@pytest.fixture
def own_font(tmp_path):
    return shutil.copy(next((resources_folder() / "soundfonts").glob("*.sf3")), tmp_path / "own.sf3")


@pytest.fixture
def song(a_take, own_font):
    return with_asked(project_of_take(a_take()), tail=None, soundfont=own_font)


def test_a_song_is_played_again_with_the_font_it_was_made_with(song, own_font):
    pytest.importorskip("tinysoundfont")

    assert chosen_soundfont(None, song) == own_font.resolve()


def test_a_font_that_is_gone_is_told_and_not_replaced_in_silence(song, own_font):
    own_font.unlink()

    with pytest.raises(UserInputError, match="that this song was made with is missing"):
        chosen_soundfont(None, song)


def test_a_font_is_remembered_by_its_whole_path(a_take, own_font, monkeypatch):
    monkeypatch.chdir(own_font.parent)

    song = with_asked(project_of_take(a_take()), tail=None, soundfont=type(own_font)("own.sf3"))

    assert song.takes[-1].request["soundfont"] == str(own_font.resolve())
