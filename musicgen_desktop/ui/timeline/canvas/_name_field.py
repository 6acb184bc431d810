"""The field in which a clip is renamed, laid over its name."""

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

_LEAST_PX, _HEIGHT_PX = 140, 22


class NameField(QLineEdit):
    """Return takes the name, Esc leaves it; leaving the field takes it too."""

    named = Signal(str, str)
    """Clip id and the new name."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._clip_id = ""
        self._before = ""
        self.setAccessibleName(self.tr("Name of the clip"))
        self.editingFinished.connect(self._take)
        self.installEventFilter(self)
        self.hide()

    def begin(self, clip_id: str, name: str, box: QRect) -> None:
        """Show the name, all of it selected."""
        self._clip_id, self._before = clip_id, name
        self.setText(name)
        self.setGeometry(max(0, box.left()), box.top(), max(_LEAST_PX, min(box.width(), 320)), _HEIGHT_PX)
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc; and no key of the field is a shortcut of the panel."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        match event:
            case QKeyEvent() if event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
                self._end()
                return True
            case _:
                return super().eventFilter(watched, event)

    def _take(self) -> None:
        clip_id, name = self._clip_id, self.text()
        self._end()
        if clip_id and name != self._before:
            self.named.emit(clip_id, name)

    def _end(self) -> None:
        self._clip_id = ""
        if self.isVisible():
            self.hide()
            parent = self.parentWidget()
            if parent is not None:
                parent.setFocus(Qt.FocusReason.OtherFocusReason)
