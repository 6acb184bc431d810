"""The handle that carries files into another program."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, QRect, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDrag, QEnterEvent, QIcon, QMouseEvent, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QToolButton, QWidget

from musicgen_desktop.ui.theme import icon, tokens

Files = Callable[[Qt.KeyboardModifier], Sequence[Path]]
"""The files to be carried, ready on the disk; none while they are being made."""
HandleState = Literal["rest", "busy", "ready"]
"""Of the files: nobody asked for them, they are being made, a drag can carry them."""

_SHARP = 2.0
_CHECK_SHARE = 0.62
"""Of the handle's height."""

translate = QCoreApplication.translate


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


def drag_tip(what: str, state: HandleState = "rest", *, has_notes: bool = True) -> str:
    """What a handle says: what it carries, with which keys, and how far that is.

    Args:
        what: “Drag “Bass” into your DAW”.
        state: of the files.
        has_notes: there is a MIDI file as well.
    """
    files = (
        translate("DragHandle", "a WAV file; with Ctrl a MIDI file, with Ctrl+Shift both")
        if has_notes
        else translate("DragHandle", "a WAV file")
    )
    text = f"{what}: {files}"
    if state == "busy":
        return translate("DragHandle", "{text} – being made…").format(text=text)
    if state == "ready":
        return translate("DragHandle", "{text} – ready").format(text=text)
    return text


def handle_cursor(state: HandleState) -> Qt.CursorShape:
    """The pointer over a handle."""
    return Qt.CursorShape.BusyCursor if state == "busy" else Qt.CursorShape.OpenHandCursor


def paint_handle(painter: QPainter, box: QRect, state: HandleState, tint: str) -> None:
    """Six dots in a colour; an hourglass while files are made; in the accent colour with a check then."""
    worn = tokens()
    if state == "busy":
        icon("busy", worn.text).paint(painter, box)
        return
    if state == "rest":
        icon("grip", tint).paint(painter, box)
        return
    size = round(box.height() * _CHECK_SHARE)
    icon("grip", worn.accent).paint(painter, box.translated(-size // 3, 0))
    icon("check", worn.accent).paint(
        painter, QRect(box.right() + 1 - size, box.bottom() + 1 - size, size, size)
    )


class DragHandle(QToolButton):
    """Six dots: hover makes the files ready, a drag carries them out; Return makes them ready as well.

    Args:
        name: what is carried: “Drag the track Bass into your DAW”.
        files: asked when the drag begins.
        tells: the tooltip says which files with which keys, and whether they are ready.
    """

    wanted = Signal()
    """The mouse or the keyboard is on the handle: make the files ready."""

    def __init__(self, name: str, files: Files, parent: QWidget | None = None, *, tells: bool = True) -> None:
        super().__init__(parent)
        self._name, self._files, self._tells = name, files, tells
        self._has_notes = True
        self._state: HandleState = "rest"
        self._is_hot = False
        self._pressed_at: QPoint | None = None
        self.setIconSize(QSize(14, 14))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(name)
        self.clicked.connect(self.wanted)
        self._show()

    def show_state(self, state: HandleState, *, has_notes: bool = True) -> None:
        """How far its files are, and whether there is MIDI among them."""
        if (state, has_notes) != (self._state, self._has_notes):
            self._state, self._has_notes = state, has_notes
            self._show()

    @property
    def state(self) -> HandleState:
        """How far its files are."""
        return self._state

    def _show(self) -> None:
        worn = tokens()
        side = self.iconSize()
        picture = QPixmap(side * _SHARP)
        picture.setDevicePixelRatio(_SHARP)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        paint_handle(
            painter, QRect(QPoint(), side), self._state, worn.accent if self._is_hot else worn.text_faint
        )
        painter.end()
        self.setIcon(QIcon(picture))
        self.setCursor(handle_cursor(self._state))
        tip = drag_tip(self._name, self._state, has_notes=self._has_notes) if self._tells else self._name
        self.setToolTip(tip)
        self.setAccessibleDescription(tip)

    def changeEvent(self, event: QEvent) -> None:
        """Another theme has other colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._show()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Colour invites, and the files are made ready."""
        self._is_hot = True
        self._show()
        self.wanted.emit()
        super().enterEvent(event)

    def leaveEvent(self, event: object) -> None:
        """At rest again."""
        self._is_hot = False
        self._show()
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

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """No drag."""
        self._pressed_at = None
        super().mouseReleaseEvent(event)
