"""The lanes above the tracks, as a widget."""

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolTip, QWidget

from musicgen_desktop.ui.bridges import Bridges
from musicgen_desktop.ui.theme import Sizes, colour, tokens
from musicgen_desktop.ui.timeline._own_keys import claims_key, own_action
from musicgen_desktop.ui.timeline._view_state import TimelineState

from ._drags import Grip, drag_of
from ._fields import LaneFields
from ._geometry import LanesGeometry
from ._hit import Hit, hit_at, rect_of
from ._menu import LanesMenu
from ._painter import paint_lanes
from ._picture import LanesPicture
from ._texts import lane_name
from ._tips import tip_of
from ._view_model import LanesModel
from ._walk import LaneWalk

_PLAY_HEAD_PX = 8
_DRAG_PX = 3
_EDGE_PX = 40.0
"""So far the view scrolls at most for each move of the mouse beyond its ends."""

_OWN_KEYS = (
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
    Qt.Modifier.CTRL | Qt.Key.Key_Left,
    Qt.Modifier.CTRL | Qt.Key.Key_Right,
)
_CURSORS = {
    "start": Qt.CursorShape.SizeHorCursor,
    "end": Qt.CursorShape.SizeHorCursor,
    "song_end": Qt.CursorShape.SizeHorCursor,
    "point": Qt.CursorShape.SizeAllCursor,
    "brace": Qt.CursorShape.OpenHandCursor,
    "flag": Qt.CursorShape.OpenHandCursor,
}


