"""A take's row, painted."""

import msgspec
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from musicgen_desktop.ui.theme import Sizes, blend, colour, font, icon, tokens
from musicgen_desktop.ui.widgets import HandleState, paint_handle

from ._geometry import parts_of


class RowPicture(msgspec.Struct, frozen=True):
    """What a row shows.

    Attributes:
        key: “1” to “4”, or empty.
        side: “A”, “B”, “AB” or empty: which side of the comparison it is.
        in_song: the project has clips of it.
        sounds: it is auditioned now.
        place: how far the audition is, 0 to 1; None when it does not sound.
        hot: the part under the mouse.
        commercial: whether it may be sold.
        handle: how far the files are that its handle carries.
    """

    name: str
    line: str
    notes: QPixmap
    key: str = ""
    side: str = ""
    starred: bool = False
    in_song: bool = False
    sounds: bool = False
    place: float | None = None
    selected: bool = False
    hovered: bool = False
    focused: bool = False
    hot: str | None = None
    commercial: bool = True
    can_drag: bool = True
    handle: HandleState = "rest"


def paint_row(painter: QPainter, row: QRect, shown: RowPicture) -> None:
    """All of a row."""
    worn, parts = tokens(), parts_of(row, has_grip=shown.can_drag)
    ground = worn.raised
    if shown.selected:
        painter.fillRect(row, blend(worn.accent, worn.raised, 0.16))
    elif shown.hovered:
        ground = worn.hover
        painter.fillRect(row, colour(worn.hover))
    painter.fillRect(QRect(row.x(), row.bottom(), row.width(), 1), colour(worn.line))
    if shown.sounds:
        painter.fillRect(QRect(row.x(), row.y(), 2, row.height() - 1), colour(worn.accent))
    if shown.focused:
        painter.setPen(QPen(colour(worn.accent), 1.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(row).adjusted(0.5, 0.5, -0.5, -1.5))
    if shown.key:
        place = parts["key"]
        paint_key(painter, QRectF(place.x() + 2.0, place.center().y() - 8.0, 15.0, 17.0), shown.key)
    _paint_icon(painter, parts["star"], "star_on" if shown.starred else "star", _star_tint(shown))
    playing = shown.sounds or shown.hot == "play"
    tint = worn.accent if playing else worn.text_soft
    _paint_icon(painter, parts["play"], "stop" if shown.sounds else "play", tint, 18)
    _paint_name(painter, parts["name"], shown)
    mark, tint = ("licence", worn.text_faint) if shown.commercial else ("warning", worn.warn)
    _paint_icon(painter, parts["licence"], mark, tint, 12)
    if shown.in_song:
        _paint_icon(painter, parts["in_song"], "check", worn.good)
    line = parts["line"]
    painter.setFont(font(Sizes.TINY, tabular=True))
    painter.setPen(colour(worn.text_soft))
    text = painter.fontMetrics().elidedText(shown.line, Qt.TextElideMode.ElideRight, line.width())
    painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
    _paint_notes(painter, parts["picture"], shown, ground)
    if shown.can_drag:
        tint = worn.accent if shown.hot == "grip" else worn.text_faint
        box = QRect(0, 0, 14, 14)
        box.moveCenter(parts["grip"].center())
        paint_handle(painter, box, shown.handle, tint)


def _star_tint(shown: RowPicture) -> str:
    worn = tokens()
    return worn.warn if shown.starred else worn.text_soft if shown.hot == "star" else worn.text_faint


def paint_key(painter: QPainter, box: QRectF, key: str) -> None:
    """A key of the keyboard."""
    worn = tokens()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour(worn.line_strong), 1.0))
    painter.setBrush(colour(worn.sunken))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3.0, 3.0)
    painter.restore()
    painter.setFont(font(Sizes.TINY, 500, tabular=True))
    painter.setPen(colour(worn.text))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, key)


def _paint_icon(painter: QPainter, place: QRect, name: str, tint: str, size: int = 14) -> None:
    box = QRect(0, 0, size, size)
    box.moveCenter(place.center())
    icon(name, tint).paint(painter, box)


def _paint_name(painter: QPainter, place: QRect, shown: RowPicture) -> None:
    worn = tokens()
    painter.setFont(font(Sizes.BODY, 500))
    painter.setPen(colour(worn.accent if shown.sounds else worn.text))
    room = place.width() - (20 if shown.side else 0) - (18 if shown.in_song else 0)
    text = painter.fontMetrics().elidedText(shown.name, Qt.TextElideMode.ElideRight, room)
    painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
    if shown.side:
        x = place.x() + painter.fontMetrics().horizontalAdvance(text) + 6
        badge = QRectF(x, place.y() + 2.0, 8.0 + 7.0 * len(shown.side), 14.0)
        painter.setFont(font(Sizes.TINY, 600))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(worn.line_strong))
        painter.drawRoundedRect(badge, 3.0, 3.0)
        painter.restore()
        painter.setPen(colour(worn.text))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, shown.side)


def _paint_notes(painter: QPainter, place: QRect, shown: RowPicture, ground: str) -> None:
    worn = tokens()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(blend(worn.sunken, ground, 0.8))
    painter.drawRoundedRect(QRectF(place), 3.0, 3.0)
    painter.restore()
    painter.drawPixmap(place.topLeft(), shown.notes)
    if shown.place is not None:
        x = place.x() + shown.place * place.width()
        painter.setPen(QPen(colour(worn.text), 1.0))
        painter.drawLine(QPointF(x, place.y()), QPointF(x, place.bottom() + 1.0))
