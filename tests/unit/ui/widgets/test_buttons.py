"""Buttons with an icon or with words."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QWidget

from musicgen_desktop.ui.widgets import IconButton, TextButton


@pytest.mark.usefixtures("_dressed")
def test_a_row_that_is_too_narrow_does_not_squeeze_icons_away(qtbot):
    row = QWidget()
    qtbot.addWidget(row)
    layout = QHBoxLayout(row)
    buttons = [IconButton("play", "Play", row) for _ in range(8)]
    for each in buttons:
        layout.addWidget(each)

    row.setFixedWidth(60)
    row.show()

    assert all(each.width() >= each.iconSize().width() for each in buttons)


@pytest.mark.usefixtures("_dressed")
@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
@pytest.mark.parametrize("make", [lambda: IconButton("play", "Play"), lambda: TextButton("Play")])
def test_return_presses_a_button(qtbot, make, key):
    button = make()
    qtbot.addWidget(button)
    pressed = []
    button.clicked.connect(lambda: pressed.append(True))

    QTest.keyClick(button, key)

    assert pressed == [True]
