"""The fader, its scale and its value."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QLinearGradient, QPainter

from musicgen_desktop.ui.theme import Sizes, blend, colour, font, tokens
from musicgen_desktop.ui.widgets.fader_law import SCALE_DB, text_of_db

from ._geometry import Layout, handle_rect, y_of
from ._parts import FADER, VALUE
from ._pictures import StripPicture
from ._strokes import CENTRE, RIGHT, border, ground, words

_CLOSEST_LABELS = 15.0


def paint_fader(painter: QPainter, strip: StripPicture, layout: Layout) -> None:
    """Scale, groove, handle and the value below."""
    _paint_scale(painter, layout)
    _paint_groove(painter, strip, layout)
    _paint_handle(painter, strip, layout)
    _paint_value(painter, strip, layout)


def _paint_scale(painter: QPainter, layout: Layout) -> None:
    worn = tokens()
    fader = layout.fader
    last = -_CLOSEST_LABELS
    # 0 dB is always written; the others where there is room.
    zero = y_of(fader, 0.0)
    for level in SCALE_DB:
        y = y_of(fader, level)
        painter.fillRect(
            QRectF(fader.left() + 1, round(y), fader.width() - 2, 1),
            colour(worn.line_strong if level else worn.text_faint, 1.0 if level == 0 else 0.75),
        )
        near = level != 0 and abs(y - zero) < _CLOSEST_LABELS
        if layout.scale.isEmpty() or y - last < _CLOSEST_LABELS or near or y + 7 > fader.bottom() + 4:
            continue
        last = y
        words(
            painter,
            QRect(layout.scale.left(), round(y) - 7, layout.scale.width() - 3, 14),
            str(abs(level)),
            font(10, tabular=True),
            colour(worn.text_soft if level == 0 else worn.text_faint),
            RIGHT,
        )


def _paint_groove(painter: QPainter, strip: StripPicture, layout: Layout) -> None:
    worn = tokens()
    fader = layout.fader
    x = fader.center().x() - 1
    ground(painter, QRect(x, fader.top(), 4, fader.height()), colour(worn.sunken), 2.0)
    top = round(y_of(fader, strip.gain_db))
    dim = strip.muted or strip.silenced
    below = QRect(x + 1, top, 2, max(0, fader.bottom() - top))
    painter.fillRect(below, blend(strip.color, worn.sunken, 0.25 if dim else 0.75))


def _paint_handle(painter: QPainter, strip: StripPicture, layout: Layout) -> None:
    worn = tokens()
    rect = QRectF(handle_rect(layout, strip.gain_db))
    hot = strip.hot == FADER
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(worn.sunken, 0.55))
    painter.drawRoundedRect(rect.adjusted(-0.5, 1.5, 0.5, 2.5), 4, 4)
    light = QLinearGradient(QPointF(0, rect.top()), QPointF(0, rect.bottom()))
    share = 0.34 if hot else 0.27
    light.setColorAt(0.0, blend(worn.text, worn.raised, share + 0.08))
    light.setColorAt(0.48, blend(worn.text, worn.raised, share - 0.06))
    light.setColorAt(0.52, blend(worn.text, worn.raised, share - 0.12))
    light.setColorAt(1.0, blend(worn.text, worn.raised, share))
    painter.setBrush(light)
    painter.drawRoundedRect(rect, 3.5, 3.5)
    border(painter, rect.toRect(), colour(worn.sunken, 0.9), 1.0, 3.5)
    dim = strip.muted or strip.silenced
    middle = round(rect.center().y())
    painter.fillRect(
        QRectF(rect.left() + 3, middle - 1, rect.width() - 6, 2),
        colour(worn.text_faint if dim else worn.text),
    )
    for way in (-7, -4, 4, 7):
        painter.fillRect(
            QRectF(rect.left() + 6, middle + way, rect.width() - 12, 1), colour(worn.sunken, 0.5)
        )


def _paint_value(painter: QPainter, strip: StripPicture, layout: Layout) -> None:
    worn = tokens()
    ground(painter, layout.value, colour(worn.sunken))
    if strip.hot == VALUE:
        border(painter, layout.value, colour(worn.line_strong))
    dim = strip.muted or strip.silenced
    words(
        painter,
        layout.value,
        text_of_db(strip.gain_db, unit=layout.width >= 70),
        font(Sizes.TINY, 500, tabular=True),
        colour(worn.text_soft if dim else worn.text),
        CENTRE,
    )
