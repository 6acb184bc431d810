import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from musicgen_desktop.document import AudioClip, AudioSource, Project, Track
from musicgen_desktop.media import content_hash, write_wav
from musicgen_desktop.session.store import ProjectStore
from musicgen_desktop.session.workspace import missing_media
from musicgen_desktop.storage import save_project
from musicgen_desktop.ui.bridges import JobsBridge
from musicgen_desktop.ui.main_window._missing_media import MissingMediaDialog

RATE = 48_000


def write(path, seed, rate=RATE):
    path.parent.mkdir(parents=True, exist_ok=True)
    sound = np.random.default_rng(seed).uniform(-0.5, 0.5, (1000, 1)).astype(np.float32)
    write_wav(path, sound, rate, 32)
    return path


@pytest.fixture
def jobs():
    made = JobsBridge()
    yield made
    made.close()


@pytest.fixture
def song(bridges, tmp_path):
    """Bridges over a song whose two files lie on another disk now, one under another name."""
    folder = tmp_path / "Song.mgproj"
    project = Project.new("Song")
    for seed, name in enumerate(("vox", "pad")):
        path = write(folder / "audio" / f"{name}.wav", seed)
        project = project.with_source(
            AudioSource(name, f"The {name}", f"audio/{name}.wav", content_hash(path), RATE, 1, 1000)
        )
    clip = AudioClip("c", "Vox", 0, 960, source_id="vox")
    project = project.with_track(Track("t", "Vox", "audio", clips=(clip, clip.duplicated(960))))
    save_project(project, folder)
    away = tmp_path / "Disk"
    away.mkdir()
    (folder / "audio" / "vox.wav").rename(away / "vox.wav")
    (folder / "audio" / "pad.wav").rename(away / "renamed.wav")
    bridges.project.open(ProjectStore.open(folder)).close()
    return bridges


@pytest.fixture
def dialog(qtbot, song, jobs):
    project = song.project
    made = MissingMediaDialog(song, jobs, missing_media(project.project, project.folder))
    qtbot.addWidget(made)
    made.show()
    return made


def state(dialog, row):
    return dialog.list.topLevelItem(row).text(3)


def test_it_lists_what_is_gone_and_what_needs_it(dialog):
    rows = [dialog.list.topLevelItem(row) for row in range(2)]

    assert [row.text(0) for row in rows] == ["The vox", "The pad"]
    assert rows[0].text(1).endswith("vox.wav")
    assert [row.text(2) for row in rows] == ["2 clip(s)", "undo history"]
    assert not dialog.use_button.isEnabled()


def test_a_searched_folder_mends_all_of_it_as_one_step(qtbot, dialog, song, tmp_path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_arguments: str(tmp_path / "Disk"))
    before = song.project.project

    qtbot.mouseClick(dialog.search_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(dialog.found) == 2 and dialog.use_button.isEnabled())
    assert [state(dialog, row) for row in range(2)] == ["Found: vox.wav", "Found: renamed.wav"]
    qtbot.mouseClick(dialog.use_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not dialog.isVisible())

    assert missing_media(song.project.project, song.project.folder) == ()
    assert len(song.project.store.history) == 1
    song.project.undo()
    assert song.project.project.source("vox").path == before.source("vox").path


def test_one_file_is_located_by_hand(qtbot, dialog, tmp_path, monkeypatch):
    monkeypatch.setattr(
        QFileDialog, "getOpenFileName", lambda *_arguments: (str(tmp_path / "Disk" / "vox.wav"), "")
    )

    qtbot.mouseClick(dialog.locate_button, Qt.MouseButton.LeftButton)

    assert dialog.found == {"vox": tmp_path / "Disk" / "vox.wav"}
    assert [state(dialog, row) for row in range(2)] == ["Found: vox.wav", "Missing"]
    assert dialog.words.text() == "1 of 2 found"


def test_a_file_that_does_not_fit_is_told_and_nothing_changes(qtbot, dialog, song, tmp_path, monkeypatch):
    other = write(tmp_path / "other.wav", 9, rate=44_100)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_arguments: (str(other), ""))
    before = song.project.project

    qtbot.mouseClick(dialog.locate_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(dialog.use_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.notice.sentence != "")

    assert "44100 Hz" in dialog.notice.sentence
    assert song.project.project is before
    assert dialog.use_button.isEnabled()


def test_a_folder_without_them_says_so(qtbot, dialog, tmp_path, monkeypatch):
    (tmp_path / "Empty").mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_arguments: str(tmp_path / "Empty"))

    qtbot.mouseClick(dialog.search_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.notice.sentence != "")

    assert "None of them" in dialog.notice.sentence


def test_going_on_without_keeps_the_references(qtbot, dialog, song):
    before = song.project.project

    qtbot.mouseClick(dialog.without_button, Qt.MouseButton.LeftButton)

    assert song.project.project is before
    assert not dialog.isVisible()


def test_everything_that_takes_the_focus_has_a_name(dialog):
    nameless = [
        each
        for each in dialog.findChildren(QWidget)
        if each.focusPolicy() != Qt.FocusPolicy.NoFocus
        and each.isVisibleTo(dialog)
        and not each.accessibleName()
    ]

    assert nameless == []
