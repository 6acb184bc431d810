"""A page that is read from top to bottom, and the labels on it."""

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

LabelKind = Literal["", "soft", "faint", "title", "display", "heading"]


def text_label(
    text: str, parent: QWidget | None = None, *, kind: LabelKind = "", wrap: bool = False
) -> QLabel:
    """A label in one of the theme's kinds; a wrapped one takes the width it is given."""
    made = QLabel(text, parent)
    if kind:
        made.setProperty("kind", kind)
    if wrap:
        made.setWordWrap(True)
        made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    return made


class ScrollPage(QScrollArea):
    """A column in the middle, not wider than is good to read. What does not fit is scrolled to.

    Args:
        name: what a screen reader calls the page.
        widest: pixels.
        margin: pixels round the column.
    """

    def __init__(
        self, name: str, parent: QWidget | None = None, *, widest: int = 760, margin: int = 24
    ) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(
            Qt.FocusPolicy.NoFocus
        )  # what can be used on it has the focus, and is scrolled to
        self.setAccessibleName(name)
        inner = QWidget()
        row = QHBoxLayout(inner)
        row.setContentsMargins(margin, margin, margin, margin)
        page = QWidget(inner)
        page.setMaximumWidth(widest)
        row.addStretch(1)
        row.addWidget(page, 1000)
        row.addStretch(1)
        self.column = QVBoxLayout(page)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)
        self.setWidget(inner)
