"""What a hand does to the headers beside the rows."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QKeyCombination, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from musicgen_desktop.document import Track
from musicgen_desktop.ui.bridges import Bridges, HandOverBridge, LearnTarget, tip_with_mark
from musicgen_desktop.ui.timeline._own_keys import claims_key, own_action
from musicgen_desktop.ui.timeline._view_state import TimelineState
from musicgen_desktop.ui.widgets import carry_files, decibels, handle_cursor
from musicgen_desktop.ui.widgets.fader_law import stepped

from ._actions import add_track_actions
from ._geometry import Hit, learnable_of
from ._hand import Drag, GainDrag, HeightDrag, OrderDrag
from ._headers import Headers
from ._openers import HeaderOpeners
from ._tips import tip_of
from ._view_model import state_words

_STEP_DB, _FINE_DB = 1.0, 0.1
_DRAG_PX = 6
_EDGE_PX = 12.0
"""So far the rows scroll for each move of a header beyond the view."""
_OWN_KEYS: tuple[Qt.Key | QKeyCombination, ...] = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    *(
        held | key
        for held in (Qt.Modifier.SHIFT, Qt.Modifier.ALT)
        for key in (Qt.Key.Key_Up, Qt.Key.Key_Down)
    ),
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Plus,
    Qt.Modifier.SHIFT | Qt.Key.Key_Plus,
    Qt.Key.Key_Equal,
    Qt.Key.Key_Minus,
    Qt.Key.Key_Escape,
)
_CURSORS = {
    "resize": Qt.CursorShape.SizeVerCursor,
    "gain": Qt.CursorShape.SizeHorCursor,
    "colour": Qt.CursorShape.PointingHandCursor,
    "kind": Qt.CursorShape.PointingHandCursor,
    "target": Qt.CursorShape.PointingHandCursor,
    "add": Qt.CursorShape.PointingHandCursor,
}


class HeadersView(Headers):
    """Takes the mouse and the keys of the headers.

    Keys: up and down walk (with Shift they extend the selection, with Alt they move the track), right and
    left open and close automation, + and − move the fader; letters as in the menu.
    """

    freeze_requested = Signal(str)
    """Freeze this track, or thaw it when it is frozen: its id."""
    bounce_requested = Signal(str)
    """Make an audio track of this one: its id."""

    def __init__(
        self,
        bridges: Bridges,
        state: TimelineState,
        handover: HandOverBridge | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(bridges, state, handover, parent)
        self.openers = HeaderOpeners(bridges, state, self.model, self, self.rect_of, self._asks)
        self._drag: Drag | None = None
        self._carries: tuple[QPointF, str] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Tracks"))
        add_track_actions(
            bridges.actions,
            self.model,
            self,
            rename=partial(self._with_current, self.openers.rename),
            instrument=partial(self._with_current, self.openers.kind),
        )
        bridges.project.changed.connect(self._tell)
        bridges.project.opened.connect(self._tell)
        bridges.selection.changed.connect(self._tell)
        self._tell()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Press a button, take hold of a fader, an edge or the header itself."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        hit = self.hit(event.position())
        if event.button() != Qt.MouseButton.LeftButton or hit is None:
            return
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if not self._press_button(hit, ctrl=ctrl):
            self._take_hold(hit, event, ctrl=ctrl)

    def _press_button(self, hit: Hit, *, ctrl: bool) -> bool:
        """What acts at once; False when the part is no button."""
        match hit.part:
            case "mute":
                self.model.mute(hit.track_id)
            case "solo":
                self.model.solo(hit.track_id, exclusive=ctrl)
            case "arm":
                self.model.arm(hit.track_id, exclusive=ctrl)
            case "automation":
                self.model.toggle_lanes(hit.track_id)
            case "close":
                self._state.close_lane(hit.track_id, hit.target)
            case "enable":
                self.model.toggle_curve(hit.track_id, hit.target)
            case "colour" | "target" | "add":
                pass  # they open a menu at the release
            case _:
                return False
        return True

    def _take_hold(self, hit: Hit, event: QMouseEvent, *, ctrl: bool) -> None:
        """What is dragged; the header itself is selected first."""
        place = event.position()
        match hit.part:
            case "resize":
                self._drag = HeightDrag(self._state, hit, place)
            case "gain":
                box = self.rect_of(hit.track_id, "gain")
                self._drag = GainDrag(self.model, hit, place, box.left(), box.width())
            case "grip" if self._handover is not None:
                self._carries = place, hit.track_id
            case _:
                shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self.model.select(hit.track_id, toggle=ctrl, extend=shift)
                if hit.part != "kind" and not hit.target:
                    self._drag = OrderDrag(self.model, self._state, hit, place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with a drag, or show what is under the mouse."""
        place = event.position()
        if self._carries is not None:
            if (place - self._carries[0]).manhattanLength() >= _DRAG_PX:
                self._carry(self._carries[1], event.modifiers())
        elif self._drag is not None:
            if isinstance(self._drag, OrderDrag) and not 0.0 <= place.y() <= self.height():
                self._state.scroll_by(0.0, -_EDGE_PX if place.y() < 0.0 else _EDGE_PX)
            self._drag.move(place, fine=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        else:
            hit = self.hit(place)
            self.model.show_hover(hit)
            if hit is not None and hit.part == "grip" and self._handover is not None:
                self._handover.prepare("track", hit.track_id)
            self._show_cursor()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._carries = None
        if self._drag is not None:
            drag, self._drag = self._drag, None
            drag.drop()
            return
        hit = self.hit(event.position())
        if hit is None:
            return
        self.openers.menu_below(hit)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Type a name or a level, reset the fader or the height; elsewhere a second click."""
        hit = self.hit(event.position())
        if event.button() != Qt.MouseButton.LeftButton or hit is None:
            return
        match hit.part:
            case "name":
                self.openers.rename(hit.track_id)
            case "gain":
                self.model.set_gain(hit.track_id, 0.0)
            case "value":
                self.openers.type_gain(hit.track_id)
            case "resize":
                self._state.reset_row_height(hit.track_id, hit.target)
            case _:
                self.mousePressEvent(event)

    def leaveEvent(self, _event: QEvent) -> None:
        """Nothing is under the mouse."""
        self.model.show_hover(None)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Over a fader a step, elsewhere scroll."""
        hit = self.hit(event.position())
        turn = event.angleDelta().y() or event.angleDelta().x()
        if hit is not None and hit.part in ("gain", "value"):
            fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._step_gain(hit.track_id, (1 if turn > 0 else -1) * (_FINE_DB if fine else _STEP_DB))
        else:
            self._state.scroll_by(0.0, -turn / 2.0)
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the header under the mouse; from the keyboard, of the current track."""
        hit = self.hit(QPointF(event.pos()))
        if event.reason() == QContextMenuEvent.Reason.Keyboard and self.model.current:
            hit = Hit(self.model.current, "", "body")
        self.openers.context_menu(hit, event.globalPos())

    def event(self, event: QEvent) -> bool:
        """What a key means here comes before what it means to the window; tooltips name the parts."""
        if claims_key(self, event, _OWN_KEYS):
            event.accept()
            return True
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            hit = self.hit(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), "" if hit is None else self._tip(hit), self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, extend, move, open, fade; own shortcuts act."""
        key, held = event.key(), event.modifiers()
        is_bare = not held & ~Qt.KeyboardModifier.KeypadModifier
        action = own_action(self, event)
        if action is not None:
            action.trigger()
        elif key == Qt.Key.Key_Escape:
            self._cancel()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            by = 1 if key == Qt.Key.Key_Down else -1
            if held & Qt.KeyboardModifier.AltModifier:
                self.model.move_by(by)
            else:
                self.model.step(by, extend=bool(held & Qt.KeyboardModifier.ShiftModifier))
        elif is_bare and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            is_open = bool(self._state.lanes_of(self.model.current))
            if is_open == (key == Qt.Key.Key_Left):
                self.model.toggle_lanes(self.model.current)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus) and self.model.current:
            self._step_gain(self.model.current, -_STEP_DB if key == Qt.Key.Key_Minus else _STEP_DB)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Keys need a current track."""
        super().focusInEvent(event)
        if not self.model.current and event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
        ):
            self.model.step(0)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the ring."""
        super().focusOutEvent(event)
        self.update()

    def _step_gain(self, track_id: str, by_db: float) -> None:
        self.model.set_gain(track_id, stepped(self.model.track(track_id).gain_db, by_db))

    def _asks(self, track: Track) -> list[tuple[str, Callable[[], object]]]:
        asks: list[tuple[str, Callable[[], object]]] = []
        if track.kind in ("audio", "notes"):
            freeze = self.tr("Freeze") if track.frozen is None else self.tr("Unfreeze")
            asks.append((freeze, partial(self.freeze_requested.emit, track.id)))
            asks.append((self.tr("Bounce to audio"), partial(self.bounce_requested.emit, track.id)))
        if self._handover is not None:
            prepare = partial(self._handover.prepare, "track", track.id)
            asks.append((self.tr("Make its stem ready for a drag into a DAW"), prepare))
        for each in ("track.copy_file", "track.reveal_file"):
            if each in self._bridges.actions:
                action = self._bridges.actions[each]
                asks.append((action.text(), action.trigger))
        return asks

    def _carry(self, track_id: str, held: Qt.KeyboardModifier) -> None:
        self._carries = None
        files = () if self._handover is None else self._handover.files("track", (track_id,), held)
        if files:
            carry_files(self, files)

    def _cancel(self) -> None:
        self._carries = None
        if self._drag is not None:
            drag, self._drag = self._drag, None
            drag.cancel()

    def _tip(self, hit: Hit) -> str:
        track = self.model.track(hit.track_id) if hit.track_id else None
        state = self.handle_state(hit.track_id)
        tip = tip_of(hit, track, carries=self._handover is not None, state=state)
        target = hit.target or learnable_of(hit.part)
        if not target:
            return tip
        return tip_with_mark(tip, self._bridges.learning, LearnTarget(hit.track_id, target))

    def _show_cursor(self) -> None:
        hit = self.model.hover
        if hit is not None and hit.part == "grip":
            self.setCursor(handle_cursor(self.handle_state(hit.track_id)))
        else:
            self.setCursor(_CURSORS.get("" if hit is None else hit.part, Qt.CursorShape.ArrowCursor))

    def _on_handles(self) -> None:
        super()._on_handles()
        if self._drag is None and self._carries is None:
            self._show_cursor()

    def _with_current(self, opens: Callable[[str], object]) -> None:
        if self.model.current:
            opens(self.model.current)

    def _tell(self) -> None:
        """What a screen reader says: the current track and how it stands."""
        track = self._bridges.selection.track
        if track is None:
            self.setAccessibleDescription(self.tr("%n track(s)", "", len(self.model.project.tracks)))
        else:
            words = (track.name, self.model.word_of(track), decibels(track.gain_db), *state_words(track))
            self.setAccessibleDescription(", ".join(words))
