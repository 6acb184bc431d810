"""Files for a drag: made on hover, asked for when the drag begins."""

import shutil

import pytest
from PySide6.QtCore import Qt

from musicgen_desktop.session.commands import rename_track
from musicgen_desktop.session.store import ProjectStore
from musicgen_desktop.ui.bridges import HandOverBridge, JobsBridge, ProjectBridge
from tests.fakes.instant_queue import InstantQueue

NONE, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def project(_dressed, song_project, tmp_path):
    store = ProjectStore(song_project)
    store.save_as(tmp_path / "Song.mgproj")
    yield ProjectBridge(store)
    store.close()


@pytest.fixture
def handover(project):
    made = HandOverBridge(project, jobs=JobsBridge(queue=InstantQueue))
    yield made
    made.close()


def test_hover_makes_the_files_that_a_drag_then_carries(handover, project):
    track = project.project.tracks[0]

    handover.prepare("track", track.id)

    assert [path.suffix for path in handover.files("track", (track.id,), NONE)] == [".wav"]
    assert [path.suffix for path in handover.files("track", (track.id,), CTRL)] == [".mid"]


def test_the_handle_of_the_master_carries_the_mix(handover, project):
    failures = []
    handover.failed.connect(failures.append)

    handover.prepare("track", project.project.master.id)

    assert failures == []
    carried = handover.files("track", (project.project.master.id,), NONE)
    assert len(carried) == 1
    assert carried == handover.files("mix", (), NONE)


def test_files_that_somebody_removed_are_made_again_by_the_next_drag(handover, project):
    track = project.project.tracks[0]
    handover.prepare("track", track.id)
    shutil.rmtree(project.folder / "exports")

    assert handover.files("track", (track.id,), NONE) == ()
    assert [path.is_file() for path in handover.files("track", (track.id,), NONE)] == [True]


@pytest.fixture
def queue():
    return []


@pytest.fixture
def slow(project, queue):
    """Makes nothing before it is told to."""
    jobs = JobsBridge(queue=lambda listener: queue.append(InstantQueue(listener)) or queue[-1])
    queue[0].held = True
    made = HandOverBridge(project, jobs=jobs)
    yield made
    made.close()


def test_a_part_is_busy_while_its_files_are_made_and_ready_then(qtbot, slow, queue, project):
    track, other = project.project.tracks[:2]
    changes = []
    slow.state_changed.connect(lambda: changes.append(slow.state_of("track", (track.id,))))
    assert slow.state_of("track", (track.id,)) == "rest"

    slow.prepare("track", track.id)
    queue[0].release()

    assert changes[0] == "busy"
    qtbot.waitUntil(lambda: slow.state_of("track", (track.id,)) == "ready")
    assert slow.state_of("track", (other.id,)) == "rest"


def test_a_drag_before_its_files_are_there_says_so_once(slow, project):
    track, told, failures = project.project.tracks[0], [], []
    slow.not_ready.connect(lambda: told.append("not ready"))
    slow.failed.connect(failures.append)

    assert slow.files("track", (track.id,), NONE) == ()

    assert (told, failures) == (["not ready"], [])


def test_notes_that_are_not_there_are_no_file_that_is_being_made(handover, project):
    told, failures = [], []
    handover.not_ready.connect(lambda: told.append("not ready"))
    handover.failed.connect(failures.append)
    bus = next(track for track in project.project.tracks if track.kind == "bus")
    handover.prepare("track", bus.id)

    assert handover.files("track", (bus.id,), CTRL) == ()

    assert told == []
    assert "no MIDI" in failures[0]


def test_what_was_left_before_it_was_made_is_not_busy_any_more(qtbot, slow, project):
    track, other, third = project.project.tracks[:3]
    slow.prepare("track", track.id)

    slow.prepare("track", other.id)
    slow.prepare("track", third.id)

    qtbot.waitUntil(lambda: slow.state_of("track", (other.id,)) == "rest")
    assert slow.state_of("track", (third.id,)) == "busy"


def test_who_hears_that_a_part_is_made_may_ask_for_another_which_is_made_then(slow, queue, project):
    first, second, third = (("track", track.id) for track in project.project.tracks[:3])
    wanted = []
    slow.state_changed.connect(lambda: wanted and slow.prepare(*wanted.pop()))
    slow.prepare(*first)

    wanted.append(third)
    slow.prepare(*second)

    states = [slow.state_of(kind, (part,)) for kind, part in (first, second, third)]
    assert states == ["rest", "rest", "busy"]
    queue[0].release()
    assert slow.state_of("track", (third[1],)) == "ready"


def test_files_that_were_removed_are_made_again_although_others_are_being_made(slow, queue, project):
    track, other = project.project.tracks[:2]
    slow.prepare("track", track.id)
    queue[0].release()
    shutil.rmtree(project.folder / "exports")
    queue[0].held = True
    slow.make("track", other.id, then=lambda _files: None)

    slow.files("track", (track.id,), NONE)

    assert [job.title for job in queue[0].jobs if not job.is_over] == ["Files", "Drag"]


def test_files_that_were_asked_for_come_although_the_mouse_goes_on(slow, queue, project):
    track, other = project.project.tracks[:2]
    made = []
    slow.make("track", track.id, then=made.append)

    slow.prepare("track", other.id)
    queue[0].release()

    assert [file.suffix for file in made[0]] == [".wav", ".mid"]


def test_an_edit_makes_files_old(handover, project):
    track = project.project.tracks[0]
    handover.prepare("track", track.id)
    assert handover.state_of("track", (track.id,)) == "ready"

    project.ask(rename_track, track.id, "Other")

    assert handover.state_of("track", (track.id,)) == "rest"
