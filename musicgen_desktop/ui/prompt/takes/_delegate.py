"""Joins a take, the list's state and the painter; edits names in place."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from musicgen_desktop.session.controllers.generating import Candidate
from musicgen_desktop.ui.widgets import HandleState

from ._geometry import ROW_HEIGHT, parts_of
from ._model import CANDIDATE, IN_SONG, KEY, AnyIndex
from ._painter import RowPicture, paint_row
from ._picture import TakePictures
from ._words import summary


class RowState:
    """What rows show beside their takes; owned by the list."""

    def __init__(self) -> None:
        self.audition_id = ""
        self.tick = 0.0
        self.sides: tuple[str, str] = ("", "")
        self.hovered_id = ""
        self.hot: str | None = None
        self.can_drag = True
        self.handle_of: Callable[[str], HandleState] = lambda _take_id: "rest"
        """How far the files of a take are."""

    def side_of(self, take_id: str) -> str:
        """“A”, “B” or nothing."""
        return next((name for name, each in zip("AB", self.sides, strict=True) if each == take_id), "")

    def place_in(self, candidate: Candidate) -> float | None:
        """How far a take that sounds is, 0 to 1."""
        if candidate.id != self.audition_id:
            return None
        share = (self.tick - candidate.start_ticks) / candidate.length_ticks
        return share if 0.0 <= share <= 1.0 else None


class _NameLine(QLineEdit):
    """While a name is typed, no key is a shortcut."""

    def event(self, event: QEvent) -> bool:
        """Keys are letters."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)


class TakeDelegate(QStyledItemDelegate):
    """Paints rows of 44 points."""

    def __init__(self, state: RowState, has_focus: Callable[[], bool], parent: QWidget) -> None:
        super().__init__(parent)
        self._state = state
        self._has_focus = has_focus
        self.pictures = TakePictures()

    def sizeHint(self, option: QStyleOptionViewItem, _index: AnyIndex) -> QSize:
        """The list's width."""
        rect: QRect = option.rect
        return QSize(rect.width(), ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """A row."""
        candidate: Candidate = index.data(CANDIDATE)
        row: QRect = option.rect
        state: QStyle.StateFlag = option.state
        size = parts_of(row, has_grip=self._state.can_drag)["picture"].size()
        is_selected = bool(state & QStyle.StateFlag.State_Selected)
        hovered = self._state.hovered_id == candidate.id
        painter.save()
        paint_row(
            painter,
            row,
            RowPicture(
                name=candidate.take.name,
                line=summary(candidate),
                notes=self.pictures.picture(candidate, size, painter.device().devicePixelRatioF()),
                key=index.data(KEY),
                side=self._state.side_of(candidate.id),
                starred=candidate.take.starred,
                in_song=index.data(IN_SONG),
                sounds=self._state.audition_id == candidate.id,
                place=self._state.place_in(candidate),
                selected=is_selected,
                hovered=hovered,
                focused=is_selected and self._has_focus(),
                hot=self._state.hot if hovered else None,
                commercial=candidate.take.commercial_use,
                can_drag=self._state.can_drag,
                handle=self._state.handle_of(candidate.id),
            ),
        )
        painter.restore()

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, _index: AnyIndex) -> QWidget:
        """A line for the name."""
        line = _NameLine(parent)
        line.setAccessibleName(self.tr("Name of the take"))
        line.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        return line

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: AnyIndex) -> None:
        """Over the name."""
        row: QRect = option.rect
        editor.setGeometry(parts_of(row)["name"].adjusted(-6, -2, 4, 6))
