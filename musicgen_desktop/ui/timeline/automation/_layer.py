"""The open automation lanes over the canvas: one widget on each of their rows."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from musicgen_desktop.ui.bridges import Bridges
from musicgen_desktop.ui.timeline._view_state import TimelineState

from ._knob import lane_knob
from ._lane_view import AutomationLaneView


class AutomationLayer(QObject):
    """Keeps a lane view on every row of the canvas that has a target.

    Args:
        bridges: of the window.
        state: of the timeline.
        canvas: what shows the rows; the lanes become its children.
    """

    def __init__(self, bridges: Bridges, state: TimelineState, canvas: QWidget) -> None:
        super().__init__(canvas)
        self._bridges, self._state, self._canvas = bridges, state, canvas
        self._lanes: dict[tuple[str, str], AutomationLaneView] = {}
        canvas.installEventFilter(self)
        state.changed.connect(self._lay_out)
        bridges.project.changed.connect(lambda _change: self._close_gone())
        bridges.project.opened.connect(self._lay_out)
        self._lay_out()

    def lane(self, track_id: str, target: str) -> AutomationLaneView | None:
        """The view of a lane that is open."""
        return self._lanes.get((track_id, target))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The lanes are as wide as the canvas."""
        if watched is self._canvas and event.type() == QEvent.Type.Resize:
            self._lay_out()
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        rows = {(row.track_id, row.target): row for row in self._state.geometry.rows if row.target}
        project = self._bridges.project.project
        for key in self._lanes.keys() - rows.keys():
            gone = self._lanes.pop(key)
            gone.hide()
            gone.deleteLater()
        for key, row in rows.items():
            if lane_knob(project, *key) is None:
                continue
            lane = self._lanes.get(key)
            if lane is None:
                lane = self._lanes[key] = AutomationLaneView(self._bridges, self._state, *key, self._canvas)
                lane.show()
            lane.setGeometry(0, self._state.geometry.top_of(row), self._canvas.width(), row.height)

    def _close_gone(self) -> None:
        """Lanes whose effect or send was removed."""
        project = self._bridges.project.project
        for row in self._state.geometry.rows:
            if row.target and lane_knob(project, row.track_id, row.target) is None:
                self._state.close_lane(row.track_id, row.target)
