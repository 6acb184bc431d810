"""What the next start would be told if the window crashed now."""

import os

import pytest

from musicgen_desktop.document import Project
from musicgen_desktop.foundation import user_data_folder
from musicgen_desktop.session.commands import add_track
from musicgen_desktop.session.workspace import left_behind
from musicgen_desktop.storage import save_project
from musicgen_desktop.ui.bridges import ProjectBridge
from musicgen_desktop.ui.main_window import Desk


@pytest.fixture
def song(tmp_path):
    folder = tmp_path / "Song.mgproj"
    save_project(Project.new("Song"), folder)
    return folder


@pytest.fixture
def desk_over(_dressed):
    """A desk with a project on it, as the window has it when it is about to be shown."""
    made = []

    def begin(folder=None):
        desk = Desk()
        made.append(desk)
        desk.take(ProjectBridge(desk.first(folder)))
        return desk

    yield begin
    for desk in made:
        desk.close()


def after_a_crash():
    """What is left behind, as if this process were gone."""
    gone = 2**31 - 1
    for path in (user_data_folder() / "open").iterdir():
        path.write_text(path.read_text().replace(f'"pid":{os.getpid()}', f'"pid":{gone}'))
    return left_behind()


def test_until_the_window_has_stood_for_a_moment_a_crash_is_one_of_the_opening(desk_over, song, qtbot):
    desk = desk_over(song)
    desk.settle()

    assert [left.phase for left in after_a_crash()] == ["opening"]

    qtbot.waitUntil(lambda: [left.phase for left in after_a_crash()] == ["open"])


def test_a_project_that_was_worked_on_did_not_crash_while_it_was_opened(desk_over, song):
    desk = desk_over(song)

    desk.bridge.ask_new(add_track, kind="notes")

    assert [left.phase for left in after_a_crash()] == ["open"]


def test_a_project_whose_opening_crashed_is_opened_safely_the_next_time(desk_over, song):
    desk_over(song).bridge.store.close()
    after_a_crash()

    desk = desk_over(song)

    assert desk.is_safe
    assert [left.attempts for left in after_a_crash()] == [2]


def test_a_project_that_cannot_be_opened_leaves_the_one_before_as_it_is(desk_over, song, tmp_path):
    desk = desk_over(song)
    broken = tmp_path / "Broken.mgproj"
    broken.mkdir()
    (broken / "project.json").write_text("{")

    opened = desk.open(broken, way="safe")

    assert not opened
    assert not desk.is_safe
    assert desk.bridge.folder == song
