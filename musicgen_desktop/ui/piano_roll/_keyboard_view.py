"""The keys, or the names of the drums, left of the notes. A click sounds one."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from musicgen_desktop.music import BLACK_KEYS
from musicgen_desktop.ui.theme import DARK, Sizes, blend, colour, font, tokens

from ._audition import Audition
from ._view_model import RollModel
from ._wheel import turn_wheel

KEYBOARD_PX, DRUMS_PX = 56, 132
_BLACK_SHARE = 0.6
# A piano is black and white in every theme.
_IVORY, _EBONY, _SEAM, _INK, _CHALK = DARK.text, DARK.hover, DARK.text_soft, DARK.ground, DARK.text


class KeyboardView(QWidget):
    """Keys with the names of the Cs, or of every key where there is room for them."""

    def __init__(self, model: RollModel, audition: Audition, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model, self._audition = model, audition
        self._held: int | None = None
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(40)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("Keyboard"))
        self.setToolTip(self.tr("Click to hear the sound; double-click to select its notes"))
        model.view_changed.connect(self._on_view)
        model.clip_changed.connect(self.update)
        model.hover_changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Wider for the names of drums."""
        return QSize(DRUMS_PX if self._model.geometry.rows.is_drum_map else KEYBOARD_PX, 100)

    def rect_of(self, pitch: int) -> QRect:
        """The row of a key."""
        y = self._model.geometry.y_of_pitch(pitch)
        return QRect() if y is None else QRect(0, int(y), self.width(), self._model.geometry.row_px)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Strike the key."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._strike(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Glide over the keys while the button is down."""
        self._model.hover(self._model.geometry.pitch_at(event.position().y()))
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._strike(event)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let it go."""
        self._held = None
        self._audition.end()
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select all notes of this pitch."""
        pitch = self._model.geometry.pitch_at(event.position().y())
        arrays = self._model.arrays
        self._model.select(
            arrays.at(arrays.pitches == pitch),
            add=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier),
        )

    def leaveEvent(self, _event: object) -> None:
        """No key is meant."""
        self._model.hover(-1)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """As over the notes."""
        turn_wheel(self._model, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Keys or drums."""
        painter = QPainter(self)
        if self._model.geometry.rows.is_drum_map:
            self._paint_drums(painter)
        else:
            self._paint_keys(painter)
        painter.setPen(QPen(colour(tokens().line_strong), 1))
        painter.drawLine(self.width() - 1, 0, self.width() - 1, self.height())
        painter.end()

    def _paint_keys(self, painter: QPainter) -> None:
        worn, geometry = tokens(), self._model.geometry
        ivory, ebony = colour(_IVORY), colour(_EBONY)
        painter.fillRect(self.rect(), ivory)
        size, black = geometry.row_px, int(self.width() * _BLACK_SHARE)
        painter.setFont(font(Sizes.TINY, 500))
        for row in geometry.visible_rows():
            pitch, y = geometry.rows.pitches[row], int(geometry.y_of_row(row))
            is_black = pitch % 12 in BLACK_KEYS
            if is_black:
                painter.fillRect(QRect(0, y, black, size), ebony)
                # The seam of the white keys runs on behind a black one.
                painter.setPen(QPen(colour(_SEAM), 1))
                painter.drawLine(black, y + size // 2, self.width(), y + size // 2)
            elif pitch % 12 in (0, 5):
                painter.setPen(QPen(colour(_SEAM), 1))
                painter.drawLine(0, y + size - 1, self.width(), y + size - 1)
            lit = (
                colour(worn.accent)
                if pitch == self._held
                else blend(worn.accent, _EBONY if is_black else _IVORY, 0.45)
            )
            if pitch in (self._model.hovered, self._held):
                width = black if is_black else self.width()
                painter.fillRect(QRect(0, y, width, size), lit)
            if pitch % 12 == 0 or (size >= 9 and pitch in (self._model.hovered, self._held)):
                painter.setPen(colour(_CHALK if is_black else _INK))
                side = Qt.AlignmentFlag.AlignLeft if is_black else Qt.AlignmentFlag.AlignRight
                painter.drawText(
                    QRect(5, y - 4, self.width() - 10, size + 8),
                    Qt.AlignmentFlag.AlignVCenter | side,
                    geometry.rows.names[row],
                )

    def _paint_drums(self, painter: QPainter) -> None:
        worn, geometry = tokens(), self._model.geometry
        painter.fillRect(self.rect(), colour(worn.raised))
        painter.setFont(font(Sizes.TINY, 500))
        played = {int(pitch) for pitch in self._model.arrays.pitches}
        size = geometry.row_px
        for row in geometry.visible_rows():
            pitch, y = geometry.rows.pitches[row], int(geometry.y_of_row(row))
            if pitch in (self._model.hovered, self._held):
                share = 0.5 if pitch == self._held else 0.22
                painter.fillRect(QRect(0, y, self.width(), size), blend(worn.accent, worn.raised, share))
            painter.setPen(QPen(colour(worn.line), 1))
            painter.drawLine(0, y + size - 1, self.width(), y + size - 1)
            if size < 12 and pitch not in played:
                continue
            painter.setPen(colour(worn.text if pitch in played else worn.text_faint))
            box = QRect(8, y - 3, self.width() - 14, size + 6)
            name = painter.fontMetrics().elidedText(
                geometry.rows.names[row], Qt.TextElideMode.ElideRight, box.width()
            )
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)

    def _strike(self, event: QMouseEvent) -> None:
        pitch = self._model.geometry.pitch_at(event.position().y())
        if pitch != self._held:
            self._held = pitch
            self._audition.strike(pitch, self._model.last_velocity)
            self.update()

    def _on_view(self) -> None:
        self.updateGeometry()
        self.update()
