"""Files come onto tracks, beside the window."""

import zipfile

import numpy as np
import pytest
import soundfile
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from musicgen_desktop.exchange.dawproject import save_dawproject
from musicgen_desktop.ui.bridges import JobsBridge
from musicgen_desktop.ui.main_window._importing import Importing
from tests.fakes.instant_queue import InstantQueue

BAR = 3840


@pytest.fixture
def importing(bridges):
    jobs = JobsBridge()
    yield Importing(bridges, jobs)
    jobs.close()


@pytest.fixture
def wav(tmp_path):
    path = tmp_path / "vox.wav"
    soundfile.write(path, np.full((48_000, 1), 0.1, np.float32), 48_000)
    return path


def test_a_dropped_file_lies_at_its_bar_on_a_new_track_and_is_selected(qtbot, bridges, importing, wav):
    before = bridges.project.project

    with qtbot.waitSignal(bridges.project.changed):
        importing.bring([wav], 2 * BAR)

    (clip,) = bridges.selection.clips
    assert (clip.name, clip.start_ticks) == ("vox", 2 * BAR)
    assert bridges.project.project.track_of_clip(clip.id).kind == "audio"
    bridges.project.undo()
    assert bridges.project.project is before


def test_a_song_of_another_program_comes_with_its_tracks_as_one_edit(qtbot, bridges, importing, tmp_path):
    path, song = tmp_path / "song.dawproject", bridges.project.project
    save_dawproject(song, path, media_folder=tmp_path)
    bridges.project.save_as(tmp_path / "Song.mgproj")
    before = bridges.project.project

    with qtbot.waitSignal(bridges.project.changed, timeout=20_000):
        importing.bring([path], 2 * BAR)

    names = [track.name for track in song.tracks]
    assert sorted(track.name for track in bridges.project.project.tracks) == sorted([*names, *names])
    assert {clip.start_ticks >= 2 * BAR for clip in bridges.selection.clips} == {True}
    bridges.project.undo()
    assert bridges.project.project is before


def test_everything_that_is_not_as_in_the_file_is_listed(qtbot, bridges, importing, tmp_path):
    lanes = "".join(f'<Strange{number} a="1"/>' for number in range(5))
    path = tmp_path / "Theirs.dawproject"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("project.xml", f'<Project version="1.0"><Application/>{lanes}</Project>')
    bridges.project.save_as(tmp_path / "Song.mgproj")

    with qtbot.waitSignal(
        bridges.status.said, timeout=20_000, check_params_cb=lambda _, mood: mood == "warn"
    ):
        importing.bring([path])

    dialog = importing.report
    qtbot.addWidget(dialog)
    rows = [dialog.list.item(row).text() for row in range(dialog.list.count())]
    assert dialog.isVisible()
    assert [row for row in rows if "Strange" in row] == [
        f"“Strange{number}” has no place here and was left out." for number in range(5)
    ]
    qtbot.mouseClick(dialog.copy_button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text().splitlines() == rows
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_what_is_no_sound_is_told_and_changes_nothing(qtbot, bridges, importing, tmp_path):
    broken = tmp_path / "broken.wav"
    broken.write_bytes(b"RIFFnothing")
    before = bridges.project.project

    with qtbot.waitSignal(importing._jobs.failed) as failed:
        importing.bring([broken])

    assert "broken.wav" in failed.args[0]
    assert bridges.project.project is before


def test_a_project_that_moved_meanwhile_asks_for_the_file_once_more(qtbot, bridges, wav, tmp_path):
    queues = []
    jobs = JobsBridge(queue=lambda listener: queues.append(InstantQueue(listener)) or queues[-1])
    queues[0].held = True
    Importing(bridges, jobs).bring([wav], 0)
    bridges.project.save_as(tmp_path / "Song.mgproj")

    with qtbot.waitSignal(bridges.status.said, check_params_cb=lambda text, _mood: "once more" in text):
        queues[0].release()

    assert bridges.selection.clips == ()
    jobs.close()


def test_a_file_of_another_tempo_is_told_as_it_comes_in(qtbot, bridges, importing, wav):
    loop = wav.rename(wav.with_name("loop 333bpm.wav"))

    with qtbot.waitSignal(
        bridges.status.said, check_params_cb=lambda text, mood: "333 BPM" in text and mood == "warn"
    ) as said:
        importing.bring([loop], 0)

    assert "will not stay in time" in said.args[0]
