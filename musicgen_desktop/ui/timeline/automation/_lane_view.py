"""One automation lane, as a widget over its row of the canvas."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QKeyCombination, QPointF, QRect, Qt
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QMenu, QToolTip, QWidget

from musicgen_desktop.document import AutomationPoint
from musicgen_desktop.ui.bridges import Bridges, text_of_place
from musicgen_desktop.ui.timeline._inline_field import InlineField
from musicgen_desktop.ui.timeline._own_keys import claims_key
from musicgen_desktop.ui.timeline._view_state import TimelineState

from ._geometry import LaneGeometry
from ._hand import Drag, DrawDrag, EraseDrag, Place, PointDrag, SpanDrag
from ._painter import LanePicture, paint_lane
from ._view_model import LaneModel

_FIELD_W, _FIELD_H = 96, 22
_STEP, _FINE_STEP = 0.02, 0.002
_OWN_KEYS: tuple[Qt.Key | QKeyCombination, ...] = (
    Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter,
    Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Escape, Qt.Key.Key_Insert, Qt.Key.Key_F2,
    Qt.Key.Key_H,
    *(Qt.Modifier.SHIFT | key for key in (Qt.Key.Key_Up, Qt.Key.Key_Down)),
    *(Qt.Modifier.CTRL | key for key in (Qt.Key.Key_Left, Qt.Key.Key_Right)),
)  # fmt: skip


class AutomationLaneView(QWidget):
    """The curve of one knob.

    The mouse: a click adds a point, a drag moves one (Ctrl off the grid, Shift finely), a double-click takes
    it away; pencil, eraser and range tool do what they say. Keys: left and right walk from point to point,
    with Ctrl they move it in time; up and down move its value, with Shift finely; Return types it; Insert
    adds one at the play head; H holds or slopes; Delete deletes.
    """

    def __init__(
        self, bridges: Bridges, state: TimelineState, track_id: str, target: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._bridges, self._state = bridges, state
        self.model = LaneModel(bridges, state, track_id, target, self)
        self.menu: QMenu | None = None
        self._drag: Drag | None = None
        self._hover: int | None = None
        self._play_x = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.model.changed.connect(self._on_model)
        bridges.selection.changed.connect(self.update)
        bridges.player.place_changed.connect(self._on_place)
        state.changed.connect(self.update)
        state.tool_changed.connect(self._show_cursor)
        self._on_model()
        self._show_cursor()

    @property
    def lane_geometry(self) -> LaneGeometry | None:
        """Where everything lies; None when the knob is gone."""
        lane = self.model.lane
        if lane is None:
            return None
        return LaneGeometry(self._state.geometry, lane, self.width(), self.height())

    def place_of(self, point: AutomationPoint) -> QPointF:
        """Where a point lies."""
        geometry = self.lane_geometry
        return QPointF() if geometry is None else geometry.place_of(point.tick, point.value)

    def hit(self, place: QPointF) -> AutomationPoint | None:
        """The point under a place."""
        geometry = self.lane_geometry
        return None if geometry is None else geometry.point_at(place.x(), place.y())

    def paintEvent(self, event: QPaintEvent) -> None:
        """One frame."""
        lane, project = self.model.shown, self.model.project
        if lane is None:
            return
        picture = LanePicture(
            geometry=LaneGeometry(self._state.geometry, lane, self.width(), self.height()),
            meters=project.meter_map,
            color=self.model.color,
            selected=frozenset(self.model.selected),
            hover=self._hover,
            guide=self.model.guide,
            play_tick=self._bridges.player.tick,
            span=self.model.span,
            loop=(project.loop.start_ticks, project.loop.end_ticks) if project.loop.enabled else None,
            has_focus=self.hasFocus(),
        )
        painter = QPainter(self)
        painter.setClipRect(event.rect())
        paint_lane(painter, event.rect(), picture)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a point, or do what the tool does."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        geometry = self.lane_geometry
        if event.button() != Qt.MouseButton.LeftButton or geometry is None:
            return
        place = _place(event)
        match self._state.tool:
            case "draw":
                self._drag = DrawDrag(self.model, geometry, place)
            case "erase":
                self._drag = EraseDrag(self.model, geometry, place)
            case "range":
                self._drag = SpanDrag(self.model, geometry, place)
            case _:
                point = geometry.point_at(place.x, place.y)
                if point is not None and point.tick not in self.model.selected:
                    others = self.model.selected if place.fine else ()
                    self.model.select(*others, point.tick)
                self._drag = PointDrag(self.model, geometry, point, place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with a drag, or show what is under the mouse."""
        if self._drag is not None:
            self._drag.move(_place(event))
            return
        point = self.hit(event.position())
        hover = None if point is None else point.tick
        if hover != self._hover:
            self._hover = hover
            self._show_cursor()
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """One edit."""
        if event.button() == Qt.MouseButton.LeftButton and self._drag is not None:
            drag, self._drag = self._drag, None
            drag.drop()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A point goes; where there is none, it is a second click."""
        point = self.hit(event.position())
        if event.button() == Qt.MouseButton.LeftButton and point is not None:
            self.model.delete(point.tick)
        else:
            self.mousePressEvent(event)

    def leaveEvent(self, _event: QEvent) -> None:
        """Nothing is under the mouse."""
        self._hover = None
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Over a point its value steps; elsewhere the canvas scrolls."""
        point = self.hit(event.position())
        if point is None:
            event.ignore()
            return
        fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        turn = 1.0 if (event.angleDelta().y() or event.angleDelta().x()) > 0 else -1.0
        self.model.select(point.tick)
        self.model.nudge(0, turn * (_FINE_STEP if fine else _STEP))
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the point under the mouse, or of the selected ones."""
        point = self.hit(QPointF(event.pos()))
        if point is not None and point.tick not in self.model.selected:
            self.model.select(point.tick)
        from_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        ticks = self.model.selected if point is not None or from_key else ()
        tick = self.model.snapped(self._state.geometry.tick_at(event.pos().x()))
        self.menu = self._made_menu(ticks, tick)
        self.menu.aboutToHide.connect(self.menu.deleteLater)
        self.menu.popup(event.globalPos())

    def event(self, event: QEvent) -> bool:
        """Own keys come before the window's; a tooltip says the value."""
        if claims_key(self, event, _OWN_KEYS):
            event.accept()
            return True
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self._tip(QPointF(event.pos())), self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, move, type, add, delete."""
        key, held = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        moves = held == Qt.KeyboardModifier.ControlModifier
        fine = held == Qt.KeyboardModifier.ShiftModifier
        way = 1 if key in (Qt.Key.Key_Right, Qt.Key.Key_Up) else -1
        if (moves or not held) and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            if moves:
                self.model.nudge(way * self.model.step_ticks, 0.0)
            else:
                self.model.walk(way)
        elif (fine or not held) and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.model.nudge(0, way * (_FINE_STEP if fine else _STEP))
        else:
            act = None if held and key != Qt.Key.Key_Escape else self._slot_of(key)
            if act is None:
                super().keyPressEvent(event)
            else:
                act()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the ring."""
        super().focusOutEvent(event)
        self.update()

    def type_value(self, tick: int) -> None:
        """Open the field of a point's value, or of a new point's."""
        geometry = self.lane_geometry
        if geometry is None:
            return
        value = geometry.lane.value_at(tick)
        place = geometry.place_of(tick, value)
        left = min(max(0, round(place.x()) + 8), max(0, self.width() - _FIELD_W))
        top = min(max(0, round(place.y()) - _FIELD_H // 2), max(0, self.height() - _FIELD_H))
        box = QRect(left, top, _FIELD_W, min(_FIELD_H, self.height()))
        text = geometry.lane.text_of(value)
        InlineField(self, box, text, geometry.lane.knob.label, partial(self.model.type_value, tick))

    def _slot_of(self, key: Qt.Key) -> Callable[[], object] | None:
        model = self.model
        slots: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_Return: self._type_selected,
            Qt.Key.Key_Enter: self._type_selected,
            Qt.Key.Key_F2: self._type_selected,
            Qt.Key.Key_Delete: self._delete,
            Qt.Key.Key_Backspace: self._delete,
            Qt.Key.Key_Insert: model.add_at_play_head,
            Qt.Key.Key_H: lambda: self._toggle_hold(model.selected),
            Qt.Key.Key_Escape: self._cancel,
        }
        return slots.get(key)

    def _type_selected(self) -> None:
        if self.model.selected:
            self.type_value(self.model.selected[-1])

    def _delete(self) -> None:
        if self.model.selected:
            self.model.delete(*self.model.selected)
        else:
            self.model.delete_selected_span()

    def _cancel(self) -> None:
        if self._drag is None:
            self.model.select()
        self._drag = None
        self.model.cancel()

    def _toggle_hold(self, ticks: tuple[int, ...]) -> None:
        holds = all(point.curve == "hold" for point in self.model.points if point.tick in ticks)
        if ticks:
            self.model.shape(ticks, "linear" if holds else "hold")

    def _made_menu(self, ticks: tuple[int, ...], tick: int) -> QMenu:
        menu, model, lane = QMenu(self), self.model, self.model.lane

        def add(text: str, slot: Callable[[], object]) -> QAction:
            action = menu.addAction(text)
            action.triggered.connect(lambda _checked=False: slot())
            return action

        if ticks:
            add(self.tr("Type value…\tReturn"), lambda: self.type_value(ticks[-1]))
            if lane is not None and not lane.knob.is_switch:
                hold = add(self.tr("Hold until the next point\tH"), lambda: self._toggle_hold(ticks))
                hold.setCheckable(True)
                held = {point.tick for point in model.points if point.curve == "hold"}
                hold.setChecked(set(ticks) <= held)
            add(self.tr("Delete\tDel"), lambda: model.delete(*ticks))
        else:
            add(self.tr("Type a value here…"), lambda: self.type_value(tick))
        menu.addSeparator()
        add(self.tr("Add point at the play head\tInsert"), model.add_at_play_head)
        everything = add(self.tr("Select all points"), lambda: model.select(*(p.tick for p in model.points)))
        everything.setEnabled(bool(model.points))
        span = add(self.tr("Delete points in the selected span"), model.delete_selected_span)
        span.setEnabled(model.span is not None)
        menu.addSeparator()
        close = partial(self._state.close_lane, model.track_id, model.target)
        add(self.tr("Close lane"), close)
        return menu

    def _tip(self, place: QPointF) -> str:
        lane, point = self.model.lane, self.hit(place)
        if lane is None:
            return ""
        if point is None:
            return self.tr("{knob}: click to add a point").format(knob=lane.knob.label)
        where = text_of_place(point.tick, self.model.project.meter_map)
        return f"{lane.knob.label}: {lane.text_of(point.value)}  {where}"

    def _show_cursor(self) -> None:
        if self._state.tool == "select" and self._hover is not None:
            self.setCursor(Qt.CursorShape.SizeAllCursor)
        else:
            self.setCursor(Qt.CursorShape.CrossCursor)

    def _on_model(self) -> None:
        lane = self.model.lane
        if lane is not None:
            track = self.model.project.track(self.model.track_id)
            name = self.tr("Automation of {knob} on {track}")
            self.setAccessibleName(name.format(knob=lane.knob.label, track=track.name))
            if self.model.selected:
                tick = self.model.selected[-1]
                where = text_of_place(tick, self.model.project.meter_map)
                self.setAccessibleDescription(f"{where}: {lane.text_of(lane.value_at(tick))}")
            else:
                self.setAccessibleDescription(self.tr("%n point(s)", "", len(self.model.points)))
        self.update()

    def _on_place(self, tick: float) -> None:
        """Only where the play head was and is."""
        x = round(self._state.geometry.x_of(tick))
        if x != self._play_x:
            for each in (self._play_x, x):
                self.update(each - 1, 0, 3, self.height())
            self._play_x = x


def _place(event: QMouseEvent) -> Place:
    held = event.modifiers()
    return Place(
        event.position().x(),
        event.position().y(),
        bypass=bool(held & Qt.KeyboardModifier.ControlModifier),
        fine=bool(held & Qt.KeyboardModifier.ShiftModifier),
    )
