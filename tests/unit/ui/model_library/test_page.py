import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QWidget

from musicgen_desktop.foundation import user_data_folder
from musicgen_desktop.session.controllers.catalogue import EngineEntry, SoundFontEntry
from musicgen_desktop.ui.model_library import ModelLibraryPage
from musicgen_desktop.ui.model_library._engines_card import EnginesCard


@pytest.fixture
def page(qtbot, _dressed):
    made = ModelLibraryPage()
    qtbot.addWidget(made)
    made.resize(1280, 320)
    made.show()
    yield made
    made.end()


def words(widget):
    return " ".join(label.text() for label in widget.findChildren(QLabel))


def test_composer_is_installed_and_its_licence_is_told_in_words(page):
    told = words(page.engines)

    assert "Composer" in told
    assert "Installed" in told
    assert "may be sold" in told
    assert "drums" in told


def test_it_says_that_no_neural_model_is_here_and_nothing_is_downloaded(page):
    assert "No neural model is installed" in words(page.engines)
    assert "Nothing is downloaded unless you ask" in words(page.engines)


@pytest.mark.usefixtures("_dressed")
def test_an_engine_of_another_package_is_listed_too(qtbot):
    other = EngineEntry("other", "Other", "Makes noise.", "Ask its author.", None, needs_download=True)
    card = EnginesCard([other])
    qtbot.addWidget(card)

    assert "Needs a download" in words(card)
    assert "No neural model" not in words(card)
    assert "sold" not in words(card)


def test_every_style_is_listed_with_its_tempo(page):
    names = {
        page.styles.list.topLevelItem(row).text(0) for row in range(page.styles.list.topLevelItemCount())
    }

    assert {"Ambient", "Techno"} <= names
    assert "BPM" in page.styles.list.topLevelItem(0).text(1)
    assert page.styles.notice.sentence == ""


def test_a_broken_style_of_ones_own_has_a_sentence_until_it_is_mended(qtbot, page):
    file = user_data_folder() / "styles" / "mine.toml"
    file.parent.mkdir(parents=True)
    file.write_text("oops = [")

    qtbot.mouseClick(page.styles.again_button, Qt.MouseButton.LeftButton)
    assert "mine.toml" in page.styles.notice.sentence

    file.unlink()
    qtbot.mouseClick(page.styles.again_button, Qt.MouseButton.LeftButton)
    assert page.styles.notice.sentence == ""


def test_the_styles_folder_is_made_and_shown(qtbot, page, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()) or True)

    qtbot.mouseClick(page.styles.folder_button, Qt.MouseButton.LeftButton)

    assert opened == [str(user_data_folder() / "styles")]
    assert (user_data_folder() / "styles").is_dir()


def test_the_soundfont_in_use_is_named_with_its_rights(page, tmp_path):
    for font, name, says in (
        (SoundFontEntry(tmp_path / "ours.sf3", is_shipped=True), "FluidR3 Mono", "MIT"),
        (SoundFontEntry(tmp_path / "Grand.sf2"), "Grand.sf2", "licence decides"),
        (SoundFontEntry(), "Built-in synthesizer", "not installed"),
    ):
        page.soundfont.show_font(font)

        assert page.soundfont.name.text() == name
        assert says in page.soundfont.rights.text()
        assert page.soundfont.notice.sentence == ""

    page.soundfont.show_font(SoundFontEntry(problem="It is not there."))
    assert page.soundfont.notice.sentence == "It is not there."


def test_another_soundfont_is_asked_of_the_settings(qtbot, page):
    with qtbot.waitSignal(page.settings_requested):
        qtbot.mouseClick(page.soundfont.choose, Qt.MouseButton.LeftButton)


def test_cards_stand_below_each_other_where_it_is_narrow(qtbot, page):
    assert page.styles.y() == page.soundfont.y()

    page.resize(420, 400)
    qtbot.waitUntil(lambda: page.soundfont.y() > page.styles.y())

    assert page.verticalScrollBar().maximum() > 0


def test_everything_that_takes_the_focus_has_a_name(page):
    nameless = [
        each
        for each in page.findChildren(QWidget)
        if each.focusPolicy() != Qt.FocusPolicy.NoFocus
        and each.isVisibleTo(page)
        and not each.accessibleName()
    ]

    assert nameless == []
