"""The headers beside the rows, in strokes; all but their meters."""

from PySide6.QtCore import QCoreApplication, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from musicgen_desktop.document import Track
from musicgen_desktop.ui.bridges import paint_learn_mark
from musicgen_desktop.ui.theme import Sizes, blend, colour, font, icon, tokens
from musicgen_desktop.ui.timeline._geometry import Row
from musicgen_desktop.ui.widgets import decibels, paint_handle
from musicgen_desktop.ui.widgets.fader_law import position_of

from ._geometry import ACCENT_PX, Part, add_rect, learnable_of, parts_of
from ._picture import HeadersPicture

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter
_ICONS = {"notes": "notes", "audio": "audio", "bus": "group", "master": "speaker"}


def paint_headers(painter: QPainter, rect: QRect, picture: HeadersPicture) -> None:
    """The rows that are asked for, and the button below them."""
    worn, geometry = tokens(), picture.geometry
    painter.fillRect(rect, colour(worn.ground))
    tracks = {track.id: track for track in picture.project.all_tracks}
    for row in geometry.rows:
        top = geometry.top_of(row)
        if top > rect.bottom() or top + row.height < rect.top() or row.track_id not in tracks:
            continue
        painter.save()
        painter.translate(0, top)
        if row.target:
            _paint_lane(painter, tracks[row.track_id], row, picture)
        else:
            _paint_track(painter, tracks[row.track_id], row, picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setPen(colour(worn.line))
        painter.drawLine(0, row.height - 1, picture.width, row.height - 1)
        painter.restore()
    _paint_add(painter, picture)
    painter.setPen(colour(worn.line))
    painter.drawLine(picture.width - 1, rect.top(), picture.width - 1, rect.bottom())
    if picture.drop_line is not None:
        y = float(picture.drop_line)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(QRectF(0.0, y - 1.5, picture.width, 3.0), colour(worn.accent))
        painter.setPen(QPen(colour(worn.accent), 2))
        painter.setBrush(colour(worn.ground))
        painter.drawEllipse(QRectF(3.0, y - 4.0, 8.0, 8.0))


def _paint_track(painter: QPainter, track: Track, row: Row, picture: HeadersPicture) -> None:
    worn, parts = tokens(), parts_of(track.kind, row, picture.width)
    is_selected, is_current = track.id in picture.selected, track.id == picture.current
    ground = worn.hover if is_selected else worn.raised
    painter.fillRect(QRect(0, 0, picture.width, row.height), colour(ground))
    tint = track.color or worn.text_faint
    painter.fillRect(parts["colour"], colour(tint))
    if _is_hot(picture, track.id, "", "colour"):
        painter.fillRect(parts["colour"].adjusted(-1, 0, 2, 0), colour(tint))
    if is_selected:
        painter.fillRect(
            QRect(0, 0, ACCENT_PX, row.height - 1), colour(worn.accent, 1.0 if is_current else 0.55)
        )
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_name(painter, parts["name"], track, picture)
    if "kind" in parts:
        _paint_kind(painter, parts["kind"], track, picture)
    _paint_buttons(painter, parts, track, picture, ground)
    if "gain" in parts:
        _paint_gain(painter, parts, track, picture)
    if "automation" in parts:
        _paint_automation(painter, parts["automation"], track, picture)
    _paint_marks(painter, parts, track, picture)
    if "grip" in parts and picture.carries:
        shade = worn.accent if _is_hot(picture, track.id, "", "grip") else worn.text_faint
        state = picture.handles.get(track.id, "rest")
        paint_handle(painter, parts["grip"].adjusted(2, 1, -2, -1), state, shade)
    if is_current and picture.has_focus:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour(worn.accent), Sizes.FOCUS))
        painter.drawRect(QRect(1, 1, picture.width - 3, row.height - 3))
    if track.id == picture.dragged:
        painter.fillRect(QRect(0, 0, picture.width, row.height), colour(worn.ground, 0.5))


def _paint_marks(painter: QPainter, parts: dict[Part, QRect], track: Track, picture: HeadersPicture) -> None:
    """Folded corners of what controllers move."""
    learned = {each.target for each in picture.project.midi_bindings if each.track_id == track.id}
    for part, rect in parts.items() if learned else ():
        if part != "value" and learnable_of(part) in learned:
            paint_learn_mark(painter, rect.right() + 1.0, float(rect.top()))


