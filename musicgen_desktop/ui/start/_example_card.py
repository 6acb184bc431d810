"""An example that one click composes: a picture of its stems, its name, its prompt."""

import msgspec
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from musicgen_desktop.ui.theme import TRACK_COLOURS, Sizes, blend, colour, font, tokens

_PICTURE_HEIGHT = 52
_PAD = 12
_GAP = 2
_COLUMNS = 16


class Example(msgspec.Struct, frozen=True):
    """What a card shows.

    Attributes:
        name: in two or three words.
        prompt: what is composed.
        lanes: for each stem its colour's number, and spans of the picture's sixteen columns that it fills.
    """

    name: str
    prompt: str
    lanes: tuple[tuple[int, tuple[tuple[int, int], ...]], ...]


class ExampleCard(QAbstractButton):
    """One example."""

    def __init__(self, example: Example, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(example.name)
        self.example = example
        self.setAccessibleName(self.tr("Compose: {prompt}").format(prompt=example.prompt))
        self.setToolTip(self.tr("Click to compose this"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        """Room for the picture, a name and three lines."""
        return QSize(240, _PICTURE_HEIGHT + 3 * _PAD + 66)

    def minimumSizeHint(self) -> QSize:
        """As narrow as its words can be read."""
        return QSize(150, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A card of clips with words below."""
        worn = tokens()
        is_under_mouse = self.underMouse()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        edge = worn.accent if self.hasFocus() else worn.line_strong if is_under_mouse else worn.line
        painter.setPen(QPen(colour(edge), Sizes.FOCUS if self.hasFocus() else 1))
        painter.setBrush(colour(worn.hover if is_under_mouse or self.isDown() else worn.raised))
        painter.drawRoundedRect(box, Sizes.RADIUS_PANEL, Sizes.RADIUS_PANEL)
        self._paint_stems(painter, QRectF(_PAD, _PAD, self.width() - 2.0 * _PAD, _PICTURE_HEIGHT))
        left, width = float(_PAD), self.width() - 2.0 * _PAD
        top = _PICTURE_HEIGHT + 2.0 * _PAD
        painter.setFont(font(Sizes.BODY, 600))
        painter.setPen(colour(worn.text))
        painter.drawText(QRectF(left, top, width, 18), Qt.AlignmentFlag.AlignLeft, self.example.name)
        painter.setFont(font(Sizes.SMALL))
        painter.setPen(colour(worn.text_soft))
        wrapped = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
        painter.drawText(QRectF(left, top + 21, width, 48), wrapped, self.example.prompt)

    def _paint_stems(self, painter: QPainter, box: QRectF) -> None:
        worn = tokens()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(worn.sunken))
        painter.drawRoundedRect(box, Sizes.RADIUS_CLIP, Sizes.RADIUS_CLIP)
        inner = box.adjusted(3, 3, -3, -3)
        height = inner.height() / len(self.example.lanes)
        step = inner.width() / _COLUMNS
        for row, (tint, spans) in enumerate(self.example.lanes):
            top = inner.top() + row * height
            for first, end in spans:
                clip = QRectF(
                    inner.left() + first * step + _GAP / 2.0,
                    top + _GAP / 2.0,
                    (end - first) * step - _GAP,
                    height - _GAP,
                )
                painter.setBrush(blend(TRACK_COLOURS[tint], worn.sunken, 0.55))
                painter.drawRoundedRect(clip, 2, 2)
                painter.setBrush(colour(TRACK_COLOURS[tint]))
                painter.drawRect(QRectF(clip.left(), clip.top(), clip.width(), 1.5))
