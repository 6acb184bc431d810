"""The master's meter in the transport bar: two bars, and its loudness."""

import math

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from musicgen_desktop.ui.theme import Sizes, colour, font, tokens

_LOWEST_DB = -60.0


class MasterMeter(QWidget):
    """Peaks left and right over −60 to 0 dBFS, and the short-term loudness in LUFS."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._peaks_db = (-math.inf, -math.inf)
        self._lufs = -math.inf
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Master level"))
        self.setToolTip(self.tr("Master: peak left and right, and short-term loudness"))

    def sizeHint(self) -> QSize:
        """Bars and a figure."""
        return QSize(176, 32)

    def show_levels(self, left_db: float, right_db: float, lufs: float) -> None:
        """Peaks in dBFS and loudness in LUFS; −inf is silence."""
        lufs = round(lufs, 1) if math.isfinite(lufs) else lufs
        new = (max(left_db, _LOWEST_DB), max(right_db, _LOWEST_DB))
        if new != self._peaks_db or lufs != self._lufs:
            self._peaks_db, self._lufs = new, lufs
            self.setAccessibleDescription(self.loudness_text())
            self.update()

    def loudness_text(self) -> str:
        """“−14.2 LUFS”."""
        return "−∞ LUFS" if self._lufs < -70.0 else f"{self._lufs:.1f} LUFS".replace("-", "−")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Two bars in three colours, and the figure."""
        worn = tokens()
        painter = QPainter(self)
        width, middle = 88.0, self.height() / 2.0
        for index, level in enumerate(self._peaks_db):
            top = middle - 7.0 + index * 8.0
            painter.fillRect(QRectF(0.0, top, width, 6.0), colour(worn.sunken))
            for low, high, tint in (
                (_LOWEST_DB, -18.0, worn.meter_low),
                (-18.0, -6.0, worn.meter_middle),
                (-6.0, 0.0, worn.meter_high),
            ):
                if level > low:
                    left = width * (low - _LOWEST_DB) / -_LOWEST_DB
                    right = width * (min(level, high) - _LOWEST_DB) / -_LOWEST_DB
                    painter.fillRect(QRectF(left, top, right - left, 6.0), colour(tint))
        painter.setFont(font(Sizes.SMALL, 500, tabular=True))
        painter.setPen(colour(worn.text_soft))
        box = QRectF(width + 8.0, 0.0, self.width() - width - 8.0, self.height())
        painter.drawText(
            box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.loudness_text()
        )