def _paint_name(painter: QPainter, box: QRect, track: Track, picture: HeadersPicture) -> None:
    """Fainter while the track is not heard; with a flake while it is frozen."""
    worn = tokens()
    is_faint = track.muted or track.id in picture.silent
    if track.frozen is not None:
        icon("frozen", worn.accent).paint(painter, QRect(box.left(), box.center().y() - 6, 13, 13))
        box = box.adjusted(17, 0, 0, 0)
    face = font(Sizes.BODY, 600 if track.id in picture.selected else 500)
    _words(painter, box, track.name, face, colour(worn.text_soft if is_faint else worn.text))


def _paint_kind(painter: QPainter, box: QRect, track: Track, picture: HeadersPicture) -> None:
    """The instrument; underlined under the mouse, as it can be chosen."""
    worn = tokens()
    is_hot = track.kind != "master" and _is_hot(picture, track.id, "", "kind")
    icon(_ICONS[track.kind], worn.text_faint).paint(painter, QRect(box.left(), box.top() + 1, 13, 13))
    face, inner = font(Sizes.TINY), box.adjusted(17, 0, 0, 0)
    text = picture.words.get(track.id, "")
    _words(painter, inner, text, face, colour(worn.text if is_hot else worn.text_soft))
    if is_hot:
        width = min(inner.width(), QFontMetrics(face).horizontalAdvance(text))
        painter.setPen(colour(worn.text_soft))
        painter.drawLine(inner.left(), inner.bottom() + 1, inner.left() + width, inner.bottom() + 1)


def _paint_automation(painter: QPainter, box: QRect, track: Track, picture: HeadersPicture) -> None:
    """Brighter where there is automation, in the accent colour while it is shown."""
    worn = tokens()
    is_open = track.id in picture.open_lanes
    is_bright = _is_hot(picture, track.id, "", "automation") or any(
        curve.points for curve in track.automation
    )
    shade = worn.accent if is_open else worn.text if is_bright else worn.text_faint
    icon("automation", shade).paint(painter, QRect(box.left(), box.top() + 2, 14, 14))
    icon("up" if is_open else "down", shade).paint(painter, QRect(box.left() + 13, box.top() + 5, 9, 9))


def _paint_buttons(
    painter: QPainter, parts: dict[Part, QRect], track: Track, picture: HeadersPicture, ground: str
) -> None:
    worn = tokens()
    buttons: tuple[tuple[Part, str, bool, str], ...] = (
        ("mute", "M", track.muted, worn.warn),
        ("solo", "S", track.soloed, worn.accent),
        ("arm", "", track.armed, worn.bad),
    )
    for part, letter, is_on, tint in buttons:
        if part in parts:
            hot = _is_hot(picture, track.id, "", part)
            _paint_button(painter, parts[part], letter, is_on=is_on, tint=tint, is_hot=hot, ground=ground)


def _paint_button(
    painter: QPainter, box: QRect, letter: str, *, is_on: bool, tint: str, is_hot: bool, ground: str
) -> None:
    """A letter or a dot: filled when it is on, an outline when it is off."""
    worn = tokens()
    inner = QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.setPen(Qt.PenStyle.NoPen if is_on else QPen(colour(worn.line_strong), 1))
    painter.setBrush(colour(tint) if is_on else blend(worn.text, ground, 0.1 if is_hot else 0.0))
    painter.drawRoundedRect(inner, 3.0, 3.0)
    if letter:
        shade = worn.accent_text if is_on else worn.text if is_hot else worn.text_soft
        _words(painter, box, letter, font(Sizes.TINY, 600), colour(shade), _CENTRE)
        return
    # Recording is a dot: hollow while it is off.
    dot = QRectF(box.center().x() - 3.5, box.center().y() - 3.0, 8.0, 8.0)
    painter.setPen(Qt.PenStyle.NoPen if is_on else QPen(colour(tint), 1.5))
    painter.setBrush(colour(worn.accent_text) if is_on else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(dot if is_on else dot.adjusted(0.5, 0.5, -0.5, -0.5))


def _paint_gain(painter: QPainter, parts: dict[Part, QRect], track: Track, picture: HeadersPicture) -> None:
    worn, box = tokens(), QRectF(parts["gain"])
    middle = box.center().y()
    groove = QRectF(box.left(), middle - 1.5, box.width(), 3.0)
    share = position_of(track.gain_db)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(worn.line_strong))
    painter.drawRoundedRect(groove, 1.5, 1.5)
    painter.setBrush(colour(worn.text_faint if track.muted else worn.text_soft))
    painter.drawRoundedRect(QRectF(groove.left(), groove.top(), groove.width() * share, 3.0), 1.5, 1.5)
    zero = box.left() + box.width() * 0.75
    painter.fillRect(QRectF(round(zero), middle - 4.0, 1.0, 8.0), colour(worn.text_faint))
    hot = _is_hot(picture, track.id, "", "gain")
    x = box.left() + box.width() * share
    painter.setBrush(colour(worn.accent if hot else worn.text))
    painter.drawRoundedRect(QRectF(x - 2.5, middle - 6.0, 5.0, 12.0), 2.0, 2.0)
    hot = hot or _is_hot(picture, track.id, "", "value")
    shade = colour(worn.text if hot else worn.text_soft)
    _words(painter, parts["value"], decibels(track.gain_db), font(Sizes.TINY, tabular=True), shade, _RIGHT)


