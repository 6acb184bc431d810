"""Bars, chords and the loop above the notes. A click moves the play head."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from musicgen_desktop.ui.theme import Sizes, blend, colour, font, tokens

from ._backdrop import Backdrop, backdrop_of
from ._view_model import RollModel
from ._wheel import turn_wheel

_BARS_PX, _CHORDS_PX = 22, 16
_NUMBER_PX = 34


class RulerView(QWidget):
    """The song's bars; below them its chords, where there are any."""

    menu_wanted = Signal(QPoint)
    """Where on the screen."""

    def __init__(self, model: RollModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("Bars"))
        self.setToolTip(self.tr("Click to move the play head"))
        model.view_changed.connect(self._on_clip)
        model.clip_changed.connect(self._on_clip)
        model.options_changed.connect(self._on_clip)
        self._on_clip()

    def sizeHint(self) -> QSize:
        """One line, or two with chords."""
        return QSize(200, _BARS_PX + (_CHORDS_PX if self._has_chords else 0))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Move the play head there."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._locate(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """And on with the drag."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._locate(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Loops."""
        self.menu_wanted.emit(event.globalPos())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom and scroll as over the notes; a plain wheel zooms time."""
        if event.modifiers() == Qt.KeyboardModifier.NoModifier:
            factor = 1.2 ** (event.angleDelta().y() / 120.0)
            self._model.show(self._model.geometry.zoomed_time(factor, event.position().x()))
            event.accept()
        else:
            turn_wheel(self._model, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Loop, bar numbers, chords, play head."""
        worn, model, geometry = tokens(), self._model, self._model.geometry
        painter = QPainter(self)
        painter.fillRect(event.rect(), colour(worn.ground))
        if model.clip is None:
            return
        picture = backdrop_of(model, -120.0)
        self._paint_bands(painter, picture)
        painter.setPen(QPen(colour(worn.line_strong), 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.setFont(font(Sizes.TINY, 500, tabular=True))
        every = _numbered_every(picture)
        for tick, bar in picture.bars:
            x = int(geometry.x_of(tick))
            painter.setPen(QPen(colour(worn.line_strong), 1))
            painter.drawLine(x, 3, x, _BARS_PX - 1)
            if (bar - 1) % every == 0:
                painter.setPen(colour(worn.text_soft))
                painter.drawText(QRect(x + 4, 0, 60, _BARS_PX), Qt.AlignmentFlag.AlignVCenter, str(bar))
        painter.setPen(QPen(colour(worn.line), 1))
        for tick in picture.beats:
            x = int(geometry.x_of(tick))
            painter.drawLine(x, _BARS_PX - 6, x, _BARS_PX - 1)
        if self._has_chords:
            self._paint_chords(painter, picture)
        head = model.play_tick
        if head is not None:
            x = round(geometry.x_of(head))
            painter.fillRect(QRect(x, 0, 1, self.height()), colour(worn.accent))
            painter.fillRect(QRect(x - 3, 0, 7, 4), colour(worn.accent))
        painter.end()

    @property
    def _has_chords(self) -> bool:
        model = self._model
        return model.shows_scale and not model.geometry.rows.is_drum_map and bool(model.project.chords)

    def _paint_bands(self, painter: QPainter, picture: Backdrop) -> None:
        """The clip's length as a bright band, the loop as one in the accent colour."""
        worn, geometry = tokens(), picture.geometry
        start, end = (int(geometry.x_of(tick)) for tick in picture.clip)
        painter.fillRect(QRect(start, 0, max(1, end - start), _BARS_PX), colour(worn.raised))
        if picture.loop is not None:
            left, right = (int(geometry.x_of(tick)) for tick in picture.loop)
            painter.fillRect(QRect(left, 0, max(1, right - left), 4), colour(worn.accent, 0.65))

    def _paint_chords(self, painter: QPainter, picture: Backdrop) -> None:
        worn, geometry = tokens(), picture.geometry
        painter.setFont(font(Sizes.TINY, 500))
        for span in picture.chords:
            left, right = int(geometry.x_of(span.start)), int(geometry.x_of(span.end))
            box = QRect(left, _BARS_PX, max(2, right - left - 1), _CHORDS_PX - 1)
            painter.fillRect(box, blend(worn.accent, worn.ground, 0.12))
            # The name stays in sight while the chord does.
            text = QRect(max(left, 0) + 4, _BARS_PX, right - max(left, 0) - 6, _CHORDS_PX - 1)
            if text.width() > 12:
                painter.setPen(colour(worn.text_soft))
                name = painter.fontMetrics().elidedText(
                    span.symbol, Qt.TextElideMode.ElideRight, text.width()
                )
                painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, name)

    def _locate(self, event: QMouseEvent) -> None:
        geometry = self._model.geometry
        tick = self._model.bridges.snap.snapped(
            geometry.tick_at(event.position().x()),
            geometry.px_per_tick,
            self._model.project.meter_map,
            bypass=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier),
        )
        self._model.bridges.player.locate(tick)

    def _on_clip(self) -> None:
        self.updateGeometry()
        self.update()


def _numbered_every(picture: Backdrop) -> int:
    """Every first, second, fourth, … bar has room for its number."""
    bars = picture.bars
    if len(bars) < 2:
        return 1
    apart = (bars[1][0] - bars[0][0]) * picture.geometry.px_per_tick / (bars[1][1] - bars[0][1])
    every = 1
    while apart * every < _NUMBER_PX:
        every *= 2
    return every
