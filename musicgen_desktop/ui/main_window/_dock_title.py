"""What stands above a dock: a slim bar with its name or, where tabs say it, two buttons beside the tabs."""

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QSize, Qt, QTimer
from PySide6.QtWidgets import QDockWidget, QFrame, QHBoxLayout, QLabel, QMainWindow, QTabBar, QWidget
from shiboken6 import isValid

from musicgen_desktop.ui.widgets import IconButton

_HEIGHT, _BUTTON = 24, 18
_ASIDE = QPoint(40, -40)

translate = QCoreApplication.translate


class DockTitle(QFrame):
    """Drag it to move the dock, double-click it to float. Beside tabs it takes no room."""

    def __init__(self, dock: QDockWidget, window: QMainWindow) -> None:
        super().__init__(dock)
        self._dock, self._window = dock, window
        self.setProperty("kind", "panel")
        self.setFixedHeight(_HEIGHT)
        self._name = QLabel(dock.windowTitle(), self)
        self._name.setProperty("kind", "soft")
        self._tools = _Tools(self, lambda: dock)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 4, 0)
        row.setSpacing(0)
        row.addWidget(self._name, 1)
        row.addWidget(self._tools)
        # Not at once: what changes its size while Qt moves docks leaves a tab bar behind that is nobody's.
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.refresh)
        dock.dockLocationChanged.connect(lambda _area: self._soon.start())
        dock.topLevelChanged.connect(lambda _floats: self._soon.start())
        dock.visibilityChanged.connect(lambda _seen: self._soon.start())

    def sizeHint(self) -> QSize:
        """As high as it may be: a dock asks for this even where it is fixed."""
        return QSize(super().sizeHint().width(), self.maximumHeight())

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return QSize(super().minimumSizeHint().width(), self.maximumHeight())

    def refresh(self) -> None:
        """A tab says the name already, and has the buttons beside it."""
        if not isValid(self._window):
            return  # at the end docks go after the window that they lay in
        has_tab = bool(self._window.tabifiedDockWidgets(self._dock)) and not self._dock.isFloating()
        self.setFixedHeight(0 if has_tab else _HEIGHT)
        self._tools.show_names()
        for bar in tab_bars(self._window):
            if not any(isinstance(child, _TabTools) for child in bar.children()):
                _TabTools(bar, self._window).show()


def tab_bars(window: QMainWindow) -> list[QTabBar]:
    """Where docks lie behind each other. Qt makes and deletes them as it likes: keep none.

    Nor let PySide keep them, as it does for `findChildren`: a widget of ours that comes to lie in the place
    of one that was deleted crashes the program when it goes.
    """
    return [child for child in window.children() if isinstance(child, QTabBar)]


class _Tools(QWidget):
    """Float and close, for the dock that a function names."""

    def __init__(self, parent: QWidget, dock: Callable[[], QDockWidget | None]) -> None:
        super().__init__(parent)
        self._of = dock
        self._buttons: list[IconButton] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for icon_name, slot in (("float", self._turn), ("close", self._close)):
            button = IconButton(icon_name, "", self)
            button.setStyleSheet("QToolButton { min-height: 0; padding: 0; }")
            button.setFixedSize(_BUTTON, _BUTTON)
            button.setIconSize(QSize(11, 11))
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(slot)
            row.addWidget(button)
            self._buttons.append(button)
        self.show_names()

    def show_names(self) -> None:
        """Say which dock the buttons are for."""
        dock = self._of()
        name = "" if dock is None else dock.windowTitle()
        texts = (
            translate("DockTitle", "Float {name}, or put it back"),
            translate("DockTitle", "Close {name}"),
        )
        for button, text in zip(self._buttons, texts, strict=True):
            button.set_name(text.format(name=name))

    def _turn(self) -> None:
        dock = self._of()
        if dock is None:
            return
        dock.setFloating(not dock.isFloating())
        if dock.isFloating():
            dock.move(dock.pos() + _ASIDE)  # seen to have left its place
        else:
            dock.raise_()

    def _close(self) -> None:
        dock = self._of()
        if dock is not None:
            dock.close()


class _TabTools(_Tools):
    """The buttons of the dock in front, at the end of its tabs as long as there is room."""

    def __init__(self, bar: QTabBar, window: QMainWindow) -> None:
        self._window = window
        super().__init__(bar, self._front)
        bar.installEventFilter(self)
        # The connection holds on to this: its parent's wrapper, which would else, is nobody's.
        bar.currentChanged.connect(lambda _index: self.show_names())
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the end of the bar."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._place()
        return super().eventFilter(watched, event)

    @property
    def _bar(self) -> QTabBar:
        return cast("QTabBar", self.parentWidget())

    def _front(self) -> QDockWidget | None:
        bar = self._bar
        name = bar.tabText(bar.currentIndex())
        docks = self._window.findChildren(QDockWidget)
        return next((each for each in docks if each.windowTitle() == name and not each.isFloating()), None)

    def _place(self) -> None:
        self.adjustSize()
        bar, last = self._bar, self._bar.count() - 1
        left = bar.width() - self.width() - 4
        self.move(left, (bar.height() - self.height()) // 2)
        self.setVisible(last >= 0 and bar.tabRect(last).right() < left)
