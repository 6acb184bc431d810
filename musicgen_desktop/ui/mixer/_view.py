"""The strips under the hand: mouse, wheel, keys, menus and fields."""

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from musicgen_desktop.ui.bridges import Bridges, LearnTarget, tip_with_mark
from musicgen_desktop.ui.theme import Sizes, colour, font, tokens
from musicgen_desktop.ui.widgets.fader_law import gain_at, position_of

from ._geometry import ROW_HEIGHT, insert_row_at
from ._hand import Drag, FaderDrag, InsertDrag, KnobDrag
from ._keys import MixerKeys
from ._parts import FADER, NAME, PAN, Part, Spot, learnable_of
from ._strokes import words
from ._touch import MixerTouch
from ._view_model import MixerViewModel
from ._words import words_of

_EDGE_PX = 24


class MixerView(MixerTouch):
    """The mixer's strips, to be touched."""

    def __init__(self, model: MixerViewModel, bridges: Bridges, parent: QWidget | None = None) -> None:
        super().__init__(model, bridges, parent)
        self._drag: Drag | None = None
        self._keys = MixerKeys(model, self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Mixer"))
        self.viewport().setMouseTracking(True)
        self.setMouseTracking(True)
        self.viewport().setFocusProxy(self)

    # The mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select the strip, and begin what the part under the mouse does."""
        place = event.position().toPoint()
        spot = self.hit(place)
        if spot is None or event.button() == Qt.MouseButton.MiddleButton:
            return
        part = spot.part or Part("")
        modifiers = event.modifiers()
        control = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        if event.button() == Qt.MouseButton.RightButton:
            if spot.track_id not in self._bridges.selection.track_ids:
                self._model.select(spot.track_id)
            return
        if part.name in ("", "name"):
            shift = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
            self._model.select(spot.track_id, toggle=control, extend=shift)
            self._focus = NAME if part.name else self._focus
        elif spot.track_id not in self._bridges.selection.track_ids:
            self._model.select(spot.track_id)
        if part in self.parts(spot.track_id):
            self.focus_part(part)
        self._begin(spot, part, place, control=control)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with the drag, or light what is under the mouse."""
        place = event.position().toPoint()
        if self._drag is not None:
            self._drag.move(place, event.modifiers())
            return
        self._light(self.hit(place))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The drag is over."""
        if event.button() == Qt.MouseButton.LeftButton and self._drag is not None:
            drag, self._drag = self._drag, None
            drag.release()
            self._light(self.hit(event.position().toPoint()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Reset a value, or rename."""
        spot = self.hit(event.position().toPoint())
        if spot is None or spot.part is None or event.button() != Qt.MouseButton.LeftButton:
            return
        if spot.part == NAME:
            self.write(spot.track_id, NAME)
        elif not self.reset(spot):
            self.mousePressEvent(event)  # two quick clicks on a button are two clicks

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the mouse."""
        super().leaveEvent(event)
        self._light(None)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Step a value; elsewhere, and sideways, scroll."""
        spot = self.hit(event.position().toPoint())
        turn, aside = event.angleDelta().y(), event.angleDelta().x()
        fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if abs(aside) > abs(turn) and not fine:
            turn = 0
        turn = turn or (aside if fine else 0)
        if spot is None or not turn or not self.step(spot, turn / 120.0, fine=fine):
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - round((turn or aside) / 120.0 * bar.singleStep()))
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of what is under the mouse, or of what the keyboard acts on."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self.open_menu(Spot(self._model.current_id, self._focus))
        elif (spot := self.hit(event.pos())) is not None:
            self.open_menu(spot, event.pos())

    def viewportEvent(self, event: QEvent) -> bool:
        """Tooltips are of parts."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            spot = self.hit(event.pos())
            text = ""
            if spot is not None and spot.part is not None:
                text = words_of(
                    self._model.track(spot.track_id), spot.part, top_db=self.top_db(spot.track_id)
                )
                if learnable_of(spot.part):
                    target = LearnTarget(spot.track_id, learnable_of(spot.part))
                    text = tip_with_mark(text, self._bridges.learning, target)
            QToolTip.showText(event.globalPos(), text, self.viewport())
            return True
        return super().viewportEvent(event)

    # The keyboard

    def event(self, event: QEvent) -> bool:
        """Digits type a level here: they audition takes elsewhere."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self.hasFocus()
            and self._keys.types(event)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc ends a drag; the rest is `MixerKeys`."""
        if event.key() == Qt.Key.Key_Escape and self._drag is not None:
            drag, self._drag = self._drag, None
            drag.cancel()
        elif not self._keys.press(event):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001 - Qt's signature
        """Tab walks the parts of the current strip, then leaves."""
        parts = self.parts(self._model.current_id)
        at = parts.index(self._focus) if self._focus in parts else -1
        to = at + (1 if forward else -1)
        if not self.hasFocus() or at < 0 or not 0 <= to < len(parts):
            return super().focusNextPrevChild(forward)
        self.focus_part(parts[to])
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.TabFocusReason:
            self._focus = self.parts(self._model.current_id)[0]
        elif self._focus not in self.parts(self._model.current_id):
            self._focus = FADER
        self._tell()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide it."""
        super().focusOutEvent(event)
        self.viewport().update()

    def paint_above(self, painter: QPainter) -> None:
        """The effect that is carried, and where it will land."""
        drag = self._drag
        if not isinstance(drag, InsertDrag) or not drag.is_carried:
            return
        worn = tokens()
        if drag.target is not None and self._model.strip(drag.target[0]) is not None:
            painter.fillRect(self._landing(*drag.target), colour(worn.accent))
        strip = self._model.strip(drag.track_id)
        name = next((each.name for each in strip.inserts if each.id == drag.insert_id), "") if strip else ""
        ghost = QRect(drag.place.x() - 30, drag.place.y() - 9, self.strip_width - 8, ROW_HEIGHT)
        painter.setPen(colour(worn.accent))
        painter.setBrush(colour(worn.pressed, 0.92))
        painter.drawRoundedRect(QRectF(ghost), 3, 3)
        words(painter, ghost.adjusted(6, 0, -4, 0), name, font(Sizes.TINY), colour(worn.text))

    def _begin(self, spot: Spot, part: Part, place: QPoint, *, control: bool) -> None:
        model, track_id = self._model, spot.track_id
        if part == FADER:
            self._drag = FaderDrag(model, track_id, self.layout_of(track_id).fader, place)
        elif part == PAN:
            share = (model.track(track_id).pan + 1.0) / 2.0
            self._drag = KnobDrag(
                model, share, lambda to, key: model.set_pan(track_id, to * 2.0 - 1.0, key), place
            )
        elif part.name == "send":
            self._drag = KnobDrag(
                model,
                position_of(self._send_db(track_id, part.id)),
                lambda to, key: model.set_send_gain(track_id, part.id, round(gain_at(to), 1), key),
                place,
            )
        elif part.name == "insert":
            self._drag = InsertDrag(
                model,
                track_id,
                part.id,
                place,
                target=self._insert_target,
                click=lambda: self.activate(spot),
                shown=self.viewport().update,
                threshold=QApplication.startDragDistance(),
            )
        elif part.name not in ("", "name"):
            self.activate(spot, place if part.name in ("output", "add_send") else None, exclusive=control)

    def _insert_target(self, place: QPoint) -> tuple[str, int] | None:
        bar, area = self.horizontalScrollBar(), self.strip_rect(self._model.strips[-1].id).left()
        if place.x() < _EDGE_PX or area - _EDGE_PX < place.x() < area:
            bar.setValue(bar.value() + (-_EDGE_PX if place.x() < _EDGE_PX else _EDGE_PX))
        spot = self.hit(place)
        strip = self._model.strip(spot.track_id) if spot is not None else None
        if strip is None:
            return None
        return strip.id, insert_row_at(self.layout_of(strip.id), strip, place.y())

    def _landing(self, track_id: str, row: int) -> QRect:
        rows = self.layout_of(track_id).inserts
        corner = self.strip_rect(track_id).topLeft()
        if not rows:
            return QRect(corner.x() + 4, corner.y() + 36, self.strip_width - 8, 2)
        at = rows[min(row, len(rows) - 1)]
        y = at.top() - 2 if row < len(rows) else at.bottom() + 1
        return QRect(at.left(), y, at.width(), 2).translated(corner)

    def _light(self, spot: Spot | None) -> None:
        if spot != self._hot:
            before, self._hot = self._hot, spot
            for each in (before, spot):
                if each is not None:
                    self.viewport().update(self.strip_rect(each.track_id))
            part = spot.part.name if spot is not None and spot.part is not None else ""
            shapes = {"fader": Qt.CursorShape.SizeVerCursor, "pan": Qt.CursorShape.SizeVerCursor}
            self.viewport().setCursor(shapes.get(part, Qt.CursorShape.ArrowCursor))
