"""A strip's picture in, strokes out; all but its meters."""

from PySide6.QtCore import QCoreApplication, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from musicgen_desktop.ui.bridges import paint_learn_mark
from musicgen_desktop.ui.theme import Sizes, blend, colour, font, icon, tokens
from musicgen_desktop.ui.widgets import pan_text

from ._fader_painter import paint_fader
from ._geometry import Layout, handle_rect, rects_of_parts, shown_rows
from ._parts import ADD_INSERT, ADD_SEND, ARM, FADER, FOLD, MUTE, NAME, OUTPUT, PAN, SOLO, learnable_of
from ._pictures import InsertPicture, SendPicture, StripPicture
from ._strokes import CENTRE, RIGHT, border, focus_ring, ground, small_knob, words


def paint_strip(painter: QPainter, strip: StripPicture, layout: Layout) -> None:
    """One strip with its upper left corner at 0, 0."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_ground(painter, strip, layout)
    _paint_header(painter, strip, layout)
    _paint_inserts(painter, strip, layout)
    _paint_sends(painter, strip, layout)
    _paint_output(painter, strip, layout)
    _paint_pan(painter, strip, layout)
    _paint_buttons(painter, strip, layout)
    paint_fader(painter, strip, layout)
    _paint_marks(painter, strip, layout)
    if strip.focus is not None:
        for part, rect in rects_of_parts(layout, strip):
            if part == strip.focus:
                # Around the handle alone: a ring around the whole way would hide the scale.
                held = handle_rect(layout, strip.gain_db) if part == FADER else rect
                focus_ring(painter, held.adjusted(-2, -2, 2, 2) if part == FADER else held)
                break


def _paint_marks(painter: QPainter, strip: StripPicture, layout: Layout) -> None:
    """Folded corners of what controllers move."""
    if not strip.learned:
        return
    for part, rect in rects_of_parts(layout, strip):
        if part.name not in ("value", "power", "tap") and learnable_of(part) in strip.learned:
            paint_learn_mark(painter, rect.right() + 1.0, float(rect.top()))


def _paint_ground(painter: QPainter, strip: StripPicture, layout: Layout) -> None:
    worn = tokens()
    whole = QRect(0, 0, layout.width, layout.height)
    painter.fillRect(whole, blend(worn.text, worn.raised, 0.07) if strip.selected else colour(worn.raised))
    tint = colour(strip.color)
    painter.fillRect(QRect(0, 0, layout.width, 3), tint)
    if strip.kind == "bus":
        # A bus is told from a track by its shape too: its colour runs down its left edge.
        painter.fillRect(QRect(0, 0, 2, layout.height), blend(strip.color, worn.raised, 0.55))
    if strip.selected:
        painter.fillRect(QRect(0, 3, layout.width, 34), blend(strip.color, worn.raised, 0.24))
    if strip.current:
        painter.fillRect(QRect(0, layout.height - 2, layout.width, 2), colour(worn.accent))


def _paint_header(painter: QPainter, strip: StripPicture, layout: Layout) -> None:
    worn = tokens()
    right = 22 if strip.folded is not None else 6
    dim = strip.muted or strip.silenced
    name = QRect(6, 5, layout.width - 6 - right, 17)
    words(painter, name, strip.name, font(Sizes.SMALL, 600), colour(worn.text_soft if dim else worn.text))
    left = 6
    if strip.frozen:
        icon("frozen", worn.accent).paint(painter, QRect(5, 22, 12, 12))
        left = 19
    text = strip.word
    if strip.members:
        text = QCoreApplication.translate("Mixer", "%n track(s)", "", strip.members)
    badges = ("ø " if strip.polarity_inverted else "") + ("± " if strip.trim_db else "")
    words(
        painter,
        QRect(left, 21, layout.width - left - 4, 14),
        badges + text,
        font(Sizes.TINY),
        colour(worn.text_faint),
    )
    if strip.folded is not None:
        hot = strip.hot == FOLD
        caret = icon("right" if strip.folded else "down", worn.text if hot else worn.text_soft)
        caret.paint(painter, QRect(layout.width - 18, 6, 14, 14))
    if strip.hot == NAME:
        border(painter, layout.header.adjusted(1, 4, -1, 0), colour(worn.line_strong))


def _paint_inserts(painter: QPainter, strip: StripPicture, layout: Layout) -> None:
    shown, _ = shown_rows(strip, layout)
    for row, insert in zip(layout.inserts, strip.inserts[:shown], strict=False):
        _paint_insert(painter, strip, insert, row)
    text = QCoreApplication.translate("Mixer", "%n more", "", len(strip.inserts) - shown)
    _paint_rest(painter, layout.inserts[shown:], shown < len(strip.inserts), text, strip.hot == ADD_INSERT)


def _paint_insert(painter: QPainter, strip: StripPicture, insert: InsertPicture, row: QRect) -> None:
    worn = tokens()
    hot = strip.hot is not None and strip.hot.id == insert.id
    ground(painter, row, colour(worn.pressed if hot else worn.hover))
    dot = QRectF(row.left() + (5.5 if row.width() > 60 else 3.0), row.center().y() - 2.5, 7.0, 7.0)
    live = not insert.bypassed and not strip.frozen
    if not insert.known:
        icon("warning", worn.warn).paint(painter, QRect(row.left() + 3, row.top() + 3, 12, 12))
    elif insert.bypassed:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(colour(worn.text_faint))
        painter.drawEllipse(dot)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(worn.good if live else worn.text_faint))
        painter.drawEllipse(dot)
    if strip.hot is not None and strip.hot.name == "power" and hot:
        border(painter, QRect(row.left() + 1, row.top() + 1, 16, row.height() - 2), colour(worn.text_faint))
    inset = 18 if row.width() > 60 else 13
    words(
        painter,
        row.adjusted(inset, 0, -2, 0),
        insert.name,
        font(Sizes.TINY),
        colour(worn.text if live else worn.text_faint),
    )
    if insert.bypassed:
        y = row.center().y() + 1
        painter.setPen(colour(worn.text_faint, 0.8))
        width = min(row.width() - inset - 4, painter.fontMetrics().horizontalAdvance(insert.name))
        painter.drawLine(row.left() + inset, y, row.left() + inset + width, y)


def _paint_sends(painter: QPainter, strip: StripPicture, layout: Layout) -> None:
    _, shown = shown_rows(strip, layout)
    for row, send in zip(layout.sends, strip.sends[:shown], strict=False):
        _paint_send(painter, strip, send, row)
    text = QCoreApplication.translate("Mixer", "%n more", "", len(strip.sends) - shown)
    _paint_rest(painter, layout.sends[shown:], shown < len(strip.sends), text, strip.hot == ADD_SEND)


def _paint_send(painter: QPainter, strip: StripPicture, send: SendPicture, row: QRect) -> None:
    worn = tokens()
    hot = strip.hot is not None and strip.hot.id == send.id
    ground(painter, row, blend(worn.hover, worn.raised, 1.0 if hot else 0.55))
    tint = colour(send.color) if send.enabled else colour(worn.text_faint)
    box = QRectF(row.left() + 2.0, row.top() + 1.5, 15.0, 15.0)
    small_knob(painter, box, send.position, 0.0, tint, pointer=send.enabled)
    right = 16 if send.pre_fader or hot else 3
    words(
        painter,
        row.adjusted(20, 0, -right, 0),
        send.name,
        font(Sizes.TINY),
        colour(worn.text_soft if send.enabled else worn.text_faint),
    )
    mark = QRect(row.right() - 14, row.top() + 3, 12, 12)
    if send.pre_fader:
        ground(painter, mark, colour(worn.text_soft), 2.0)
        words(painter, mark, "P", font(10, 600), colour(worn.sunken), CENTRE)
    elif hot:
        border(painter, mark, colour(worn.text_faint), 1.0, 2.0)
    if not send.enabled:
        painter.setPen(colour(worn.text_faint, 0.8))
        width = min(row.width() - 36, painter.fontMetrics().horizontalAdvance(send.name))
        painter.drawLine(row.left() + 20, row.center().y() + 1, row.left() + 20 + width, row.center().y() + 1)


def _paint_rest(painter: QPainter, rows: tuple[QRect, ...], more: bool, text: str, hot: bool) -> None:  # noqa: FBT001 - both said by the caller's names
    """The rows that hold nothing, or the one that says how much is left."""
    worn = tokens()
    for at, row in enumerate(rows):
        if more:
            ground(painter, row, colour(worn.hover))
            words(painter, row, text, font(Sizes.TINY), colour(worn.text_soft), CENTRE)
            return
        first = at == 0
        ground(painter, row, blend(worn.hover if first and hot else worn.sunken, worn.raised, 0.6))
        if first:
            tint = worn.text if hot else worn.line_strong
            icon("add", tint).paint(painter, QRect(row.center().x() - 5, row.top() + 4, 11, 11))


def _paint_output(painter: QPainter, strip: StripPicture, layout: Layout) -> None:
    if layout.output.isEmpty():
        return
    worn = tokens()
    row, hot = layout.output, strip.hot == OUTPUT
    if hot:
        ground(painter, row, colour(worn.hover))
    icon("right", strip.output_color or worn.text_faint).paint(
        painter, QRect(row.left() + 2, row.top() + 4, 10, 10)
    )
    words(
        painter,
        row.adjusted(15, 0, -14 if hot else -2, 0),
        strip.output,
        font(Sizes.TINY),
        colour(worn.text if hot else worn.text_soft),
    )
    if hot:
        icon("down", worn.text_soft).paint(painter, QRect(row.right() - 12, row.top() + 4, 10, 10))


def _paint_pan(painter: QPainter, strip: StripPicture, layout: Layout) -> None:
    worn = tokens()
    rect, hot = layout.pan, strip.hot == PAN
    if hot:
        ground(painter, rect, colour(worn.hover))
    roomy = rect.width() > 30
    size = min(22.0, float(rect.height()))
    box = QRectF(rect.left() + (1.0 if roomy else 0.0), rect.center().y() + 0.5 - size / 2.0, size, size)
    small_knob(painter, box, (strip.pan + 1.0) / 2.0, 0.5, colour(worn.accent))
    if roomy:
        words(
            painter,
            rect.adjusted(24, 0, -2, 0),
            pan_text(strip.pan),
            font(Sizes.TINY, tabular=True),
            colour(worn.text if hot else worn.text_soft),
            RIGHT,
        )


def _paint_buttons(painter: QPainter, strip: StripPicture, layout: Layout) -> None:
    worn = tokens()
    button = _paint_button
    button(painter, layout.mute, "M", worn.warn, on=strip.muted, hot=strip.hot == MUTE, hint=strip.silenced)
    button(painter, layout.solo, "S", worn.accent, on=strip.soloed, hot=strip.hot == SOLO)
    if strip.can_arm:
        button(painter, layout.arm, "", worn.bad, on=strip.armed, hot=strip.hot == ARM)


def _paint_button(
    painter: QPainter, rect: QRect, letter: str, tint: str, *, on: bool, hot: bool, hint: bool = False
) -> None:
    """On is filled, off is not; `hint` is a rim: it acts as if it were on."""
    if rect.isEmpty():
        return
    worn = tokens()
    ground(painter, rect, colour(tint) if on else colour(worn.pressed if hot else worn.hover))
    if hint and not on:
        border(painter, rect, colour(tint), 1.5)
    ink: QColor = colour(worn.sunken) if on else colour(worn.text_soft)
    if letter:
        words(painter, rect, letter, font(Sizes.TINY, 600), ink, CENTRE)
        return
    middle = QRectF(rect).center()
    dot = QRectF(middle.x() - 3.5, middle.y() - 3.5, 7.0, 7.0)
    painter.setPen(Qt.PenStyle.NoPen if on else colour(worn.text_soft))
    painter.setBrush(ink if on else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(dot)
