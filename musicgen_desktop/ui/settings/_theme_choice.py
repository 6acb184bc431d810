"""A theme to choose by its picture."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from musicgen_desktop.ui.theme import DARK, LIGHT, TRACK_COLOURS, Sizes, Tokens, blend, colour, font, tokens

_PICTURE = 68.0
_WORDS = 26.0


class ThemeChoice(QAbstractButton):
    """A small window in the theme's colours; the chosen one has a ring and a tick.

    The one that goes with the system is half dark and half light.
    """

    def __init__(self, value: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.value = value
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        """A picture, and its name below."""
        return QSize(104, round(_PICTURE + _WORDS))

    def minimumSizeHint(self) -> QSize:
        """It does not shrink."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The window, the ring, the name."""
        worn = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(1.5, 1.5, self.width() - 3.0, _PICTURE - 3.0)
        inner = box.adjusted(3, 3, -3, -3)
        if self.value == "system":
            painter.setClipRect(QRectF(0, 0, self.width() / 2.0, _PICTURE))
            _paint_window(painter, inner, DARK)
            painter.setClipRect(QRectF(self.width() / 2.0, 0, self.width() / 2.0, _PICTURE))
            _paint_window(painter, inner, LIGHT)
            painter.setClipping(False)
        else:
            _paint_window(painter, inner, LIGHT if self.value == "light" else DARK)
        edge = worn.accent if self.isChecked() else worn.text_faint if self.underMouse() else worn.line
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour(edge), 2.0 if self.isChecked() else 1.0))
        painter.drawRoundedRect(box, Sizes.RADIUS_PANEL, Sizes.RADIUS_PANEL)
        words = QRectF(0, _PICTURE, self.width(), _WORDS - 2.0)
        if self.hasFocus():
            painter.setPen(QPen(colour(worn.accent), Sizes.FOCUS))
            painter.drawRoundedRect(words.adjusted(2, 2, -2, -1), Sizes.RADIUS, Sizes.RADIUS)
        painter.setFont(font(Sizes.SMALL, 600 if self.isChecked() else 400))
        painter.setPen(colour(worn.text if self.isChecked() else worn.text_soft))
        text = f"✓ {self.text()}" if self.isChecked() else self.text()
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, text)


def _paint_window(painter: QPainter, box: QRectF, theme: Tokens) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(theme.ground))
    painter.drawRoundedRect(box, Sizes.RADIUS, Sizes.RADIUS)
    painter.setBrush(colour(theme.raised))
    painter.drawRoundedRect(QRectF(box.left(), box.top(), box.width(), 11), Sizes.RADIUS, Sizes.RADIUS)
    painter.setBrush(colour(theme.accent))
    painter.drawEllipse(QRectF(box.left() + 5, box.top() + 3, 5, 5))
    painter.setBrush(colour(theme.text_soft))
    painter.drawRect(QRectF(box.left() + 15, box.top() + 5, 18, 2))
    lanes = ((0, 0.0, 0.62), (3, 0.18, 0.74), (6, 0.0, 0.45), (8, 0.5, 0.4))
    height = (box.height() - 17.0) / len(lanes)
    for row, (tint, start, length) in enumerate(lanes):
        clip = QRectF(
            box.left() + 5 + start * (box.width() - 10),
            box.top() + 14 + row * height,
            length * (box.width() - 10),
            height - 2.0,
        )
        painter.setBrush(blend(TRACK_COLOURS[tint], theme.sunken, 0.6))
        painter.drawRoundedRect(clip, 1.5, 1.5)
