"""A panel that is built when it is first looked at: the window comes sooner."""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget


class LazyPanel(QWidget):
    """Empty until it is shown."""

    built = Signal(object)
    """The panel, once it is there: for who listens to it."""

    def __init__(self, build: Callable[[], QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build = build
        self._panel: QWidget | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)

    @property
    def panel(self) -> QWidget:
        """What is shown, built now if it must be."""
        if self._panel is None:
            self._panel = self._build()
            layout = self.layout()
            assert layout is not None  # noqa: S101 - made above
            layout.addWidget(self._panel)
            self._panel.show()  # now, not when events are next seen to: the keyboard may go in at once
            self.built.emit(self._panel)
        return self._panel

    def paintEvent(self, event: QPaintEvent) -> None:
        """It is seen: docks are shown, raised and tabbed in any order, but only the foremost is painted."""
        super().paintEvent(event)
        if self._panel is None:
            QTimer.singleShot(0, self, self._fill)

    def _fill(self) -> None:
        _ = self.panel
