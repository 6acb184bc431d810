import json
from datetime import UTC, datetime, timedelta

import pytest

from musicgen_desktop.document import NotesClip, Project, Track
from musicgen_desktop.foundation import user_data_folder
from musicgen_desktop.session.workspace import Recent
from musicgen_desktop.storage import save_project

BAR = 3840


def a_project(tmp_path, name, bars=4):
    clip = NotesClip("c", "Riff", 0, bars * BAR)
    project = Project.new(name, 92.0).with_track(Track("t", "Bass", "notes", clips=(clip,)))
    folder = tmp_path / f"{name}.mgproj"
    save_project(project, folder)
    return folder, project


def test_the_last_project_comes_first_and_each_stands_once(tmp_path):
    one, two = a_project(tmp_path, "One"), a_project(tmp_path, "Two", bars=8)
    moment = datetime(2026, 3, 1, 12, tzinfo=UTC)
    for minutes, project in enumerate((one, two, one)):
        Recent().add(*project, now=moment + timedelta(minutes=minutes))

    first, second = Recent().projects()

    assert (first.name, first.bars, first.tempo_bpm, first.path) == ("One", 4, 92.0, str(one[0]))
    assert first.opened == "2026-03-01T12:02:00+00:00"
    assert (second.name, second.bars, second.is_missing) == ("Two", 8, False)


def test_the_list_ends_with_twenty(tmp_path):
    project = Project.new("Song")
    for number in range(25):
        Recent().add(tmp_path / f"{number}.mgproj", project)

    assert [each.path for each in Recent().projects()] == [
        str(tmp_path / f"{number}.mgproj") for number in range(24, 4, -1)
    ]


def test_a_project_that_went_is_marked_until_it_is_taken_off(tmp_path):
    folder, project = a_project(tmp_path, "Song")
    Recent().add(folder, project)
    folder.rename(tmp_path / "Elsewhere.mgproj")

    assert Recent().projects()[0].is_missing
    Recent().remove(folder)
    assert Recent().projects() == ()


def test_the_list_can_be_forgotten(tmp_path):
    Recent().add(*a_project(tmp_path, "Song"))

    Recent().clear()

    assert Recent().projects() == ()


GOOD = {"path": "/x/Song.mgproj", "name": "Song", "opened": "2026-01-01T00:00:00+00:00"}


@pytest.mark.parametrize(
    "bad",
    [
        7,
        {"path": 7},
        {**GOOD, "path": "/" + "x" * 9000},
        {**GOOD, "opened": "yesterday"},
        {**GOOD, "bars": -4},
        {**GOOD, "tempo_bpm": 0},
    ],
    ids=str,
)
def test_an_entry_that_makes_no_sense_is_passed_over_and_the_rest_stays(bad):
    path = user_data_folder() / "recent.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps([bad, GOOD, {**GOOD, "path": "/a\0b"}]))

    assert [(each.path, each.is_missing) for each in Recent().projects()] == [
        ("/x/Song.mgproj", True),
        ("/a\0b", True),
    ]


@pytest.mark.parametrize("data", [b"", b"\xff", b"{}", b"[" * 100_000, b"null"])
def test_a_file_of_nonsense_is_an_empty_list_that_works_again(tmp_path, data):
    path = user_data_folder() / "recent.json"
    path.parent.mkdir(parents=True)
    path.write_bytes(data)

    assert Recent().projects() == ()
    Recent().add(*a_project(tmp_path, "Song"))
    assert len(Recent().projects()) == 1


def test_a_list_that_cannot_be_kept_troubles_nobody(tmp_path):
    (tmp_path / "file").write_text("")

    Recent(tmp_path / "file" / "recent.json").add(tmp_path / "Song.mgproj", Project.new("Song"))


def test_a_folder_whose_name_is_no_text_leaves_the_list_as_it_was(tmp_path):
    one = a_project(tmp_path, "One")
    Recent().add(*one)

    Recent().add(tmp_path / "Song\udcff.mgproj", one[1])

    assert [each.path for each in Recent().projects()] == [str(one[0])]
