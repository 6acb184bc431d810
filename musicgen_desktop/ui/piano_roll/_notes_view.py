"""The grid with its notes, and the hand on them."""

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from musicgen_desktop.music import Note
from musicgen_desktop.ui.theme import colour, tokens

from ._audition import Audition
from ._edits import RollEdits
from ._gestures import Band, Draw, Erase, Gesture, Held, Move, Resize, Split, held_of
from ._hit import Hit, note_at
from ._note_arrays import NoteArrays
from ._roll_painter import paint_roll, spans_of
from ._step_keys import StepKeys
from ._view_model import RollModel
from ._wheel import turn_wheel


class NotesView(QWidget):
    """Notes over the lanes of a keyboard or a drum kit."""

    menu_wanted = Signal(object, QPoint)
    """The note under the mouse or None, and where on the screen."""

    def __init__(
        self,
        model: RollModel,
        edits: RollEdits,
        audition: Audition,
        steps: StepKeys,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model, self._edits, self._audition, self._steps = model, edits, audition, steps
        self._gesture: Gesture | None = None
        self._pan: QPoint | None = None
        self._pressed: tuple[Note, bool] | None = None
        """The note pressed, and whether a mere click takes it out of the selection."""
        self._was_dragged = False
        self._press_at = QPoint()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumHeight(40)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("Notes"))
        for signal in (
            model.clip_changed,
            model.selection_changed,
            model.view_changed,
            model.preview_changed,
            model.options_changed,
        ):
            signal.connect(self.update)
        model.options_changed.connect(self._on_options)
        model.selection_changed.connect(self._describe)
        model.notes_changed.connect(self._let_go)

    # ---- for tests and for other views ---------------------------------------------------------

    def rect_of(self, note: Note) -> QRect:
        """Where a note is painted."""
        geometry = self._model.geometry
        x, y, width, height = spans_of(geometry, NoteArrays((note,)), self._model.zero)[0].tolist()
        if geometry.rows.is_drum_map:
            half = geometry.row_px // 2
            return QRect(x - half, y, 2 * half, height)
        return QRect(x, y, width, height)

    def hit(self, position: QPoint) -> Hit | None:
        """The note at a pixel, and which part of it."""
        return note_at(self._model, position.x(), position.y())

    # ---- painting ------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Backdrop, ghosts, notes, and what a drag would make of them."""
        painter = QPainter(self)
        mouse = self.mapFromGlobal(self.cursor().pos())
        paint_roll(painter, self._model, event.rect(), self.rect(), mouse)
        if self.hasFocus():
            painter.setPen(QPen(colour(tokens().accent, 0.7), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The grid is as large as this."""
        super().resizeEvent(event)
        self._model.set_size(self.width(), self.height())

    # ---- the mouse -----------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin what the tool does here."""
        self._press_at = event.position().toPoint()
        if event.button() == Qt.MouseButton.MiddleButton:
            self._pan = self._press_at
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            return
        if event.button() != Qt.MouseButton.LeftButton or self._model.clip is None:
            return
        self._was_dragged = False
        self._pressed = None
        self._gesture = self._begin(event.position().x(), event.position().y(), held_of(event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on, or show what a press would do."""
        x, y = event.position().x(), event.position().y()
        if self._pan is not None:
            way = event.position().toPoint() - self._pan
            self._pan = event.position().toPoint()
            geometry = self._model.geometry
            left = geometry.left_tick - way.x() / geometry.px_per_tick
            self._model.show(geometry.scrolled(left, geometry.top_px - way.y()))
        elif self._gesture is not None:
            way = event.position().toPoint() - self._press_at
            if not self._was_dragged and way.manhattanLength() < 3:
                return
            self._was_dragged = True
            self._scroll_towards(x, y)
            self._gesture.to(x, y, held_of(event))
        else:
            self._show_cursor(x, y)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go: the edit is made."""
        if event.button() == Qt.MouseButton.MiddleButton:
            self._pan = None
            self._show_cursor(event.position().x(), event.position().y())
            return
        if event.button() != Qt.MouseButton.LeftButton:
            return
        gesture, self._gesture = self._gesture, None
        self._model.set_preview(None)
        if gesture is not None and (self._was_dragged or isinstance(gesture, Draw | Erase | Split)):
            gesture.drop()
        elif self._pressed is not None:
            note, goes = self._pressed
            if goes:
                self._model.toggle(note)
            elif not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._model.select((note,))
        self._audition.end()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """With the select tool: draw a note, or take one out."""
        if event.button() != Qt.MouseButton.LeftButton or self._model.clip is None:
            return
        x, y = event.position().x(), event.position().y()
        self._press_at = event.position().toPoint()
        self._was_dragged = False
        self._pressed = None
        hit = note_at(self._model, x, y)
        if self._model.tool in ("select", "draw") and hit is not None:
            self._edits.erase((hit.note,))
        elif self._model.tool == "select":
            self._gesture = Draw(self._model, self._edits, self._audition.strike, x, y, held_of(event))
        else:
            self.mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the note under the mouse, or of the grid."""
        self._cancel()
        hit = self.hit(event.pos())
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        if by_mouse and hit is not None and hit.note not in self._model.selected:
            self._model.select((hit.note,))
        self.menu_wanted.emit(None if hit is None else hit.note, event.globalPos())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl zoom time, with Ctrl and Shift zoom pitch, with Shift scroll in time."""
        turn_wheel(self._model, event)

    def leaveEvent(self, _event: object) -> None:
        """The keyboard no longer shows which key is meant."""
        self.unsetCursor()
        self._model.hover(-1)

    def _begin(self, x: float, y: float, held: Held) -> Gesture | None:
        model, edits, tool = self._model, self._edits, self._model.tool
        if tool == "erase":
            return Erase(model, edits, x, y)
        hit = note_at(model, x, y)
        if tool == "split":
            return None if hit is None else Split(model, edits, hit.note, x, held)
        if hit is None:
            if tool == "draw":
                model.select_none()
                return Draw(model, edits, self._audition.strike, x, y, held)
            return Band(model, x, y, held)
        note = hit.note
        was_selected = note in model.selected
        self._pressed = (note, was_selected and held.shift)
        if not was_selected:
            model.select((note,), add=held.shift)
        model.last_length, model.last_velocity = note.length_ticks, note.velocity
        self._audition.strike(note.pitch, note.velocity)
        if hit.part != "body" and not held.alt:
            return Resize(model, edits, hit, x)
        return Move(model, edits, self._audition.strike, note, x, y)

    def _cancel(self) -> bool:
        """Esc: nothing happened."""
        if self._gesture is None:
            return False
        if isinstance(self._gesture, Band):
            self._gesture.take_back()
        self._let_go()
        return True

    def _let_go(self) -> None:
        """What is held is dropped nowhere."""
        if self._gesture is not None:
            self._gesture = self._pressed = None
            self._model.set_preview(None)
            self._audition.end()

    def _scroll_towards(self, x: float, y: float) -> None:
        """A drag to the rim brings more of the roll."""
        geometry = self._model.geometry
        left, top = geometry.left_tick, float(geometry.top_px)
        if x < 0 or x > self.width():
            left += (x if x < 0 else x - self.width()) / 4 / geometry.px_per_tick
        if y < 0 or y > self.height():
            top += max(-geometry.row_px, min(geometry.row_px, y if y < 0 else y - self.height()))
        self._model.show(geometry.scrolled(left, top))

    def _show_cursor(self, x: float, y: float) -> None:
        tool, hit = self._model.tool, note_at(self._model, x, y)
        shape = Qt.CursorShape.ArrowCursor
        if tool in ("select", "draw") and hit is not None:
            is_edge = hit.part != "body"
            shape = Qt.CursorShape.SizeHorCursor if is_edge else Qt.CursorShape.OpenHandCursor
        elif tool == "draw":
            shape = Qt.CursorShape.CrossCursor
        elif tool == "erase":
            shape = Qt.CursorShape.PointingHandCursor
        elif tool == "split":
            shape = Qt.CursorShape.SplitHCursor if hit is not None else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)
        self._model.hover(self._model.geometry.pitch_at(y))

    # ---- keys and focus ------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Keys of step input come before all shortcuts."""
        return self._steps.handle(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc ends a drag, or else step input, or else the selection."""
        if event.key() == Qt.Key.Key_Escape:
            if self._cancel():
                return
            if self._steps.is_on:
                self._steps.end()
            else:
                self._model.select_none()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the ring."""
        super().focusOutEvent(event)
        self._steps.release_all()
        self.update()

    def _on_options(self) -> None:
        position = self.mapFromGlobal(self.cursor().pos())
        if self.underMouse() and self._gesture is None:
            self._show_cursor(position.x(), position.y())

    def _describe(self) -> None:
        count = len(self._model.selected)
        self.setAccessibleDescription(self.tr("Selected notes: {count}").format(count=count))
