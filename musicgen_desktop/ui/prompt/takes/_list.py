"""The list of takes under mouse and keys."""

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QListView, QToolTip, QWidget

from musicgen_desktop.session.controllers.generating import Candidate
from musicgen_desktop.ui.widgets import drag_tip, handle_cursor

from ._delegate import RowState, TakeDelegate
from ._geometry import Part, part_at, parts_of
from ._model import CANDIDATE, IN_SONG, AnyIndex, TakesModel
from ._picture import PeaksOf
from ._words import licence_text

_ARROW = Qt.CursorShape.ArrowCursor


class TakesList(QListView):
    """One take is current; star, play and handle answer to the mouse by themselves."""

    star_requested = Signal(object)
    audition_requested = Signal(object)
    menu_requested = Signal(object, QPoint)
    files_wanted = Signal(object)
    """The mouse is on the handle of this take: make its files ready."""
    drag_requested = Signal(object)
    current_changed = Signal(object)

    def __init__(self, model: TakesModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state_of_rows = RowState()
        self._takes = model
        self._grabbed: tuple[QPoint, Candidate] | None = None
        self.setModel(model)
        self._delegate = TakeDelegate(self.state_of_rows, self.hasFocus, self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(self.tr("Takes"))
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setProperty("kind", "rows")

    def show_outlines(self, peaks_of: PeaksOf) -> None:
        """Where the outlines of takes of sound come from."""
        self._delegate.pictures.peaks_of = peaks_of
        self.viewport().update()

    @property
    def current(self) -> Candidate | None:
        """The take that keys work on."""
        index = self.currentIndex()
        return index.data(CANDIDATE) if index.isValid() else None

    def select_take(self, take_id: str) -> None:
        """Make a take current, if it is shown."""
        row = self._takes.row_of(take_id)
        if row >= 0:
            self.setCurrentIndex(self._takes.index(row))

    def rect_of(self, take_id: str, part: Part) -> QRect:
        """Where a part of a take's row is on the viewport."""
        return parts_of(
            self.visualRect(self._takes.index(self._takes.row_of(take_id))),
            has_grip=self.state_of_rows.can_drag,
        )[part]

    def part_under(self, place: QPoint) -> tuple[Candidate, Part | None] | None:
        """The take at a place of the viewport, and the part of its row that does something."""
        index = self.indexAt(place)
        if not index.isValid():
            return None
        return index.data(CANDIDATE), part_at(
            self.visualRect(index),
            place,
            has_grip=self.state_of_rows.can_drag,
            in_song=index.data(IN_SONG),
        )

    def rename_current(self) -> None:
        """Type a name into the current row."""
        if self.currentIndex().isValid() and self.state() != self.State.EditingState:
            self.edit(self.currentIndex())

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        """Another take is current."""
        super().currentChanged(current, previous)
        self.current_changed.emit(current.data(CANDIDATE) if current.isValid() else None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Star, play and handle act; elsewhere the take becomes current."""
        place = event.position().toPoint()
        hit = self.part_under(place)
        if event.button() == Qt.MouseButton.LeftButton and hit is not None and hit[1] is not None:
            candidate, part = hit
            self.setCurrentIndex(self.indexAt(place))
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            if part == "star":
                self.star_requested.emit(candidate)
            elif part == "play":
                self.audition_requested.emit(candidate)
            elif part == "grip":
                self._grabbed = place, candidate
                self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what is under the mouse; a handle that is pulled far enough is a drag."""
        place = event.position().toPoint()
        if self._grabbed is not None:
            begin, candidate = self._grabbed
            if (place - begin).manhattanLength() >= QApplication.startDragDistance():
                self._grabbed = None
                self.drag_requested.emit(candidate)
            return
        self._hover(self.part_under(place))
        if not event.buttons():
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """No drag."""
        if self._grabbed is not None:
            self._grabbed = None
            self._hover(self.part_under(event.position().toPoint()))
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Renames; on star, play and handle a second click is one more click."""
        hit = self.part_under(event.position().toPoint())
        if hit is not None and hit[1] is not None:
            self.mousePressEvent(event)
        else:
            super().mouseDoubleClickEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the mouse."""
        super().leaveEvent(event)
        self._hover(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Whoever walks the list while a take sounds wants to hear the next one."""
        before = self.current
        super().keyPressEvent(event)
        current, sounding = self.current, self.state_of_rows.audition_id
        if sounding and current is not None and current is not before and current.id != sounding:
            self.audition_requested.emit(current)

    def keyboardSearch(self, search: str) -> None:
        """Letters are actions, not a search."""

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the take under the mouse."""
        place = self.viewport().mapFromGlobal(event.globalPos())
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            place = self.visualRect(self.currentIndex()).center()
        hit = self.part_under(place)
        if hit is not None:
            self.select_take(hit[0].id)
            self.menu_requested.emit(hit[0], self.viewport().mapToGlobal(place))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """By keyboard there is always a current take."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._takes.rowCount():
            self.setCurrentIndex(self._takes.index(0))
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        """Tooltips of the parts."""
        if isinstance(event, QHelpEvent):
            hit = self.part_under(event.pos())
            QToolTip.showText(event.globalPos(), self._tip(hit), self)
            return True
        return super().viewportEvent(event)

    def _tip(self, hit: tuple[Candidate, Part | None] | None) -> str:
        if hit is None:
            return ""
        candidate, part = hit
        tips = {
            "star": self.tr("Star"),
            "play": self.tr("Audition"),
            "grip": drag_tip(
                self.tr("Drag “{name}” into your DAW").format(name=candidate.take.name),
                self.state_of_rows.handle_of(candidate.id),
            ),
            "in_song": self.tr("In the song"),
            "licence": licence_text(candidate),
        }
        return tips.get(part or "", candidate.take.prompt or candidate.take.name)

    def _hover(self, hit: tuple[Candidate, Part | None] | None) -> None:
        state = self.state_of_rows
        before = state.hovered_id, state.hot
        state.hovered_id = hit[0].id if hit is not None else ""
        state.hot = hit[1] if hit is not None else None
        if (state.hovered_id, state.hot) == before:
            return
        if hit is not None and state.hot == "grip":
            self.files_wanted.emit(hit[0])
        self.show_handles()

    def show_handles(self) -> None:
        """The files of a take are further now."""
        state = self.state_of_rows
        shape = handle_cursor(state.handle_of(state.hovered_id)) if state.hot == "grip" else _ARROW
        self.viewport().setCursor(shape)
        self.viewport().update()
