"""Sections, chords, keys and meters: boxes with words along the song."""

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from musicgen_desktop.ui.theme import TRACK_COLOURS, Sizes, blend, colour, font, tokens

from ._geometry import Lane
from ._hit import Hit, boxes_of
from ._picture import LanesPicture

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_LEAST_TEXT_PX = 12.0


def section_colour(index: int) -> str:
    """The colour of a section; neighbours differ in hue."""
    return TRACK_COLOURS[(index * 5 + 6) % len(TRACK_COLOURS)]


def paint_sections(painter: QPainter, lane: Lane, picture: LanesPicture) -> None:
    """Coloured bands; the fuller a section, the brighter."""
    worn = tokens()
    for index, section in enumerate(picture.project.sections):
        box = picture.geometry.span_rect(lane, section.start_ticks, section.end_ticks)
        if not _is_seen(box, picture):
            continue
        hit = Hit("sections", "body", section.id)
        tint = section_colour(index)
        share = 0.34 + 0.22 * section.intensity + (0.1 if picture.is_hovered(hit) else 0.0)
        inner = box.adjusted(0.5, 0.0, -1.0, 0.0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(blend(tint, worn.sunken, share))
        painter.drawRoundedRect(inner, Sizes.RADIUS_CLIP, Sizes.RADIUS_CLIP)
        painter.fillRect(QRectF(inner.left(), inner.top() + 3.0, 3.0, inner.height() - 6.0), colour(tint))
        _mark(painter, inner, picture, hit)
        _write(painter, inner.adjusted(9.0, 0.0, -4.0, 0.0), section.name, font(Sizes.SMALL, 600), worn.text)


def paint_chords(painter: QPainter, lane: Lane, picture: LanesPicture) -> None:
    """Chord symbols in boxes; what leads the ear is written large."""
    worn = tokens()
    for chord in picture.project.chords:
        box = picture.geometry.span_rect(lane, chord.tick, chord.tick + chord.length_ticks)
        if not _is_seen(box, picture):
            continue
        hit = Hit("chords", "body", str(chord.tick))
        inner = box.adjusted(0.5, 0.0, -1.5, 0.0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(worn.pressed if picture.is_hovered(hit) else worn.hover))
        painter.drawRoundedRect(inner, Sizes.RADIUS_CLIP, Sizes.RADIUS_CLIP)
        _mark(painter, inner, picture, hit)
        _write(painter, inner.adjusted(6.0, 0.0, -2.0, 0.0), chord.symbol, font(Sizes.SMALL, 600), worn.text)


def paint_changes(painter: QPainter, lane: Lane, picture: LanesPicture) -> None:
    """Keys or meters: a line where one begins, and its name for as long as it holds."""
    worn = tokens()
    for key, start, end, text in boxes_of(picture.project, picture.geometry, lane):
        box = picture.geometry.span_rect(lane, start, end)
        if not _is_seen(box, picture):
            continue
        hit = Hit(lane.name, "body", key)
        if picture.is_hovered(hit) or picture.is_marked(hit):
            painter.fillRect(box, colour(worn.hover))
        x = round(box.left())
        painter.setPen(QPen(colour(worn.accent if picture.is_marked(hit) else worn.text_faint), 2))
        painter.drawLine(QLineF(x + 1.0, box.top() + 3.0, x + 1.0, box.bottom() - 3.0))
        _write(painter, box.adjusted(8.0, 0.0, -4.0, 0.0), text, font(Sizes.TINY, 500), worn.text_soft)


def _mark(painter: QPainter, box: QRectF, picture: LanesPicture, hit: Hit) -> None:
    if picture.is_marked(hit):
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour(tokens().accent), 2.0 if picture.has_focus else 1.0))
        painter.drawRoundedRect(box.adjusted(1.0, 1.0, -1.0, -1.0), Sizes.RADIUS_CLIP, Sizes.RADIUS_CLIP)


def _write(painter: QPainter, box: QRectF, text: str, used: QFont, tint: str) -> None:
    """Words that stay in view while their box is scrolled out on the left."""
    left = max(box.left(), 6.0)
    room = box.right() - left
    if room < _LEAST_TEXT_PX:
        return
    painter.setFont(used)
    painter.setPen(QColor(tint))
    shown = QFontMetricsF(used).elidedText(text, Qt.TextElideMode.ElideRight, room)
    if shown != "…":
        painter.drawText(QRectF(left, box.top(), room, box.height()), _LEFT, shown)


def _is_seen(box: QRectF, picture: LanesPicture) -> bool:
    return box.right() >= 0.0 and box.left() <= picture.geometry.width
