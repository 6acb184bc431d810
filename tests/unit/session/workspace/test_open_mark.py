import os
import signal
import subprocess
import sys

import pytest

from musicgen_desktop.document import Project
from musicgen_desktop.foundation import user_data_folder
from musicgen_desktop.session.store import ProjectStore
from musicgen_desktop.session.workspace import OpenMark, left_behind, new_project_folder
from musicgen_desktop.storage import backup_files, open_backup, open_project, save_project

# A second window: opens a project, edits it as often as told, and waits to be killed or asked to end.
WINDOW = """
import sys
from pathlib import Path
from musicgen_desktop.session.store import ProjectStore
from musicgen_desktop.session.workspace import OpenMark, left_behind, new_project_folder

folder, phase, edits = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
before = next((left for left in left_behind() if left.folder == folder), None)
mark = OpenMark.begin(folder, before)
if before is not None:
    before.forget()
if phase == "open":
    store = ProjectStore.open(folder)
    mark.opened()
    for number in range(edits):
        store.apply("Rename", store.project.renamed(str(number)))
    store.flush()
print("ready", flush=True)
sys.stdin.readline()
mark.end()
"""

pytestmark = pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL on Windows")


@pytest.fixture
def folder(tmp_path):
    found = tmp_path / "Song.mgproj"
    save_project(Project.new("Song"), found)
    return found


@pytest.fixture
def window():
    """Starts windows, and ends those that are left."""
    running = []

    def start(folder, phase="open", edits=0):
        process = subprocess.Popen(
            [sys.executable, "-c", WINDOW, str(folder), phase, str(edits)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        running.append(process)
        assert process.stdout.readline() == "ready\n"
        return process

    yield start
    for process in running:
        process.kill()
        process.communicate()


def killed(process):
    process.send_signal(signal.SIGKILL)
    process.wait()


def test_a_killed_window_is_asked_about_once_with_its_edits(folder, window):
    killed(window(folder, edits=3))

    (left,) = left_behind()
    assert (left.folder, left.phase, left.edits, left.problem) == (folder, "open", 3, "")
    assert not left.wants_safe_mode

    left.forget()
    assert left_behind() == ()
    assert open_project(folder).recovered_edits == 3, "the answer does not touch the edits"


def test_a_window_that_ends_as_it_should_leaves_nothing(folder, window):
    process = window(folder)
    process.communicate("end\n")

    assert left_behind() == ()
    assert list((user_data_folder() / "open").iterdir()) == []


def test_a_window_that_still_runs_is_left_alone(folder, window):
    window(folder, edits=2)

    assert left_behind() == ()


def test_a_killed_process_that_nobody_has_waited_for_is_dead(folder, window):
    process = window(folder)
    process.send_signal(signal.SIGKILL)
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)  # a zombie

    assert len(left_behind()) == 1


def test_a_number_that_another_process_has_now_does_not_hide_a_crash(folder):
    OpenMark.begin(folder)
    (path,) = (user_data_folder() / "open").iterdir()
    text = path.read_text()
    assert left_behind() == (), "this process runs"
    start = text.partition('"process_start":"')[2].partition('"')[0]

    path.write_text(text.replace(start, "another start"))

    assert [left.folder for left in left_behind()] == [folder]


def test_a_second_crash_while_opening_is_counted_and_asks_for_safe_mode(folder, window):
    killed(window(folder, "opening"))
    killed(window(folder, "opening"))

    (left,) = left_behind()

    assert (left.phase, left.attempts) == ("opening", 2)
    assert left.wants_safe_mode


def test_a_crash_after_it_was_open_starts_the_count_anew(folder, window):
    killed(window(folder, "opening"))
    killed(window(folder, "open"))

    (left,) = left_behind()

    assert (left.attempts, left.wants_safe_mode) == (1, False)


def test_safe_mode_can_go_back_to_the_last_backup_and_loses_nothing(folder, window):
    save_project(open_project(folder).project.renamed("Later"), folder)
    killed(window(folder, "opening"))
    (left,) = left_behind()

    store = ProjectStore.open(folder, backup=left.last_backup)

    assert store.project.name == "Song"
    assert "earlier version backups/project-000001.json" in store.opened.notes[0]
    store.apply("Rename", store.project.renamed("Other way"))
    store.save()
    store.close()
    assert open_project(folder).project.name == "Other way"
    names = {open_backup(folder, each).project.name for each in backup_files(folder)}
    assert "Later" in names


def test_two_crashes_of_one_project_are_one_question(folder, window):
    one, two = window(folder, "opening"), window(folder, "opening")
    killed(one)
    killed(two)

    assert len(left_behind()) == 1
    assert len(list((user_data_folder() / "open").iterdir())) == 1


def test_a_project_that_moved_on_is_asked_about_where_it_is(folder, tmp_path):
    mark = OpenMark.begin(tmp_path / "Untitled 1.mgproj")
    mark.moved_to(folder)
    (path,) = (user_data_folder() / "open").iterdir()

    path.write_text(path.read_text().replace(f'"pid":{os.getpid()}', '"pid":2147483646'))

    assert [left.folder for left in left_behind()] == [folder]


def test_a_project_that_cannot_be_opened_any_more_says_why(folder, window):
    killed(window(folder))
    for path in folder.glob("project.json*"):
        path.write_text("{")

    (left,) = left_behind()

    assert "is damaged" in left.problem


def test_a_project_that_is_gone_is_no_question(folder, window):
    killed(window(folder))
    folder.rename(folder.with_name("Elsewhere.mgproj"))

    assert left_behind() == ()
    assert list((user_data_folder() / "open").iterdir()) == []


def test_a_new_project_in_which_nothing_was_made_is_no_question_and_goes(window):
    untouched, worked_on = new_project_folder(), new_project_folder()
    for folder, edits in ((untouched, 0), (worked_on, 2)):
        save_project(Project.new(folder.stem), folder)
        killed(window(folder, edits=edits))

    found = left_behind()

    assert [left.folder for left in found] == [worked_on]
    assert not untouched.exists()


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"\xff", b'{"pid": -1}', b"[" * 50_000])
def test_a_mark_of_nonsense_is_cleared_away(data):
    path = user_data_folder() / "open" / "1-x.json"
    path.parent.mkdir(parents=True)
    path.write_bytes(data)

    assert left_behind() == ()
    assert not path.exists()


def test_a_disk_that_refuses_the_mark_does_not_keep_the_project_from_opening(folder):
    user_data_folder().parent.mkdir(parents=True, exist_ok=True)
    user_data_folder().write_text("a file in the way")

    mark = OpenMark.begin(folder)
    mark.opened()
    mark.end()


def test_a_folder_that_a_crash_left_empty_is_cleared_away():
    folder = new_project_folder()
    OpenMark.begin(folder)
    (path,) = (user_data_folder() / "open").iterdir()
    path.write_text(path.read_text().replace(f'"pid":{os.getpid()}', '"pid":2147483646'))

    assert left_behind() == ()
    assert not folder.exists()


def test_a_folder_whose_name_is_no_text_is_opened_without_a_mark(tmp_path):
    mark = OpenMark.begin(tmp_path / "Song\udcff.mgproj")
    mark.opened()
    mark.end()

    assert left_behind() == ()
