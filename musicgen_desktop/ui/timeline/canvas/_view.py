"""The canvas under mouse, keys and files that are dropped."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QCursor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from musicgen_desktop.document import Clip, NotesClip
from musicgen_desktop.session.controllers.waveforms import Waveforms
from musicgen_desktop.ui.bridges import Bridges, text_of_place
from musicgen_desktop.ui.timeline._inline_field import InlineField
from musicgen_desktop.ui.timeline._own_keys import claims_key, own_action
from musicgen_desktop.ui.timeline._view_state import TimelineState
from musicgen_desktop.ui.widgets import HandleState, carry_files, drag_tip, handle_cursor

from ._canvas import Canvas
from ._clip_shape import Zone
from ._drops import accept_as_copy, files_in
from ._picture import DropGhost, Hover
from ._place import Place
from ._walk import Way, clip_beside

FilesFor = Callable[[str, str, Qt.KeyboardModifier], Sequence[Path]]
"""(“clip”, clip id, modifiers) → the files to be carried out; none while they are being made."""

StateOfFiles = Callable[[str], HandleState]
"""Clip id → how far the files are that its grip carries."""

_EDGE_EVERY_MS = 30
_FIELD_PX = (140, 320, 20)
"""The least and the largest width of the field for a name, and its height."""
_WHEEL_PX = 60.0
_ZOOM_PER_NOTCH = 1.18
_OWN_KEYS = (
    Qt.Key.Key_Escape,
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
)


class CanvasView(Canvas):
    """The canvas as one works with it."""

    edit_requested = Signal(str)
    """A notes clip shall be opened: its id."""
    files_dropped = Signal(object, int, object)
    """Paths, the tick, and the track's id or None for a new track."""
    menu_requested = Signal(QPoint, str)
    """A context menu, at a place of the screen; the clip's id or nothing."""
    files_wanted = Signal(str)
    """The mouse is on the grip of this clip: its files will be asked for soon."""

    def __init__(
        self,
        bridges: Bridges,
        state: TimelineState,
        waveforms: Waveforms,
        files_for: FilesFor | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(bridges, state, waveforms, parent)
        self.files_for = files_for
        self.state_of_files: StateOfFiles | None = None
        self._last: Place | None = None
        self._edge = QTimer(self, interval=_EDGE_EVERY_MS)
        self._edge.timeout.connect(self._scroll_at_edge)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        state.tool_changed.connect(lambda _tool: self._show_cursor())
        self.hand.edit_requested.connect(self.edit_requested)
        self.hand.carry_requested.connect(self._carry)

    def hit(self, at: QPointF) -> tuple[str, Zone] | None:
        """The clip under a place, and the part of it that a press would take; None for none."""
        hit = self.hand.hit(self._place(at))
        return None if hit is None else (hit[0].id, hit[2])

    def handle_state(self, clip_id: str) -> HandleState:
        """How far the files are that the grip of a clip carries."""
        return "rest" if self.state_of_files is None else self.state_of_files(clip_id)

    def show_handles(self) -> None:
        """They are further now."""
        if not self.hand.is_dragging and self.model.hover is not None:
            self._show_hover()

    @property
    def pointer_tick(self) -> int | None:
        """The snapped tick under the mouse; None while it is elsewhere."""
        at = QPointF(self.mapFromGlobal(QCursor.pos()))
        if self._last is None or not self.underMouse():
            return None
        return self.model.snapped(self._state.geometry.tick_at(at.x()), self._place(at))

    def walk(self, way: Way) -> bool:
        """Select the next clip in a direction; False when there is none."""
        found = clip_beside(self.model.project, self.focused_clip, way, tick=self._bridges.player.tick)
        if found is None:
            return False
        self._bridges.selection.select_clips((found.id,))
        track = self.model.project.track_of_clip(found.id)
        self._state.reveal(found.start_ticks, track_id=track.id)
        return True

    def open_focused(self) -> None:
        """Open the clip that keys walk from."""
        clip = self.model.clip(self.focused_clip)
        if clip is not None:
            self.hand.open(clip)

    def rename_focused(self) -> None:
        """Type another name for it, in its place."""
        clip = self.model.clip(self.focused_clip)
        if clip is not None:
            self._state.reveal(clip.start_ticks, track_id=self.model.project.track_of_clip(clip.id).id)
            box = self.rect_of(clip.id)
            width = max(_FIELD_PX[0], min(box.width(), _FIELD_PX[1]))
            InlineField(
                self,
                QRect(max(0, box.left()), box.top(), width, _FIELD_PX[2]),
                clip.name,
                self.tr("Name of the clip"),
                partial(self.edits.rename, clip.id),
            )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of something."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._last = self._place(event.position(), event.modifiers())
            self.hand.press(self._last, event.button())
            if event.button() == Qt.MouseButton.MiddleButton:
                self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with a drag, or show what could be taken."""
        self._last = self._place(event.position(), event.modifiers())
        if self.hand.is_dragging:
            self.hand.move(self._last)
            inside = 0 <= self._last.at.x() <= self.width()
            if inside:
                self._edge.stop()
            elif not self._edge.isActive():
                self._edge.start()
            return
        self._show_hover()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._edge.stop()
            self.hand.release()
            self._last = self._place(event.position(), event.modifiers())
            self._show_hover()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open, reset or make something."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.hand.double_click(self._place(event.position(), event.modifiers()))

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the mouse."""
        super().leaveEvent(event)
        self._set_hover(None)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; sideways with Shift; zoom about the mouse with Ctrl, row heights with Ctrl and Shift."""
        turn = event.pixelDelta() if not event.pixelDelta().isNull() else event.angleDelta() / 120 * _WHEEL_PX
        notches = (event.angleDelta().y() or event.angleDelta().x()) / 120.0
        held = event.modifiers()
        ctrl = bool(held & Qt.KeyboardModifier.ControlModifier)
        shift = bool(held & Qt.KeyboardModifier.ShiftModifier)
        if ctrl and shift:
            row = self._state.geometry.row_at(event.position().y())
            if row is not None:
                self._state.set_row_height(row.track_id, row.height + round(8 * notches), row.target)
        elif ctrl:
            self._state.zoom_about(event.position().x(), _ZOOM_PER_NOTCH**notches)
        elif shift:
            self._state.scroll_by(-(turn.y() or turn.x()))
        else:
            self._state.scroll_by(-turn.x(), -turn.y())
        event.accept()

    def event(self, event: QEvent) -> bool:
        """What a key means here comes before what it means to the window."""
        if claims_key(self, event, _OWN_KEYS):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, nudge, open, cancel, and the actions that belong to the canvas."""
        action = own_action(self, event)
        if action is not None:
            action.trigger()
            return
        key = event.key()
        is_bare = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key == Qt.Key.Key_Escape:
            self._edge.stop()
            if not self.hand.cancel():
                self._bridges.selection.select_clips(())
                self._bridges.selection.select_span(None)
        elif is_bare and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = 1 if key == Qt.Key.Key_Right else -1
            if self.edits.selected:
                self.edits.nudge(step)
            else:
                self._bridges.player.locate(self._bridges.player.tick + step * self.edits.step_ticks)
        elif is_bare and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.walk("down" if key == Qt.Key.Key_Down else "up")
        elif is_bare and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_focused()
        elif self.hand.is_dragging and self._last is not None:
            self._modifier(event, pressed=True)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """A modifier may change a drag that is under way."""
        if self.hand.is_dragging:
            self._modifier(event, pressed=False)
        super().keyReleaseEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001 - Qt's
        """Tab walks through the clips, and leaves the canvas behind the last one."""
        return self.walk("next" if forward else "previous") or super().focusNextPrevChild(forward)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of what is under the mouse; from the keyboard, of the clip that keys walk from."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard and self.focused_clip:
            box = self.rect_of(self.focused_clip) & self.rect()
            self.menu_requested.emit(self.mapToGlobal(box.center()), self.focused_clip)
            return
        hit = self.hit(QPointF(event.pos()))
        selection = self._bridges.selection
        if hit is not None and hit[0] not in selection.clip_ids:
            selection.select_clips((hit[0],))
        elif hit is None:
            selection.select_clips(())
        self.menu_requested.emit(event.globalPos(), "" if hit is None else hit[0])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Sound, MIDI files and songs are welcome."""
        if event.source() is None and files_in(event.mimeData()):
            accept_as_copy(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show the bar and the track where they would lie."""
        place = self._place(event.position(), event.modifiers())
        tick = self.model.snapped(place.tick, place)
        track = self.model.track_at(place)
        where = text_of_place(tick, self.model.project.meter_map)
        name = track.name if track is not None else self.tr("new track")
        count = self.tr("%n file(s)", "", len(files_in(event.mimeData())))
        self._drop = DropGhost(tick, None if track is None else track.id, f"{where}  {name} · {count}")
        self.update()
        accept_as_copy(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """No drop."""
        super().dragLeaveEvent(event)
        self._drop = None
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        """The files lie at the bar that was shown."""
        place = self._place(event.position(), event.modifiers())
        track = self.model.track_at(place)
        self._drop = None
        self.update()
        accept_as_copy(event)
        self.files_dropped.emit(
            list(files_in(event.mimeData())),
            self.model.snapped(place.tick, place),
            None if track is None else track.id,
        )

    def _place(self, at: QPointF, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> Place:
        geometry = self._state.geometry
        return Place(at, geometry.tick_at(at.x()), geometry.row_at(at.y()), modifiers)

    def _modifier(self, event: QKeyEvent, *, pressed: bool) -> None:
        of_key = {
            Qt.Key.Key_Control: Qt.KeyboardModifier.ControlModifier,
            Qt.Key.Key_Shift: Qt.KeyboardModifier.ShiftModifier,
            Qt.Key.Key_Alt: Qt.KeyboardModifier.AltModifier,
        }.get(Qt.Key(event.key()))
        if of_key is not None and self._last is not None:
            held = self._last.modifiers | of_key if pressed else self._last.modifiers & ~of_key
            self._last = self._place(self._last.at, held)
            self.hand.move(self._last)

    def _show_hover(self) -> None:
        if self._last is None:
            return
        hit = self.hand.hit(self._last)
        self._set_hover(None if hit is None else Hover(hit[0].id, hit[2], self.handle_state(hit[0].id)))
        self._show_cursor()

    def _set_hover(self, hover: Hover | None) -> None:
        before = self.model.hover
        if not self.model.show_hover(hover):
            return
        for each in (before, hover):
            clip = None if each is None else self.model.clip(each.clip_id)
            if clip is not None:
                self.update(self.rect_of(clip.id).adjusted(-2, -2, 2, 2))
        clip = None if hover is None else self.model.clip(hover.clip_id)
        self.setToolTip("" if clip is None or hover is None else self._tip(clip, hover))
        seen = None if before is None else (before.clip_id, before.zone)
        if hover is not None and hover.zone == "grip" and seen != (hover.clip_id, "grip"):
            self.files_wanted.emit(hover.clip_id)

    def _tip(self, clip: Clip, hover: Hover) -> str:
        if hover.zone == "grip":
            what = self.tr("Drag “{name}” into your DAW").format(name=clip.name)
            return drag_tip(what, hover.handle, has_notes=isinstance(clip, NotesClip))
        tips = {
            "loop": self.tr("Drag to repeat"),
            "fade_in": self.tr("Drag to fade in; double-click for no fade"),
            "fade_out": self.tr("Drag to fade out; double-click for no fade"),
            "gain": self.tr("Drag for the gain; double-click for 0 dB"),
        }
        return tips.get(hover.zone, "")

    def _show_cursor(self) -> None:
        if self._last is not None:
            hover = self.model.hover
            is_grip = hover is not None and hover.zone == "grip" and self._state.tool == "select"
            shape = handle_cursor(hover.handle) if is_grip and hover else self.hand.cursor_at(self._last)
            self.setCursor(shape)

    def _on_state(self) -> None:
        """A name that is being typed is taken: its clip moves away from under the field."""
        if isinstance(QApplication.focusWidget(), InlineField):
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        super()._on_state()

    def _scroll_at_edge(self) -> None:
        if self._last is None or not self.hand.is_dragging:
            self._edge.stop()
            return
        x = self._last.at.x()
        self._state.scroll_by(max(-40.0, x / 3.0) if x < 0 else min(40.0, (x - self.width()) / 3.0))
        self._last = self._place(self._last.at, self._last.modifiers)
        self.hand.move(self._last)

    def _carry(self, clip_id: str) -> None:
        self.setCursor(Qt.CursorShape.ClosedHandCursor)
        files = () if self.files_for is None else self.files_for("clip", clip_id, self._held())
        if files:
            carry_files(self, files)
        self._show_cursor()

    def _held(self) -> Qt.KeyboardModifier:
        return self._last.modifiers if self._last is not None else Qt.KeyboardModifier.NoModifier
