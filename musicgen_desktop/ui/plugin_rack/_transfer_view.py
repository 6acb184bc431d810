"""The compressor's transfer curve, with the threshold to be dragged."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from musicgen_desktop.foundation import new_id

from ._curve_painter import TransferPicture, paint_transfer
from ._curves import compressor_db
from ._view_model import EffectViewModel

_LOWEST_DB = -60.0


class TransferView(QWidget):
    """Left and right drag the threshold, the wheel changes the ratio."""

    def __init__(self, model: EffectViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._drag: tuple[object, str] | None = None
        self.setMinimumSize(140, 110)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.setAccessibleName(self.tr("Compressor curve"))
        model.changed.connect(self.update)

    @property
    def box(self) -> QRectF:
        """The square of the curve: −60 to 0 dBFS both ways."""
        return QRectF(6.0, 6.0, self.width() - 12.0, self.height() - 24.0)

    def x_of(self, level_db: float) -> float:
        """Where a level that goes in lies."""
        return self.box.left() + (1.0 - level_db / _LOWEST_DB) * self.box.width()

    def y_of(self, level_db: float) -> float:
        """Where a level that comes out lies."""
        return self.box.bottom() - (1.0 - level_db / _LOWEST_DB) * self.box.height()

    def sizeHint(self) -> QSize:
        """About square."""
        return QSize(190, 180)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The threshold goes to the mouse."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._drag = (self._model.hold(), new_id("drag"))
            self.mouseMoveEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The threshold follows."""
        if self._drag is not None:
            share = (event.position().x() - self.box.left()) / max(1.0, self.box.width())
            level_db = round(_LOWEST_DB * (1.0 - min(1.0, max(0.0, share))), 1)
            self._model.turn({"threshold_db": level_db}, self._drag[1])

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """One step."""
        if self._drag is not None:
            self._drag = None
            self._model.let_go()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The ratio."""
        turn = event.angleDelta().y() or event.angleDelta().x()
        self._change_ratio(turn / 120.0)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right move the threshold, Up and Down change the ratio, Esc takes a drag back."""
        key = event.key()
        if key == Qt.Key.Key_Escape and self._drag is not None:
            held, self._drag = self._drag[0], None
            self._model.take_back(held)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            level_db = self._model.values["threshold_db"] + (0.5 if key == Qt.Key.Key_Right else -0.5)
            self._model.turn({"threshold_db": min(0.0, max(_LOWEST_DB, level_db))}, "threshold")
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._change_ratio(1.0 if key == Qt.Key.Key_Up else -1.0)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide it."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The curve."""
        values = self._model.values
        if not values:
            return
        inside = np.linspace(_LOWEST_DB, 0.0, 121)
        outside = compressor_db(values, inside)
        points = tuple(
            (self.x_of(float(at)), self.y_of(float(to))) for at, to in zip(inside, outside, strict=True)
        )
        threshold_db = values["threshold_db"]
        at = float(compressor_db(values, np.array([threshold_db]))[0])
        handle = QPointF(self.x_of(threshold_db), min(self.box.bottom(), max(self.box.top(), self.y_of(at))))
        box = (self.box.left(), self.box.top(), self.box.width(), self.box.height())
        insert = self._model.insert
        picture = TransferPicture(
            box,
            points,
            (handle.x(), handle.y()),
            insert is not None and insert.bypassed,
            self._drag is not None,
            self.hasFocus(),
        )
        paint_transfer(QPainter(self), QRectF(self.rect()), picture)

    def _change_ratio(self, notches: float) -> None:
        ratio = self._model.values["ratio"] * 1.08**notches
        self._model.turn({"ratio": round(min(40.0, max(1.0, ratio)), 2)}, "ratio")
