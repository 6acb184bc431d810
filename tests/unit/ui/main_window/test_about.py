import zipfile

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget

from musicgen_desktop import __version__
from musicgen_desktop.foundation import user_log_folder
from musicgen_desktop.session.doctor import Diagnosis
from musicgen_desktop.ui.bridges import JobsBridge
from musicgen_desktop.ui.main_window import _bug_report
from musicgen_desktop.ui.main_window._about import AboutDialog
from musicgen_desktop.ui.main_window._licences import ingredients


@pytest.fixture
def jobs(_dressed):
    made = JobsBridge()
    yield made
    made.close()


@pytest.fixture
def dialog(qtbot, jobs):
    made = AboutDialog(jobs)
    qtbot.addWidget(made)
    made.show()
    return made


def test_it_says_which_version_it_is(dialog):
    assert any(__version__ in label.text() for label in dialog.findChildren(QLabel))


def test_font_soundfont_and_libraries_have_their_licences():
    told = {each.name: each for each in ingredients()}

    assert "Open Font" in told["Inter"].licence
    assert told["FluidR3Mono GM"].licence == "MIT"
    assert "BSD" in told["numpy"].licence
    assert all(each.licence for each in told.values())


def test_they_are_all_listed(dialog):
    assert dialog.list.topLevelItemCount() == len(ingredients())


def test_logs_are_shown_where_they_lie(qtbot, dialog, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()) or True)
    qtbot.mouseClick(dialog.logs_button, Qt.MouseButton.LeftButton)
    assert "no logs" in dialog.notice.sentence

    user_log_folder().mkdir(parents=True)
    qtbot.mouseClick(dialog.logs_button, Qt.MouseButton.LeftButton)

    assert opened == [str(user_log_folder())]


def test_a_bug_report_is_made_beside_the_window(qtbot, dialog, tmp_path, monkeypatch):
    file = tmp_path / "report.zip"
    monkeypatch.setattr(_bug_report, "examine", lambda: Diagnosis(True, "a machine", {}, ()))  # noqa: FBT003
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_arguments: (str(file), ""))

    qtbot.mouseClick(dialog.bundle_button, Qt.MouseButton.LeftButton)
    assert not dialog.bundle_button.isEnabled()
    qtbot.waitUntil(dialog.bundle_button.isEnabled)

    assert str(file) in dialog.notice.sentence
    assert "doctor.json" in zipfile.ZipFile(file).namelist()


def test_a_report_that_cannot_be_written_is_told(qtbot, dialog, tmp_path, monkeypatch):
    monkeypatch.setattr(_bug_report, "examine", lambda: Diagnosis(True, "a machine", {}, ()))  # noqa: FBT003
    file = tmp_path / "nowhere" / "report.zip"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_arguments: (str(file), ""))

    qtbot.mouseClick(dialog.bundle_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(dialog.bundle_button.isEnabled)

    assert "report.zip" in dialog.notice.sentence or "nowhere" in dialog.notice.sentence


def test_everything_that_takes_the_focus_has_a_name(dialog):
    nameless = [
        each
        for each in dialog.findChildren(QWidget)
        if each.focusPolicy() != Qt.FocusPolicy.NoFocus
        and each.isVisibleTo(dialog)
        and not each.accessibleName()
    ]

    assert nameless == []
