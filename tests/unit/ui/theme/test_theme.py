import pytest
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QFontMetricsF

from musicgen_desktop.ui.theme import (
    DARK,
    FAMILY,
    LIGHT,
    TRACK_COLOURS,
    blend,
    contrast,
    font,
    icon,
    icon_names,
    tokens,
    wear,
)

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
def test_an_icon_that_is_there_already_follows_the_theme():
    shown = icon("play")
    dark = shown.pixmap(16, 16).toImage()

    try:
        wear("light")
        light = shown.pixmap(16, 16).toImage()
    finally:
        wear("dark")

    assert dark != light
    assert shown.pixmap(16, 16).toImage() == dark


@pytest.mark.usefixtures("_dressed")
def test_an_icon_with_a_colour_of_its_own_keeps_it():
    red = icon("record", "#ff0000").pixmap(16, 16).toImage()

    assert red.pixelColor(8, 8).name() == "#ff0000"
