"""The strips under the hand: mouse, wheel, keys, menus and fields."""

from collections.abc import Callable

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

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.ui.bridges import Bridges
from musicgen_desktop.ui.theme import Sizes, colour, font, tokens
from musicgen_desktop.ui.widgets import InstrumentPicker, pan_text, typed_pan

from ._canvas import MixerCanvas
from ._fader_law import gain_at, position_of, read_db, stepped, text_of_db
from ._field import InlineField
from ._geometry import ROW_HEIGHT, insert_row_at, rects_of_parts
from ._hand import Drag, FaderDrag, InsertDrag, KnobDrag
from ._keys import MixerKeys
from ._menus import StripMenus
from ._parts import FADER, NAME, PAN, VALUE, Part, Spot
from ._strokes import words
from ._view_model import MixerViewModel
from ._words import words_of

_WHEEL_DB, _FINE_DB = 0.5, 0.1
_WHEEL_PAN, _FINE_PAN = 0.05, 0.01


class MixerView(MixerCanvas):
    """The mixer's strips, to be touched."""

    def __init__(self, model: MixerViewModel, bridges: Bridges, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self._bridges = bridges
        self._drag: Drag | None = None
        self.field = InlineField(self.viewport())
        self._menus = StripMenus(model, bridges.actions, self.write, self)
        self._keys = MixerKeys(model, self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Mixer"))
        self.viewport().setMouseTracking(True)
        self.setMouseTracking(True)
        self.viewport().setFocusProxy(self)
        model.changed.connect(self._tell)

    # What the keyboard acts on

    @property
    def focused(self) -> Part:
        """The part of the current strip that the keyboard acts on."""
        return self._focus

    def focus_part(self, part: Part) -> None:
        """Let the keyboard act on another part."""
        self._focus = part
        self._tell()
        self.viewport().update()

    def parts(self, track_id: str) -> tuple[Part, ...]:
        """The parts of a strip in the order that Tab walks them."""
        strip = self._model.strip(track_id)
        if strip is None:
            return ()
        skipped = ("peak", "power", "tap")
        return tuple(
            part for part, _ in rects_of_parts(self.layout_of(track_id), strip) if part.name not in skipped
        )

    # Wishes that both mouse and keyboard have

    def activate(self, spot: Spot, place: QPoint | None = None, *, exclusive: bool = False) -> None:
        """Do what a click on a part does."""
        model, track_id, part = self._model, spot.track_id, spot.part
        if part is None:
            return
        doings: dict[str, Callable[[], object]] = {
            "mute": lambda: model.toggle_mute(track_id),
            "solo": lambda: model.toggle_solo(track_id, exclusive=exclusive),
            "arm": lambda: model.toggle_arm(track_id),
            "power": lambda: model.bypass_insert(track_id, part.id),
            "insert": lambda: model.effect_requested.emit(track_id, part.id),
            "tap": lambda: model.toggle_tap(track_id, part.id),
            "fold": lambda: model.fold(track_id),
            "peak": lambda: self.forget_peak(track_id),
            "add_insert": lambda: self.pick_effect(track_id, part),
        }
        doings |= dict.fromkeys(
            ("add_send", "more_inserts", "more_sends", "output"), lambda: self.open_menu(spot, place)
        )
        doings |= dict.fromkeys(("value", "name", "pan", "send"), lambda: self.write(track_id, part))
        if part.name in doings:
            doings[part.name]()

    def step(self, spot: Spot, notches: float, *, fine: bool = False) -> bool:
        """Turn what has a value by some notches up; False for a part that has none."""
        part, track_id = spot.part, spot.track_id
        if part is None:
            return False
        by_db = notches * (_FINE_DB if fine else _WHEEL_DB)
        if part in (FADER, VALUE):
            gain_db = stepped(self._model.track(track_id).gain_db, by_db)
            self._model.set_gain(track_id, gain_db, f"step:{track_id}")
        elif part == PAN:
            pan = self._model.track(track_id).pan + notches * (_FINE_PAN if fine else _WHEEL_PAN)
            self._model.set_pan(track_id, min(1.0, max(-1.0, pan)), f"pan:{track_id}")
        elif part.name in ("send", "tap"):
            gain_db = stepped(self._send_db(track_id, part.id), 2.0 * by_db)
            self._model.set_send_gain(track_id, part.id, gain_db, f"send:{part.id}")
        else:
            return False
        return True

    def reset(self, spot: Spot) -> bool:
        """Put a value back to where it is by itself; False for a part that has none."""
        if spot.part in (FADER, VALUE):
            self._model.reset_gain(spot.track_id)
        elif spot.part == PAN:
            self._model.set_pan(spot.track_id, 0.0)
        elif spot.part is not None and spot.part.name == "send":
            self._model.set_send_gain(spot.track_id, spot.part.id, 0.0)
        else:
            return False
        return True

    def write(self, track_id: str, part: Part, text: str | None = None) -> None:
        """Open the field of a part: its name or its value.

        Args:
            track_id: of the strip.
            part: its name, or what has a value; also “trim” and “instrument”.
            text: what stands there already; None is the present value.
        """
        model, track = self._model, self._model.track(track_id)
        self.show_strip(track_id)
        if part.name == "instrument":
            self.pick_instrument(track_id)
            return
        name, value = words_of(track, part), ""
        rect = self.rect_of(track_id, part)
        if part == NAME:
            value = track.name
            rect = QRect(rect.left() + 2, rect.top() + 3, rect.width() - 4, 20)
            self.field.open(rect, name, value, lambda typed: model.rename(track_id, typed))
            return
        if part == PAN:
            value, rect = pan_text(track.pan), self._room(rect)
        elif part.name == "send":
            value, rect = text_of_db(self._send_db(track_id, part.id), unit=False), self._room(rect)
        elif part.name == "trim":
            value, rect = text_of_db(track.trim_db, unit=False), self.rect_of(track_id, VALUE)
        else:
            value, rect = text_of_db(track.gain_db, unit=False), self.rect_of(track_id, VALUE)
        self.field.open(
            rect, name, value if text is None else text, lambda typed: self._typed(track_id, part, typed)
        )
        if text is not None:
            self.field.end(False)  # noqa: FBT003 - Qt's signature: nothing is selected

    def pick_effect(self, track_id: str, part: Part) -> None:
        """The list of effects, below a part."""
        rect = self.rect_of(track_id, part)
        self._menus.effect_picker(track_id).open_at(self.viewport().mapToGlobal(rect.topLeft()))

    def pick_instrument(self, track_id: str) -> None:
        """The list of instruments, below the strip's name."""
        try:
            picker = InstrumentPicker(self._model.track(track_id).patch, self)
        except UserInputError as error:
            self._bridges.project.refused.emit(str(error))
            return
        picker.patch_chosen.connect(lambda patch: self._model.set_patch(track_id, patch))
        picker.open_at(self.viewport().mapToGlobal(self.rect_of(track_id, NAME).bottomLeft()))

    def open_menu(self, spot: Spot, place: QPoint | None = None) -> None:
        """The menu of a part, at a place of the viewport or below the part."""
        if place is None:
            rect = self.rect_of(spot.track_id, spot.part or NAME)
            place = rect.bottomLeft()
        menu = self._menus.at(spot)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.viewport().mapToGlobal(place))

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
            QToolTip.showText(event.globalPos(), text, self.viewport())
            return True
        return super().viewportEvent(event)

    # The keyboard

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
        if drag.target is not None:
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

    def _typed(self, track_id: str, part: Part, text: str) -> None:
        try:
            value = typed_pan(text) if part == PAN else read_db(text)
        except ValueError:
            sentence = self.tr("“{text}” is no level: type a number such as −6, or −inf.")
            self._bridges.project.refused.emit(sentence.format(text=text))
            return
        if part == PAN:
            self._model.set_pan(track_id, min(1.0, max(-1.0, value)))
        elif part.name == "send":
            self._model.set_send_gain(track_id, part.id, value)
        elif part.name == "trim":
            self._model.set_trim(track_id, value)
        else:
            self._model.set_gain(track_id, value)

    def _room(self, rect: QRect) -> QRect:
        """Room for some figures around a small part."""
        return QRect(rect.left(), rect.top(), max(rect.width(), 52), max(rect.height(), 20))

    def _send_db(self, track_id: str, send_id: str) -> float:
        return next(send.gain_db for send in self._model.track(track_id).sends if send.id == send_id)

    def _light(self, spot: Spot | None) -> None:
        if spot != self._hot:
            before, self._hot = self._hot, spot
            for each in (before, spot):
                if each is not None:
                    self.viewport().update(self.strip_rect(each.track_id))
            part = spot.part.name if spot is not None and spot.part is not None else ""
            shapes = {"fader": Qt.CursorShape.SizeVerCursor, "pan": Qt.CursorShape.SizeVerCursor}
            self.viewport().setCursor(shapes.get(part, Qt.CursorShape.ArrowCursor))

    def _tell(self) -> None:
        """Say to a screen reader where the keyboard is."""
        track = self._model.track(self._model.current_id)
        self.setAccessibleDescription(f"{track.name}: {words_of(track, self._focus)}")
