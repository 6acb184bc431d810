"""A text that is longer than its place."""

import pytest
from PySide6.QtCore import Qt

from musicgen_desktop.ui.widgets import ElidedLabel

LONG = "A name <b>of many</b> words " * 8


@pytest.fixture
def label(qtbot):
    made = ElidedLabel()
    qtbot.addWidget(made)
    made.resize(120, 20)
    made.show()
    return made


def test_what_does_not_fit_is_cut_and_stands_in_the_tooltip(label):
    label.show_text(LONG)
    cut, tooltip = label.text(), label.toolTip()
    label.resize(10_000, 20)

    assert cut.endswith("…")
    assert "&lt;b&gt;of many" in tooltip
    assert (label.text(), label.whole) == (LONG.strip(), LONG)


def test_a_text_that_fits_has_no_tooltip_but_what_says_more(label):
    label.show_text("Short")
    assert (label.text(), label.toolTip()) == ("Short", "")

    label.show_text("2 files", "a.wav, b.wav")
    label.resize(200, 20)

    assert "a.wav, b.wav" in label.toolTip()
    assert label.accessibleDescription() == "a.wav, b.wav"


def test_it_may_be_cut_in_the_middle(qtbot):
    label = ElidedLabel(None, Qt.TextElideMode.ElideMiddle)
    qtbot.addWidget(label)
    label.resize(120, 20)

    label.show_text("take_0001_of_a_long_recording_session_in_the_evening.wav")

    assert label.text().startswith("take")
    assert label.text().endswith(".wav")


def test_it_is_named_by_its_text_unless_it_has_a_name(label):
    label.show_text(LONG)
    assert label.accessibleName() == LONG

    label.setAccessibleName("Track")
    label.show_text("Track")
    label.show_text("Bass")

    assert (label.accessibleName(), label.accessibleDescription()) == ("Track", "Bass")
