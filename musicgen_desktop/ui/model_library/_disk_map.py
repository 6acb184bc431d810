"""A picture of the disk: which model takes how much."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from musicgen_desktop.session.controllers.models import size_text
from musicgen_desktop.ui.theme import TRACK_COLOURS, Sizes, blend, colour, font, tokens

from ._disk_map_geometry import DiskPart, spans

_HEIGHT_PX, _PAD_PX, _RADIUS = 34, 8, 3
_FILL = 0.34


class DiskMap(QWidget):
    """One bar, a part for each model and download; arrow keys go from part to part."""

    part_chosen = Signal(str)
    """The model of the part that was clicked, or of the one with the focus when Return was pressed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: tuple[DiskPart, ...] = ()
        self._at = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMouseTracking(True)

    def sizeHint(self) -> QSize:
        """Low and wide."""
        return QSize(320, _HEIGHT_PX)

    def show_parts(self, parts: Sequence[DiskPart]) -> None:
        """What takes room; the map hides itself when nothing does."""
        self._parts = tuple(parts)
        self._at = min(self._at, max(0, len(parts) - 1))
        listed = ", ".join(self._words(part) for part in self._parts)
        self.setAccessibleName(self.tr("Disk map: {parts}").format(parts=listed))
        self.setVisible(bool(self._parts))
        self.update()

    def rect_of(self, at: int) -> QRectF:
        """Where a part lies."""
        left, width = spans([part.size for part in self._parts], self.width())[at]
        return QRectF(left, 1.0, width, self.height() - 2.0)

    def hit(self, place: QPoint) -> int | None:
        """The part that lies there."""
        for at in range(len(self._parts)):
            if self.rect_of(at).contains(place):
                return at
        return None

    def event(self, event: QEvent) -> bool:
        """The tooltip is that of the part under the mouse."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = self.hit(event.pos())
            QToolTip.showText(event.globalPos(), "" if at is None else self._words(self._parts[at]), self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a part."""
        at = self.hit(event.position().toPoint())
        if at is not None and event.button() == Qt.MouseButton.LeftButton:
            self._at = at
            self.update()
            self.part_chosen.emit(self._parts[at].model)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go along, Return chooses."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if (step := steps.get(Qt.Key(event.key()))) is not None and self._parts:
            self._at = min(len(self._parts) - 1, max(0, self._at + step))
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._parts:
            self.part_chosen.emit(self._parts[self._at].model)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the parts."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for at, part in enumerate(self._parts):
            self._paint(painter, self.rect_of(at), part, TRACK_COLOURS[(5 * at + 5) % len(TRACK_COLOURS)])
            if self.hasFocus() and at == self._at:
                painter.setPen(QPen(colour(tokens().accent), 2.0))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(self.rect_of(at).adjusted(1, 1, -1, -1), _RADIUS, _RADIUS)

    def _paint(self, painter: QPainter, rect: QRectF, part: DiskPart, tint: str) -> None:
        worn = tokens()
        painter.setPen(QPen(colour(worn.bad if part.is_broken else tint), 1.0))
        painter.setBrush(blend(tint, worn.sunken, _FILL))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        if part.is_download:  # hatched: it is not a model yet
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QBrush(colour(worn.text, 0.3), Qt.BrushStyle.BDiagPattern))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        inner = rect.adjusted(_PAD_PX, 0, -_PAD_PX, 0)
        words = self._words(part)
        face = font(Sizes.SMALL)
        metrics = QFontMetricsF(face)
        if inner.width() < metrics.horizontalAdvance("MMM"):
            return
        painter.setFont(face)
        painter.setPen(colour(worn.text))
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def _words(self, part: DiskPart) -> str:
        size = size_text(part.size)
        if part.is_download:
            return self.tr("{name}, downloaded: {size}").format(name=part.name, size=size)
        if part.is_broken:
            return self.tr("{name}, broken: {size}").format(name=part.name, size=size)
        return self.tr("{name}: {size}").format(name=part.name, size=size)
