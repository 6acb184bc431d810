"""Projects come and go; nothing that holds music is lost sight of."""

import pytest

from musicgen_desktop.session.commands import add_track
from musicgen_desktop.session.workspace import left_behind, projects_folder
from musicgen_desktop.ui.bridges import ProjectBridge
from musicgen_desktop.ui.main_window import Desk


@pytest.fixture
def desk(qapp):  # noqa: ARG001 - timers need an application
    made = Desk()
    made.take(ProjectBridge(made.first(None)))
    yield made
    made.close()


def test_a_new_project_lies_in_a_real_folder_and_goes_with_the_window_when_untouched(desk):
    folder = desk.bridge.folder

    assert desk.is_unnamed
    assert folder.is_dir()
    desk.close()
    assert not folder.exists()
    assert left_behind() == ()


def test_work_without_a_name_stays_when_another_project_is_begun(desk):
    desk.bridge.ask_new(add_track, kind="notes")
    folder = desk.bridge.folder

    assert desk.new()

    assert desk.bridge.folder != folder
    assert (folder / "project.json").is_file()


def test_saving_elsewhere_gives_it_a_name_and_lists_it(desk, tmp_path):
    desk.bridge.ask_new(add_track, kind="notes")

    assert desk.save_as(tmp_path / "Song")

    assert desk.bridge.folder == tmp_path / "Song.mgproj"
    assert not desk.is_unnamed
    assert [project.path for project in desk.recent.projects()] == [str(tmp_path / "Song.mgproj")]
    assert list(projects_folder().iterdir()) == []


def test_the_song_is_called_what_it_is_saved_under_and_no_undo_leads_back(desk, tmp_path):
    desk.bridge.ask_new(add_track, kind="notes")

    assert desk.save_as(tmp_path / "Night Drive 1.5.mgproj")

    assert desk.bridge.project.name == "Night Drive 1.5"
    assert [project.name for project in desk.recent.projects()] == ["Night Drive 1.5"]
    assert desk.bridge.store.history == ("Add instrument track",)
    desk.bridge.undo()
    assert desk.bridge.project.name == "Night Drive 1.5"


@pytest.mark.parametrize("place", ["Song.mgproj/Other", "Song.mgproj/audio/Other.mgproj"])
def test_no_project_is_saved_inside_another(qtbot, desk, tmp_path, place):
    desk.save_as(tmp_path / "Song")
    before = sorted((tmp_path / "Song.mgproj").rglob("*"))

    with qtbot.waitSignal(desk.failed) as failed:
        assert not desk.save_as(tmp_path / place)

    assert failed.args == ["“Song.mgproj” is a project itself: choose a place outside of it."]
    assert desk.bridge.folder == tmp_path / "Song.mgproj"
    assert sorted((tmp_path / "Song.mgproj").rglob("*")) == before


def test_no_project_takes_the_place_of_another(qtbot, desk, tmp_path):
    desk.save_as(tmp_path / "Song")
    desk.new()

    with qtbot.waitSignal(desk.failed) as failed:
        assert not desk.save_as(tmp_path / "Song")

    assert failed.args == ["“Song.mgproj” is there already: choose another name."]
    assert desk.is_unnamed


def test_a_project_may_be_saved_where_it_lies(desk, tmp_path):
    desk.save_as(tmp_path / "Song")

    assert desk.save_as(tmp_path / "Song")
    assert desk.bridge.store.saved


def test_what_cannot_be_opened_is_told_and_the_open_project_stays(qtbot, desk, tmp_path):
    before = desk.bridge.store

    with qtbot.waitSignal(desk.failed) as failed:
        assert not desk.open(tmp_path / "nothing.mgproj")

    assert "nothing.mgproj" in failed.args[0]
    assert desk.bridge.store is before


def test_unsaved_work_that_is_left_for_later_can_be_found_again(desk):
    desk.bridge.ask_new(add_track, kind="notes")
    folder = desk.bridge.folder
    desk.new()

    desk.keep_in_sight(folder)

    assert [project.path for project in desk.recent.projects()] == [str(folder)]


def test_a_new_project_has_the_rate_that_was_chosen_last(desk):
    desk.rate = 96_000

    desk.new()

    assert desk.bridge.project.rate == 96_000
