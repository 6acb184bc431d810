"""The equalizer's curve, with a handle for each band."""

from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from musicgen_desktop.foundation import new_id

from ._curve_painter import BandPicture, EqualizerPicture, paint_equalizer
from ._curves import equalizer_db
from ._plot import HIGHEST_HZ, LOWEST_HZ, Plot
from ._view_model import EffectViewModel

_BANDS = ("low_cut", "low_shelf", "peak1", "peak2", "peak3", "high_shelf", "high_cut")
_REACH_PX = 12.0
_STEP_HZ, _STEP_DB, _STEP_Q = 2.0 ** (1.0 / 12.0), 0.5, 1.1


class EqualizerView(QWidget):
    """Drag a handle to move its band, wheel for its width, double-click to make it flat.

    Keys: Left and Right choose a band; with Ctrl they move it, Up and Down change its gain.
    """

    def __init__(self, model: EffectViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._band = "peak1"
        self._hot = ""
        self._drag: tuple[str, object, QPointF] | None = None
        self._key = ""
        self.setMinimumSize(220, 96)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Equalizer curve"))
        model.changed.connect(self._on_changed)
        self._on_changed()

    @property
    def plot(self) -> Plot:
        """Where things lie."""
        return Plot(6.0, 6.0, self.width() - 12.0, self.height() - 24.0)

    def rect_of(self, band: str) -> QRectF:
        """The handle of a band, such as “low_cut” or “peak1”."""
        middle = self._place(band, self._model.values)
        return QRectF(middle.x() - 7.0, middle.y() - 7.0, 14.0, 14.0)

    def hit(self, place: QPointF) -> str:
        """The band whose handle is nearest to a place; empty when none is near."""
        values = self._model.values
        ways = {band: (self._place(band, values) - place).manhattanLength() for band in _BANDS}
        nearest = min(ways, key=ways.__getitem__)
        return nearest if ways[nearest] <= _REACH_PX else ""

    def sizeHint(self) -> QSize:
        """Wide; it takes what height there is."""
        return QSize(420, 96)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take a handle."""
        band = self.hit(event.position())
        if band and event.button() == Qt.MouseButton.LeftButton:
            self._band = band
            grip = self._place(band, self._model.values) - event.position()
            self._key = new_id("drag")
            self._drag = (band, self._model.hold(), grip)
            self._on_changed()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the band, or light the handle."""
        if self._drag is None:
            hot = self.hit(event.position())
            if hot != self._hot:
                self._hot = hot
                self.setCursor(Qt.CursorShape.SizeAllCursor if hot else Qt.CursorShape.ArrowCursor)
                self.update()
            return
        band, _, grip = self._drag
        place = event.position() + grip
        wish = {f"{band}_hz": round(self._held_hz(band, self.plot.hz_at(place.x())), 1)}
        if not band.endswith("cut"):
            wish[f"{band}_db"] = round(self.plot.db_at(place.y()), 1)
        self._model.turn(wish, self._key)
        QToolTip.showText(event.globalPosition().toPoint(), self._words(band), self)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """One step."""
        if self._drag is not None:
            self._drag = None
            self._model.let_go()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Make a band flat, or a cut off."""
        self._flatten(self.hit(event.position()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The width of a peak."""
        band = self.hit(event.position()) or self._band
        turn = event.angleDelta().y() or event.angleDelta().x()
        if band.startswith("peak") and turn:
            fine = 0.2 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1.0
            q = self._model.values[f"{band}_q"] * _STEP_Q ** (turn / 120.0 * fine)
            self._model.turn({f"{band}_q": round(min(12.0, max(0.1, q)), 3)}, f"q:{band}")
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose a band, move it, make it flat; Esc takes a drag back."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        key, band, values = event.key(), self._band, self._model.values
        if key == Qt.Key.Key_Escape and self._drag is not None:
            held = self._drag[1]
            self._drag = None
            self._model.take_back(held)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and not control:
            step = 1 if key == Qt.Key.Key_Right else -1
            self._band = _BANDS[(_BANDS.index(band) + step) % len(_BANDS)]
            self._on_changed()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            way = _STEP_HZ if key == Qt.Key.Key_Right else 1.0 / _STEP_HZ
            hz = self._held_hz(band, self._shown_hz(band, values) * way)
            self._model.turn({f"{band}_hz": round(hz, 1)}, f"hz:{band}")
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not band.endswith("cut"):
            way = _STEP_DB if key == Qt.Key.Key_Up else -_STEP_DB
            gain_db = min(24.0, max(-24.0, values[f"{band}_db"] + way))
            self._model.turn({f"{band}_db": gain_db}, f"db:{band}")
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._flatten(band)
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

    def leaveEvent(self, event: QEvent) -> None:
        """No handle is lit."""
        super().leaveEvent(event)
        self._hot = ""
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The curve over its grid."""
        values = self._model.values
        if not values:
            return
        plot = self.plot
        hz = np.geomspace(LOWEST_HZ, HIGHEST_HZ, max(64, int(plot.width) // 2))
        gains = equalizer_db(values, hz)
        bands = tuple(
            BandPicture(
                str(number),
                *_xy(self._place(band, values)),
                self._is_on(band, values),
                band == self._hot,
                self.hasFocus() and band == self._band,
            )
            for number, band in enumerate(_BANDS, 1)
        )
        points = tuple((plot.x_of(float(at)), plot.y_of(float(db))) for at, db in zip(hz, gains, strict=True))
        bypassed = self._model.insert is not None and self._model.insert.bypassed
        picture = EqualizerPicture(plot, points, bands, bypassed)
        paint_equalizer(QPainter(self), QRectF(self.rect()), picture)

    def _place(self, band: str, values: Mapping[str, float]) -> QPointF:
        gain_db = 0.0 if band.endswith("cut") else values[f"{band}_db"]
        x, y = self.plot.x_of(self._shown_hz(band, values)), self.plot.y_of(gain_db)
        return QPointF(x, min(self.plot.top + self.plot.height, max(self.plot.top, y)))

    def _shown_hz(self, band: str, values: Mapping[str, float]) -> float:
        """Where the handle stands; a cut that is off waits at its edge."""
        hz = values[f"{band}_hz"]
        if band == "low_cut":
            return max(LOWEST_HZ, hz)
        if band == "high_cut":
            return HIGHEST_HZ if not 10.0 <= hz < HIGHEST_HZ else hz
        return min(HIGHEST_HZ, max(LOWEST_HZ, hz))

    def _held_hz(self, band: str, hz: float) -> float:
        """A frequency within the band's range; a cut at its edge is off."""
        if band == "low_cut" and hz <= LOWEST_HZ * 1.02:
            return 0.0
        if band == "high_cut" and hz >= HIGHEST_HZ * 0.98:
            return 0.0
        entry = self._model.entry
        parameter = entry.parameter(f"{band}_hz") if entry is not None else None
        return hz if parameter is None else min(parameter.high, max(parameter.low, hz))

    def _is_on(self, band: str, values: Mapping[str, float]) -> bool:
        if band.endswith("cut"):
            return values[f"{band}_hz"] >= 10.0
        return values[f"{band}_db"] != 0.0

    def _flatten(self, band: str) -> None:
        if band:
            self._model.turn({f"{band}_hz": 0.0} if band.endswith("cut") else {f"{band}_db": 0.0})

    def _words(self, band: str) -> str:
        values = self._model.values
        hz = values[f"{band}_hz"]
        place = f"{hz:.0f} Hz" if hz < 1000.0 else f"{hz / 1000.0:.2f} kHz"
        if band.endswith("cut"):
            return place if hz > 0.0 else self.tr("Off")
        gain_db = values[f"{band}_db"]
        return f"{place}  {'−' if gain_db < 0.0 else '+'}{abs(gain_db):.1f} dB"

    def _on_changed(self) -> None:
        if self._model.values:
            names = {"cut": self.tr("cut"), "shelf": self.tr("shelf")}
            low, _, kind = self._band.partition("_")
            name = f"{low} {names.get(kind, '')}".strip()
            self.setAccessibleDescription(f"{name}: {self._words(self._band)}")
        self.update()


def _xy(place: QPointF) -> tuple[float, float]:
    return place.x(), place.y()