def _paint_lane(painter: QPainter, track: Track, row: Row, picture: HeadersPicture) -> None:
    worn, parts = tokens(), parts_of(track.kind, row, picture.width)
    painter.fillRect(QRect(0, 0, picture.width, row.height), blend(worn.raised, worn.ground, 0.55))
    tint = track.color or worn.text_faint
    painter.fillRect(QRect(ACCENT_PX, 0, 2, row.height), colour(tint))
    text = picture.lanes.get((track.id, row.target))
    if text is None:
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    hot = _is_hot(picture, track.id, row.target, "target")
    shade = worn.text if hot else worn.text_soft if text.enabled else worn.text_faint
    target = parts["target"]
    face = font(Sizes.SMALL, 500)
    shown = QFontMetrics(face).elidedText(text.label, Qt.TextElideMode.ElideRight, target.width() - 16)
    _words(painter, target, shown, face, colour(shade))
    wide = QFontMetrics(face).horizontalAdvance(shown)
    icon("down", shade).paint(painter, QRect(target.left() + wide + 4, target.center().y() - 5, 11, 11))
    if "lane_value" in parts:
        used = font(Sizes.TINY, tabular=True)
        words = text.value
        if not text.has_curve:
            words = QCoreApplication.translate("Headers", "{value}  ·  click to draw").format(value=words)
        _words(painter, parts["lane_value"], words, used, colour(worn.text_faint))
    if text.has_curve:
        hot = _is_hot(picture, track.id, row.target, "enable")
        shade = worn.accent if text.enabled else worn.text if hot else worn.text_faint
        icon("bypass", shade).paint(painter, parts["enable"].adjusted(3, 2, -3, -2))
    if picture.hover is not None and (picture.hover.track_id, picture.hover.target) == (track.id, row.target):
        hot = picture.hover.part == "close"
        icon("close", worn.text if hot else worn.text_faint).paint(
            painter, parts["close"].adjusted(4, 3, -4, -3)
        )


def _paint_add(painter: QPainter, picture: HeadersPicture) -> None:
    worn, box = tokens(), add_rect(picture.geometry, picture.width)
    hot = picture.hover is not None and picture.hover.part == "add"
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour(worn.text_faint if hot else worn.line_strong), 1, Qt.PenStyle.DashLine))
    painter.setBrush(colour(worn.raised) if hot else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), Sizes.RADIUS, Sizes.RADIUS)
    shade = worn.text if hot else worn.text_soft
    text = QCoreApplication.translate("Headers", "Add track")
    face = font(Sizes.SMALL, 500)
    wide = QFontMetrics(face).horizontalAdvance(text) + 18
    left = box.left() + (box.width() - wide) // 2
    icon("add", shade).paint(painter, QRect(left, box.center().y() - 6, 13, 13))
    _words(painter, QRect(left + 18, box.top(), wide, box.height()), text, face, colour(shade))


def _is_hot(picture: HeadersPicture, track_id: str, target: str, part: str) -> bool:
    hover = picture.hover
    return hover is not None and (hover.track_id, hover.target, hover.part) == (track_id, target, part)


def _words(
    painter: QPainter,
    box: QRect,
    text: str,
    face: QFont,
    tint: QColor,
    align: Qt.AlignmentFlag = _LEFT,
) -> None:
    painter.setFont(face)
    painter.setPen(tint)
    shown = QFontMetrics(face).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, align | Qt.TextFlag.TextSingleLine, shown)
