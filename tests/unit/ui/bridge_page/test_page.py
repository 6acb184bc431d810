import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from musicgen_desktop.ui.bridge_page import BridgePage


@pytest.fixture
def sent(bridges):
    """How often “Send to DAW” was asked for."""
    calls = []
    bridges.actions.add("file.send", "File", "Send", lambda: calls.append(1), shortcuts=["Ctrl+Shift+E"])
    return calls


@pytest.fixture
def page(qtbot, bridges, sent, tmp_path):
    assert sent == []
    assert bridges.project.save_as(tmp_path / "Song.mgproj")
    made = BridgePage(bridges)
    qtbot.addWidget(made)
    made.resize(1280, 320)
    made.show()
    return made


def test_each_way_is_explained_with_its_keys(page):
    told = " ".join(label.text() for label in page.findChildren(QLabel))

    assert "Ctrl and drag: MIDI" in told
    assert "Shortcut: Ctrl+Shift+E" in told
    assert "sheet of rights" in told


def test_its_button_opens_the_dialog(qtbot, page, sent):
    qtbot.mouseClick(page.send, Qt.MouseButton.LeftButton)

    assert sent == [1]


def test_the_way_back_opens_where_it_is_set(qtbot, bridges):
    asked = []
    bridges.actions.add("file.exchange", "View", "Exchange folder…", lambda: asked.append(1))
    page = BridgePage(bridges)
    qtbot.addWidget(page)

    qtbot.mouseClick(page.exchange, Qt.MouseButton.LeftButton)

    assert asked == [1]


def test_the_exports_folder_is_shown_once_it_is_there(qtbot, page, bridges, tmp_path, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()) or True)
    assert not page.show_folder.isEnabled()
    assert "first file" in page.place.text()

    (tmp_path / "Song.mgproj" / "exports").mkdir()
    bridges.project.saved_changed.emit()
    qtbot.mouseClick(page.show_folder, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.copy, Qt.MouseButton.LeftButton)

    assert opened == [str(tmp_path / "Song.mgproj" / "exports")]
    assert QApplication.clipboard().text() == opened[0]
    assert page.place.text() == opened[0]


def test_a_window_without_the_dialog_promises_none(qtbot, bridges):
    page = BridgePage(bridges)
    qtbot.addWidget(page)

    assert not page.send.isEnabled()


def test_the_pictures_are_painted(page):
    picture = page.grab().toImage()

    colours = {picture.pixel(x, y) for x in range(30, 240, 3) for y in range(30, 80, 3)}
    assert len(colours) > 4


def test_everything_that_takes_the_focus_has_a_name(page):
    nameless = [
        each
        for each in page.findChildren(QWidget)
        if each.focusPolicy() != Qt.FocusPolicy.NoFocus
        and each.isVisibleTo(page)
        and not each.accessibleName()
    ]

    assert nameless == []
