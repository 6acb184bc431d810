"""Cards in rows, as many side by side as there is room for."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget


class CardGrid(QWidget):
    """All cards are equally wide, those of a row equally high.

    Args:
        narrowest: what a card needs, in pixels.
    """

    def __init__(self, narrowest: int, parent: QWidget | None = None, *, spacing: int = 8) -> None:
        super().__init__(parent)
        self._narrowest = narrowest
        self._cards: tuple[QWidget, ...] = ()
        self._across = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(spacing)

    def show_cards(self, cards: Sequence[QWidget]) -> None:
        """These, in this order; others are the caller's to hide."""
        if tuple(cards) != self._cards:
            self._cards = tuple(cards)
            self._place()

    def minimumSizeHint(self) -> QSize:
        """One card wide."""
        return QSize(self._narrowest, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, perhaps more or fewer in a row."""
        super().resizeEvent(event)
        if self._fitting() != self._across:
            self._place()

    def _fitting(self) -> int:
        spacing = self._grid.spacing()
        return max(1, (self.width() + spacing) // (self._narrowest + spacing))

    def _place(self) -> None:
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, 0)
        while self._grid.takeAt(0) is not None:
            pass
        self._across = self._fitting()
        for at, card in enumerate(self._cards):
            self._grid.addWidget(card, at // self._across, at % self._across)
        for column in range(self._across):
            self._grid.setColumnStretch(column, 1)
        self._grid.invalidate()
