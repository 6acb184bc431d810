"""A project into its folder and out again."""

import os

import msgspec
import pytest

from musicgen_desktop.document import BadProjectError, Project
from musicgen_desktop.storage import CannotSaveError, NewerProjectError, open_project, save_project
from musicgen_desktop.storage._layout import BACKUP_FILE, DAMAGED_FILE, PROJECT_FILE, backup_files


def test_what_was_saved_is_what_is_opened(song, tmp_path):
    folder = tmp_path / "Song.mgproj"

    save_project(song, folder)

    opened = open_project(folder)
    assert opened.project == song
    assert (opened.recovered_edits, opened.used_backup, opened.notes, opened.needs_save) == (
        0,
        None,
        (),
        False,
    )
    assert sorted(path.name for path in folder.iterdir()) == ["audio", "backups", PROJECT_FILE, "takes"]


def test_saving_what_was_opened_writes_the_same_bytes(song, tmp_path):
    whole_numbers = msgspec.structs.replace(
        song, master=song.master.with_gain(-3)
    )  # an int where a float belongs
    save_project(whole_numbers, tmp_path / "a")

    save_project(open_project(tmp_path / "a").project, tmp_path / "b")

    assert (tmp_path / "a" / PROJECT_FILE).read_bytes() == (tmp_path / "b" / PROJECT_FILE).read_bytes()


def test_the_version_before_is_kept_as_backup(song, tmp_path):
    save_project(song, tmp_path)
    first = (tmp_path / PROJECT_FILE).read_bytes()

    save_project(song.renamed("Second"), tmp_path)

    assert (tmp_path / BACKUP_FILE).read_bytes() == first
    assert [path.read_bytes() for path in backup_files(tmp_path)] == [first]


def test_ten_versions_are_kept_and_no_more(song, tmp_path):
    for number in range(14):
        save_project(song.renamed(f"Version {number}"), tmp_path)

    names = [path.name for path in backup_files(tmp_path)]
    assert names == [f"project-{number:06}.json" for number in range(13, 3, -1)]
    assert b"Version 12" in backup_files(tmp_path)[0].read_bytes()


def test_saving_the_same_again_pushes_no_backup_out(song, tmp_path):
    save_project(song, tmp_path)

    for _ in range(3):
        save_project(song, tmp_path)

    assert backup_files(tmp_path) == []


def test_backups_are_copies_where_the_disk_knows_no_links(song, tmp_path, monkeypatch):
    def refuse(*_arguments, **_options):
        raise OSError(95, "not supported")

    monkeypatch.setattr(os, "link", refuse)
    save_project(song, tmp_path)

    save_project(song.renamed("Second"), tmp_path)

    (tmp_path / PROJECT_FILE).write_text("rubbish")
    assert open_project(tmp_path).project == song


def test_a_damaged_file_is_put_aside_and_pushes_no_good_backup_out(song, tmp_path):
    save_project(song, tmp_path)
    save_project(song.renamed("Second"), tmp_path)
    (tmp_path / PROJECT_FILE).write_text("rubbish")

    save_project(song.renamed("Third"), tmp_path)

    assert (tmp_path / DAMAGED_FILE).read_text() == "rubbish"
    assert b'"Song"' in (tmp_path / BACKUP_FILE).read_bytes()
    assert open_project(tmp_path).project.name == "Third"


def test_a_newer_project_is_not_overwritten(song, tmp_path):
    newer = b'{"schema": 7, "app": "9.0", "project": {}}'
    (tmp_path / PROJECT_FILE).write_bytes(newer)

    with pytest.raises(NewerProjectError):
        save_project(song, tmp_path)

    assert (tmp_path / PROJECT_FILE).read_bytes() == newer


def test_a_project_that_contradicts_itself_is_not_saved(tmp_path):
    project = Project.new("Song").with_track(Project.new("x").master.with_pan(2.0))

    with pytest.raises(BadProjectError):
        save_project(project, tmp_path / "new")

    assert not (tmp_path / "new").exists()


def test_a_file_in_the_way_of_the_folder_is_told(song, tmp_path):
    (tmp_path / "Song.mgproj").write_text("a file")

    with pytest.raises(CannotSaveError, match="a file is in the way"):
        save_project(song, tmp_path / "Song.mgproj")


@pytest.mark.skipif(
    os.name == "nt" or (hasattr(os, "geteuid") and os.geteuid() == 0), reason="root may write"
)
def test_a_folder_without_rights_is_told(song, tmp_path):
    tmp_path.chmod(0o500)

    with pytest.raises(CannotSaveError, match="may not be written"):
        save_project(song, tmp_path / "Song.mgproj")
