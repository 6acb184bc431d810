"""Who does not drag copies files, or has them shown."""

import pytest
from PySide6.QtGui import QGuiApplication

from musicgen_desktop.ui.bridges import HandOverBridge, JobsBridge
from musicgen_desktop.ui.main_window import _part_files
from musicgen_desktop.ui.main_window._part_files import PartFiles
from tests.fakes.instant_queue import InstantQueue


@pytest.fixture
def part_files(bridges):
    handover = HandOverBridge(bridges.project, jobs=JobsBridge(queue=InstantQueue))
    yield PartFiles(bridges, handover)
    handover.close()


@pytest.mark.usefixtures("part_files")
def test_a_clip_is_copied_as_sound_and_notes(bridges):
    track = bridges.project.project.tracks[1]
    bridges.selection.select_clips([track.clips[0].id])

    bridges.actions["clip.copy_file"].trigger()

    files = [url.toLocalFile() for url in QGuiApplication.clipboard().mimeData().urls()]
    assert [file[-4:] for file in files] == [".wav", ".mid"]
    assert all("82bpm" in file for file in files)


@pytest.mark.usefixtures("part_files")
def test_the_stem_of_the_chosen_track_is_shown_in_its_folder(bridges, monkeypatch):
    shown = []
    monkeypatch.setattr(_part_files, "reveal", lambda place: shown.append(place) or True)
    bridges.selection.select_tracks(bridges.project.project.tracks[1].id)

    bridges.actions["track.reveal_file"].trigger()

    assert [place.suffix for place in shown] == [".wav"]
    assert shown[0].is_file()


@pytest.mark.usefixtures("part_files")
def test_without_a_selection_it_says_what_to_do(qtbot, bridges):
    with qtbot.waitSignal(bridges.status.said) as said:
        bridges.actions["clip.copy_file"].trigger()

    assert said.args == ["Choose a clip first.", "warn"]
