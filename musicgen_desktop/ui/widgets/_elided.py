"""A label of one line that ends in “…” where there is no room."""

from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


class ElidedLabel(QLabel):
    """Never wider than its place; the whole text is the tooltip when it was cut.

    Args:
        parent: of the label.
        elide: where it is cut.
    """

    def __init__(
        self, parent: QWidget | None = None, elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight
    ) -> None:
        super().__init__(parent)
        self._whole = self._more = self._own_name = ""
        self._elide = elide
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    @property
    def whole(self) -> str:
        """The text as it was given."""
        return self._whole

    def show_text(self, text: str, more: str = "") -> None:
        """Another text. It names the label too, and describes one that has a name of its own.

        Args:
            text: to be shown, as far as there is room.
            more: the tooltip, where that says more than the text.
        """
        if (text, more) == (self._whole, self._more):
            return
        if self.accessibleName() == self._own_name:
            self._own_name = text
            self.setAccessibleName(text)
            self.setAccessibleDescription(more)
        else:
            self.setAccessibleDescription(more or text)
        self._whole, self._more = text, more
        self._cut()

    def minimumSizeHint(self) -> QSize:
        """May shrink to nothing."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut anew."""
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        line = " ".join(self._whole.split())
        shown = self.fontMetrics().elidedText(line, self._elide, self.width())
        self.setText(shown)
        # Only rich text is wrapped there: a plain one would be wider than the screen.
        tip = self._more or (self._whole if shown != self._whole else "")
        self.setToolTip(f"<qt>{escape(tip)}</qt>" if tip else "")
