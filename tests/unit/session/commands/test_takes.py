import pytest

from musicgen_desktop.document import Project, Take
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.session.commands import rename_take, star_take


@pytest.fixture
def song():
    return (
        Project.new("Song")
        .with_take(Take("t1", "First", "composer"))
        .with_take(Take("t2", "Second", "composer"))
    )


def test_a_star_is_set_and_taken_away(song):
    starred = star_take(song, "t1").project

    assert starred.take("t1").starred
    assert starred.take("t2") is song.take("t2")
    assert star_take(starred, "t1", starred=False).project == song


def test_a_take_gets_another_name(song):
    edit = rename_take(song, "t2", "  Better  ")

    assert edit.project.take("t2").name == "Better"
    assert edit.label == "Rename take"


@pytest.mark.parametrize(("take_id", "name"), [("t1", "  "), ("gone", "Name")])
def test_no_name_and_no_take_are_refused(song, take_id, name):
    with pytest.raises(UserInputError):
        rename_take(song, take_id, name)