class LanesView(QWidget):
    """Sections, chords, key, meter, tempo and ruler over the canvas, on its x axis.

    The mouse: click selects, drag moves, edges resize, double-click types or makes new. Keys: arrows walk
    from thing to thing and from lane to lane, Return types, Delete deletes, Ctrl with arrows moves.
    """

    def __init__(self, bridges: Bridges, state: TimelineState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridges, self._state = bridges, state
        self.model = LanesModel(bridges, state, self)
        self.menu: QMenu | None = None
        self._pressed: tuple[QPointF, Hit] | None = None
        self._guide_y = 0.0
        self._play_x = 0
        self._seen = self._across()
        self.fields = LaneFields(self.model, self, lambda: self.geometry_now)
        self.walk = LaneWalk(bridges, state, self.model, lambda: self.geometry_now)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("Lanes of the song"))
        self._add_actions()
        self.model.changed.connect(self.update)
        state.changed.connect(self._on_state)
        state.song_lanes_changed.connect(self._fit_height)
        bridges.project.changed.connect(lambda _change: self.update())
        bridges.project.opened.connect(self.update)
        bridges.selection.changed.connect(self.update)
        bridges.player.place_changed.connect(self._on_place)
        self._fit_height()

    @property
    def geometry_now(self) -> LanesGeometry:
        """Where everything lies. The tempo lane keeps its range while a point is dragged."""
        return LanesGeometry.of(
            self._state.geometry, self._state.song_lanes, self.width(), self.model.project
        )

    def rect_of(self, hit: Hit) -> QRectF:
        """Where a thing lies, by its lane and key; empty when it is not there."""
        return rect_of(self.model.project, self.geometry_now, hit)

    def hit(self, place: QPointF) -> Hit | None:
        """What lies under a place."""
        return hit_at(self.model.project, self.geometry_now, place.x(), place.y())

    def sizeHint(self) -> QSize:
        """As high as its lanes."""
        return QSize(600, self.geometry_now.height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """One frame."""
        model, outcome = self.model, self.model.outcome
        picture = LanesPicture(
            project=model.shown,
            origin=model.project,
            geometry=self.geometry_now,
            play_tick=self._bridges.player.tick,
            span=self._bridges.selection.span,
            selected=model.selected,
            hover=model.hover,
            guide_tick=None if outcome is None else outcome.tick,
            guide_text="" if outcome is None else outcome.text,
            guide_y=self._guide_y,
            has_focus=self.hasFocus(),
        )
        painter = QPainter(self)
        painter.setClipRect(event.rect())
        paint_lanes(painter, event.rect(), picture)
        if self.hasFocus():
            self._paint_focus(painter)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select, and perhaps a drag begins."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        place = event.position()
        hit = self.hit(place)
        if hit is None:
            return
        self.walk.lane = hit.lane
        self.model.select(hit if hit.key else None)
        geometry = self.geometry_now
        drag = drag_of(self.model.project, hit, self._grip(event), self.model.snapped, geometry.bpm_per_px)
        if drag is not None:
            self._pressed = place, hit
            self._guide_y = place.y()
            self.model.begin(drag)
            if hit.part == "locate":
                self.model.drag_to(self._grip(event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what a drag would do, or what is under the mouse."""
        if self._pressed is None:
            hit = self.hit(event.position())
            self.model.show_hover(hit)
            self.setCursor(_CURSORS.get("" if hit is None else hit.part, Qt.CursorShape.ArrowCursor))
            return
        way = (event.position() - self._pressed[0]).manhattanLength()
        if self.model.outcome is not None or way >= _DRAG_PX:
            x = event.position().x()
            if not 0.0 <= x <= self.width():
                self._state.scroll_by(max(-_EDGE_PX, x) if x < 0.0 else min(_EDGE_PX, x - self.width()))
            self._guide_y = event.position().y()
            self.model.drag_to(self._grip(event), sounds=True)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """One edit."""
        if event.button() == Qt.MouseButton.LeftButton and self._pressed is not None:
            self._pressed = None
            self.model.drop()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Type what is there, or something new."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        hit = self.hit(event.position())
        tick = self._state.geometry.tick_at(event.position().x())
        if hit is None:
            return
        if hit.key:
            self.fields.type_text(hit)
        elif hit.part in ("brace", "start", "end"):
            self.model.toggle_loop()
        elif hit.part == "song_end":
            self.model.reset_end()
        elif hit.lane in ("chords", "key", "meter"):
            self.fields.type_new(hit.lane, tick)
        elif hit.lane in ("sections", "tempo"):
            self._take_new(self.model.add_at(hit.lane, tick))

    def leaveEvent(self, _event: QEvent) -> None:
        """Nothing is under the mouse."""
        self.model.show_hover(None)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll along the song; with Ctrl zoom about the mouse."""
        turn = event.angleDelta().y() or event.angleDelta().x()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._state.zoom_about(event.position().x(), 1.2 ** (turn / 120.0))
        else:
            self._state.scroll_by(-turn)
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of what is under the mouse, or of the selected thing when a key asked for it."""
        hit, place = self.hit(QPointF(event.pos())), QPointF(event.pos())
        if event.reason() == QContextMenuEvent.Reason.Keyboard and self.model.selected is not None:
            hit = self.model.selected
            place = self.rect_of(hit).center()
        elif hit is not None and hit.key:
            self.model.select(hit)
        self.menu = LanesMenu(
            self.model,
            self._state,
            self._bridges.actions,
            hit,
            self._state.geometry.tick_at(place.x()),
            type_text=self.fields.type_text,
            type_new=self.fields.type_new,
            parent=self,
        )
        self.menu.aboutToHide.connect(self.menu.deleteLater)
        self.menu.popup(self.mapToGlobal(place.toPoint()))

    def event(self, event: QEvent) -> bool:
        """Own keys come before the window's; tooltips name what is under the mouse."""
        if claims_key(self, event, _OWN_KEYS) or (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self._pressed is not None
        ):
            event.accept()
            return True
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), tip_of(self.model, self.hit(QPointF(event.pos()))), self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc lets go of a drag; arrows walk; own shortcuts act."""
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        moves = held == Qt.KeyboardModifier.ControlModifier
        is_bare = not held
        if key == Qt.Key.Key_Escape:
            if self._pressed is None:
                self.model.select(None)
            self._pressed = None
            self.model.cancel()
        elif (is_bare or moves) and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = 1 if key == Qt.Key.Key_Right else -1
            if moves:
                self.walk.nudge(step)
            else:
                self.walk.step(step)
            self._tell()
        elif is_bare and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.walk.change_lane(1 if key == Qt.Key.Key_Down else -1)
            self._tell()
        elif is_bare and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._rename()
        elif (action := own_action(self, event)) is not None:
            action.trigger()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the ring."""
        super().focusOutEvent(event)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The play head is somewhere else."""
        super().resizeEvent(event)
        self.update()

    def _add_actions(self) -> None:
        add, group = self._bridges.actions.add, self.tr("Song lanes")
        add("lanes.rename", group, self.tr("Rename or retype"), self._rename, shortcuts=["F2"], owner=self)
        add(
            "lanes.delete",
            group,
            self.tr("Delete the selected section, chord or marker"),
            self._delete,
            shortcuts=["Del", "Backspace"],
            icon="trash",
            owner=self,
        )
        add(
            "marker.add",
            group,
            self.tr("Add marker at the play head"),
            lambda: self._take_new(self.model.add_at("ruler", self._bridges.player.tick), types=False),
            shortcuts=["M"],
            icon="marker",
            owner=self,
        )
        add(
            "marker.previous",
            group,
            self.tr("Previous marker or section"),
            lambda: self.model.jump(-1),
            shortcuts=[","],
            owner=self,
        )
        add(
            "marker.next",
            group,
            self.tr("Next marker or section"),
            lambda: self.model.jump(1),
            shortcuts=["."],
            owner=self,
        )

    def _take_new(self, hit: Hit | None, *, types: bool = True) -> None:
        if hit is not None:
            self.model.select(hit)
            if types and hit.lane != "tempo":
                self.fields.type_text(hit)

    def _rename(self) -> None:
        if self.model.selected is not None:
            self.fields.type_text(self.model.selected)
        elif self.walk.lane in ("chords", "key", "meter"):
            self.fields.type_new(self.walk.lane, self._bridges.player.tick)
        else:
            self._take_new(self.model.add_at(self.walk.lane, self._bridges.player.tick))

    def _delete(self) -> None:
        if self.model.selected is not None:
            self.model.delete(self.model.selected)

    def _grip(self, event: QMouseEvent) -> Grip:
        held = event.modifiers()
        return Grip(
            self._state.geometry.tick_at(event.position().x()),
            event.position().y(),
            bypass=bool(held & Qt.KeyboardModifier.ControlModifier),
            fine=bool(held & Qt.KeyboardModifier.ShiftModifier),
            copies=bool(held & Qt.KeyboardModifier.AltModifier),
        )

    def _tell(self) -> None:
        """What a screen reader says: the lane, and what is selected in it."""
        hit = self.model.selected
        name = lane_name(self.walk.lane)
        self.setAccessibleDescription(name if hit is None else f"{name}: {self.model.text_of(hit)}")

    def _paint_focus(self, painter: QPainter) -> None:
        """A line along the lane that the keys walk in."""
        lane = self.geometry_now.lane(self.walk.lane)
        if lane is not None:
            painter.fillRect(QRect(0, lane.top, Sizes.FOCUS, lane.height), colour(tokens().accent))

    def _fit_height(self) -> None:
        self.setFixedHeight(self.geometry_now.height)
        self.update()

    def _on_state(self) -> None:
        """A scroll up or down is none of the lanes'."""
        before, self._seen = self._seen, self._across()
        if self._seen != before:
            self.update()

    def _across(self) -> tuple[float, float]:
        return self._state.geometry.px_per_tick, self._state.geometry.scroll_x

    def _on_place(self, tick: float) -> None:
        """Only where the play head was and is."""
        x = round(self._state.geometry.x_of(tick))
        if x != self._play_x:
            for each in (self._play_x, x):
                self.update(QRect(each - _PLAY_HEAD_PX, 0, 2 * _PLAY_HEAD_PX + 1, self.height()))
            self._play_x = x
