import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QFontMetricsF, QStyleHints
from PySide6.QtWidgets import QPushButton
from shiboken6 import delete

from musicgen_desktop.ui.theme import (
    DARK,
    FAMILY,
    LIGHT,
    TRACK_COLOURS,
    apply_theme,
    blend,
    contrast,
    dress,
    font,
    icon,
    icon_names,
    tokens,
    wear,
)
from tests.unit.ui.main_window._outlived import outlived

GROUNDS = ("ground", "raised", "sunken", "hover")
WRITTEN = ("text", "text_soft", "text_faint", "accent", "good", "warn", "bad")


def test_contrast_of_black_and_white_is_21_and_of_a_colour_with_itself_1():
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#5cc8ff", "#5cc8ff") == 1.0


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("written", WRITTEN)
def test_what_is_written_can_be_read_on_every_ground(theme, ground, written):
    assert contrast(getattr(theme, written), getattr(theme, ground)) >= 4.5


@pytest.mark.usefixtures("_dressed")
def test_a_theme_that_is_taken_off_leaves_nothing_of_its_style(qapp):
    before = outlived()

    for name in ("light", "dark", "light", "dark"):
        apply_theme(qapp, name)

    assert outlived() <= before


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_words_on_the_accent_can_be_read(theme):
    assert contrast(theme.accent_text, theme.accent) >= 4.5
    assert contrast(theme.accent_text, theme.accent_strong) >= 4.5


@pytest.mark.parametrize("track", TRACK_COLOURS)
def test_a_clips_name_can_be_read_on_its_colour(track):
    fill = blend(track, DARK.sunken, DARK.clip_fill).name()

    assert contrast(DARK.text, fill) >= 4.5


@pytest.mark.usefixtures("_dressed")
def test_the_bundled_font_is_there_and_its_moving_figures_are_equally_wide():
    metrics = QFontMetricsF(font(13, tabular=True))

    assert FAMILY in QFontDatabase.families()
    assert QFontInfo(QFont(font())).family() == FAMILY
    assert len({metrics.horizontalAdvance(figure) for figure in "0123456789"}) == 1


@pytest.mark.usefixtures("_dressed")
@pytest.mark.parametrize("name", icon_names())
def test_every_icon_can_be_drawn(name):
    assert not icon(name).pixmap(16, 16).isNull()


def test_an_unknown_theme_is_the_dark_one():
    try:
        assert wear("light") is LIGHT
        assert tokens() is LIGHT
    finally:
        assert wear("pink") is DARK


@pytest.mark.usefixtures("_dressed")
def test_an_icon_on_a_button_follows_the_theme_and_a_button_that_is_gone_is_no_trouble(qapp, qtbot):
    button, gone = QPushButton(), QPushButton()
    qtbot.addWidget(button)
    dress(button, "play")
    dress(gone, "record", "bad")
    dark = button.icon().pixmap(16, 16).toImage()
    delete(gone)

    try:
        apply_theme(qapp, "light")
        light = button.icon().pixmap(16, 16).toImage()
    finally:
        apply_theme(qapp, "dark")

    assert light != dark
    assert button.icon().pixmap(16, 16).toImage() == dark


@pytest.mark.parametrize(("scheme", "worn"), [(Qt.ColorScheme.Light, LIGHT), (Qt.ColorScheme.Dark, DARK)])
@pytest.mark.usefixtures("_dressed")
def test_the_systems_theme_is_what_the_desktop_wears(qapp, monkeypatch, scheme, worn):
    monkeypatch.setattr(QStyleHints, "colorScheme", lambda _hints: scheme)

    try:
        apply_theme(qapp, "system")
        assert tokens() is worn
    finally:
        apply_theme(qapp, "dark")
