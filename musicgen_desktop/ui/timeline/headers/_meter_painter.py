"""The small meters, painted alone while the song plays."""

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter

from musicgen_desktop.ui.theme import colour, tokens

from ._meters import FLOOR_DB, Levels

_STEPS = (-18.0, -6.0)
_TOP_DB = 3.0


def paint_meter(painter: QPainter, box: QRect, levels_db: Levels) -> None:
    """Two bars; green up to −18 dBFS, amber up to −6, red above."""
    worn = tokens()
    width = (box.width() - 1) / 2.0
    for index, level_db in enumerate(levels_db):
        left = box.left() + index * (width + 1.0)
        painter.fillRect(QRectF(left, box.top(), width, box.height()), colour(worn.sunken))
        low = FLOOR_DB
        for high, tint in zip(
            (*_STEPS, _TOP_DB), (worn.meter_low, worn.meter_middle, worn.meter_high), strict=True
        ):
            if level_db <= low:
                break
            top, bottom = _y(min(level_db, high), box), _y(low, box)
            painter.fillRect(QRectF(left, top, width, bottom - top), colour(tint))
            low = high


def _y(level_db: float, box: QRect) -> float:
    share = (level_db - FLOOR_DB) / (_TOP_DB - FLOOR_DB)
    return box.bottom() + 1 - share * box.height()
