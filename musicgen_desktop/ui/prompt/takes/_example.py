"""An example of a prompt that one click composes."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from musicgen_desktop.ui.theme import Sizes, colour, font, icon, tokens
from musicgen_desktop.ui.widgets import TextButton

_HEIGHT = 46


class ExampleButton(TextButton):
    """Two lines of a prompt, and a sign that a click composes it."""

    def __init__(self, prompt: str, parent: QWidget | None = None) -> None:
        super().__init__("", parent, kind="example", tip=self.tr("Compose this"))
        self.prompt = prompt
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Compose: {prompt}").format(prompt=prompt))

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(240, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The button and its words."""
        super().paintEvent(event)
        worn = tokens()
        painter = QPainter(self)
        bright = self.underMouse() or self.hasFocus()
        icon("compose", worn.accent if bright else worn.text_faint).paint(
            painter, QRect(10, (self.height() - 16) // 2, 16, 16)
        )
        painter.setFont(font(Sizes.SMALL))
        painter.setPen(colour(worn.text if bright else worn.text_soft))
        words = QRect(34, 4, self.width() - 44, self.height() - 8)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap, self.prompt)
