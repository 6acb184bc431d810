"""Files for a drag: made on hover, asked for when the drag begins."""

import shutil

import pytest
from PySide6.QtCore import Qt

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
