"""Buttons side by side that wrap, at most so many rows of them until “more” is clicked."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from musicgen_desktop.ui.widgets import TextButton

_GAP = 4
_NARROWEST = 120


class Flow(QWidget):
    """Lays widgets out in rows. Tab reaches one of them, the arrow keys go from one to the next.

    Args:
        name: what a screen reader says.
        rows: how many are shown before “more”; 0 is all of them.
    """

    def __init__(self, name: str, *, rows: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self._items: list[QWidget] = []
        self._is_open = False
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.more = TextButton(self.tr("more"), self, kind="chip", icon_name="down")
        self.more.clicked.connect(self._toggle)
        self.more.hide()

    @property
    def items(self) -> tuple[QWidget, ...]:
        """What was laid out."""
        return tuple(self._items)

    @property
    def shown(self) -> tuple[QWidget, ...]:
        """What can be seen without “more”."""
        return tuple(item for item in self._items if not item.isHidden())

    def set_items(self, items: Sequence[QWidget]) -> None:
        """Show these in place of what was there, which is deleted."""
        for old in self._items:
            old.removeEventFilter(self)
            old.setParent(None)
            old.deleteLater()
        self._items = list(items)
        self._is_open = False
        for item in self._items:
            item.setParent(self)
            item.installEventFilter(self)
        self.more.raise_()  # the last child is the last stop of the Tab key
        self._reach(self._items[0] if self._items else None)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """Any width, the rows' height."""
        return QSize(_NARROWEST, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the rows anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow keys walk."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}.get(
                Qt.Key(event.key())
            )
            seen = [item for item in self.shown if item.focusPolicy() != Qt.FocusPolicy.NoFocus]
            if step is not None and watched in seen:
                after = seen[(seen.index(watched) + step) % len(seen)]
                self._reach(after)
                after.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return super().eventFilter(watched, event)

    def _reach(self, current: QWidget | None) -> None:
        for item in self._items:
            if item.focusPolicy() != Qt.FocusPolicy.NoFocus:
                is_current = item is current
                item.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_current else Qt.FocusPolicy.ClickFocus)

    def _toggle(self) -> None:
        self._is_open = not self._is_open
        self._arrange()

    def _arrange(self) -> None:
        width = max(self.width(), _NARROWEST)
        limited = bool(self._rows) and not self._is_open
        fitting = self._place(self._items, width, self._rows if limited else 0)
        overflows = fitting < len(self._items)
        if overflows:
            self.more.setText(self.tr("more"))
            room = self.more.sizeHint().width() + _GAP
            fitting = self._place(self._items, width, self._rows, room)
        for index, item in enumerate(self._items):
            item.setVisible(index < fitting)
        tail = self._items[fitting - 1] if fitting else None
        with_more = overflows or (self._is_open and bool(self._rows))
        height = tail.geometry().bottom() + 1 if tail is not None else 0
        if with_more:
            if not overflows:
                self.more.setText(self.tr("less"))
            hint = self.more.sizeHint()
            x = tail.geometry().right() + 1 + _GAP if tail is not None else 0
            y = tail.y() if tail is not None else 0
            if x + hint.width() > width:
                x, y = 0, height + _GAP
                height = y + hint.height()
            self.more.setGeometry(x, y, hint.width(), hint.height())
        self.more.setVisible(with_more)
        if self.height() != height or self.minimumHeight() != height:
            self.setFixedHeight(height)

    def _place(self, items: Sequence[QWidget], width: int, rows: int, room_at_end: int = 0) -> int:
        """Set the geometries; returns how many fit into so many rows, with room left in the last one."""
        x = y = row = 0
        for index, item in enumerate(items):
            hint = item.sizeHint()
            wide = min(hint.width(), width)
            room = room_at_end if rows and row == rows - 1 else 0
            if x and x + wide + room > width:
                row += 1
                if rows and row >= rows:
                    return index
                x, y = 0, y + hint.height() + _GAP
            item.setGeometry(x, y, wide, hint.height())
            x += wide + _GAP
        return len(items)
