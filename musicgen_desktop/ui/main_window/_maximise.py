"""The panels below the timeline as high as the window lets them be, and back."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow

from ._dock_title import tab_bars

_NEAR_PX = 24
"""So little makes no difference between two heights."""


class Maximise:
    """Switches between the height that the panels below have and all that the timeline can spare.

    Args:
        window: whose docks they are.
        docks: all of the window's.
        usual_px: the height they go back to when they were high from the start, in pixels.
    """

    def __init__(
        self, window: QMainWindow, docks: Sequence[QDockWidget], usual_px: Callable[[], int]
    ) -> None:
        self._window, self._docks, self._usual_px = window, docks, usual_px
        self._before_px: int | None = None

    def toggle(self) -> None:
        """The other of the two heights; nothing happens while no panel is seen below."""
        area = Qt.DockWidgetArea.BottomDockWidgetArea
        below = [
            dock
            for dock in self._docks
            if self._window.dockWidgetArea(dock) == area
            and not dock.isFloating()
            and dock.isVisible()
            and not dock.visibleRegion().isEmpty()
        ]
        if not below:
            return
        height = max(dock.height() for dock in below)
        most = height + self._spare_px()
        is_high = most - height < _NEAR_PX
        if is_high or (self._before_px is not None and height > self._before_px + _NEAR_PX):
            wanted, self._before_px = self._before_px or self._usual_px(), None
        else:
            wanted, self._before_px = most, height
        heights = [wanted + self._tabs_px(dock) for dock in below]
        self._window.resizeDocks(below, heights, Qt.Orientation.Vertical)

    def _spare_px(self) -> int:
        """What the middle of the window can do without."""
        middle = self._window.centralWidget()
        return 0 if middle is None else middle.height() - middle.minimumSizeHint().height()

    def _tabs_px(self, dock: QDockWidget) -> int:
        """The height of the tabs beside a dock: Qt counts them in where it is told a height."""
        bars = tab_bars(self._window)
        names = {bar: [bar.tabText(at) for at in range(bar.count())] for bar in bars if bar.isVisible()}
        return next((bar.height() for bar, tabs in names.items() if dock.windowTitle() in tabs), 0)
