"""Paints notes: bars with velocity as brightness and as a line inside, or the diamonds of a drum map."""

import math
from functools import lru_cache

import msgspec
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF

from musicgen_desktop.ui.theme import DARK, LIGHT, Sizes, blend, colour, font, tokens

from ._geometry import RollGeometry

_SHADES = 8
_WHITE, _INK = LIGHT.raised, DARK.accent_text
_LEAST_LINE_PX, _LEAST_LINE_ROW = 7, 9
"""Smaller notes have no velocity line; their lane tells it."""
_LEAST_NAME_PX, _LEAST_NAME_ROW = 30, 14
_GHOST = 0.3


class NotePicture(msgspec.Struct, frozen=True):
    """Notes that are seen.

    Attributes:
        spans: [notes, 4] x, y, width, height in pixels.
        velocities: [notes] 1 … 127.
        pitches: [notes] 0 … 127.
        selected: [notes] whether each is.
    """

    spans: NDArray[np.int64]
    velocities: NDArray[np.int64]
    pitches: NDArray[np.int64]
    selected: NDArray[np.bool_]


def paint_notes(
    painter: QPainter, geometry: RollGeometry, picture: NotePicture, tint: str, *, dimmed: bool = False
) -> None:
    """Notes in a track's colour.

    Args:
        painter: of the grid.
        geometry: of the grid.
        picture: what is seen.
        tint: “#rrggbb”.
        dimmed: the clip is muted.
    """
    if geometry.rows.is_drum_map:
        _paint_diamonds(painter, geometry, picture, tint, dimmed=dimmed)
        return
    shades = np.minimum(picture.velocities * _SHADES // 128, _SHADES - 1)
    painter.setPen(Qt.PenStyle.NoPen)
    spans = _outlined(painter, picture)
    for shade in range(_SHADES):
        for is_selected in (False, True):
            chosen = spans[(shades == shade) & (picture.selected == is_selected)]
            if len(chosen):
                painter.setBrush(_shade(tint, shade, dimmed=dimmed, is_selected=is_selected))
                painter.drawRects(_rects(chosen[chosen[:, 2] > 0]))
    _paint_velocity_lines(painter, geometry, picture, blend(tokens().text, tint, 0.4).name())
    _paint_names(painter, geometry, picture, shades)


def paint_ghosts(painter: QPainter, spans: NDArray[np.int64], tint: str) -> None:
    """Notes of other clips, faint."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(tint, _GHOST))
    painter.drawRects(_rects(spans))


def paint_label(painter: QPainter, text: str, x: float, y: float, bounds: QRect) -> None:
    """A small plate with a place and a pitch, kept within the grid."""
    worn = tokens()
    painter.setFont(font(Sizes.TINY, 500, tabular=True))
    metrics = painter.fontMetrics()
    width, height = metrics.horizontalAdvance(text) + 12, metrics.height() + 4
    left = max(bounds.left() + 2, min(bounds.right() - width - 2, int(x)))
    top = int(y) - height - 4
    if top < bounds.top() + 2:
        top = min(int(y) + 24, bounds.bottom() - height - 2)
    plate = QRectF(left, top, width, height)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour(worn.line_strong), 1))
    painter.setBrush(colour(worn.raised))
    painter.drawRoundedRect(plate, Sizes.RADIUS, Sizes.RADIUS)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setPen(colour(worn.text))
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, text)


def _paint_velocity_lines(painter: QPainter, geometry: RollGeometry, picture: NotePicture, tint: str) -> None:
    if geometry.row_px < _LEAST_LINE_ROW:
        return
    large = picture.spans[:, 2] >= _LEAST_LINE_PX
    spans = picture.spans[large].copy()
    if not len(spans):
        return
    # Inside the outline of selected notes.
    rim = picture.selected[large] * 2
    thick = 1 if geometry.row_px < 13 else 2
    spans[:, 0] += rim
    spans[:, 2] -= 2 * rim
    spans[:, 1] += spans[:, 3] - thick - rim
    spans[:, 3] = thick
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(tokens().sunken, 0.45))
    painter.drawRects(_rects(spans))
    spans[:, 2] = np.maximum(1, spans[:, 2] * picture.velocities[large] // 127)
    painter.setBrush(colour(tint))
    painter.drawRects(_rects(spans))


def _outlined(painter: QPainter, picture: NotePicture) -> NDArray[np.int64]:
    """Paints what shows of selected notes around their filling; the spans of all fillings."""
    if not picture.selected.any():
        return picture.spans
    painter.setBrush(colour(tokens().accent))
    painter.drawRects(_rects(picture.spans[picture.selected]))
    spans = picture.spans.copy()
    # Two pixels where they do not hide the note; the thinnest are nothing but outline.
    rim = np.where((spans[:, 2] > 10) & (spans[:, 3] > 9), 2, 1) * picture.selected
    spans[:, :2] += rim[:, None]
    spans[:, 2:] = np.maximum(0, spans[:, 2:] - 2 * rim[:, None])
    return spans


def _paint_names(
    painter: QPainter, geometry: RollGeometry, picture: NotePicture, shades: NDArray[np.int64]
) -> None:
    if geometry.row_px < _LEAST_NAME_ROW:
        return
    named = np.flatnonzero(picture.spans[:, 2] >= _LEAST_NAME_PX)
    if len(named) > 1500:
        return
    rows = geometry.rows
    painter.setFont(font(Sizes.TINY, 600))
    dark, light = colour(_INK), colour(tokens().text)
    lift = 1
    for place in named.tolist():
        x, y, width, height = picture.spans[place].tolist()
        row = int(rows.of_pitch[int(picture.pitches[place])])
        if row < 0:
            continue
        painter.setPen(dark if shades[place] >= _SHADES // 3 else light)
        # A note that begins left of the grid still shows its name.
        left = max(x, 0) + 5
        painter.drawText(
            QRect(left, y - lift, x + width - left, height),
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
            rows.names[row],
        )


def _paint_diamonds(
    painter: QPainter, geometry: RollGeometry, picture: NotePicture, tint: str, *, dimmed: bool
) -> None:
    worn = tokens()
    size, half = geometry.row_px, geometry.row_px // 2
    ratio = painter.device().devicePixelRatioF()
    shades = np.minimum(picture.velocities * _SHADES // 128, _SHADES - 1)
    keys = shades * 2 + picture.selected
    for key in np.unique(keys).tolist():
        chosen = picture.spans[keys == key]
        pixmap = _diamond(
            size,
            _shade(tint, key // 2, dimmed=dimmed).name(),
            key // 2,
            worn.accent if key % 2 else worn.sunken,
            ratio,
        )
        for x, y in chosen[:, :2].tolist():
            painter.drawPixmap(x - half, y, pixmap)


@lru_cache(maxsize=256)
def _diamond(
    size: int,
    tint: str,
    shade: int,
    rim: str,
    ratio: float,
) -> QPixmap:
    """A diamond whose size and filling grow with the velocity."""
    pixmap = QPixmap(math.ceil(size * ratio), math.ceil(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    half = size / 2
    reach = max(2.0, (half - 1.5) * (0.55 + 0.45 * (shade + 1) / _SHADES))
    shape = QPolygonF(
        [
            QPointF(half, half - reach),
            QPointF(half + reach, half),
            QPointF(half, half + reach),
            QPointF(half - reach, half),
        ]
    )
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(tint))
    painter.setPen(QPen(QColor(rim), 2 if rim == tokens().accent else 1))
    painter.drawPolygon(shape)
    painter.end()
    return pixmap


def _shade(tint: str, shade: int, *, dimmed: bool, is_selected: bool = False) -> QColor:
    share = 0.42 + 0.58 * (shade + 1) / _SHADES
    if is_selected:
        tint = blend(_WHITE, tint, 0.35).name()
    return blend(tint, tokens().key_black, share * (0.4 if dimmed else 1.0))


def _rects(spans: NDArray[np.int64]) -> list[QRect]:
    return list(map(QRect, *spans.T.tolist()))
