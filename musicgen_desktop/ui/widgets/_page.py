"""A page that is read from top to bottom, and the labels on it."""

from typing import Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

LabelKind = Literal["", "soft", "faint", "title", "display", "heading", "bad"]


def text_label(
    text: str, parent: QWidget | None = None, *, kind: LabelKind = "", wrap: bool = False
) -> QLabel:
    """A label in one of the theme's kinds; a wrapped one takes the width it is given.

    Its text is shown as it is: names of strangers' files are no HTML.
    """
    made = QLabel(text, parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
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
        inner = _Inner()
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


class _Inner(QWidget):
    def minimumSizeHint(self) -> QSize:
        """Without a height where the width decides on it: Qt guesses it for the narrowest page."""
        layout = self.layout()
        if layout is None or not layout.hasHeightForWidth():
            return super().minimumSizeHint()
        return QSize(layout.minimumSize().width(), 0)


class Columns(QWidget):
    """Widgets side by side, all of one height; below each other when there is too little room.

    Args:
        narrowest: the width that each needs, in pixels.
    """

    def __init__(self, narrowest: int, parent: QWidget | None = None, *, spacing: int = 12) -> None:
        super().__init__(parent)
        self._narrowest = narrowest
        self._children: list[QWidget] = []
        self._is_stacked = False
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(spacing)

    def add(self, widget: QWidget) -> None:
        """One more."""
        self._children.append(widget)
        self._place()

    def minimumSizeHint(self) -> QSize:
        """As narrow as the widest of them, for they can be stacked."""
        widest = max((child.minimumSizeHint().width() for child in self._children), default=0)
        return QSize(widest, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, perhaps the other order."""
        super().resizeEvent(event)
        room = self._narrowest * len(self._children) + self._grid.spacing() * (len(self._children) - 1)
        if (self.width() < room) != self._is_stacked:
            self._is_stacked = not self._is_stacked
            self._place()

    def _place(self) -> None:
        for at, child in enumerate(self._children):
            self._grid.removeWidget(child)
            self._grid.addWidget(child, at if self._is_stacked else 0, 0 if self._is_stacked else at)
            self._grid.setColumnStretch(at, 1 if at == 0 or not self._is_stacked else 0)
