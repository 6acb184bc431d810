import pytest
from PySide6.QtCore import QRect, QSize

from musicgen_desktop.ui.main_window._window import _first_size


@pytest.mark.parametrize(
    ("screen", "size"),
    [
        (QRect(0, 0, 2560, 1400), QSize(1600, 900)),
        (QRect(0, 0, 1600, 900), QSize(1584, 852)),
        (QRect(0, 0, 1280, 720), QSize(1264, 672)),
    ],
)
def test_the_whole_window_can_be_seen_at_first_its_frame_included(screen, size):
    assert _first_size(screen) == size


def test_compose_is_seen_whole_at_1280_by_720_below_what_was_understood(open_window, song_folder):
    opened = open_window(song_folder)
    opened.window.show_work()
    opened.compose("dusty lo-fi, 82 bpm, F minor, 16 bars, mellow keys")
    panel = opened.panels.prompt

    button = panel.compose_button
    bottom = button.mapTo(panel.viewport(), button.rect().bottomLeft()).y()
    assert opened.window.height() == 720
    assert len(panel.understood.items) == 7
    assert panel.from_project.isVisible()
    assert bottom < panel.viewport().height()
