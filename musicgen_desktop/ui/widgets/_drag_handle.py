"""The handle that carries files into another program."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDrag, QEnterEvent, QMouseEvent, QPixmap
from PySide6.QtWidgets import QApplication, QToolButton, QWidget

from musicgen_desktop.ui.theme import icon, tokens

Files = Callable[[Qt.KeyboardModifier], Sequence[Path]]
"""The files to be carried, ready on the disk; none while they are being made."""


def carry_files(source: QWidget, files: Sequence[Path], picture: QPixmap | None = None) -> Qt.DropAction:
    """Start a drag of files out of the window, as a file manager would; returns when it is over."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    drag = QDrag(source)
    drag.setMimeData(mime)
    if picture is not None:
        drag.setPixmap(picture)
        drag.setHotSpot(QPoint(8, picture.height() // 2))
    copy, move, link = Qt.DropAction.CopyAction, Qt.DropAction.MoveAction, Qt.DropAction.LinkAction
    return drag.exec(copy | move | link, copy)


class DragHandle(QToolButton):
    """Six dots: hover makes the files ready, a drag carries them out; Return opens the menu.

    Args:
        name: what is carried: “Drag the track Bass into your DAW”.
        files: asked when the drag begins.
    """

    wanted = Signal()
    """The mouse or the keyboard is on the handle: make the files ready."""
    not_ready = Signal()

    def __init__(self, name: str, files: Files, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._files = files
        self._pressed_at: QPoint | None = None
        self.setIcon(icon("grip", tokens().text_faint))
        self.setIconSize(QSize(14, 14))
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolTip(name)
        self.setAccessibleName(name)
        self.clicked.connect(self.wanted)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Colour invites, and the files are made ready."""
        self.setIcon(icon("grip", tokens().accent))
        self.wanted.emit()
        super().enterEvent(event)

    def leaveEvent(self, event: object) -> None:
        """At rest again."""
        self.setIcon(icon("grip", tokens().text_faint))
        super().leaveEvent(event)  # type: ignore[arg-type]

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Perhaps a drag begins."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A drag begins when the mouse has gone far enough."""
        if self._pressed_at is None:
            return
        way = (event.position().toPoint() - self._pressed_at).manhattanLength()
        if way < QApplication.startDragDistance():
            return
        self._pressed_at = None
        self.setDown(False)
        files = self._files(event.modifiers())
        if files:
            carry_files(self, files)
        else:
            self.not_ready.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """No drag."""
        self._pressed_at = None
        super().mouseReleaseEvent(event)
