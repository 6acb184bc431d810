"""The whole timeline: headers, lanes, canvas and scroll bars around one state."""

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QScrollBar, QWidget

from musicgen_desktop.session.controllers.waveforms import Waveforms
from musicgen_desktop.ui.bridges import Bridges, HandOverBridge, TakesBridge

from ._empty import EmptyTimeline
from ._reveal import Revealing
from ._toolbar import TimelineToolbar
from ._view_state import TimelineState
from .automation import AutomationLayer
from .canvas import CanvasView, FilesFor, StateOfFiles
from .canvas._actions import CanvasActions
from .canvas._menus import clip_menu, ground_menu
from .growing import GrowingView
from .headers import HeadersView
from .lanes import LanesCorner, LanesView

HEADERS_PX = 220
_LEAST_PX = 212


class TimelinePanel(QWidget):
    """The arrangement.

    Args:
        bridges: of the window.
        waveforms: outlines of the open project's files; `use_waveforms` when another project is opened.
        files_for: (“clip”, clip id, modifiers) → files that a drag carries out of the window.
        parent: the window.
    """

    edit_requested = Signal(str)
    """A notes clip shall be opened; the selection's edited clip is set already."""
    files_dropped = Signal(object, int, object)
    """list[Path], tick, and the track's id or None for a new track."""
    files_wanted = Signal(str)
    """The mouse is on the grip of a clip: its files will be asked for soon."""
    prompt_requested = Signal(str)
    freeze_requested = Signal(str)
    """Freeze this track, or thaw it when it is frozen: its id."""
    bounce_requested = Signal(str)
    """Make an audio track of this one: its id."""

    def __init__(
        self,
        bridges: Bridges,
        waveforms: Waveforms,
        files_for: FilesFor | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setMinimumWidth(HEADERS_PX + _LEAST_PX)  # with less the canvas slides under the headers
        self._bridges = bridges
        self.state = TimelineState(bridges.project, self)
        self.canvas = CanvasView(bridges, self.state, waveforms, files_for, self)
        self.actions_of_canvas = CanvasActions(bridges, self.state, self.canvas)
        self.toolbar = TimelineToolbar(bridges, self)
        self.corner = LanesCorner(bridges, self.state, self)
        self.lanes = LanesView(bridges, self.state, self)
        self.headers = HeadersView(bridges, self.state, None, self)
        self.automation = AutomationLayer(bridges, self.state, self.canvas)
        for each in ("marker.add", "marker.previous", "marker.next"):
            self.canvas.addAction(bridges.actions[each])  # markers are set and found from the clips as well
        for left in (self.corner, self.headers):
            left.setFixedWidth(HEADERS_PX)
        self.across = QScrollBar(Qt.Orientation.Horizontal, self)
        self.down = QScrollBar(Qt.Orientation.Vertical, self)
        self.empty_state = EmptyTimeline(self.canvas)
        self.canvas.cover(self.empty_state)
        self.growing: GrowingView | None = None
        """Takes of sound while they are made."""
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(2, 1)
        grid.addWidget(self.toolbar, 0, 0, 1, 3)
        grid.addWidget(self.corner, 1, 0)
        grid.addWidget(self.lanes, 1, 1)
        grid.addWidget(self.headers, 2, 0)
        grid.addWidget(self.canvas, 2, 1)
        grid.addWidget(self.down, 2, 2)
        grid.addWidget(self.across, 3, 1)
        self._connect()
        Revealing(bridges, self.state, self)
        self._show_bars()
        self._show_empty()

    def use_waveforms(self, waveforms: Waveforms) -> None:
        """Another project's outlines."""
        self.canvas.use_waveforms(waveforms)

    def use_takes(self, takes: TakesBridge) -> None:
        """Whose takes of sound are seen while they are made."""
        self.growing = GrowingView(self._bridges, takes, self.state, self.canvas)
        self.growing.shown.connect(self._show_empty)
        self.canvas.cover(self.growing)

    def set_files_for(self, files_for: FilesFor, state_of_files: StateOfFiles | None = None) -> None:
        """Who makes the files that a drag carries out, and tells how far they are."""
        self.canvas.files_for, self.canvas.state_of_files = files_for, state_of_files

    def use_handover(self, handover: HandOverBridge | None) -> None:
        """Who makes the files that the handle of a track's header carries out."""
        self.headers.use_handover(handover)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The empty state covers the canvas, however large it is."""
        if watched is self.canvas and event.type() == QEvent.Type.Resize:
            self.empty_state.setGeometry(self.canvas.rect())
        return super().eventFilter(watched, event)

    def _connect(self) -> None:
        self.canvas.installEventFilter(self)
        self.setFocusProxy(self.canvas)
        self.across.valueChanged.connect(lambda value: self.state.scroll_to(x=value))
        self.down.valueChanged.connect(lambda value: self.state.scroll_to(y=value))
        self.state.changed.connect(self._show_bars)
        self._bridges.project.changed.connect(lambda _change: self._show_empty())
        self._bridges.project.opened.connect(self._show_empty)
        self.canvas.edit_requested.connect(self.edit_requested)
        self.canvas.files_dropped.connect(self.files_dropped)
        self.canvas.files_wanted.connect(self.files_wanted)
        self.canvas.menu_requested.connect(self._show_menu)
        self.headers.freeze_requested.connect(self.freeze_requested)
        self.headers.bounce_requested.connect(self.bounce_requested)
        self.empty_state.prompt_requested.connect(self.prompt_requested)

    def _show_bars(self) -> None:
        state, geometry = self.state, self.state.geometry
        for bar, whole, seen, value in (
            (self.across, state.content_width, state.view_width, round(geometry.scroll_x)),
            (self.down, state.content_height, state.view_height, geometry.scroll_y),
        ):
            bar.blockSignals(True)  # noqa: FBT003 - Qt's
            bar.setRange(0, max(0, whole - seen))
            bar.setPageStep(seen)
            bar.setSingleStep(max(1, seen // 20))
            bar.setValue(value)
            bar.blockSignals(False)  # noqa: FBT003 - Qt's

    def _show_empty(self) -> None:
        is_made = self.growing is not None and not self.growing.isHidden()
        self.empty_state.setVisible(not self._bridges.project.project.tracks and not is_made)

    def _show_menu(self, at: QPoint, clip_id: str) -> None:
        canvas = self.canvas
        clip = canvas.model.clip(clip_id)
        if clip is not None:
            menu = clip_menu(self._bridges, canvas.edits, clip, canvas)
        else:
            tick = self.state.geometry.tick_at(QPointF(canvas.mapFromGlobal(at)).x())
            snapped = self._bridges.snap.snapped(
                tick, self.state.geometry.px_per_tick, self._bridges.project.project.meter_map
            )
            menu = ground_menu(self._bridges, canvas.edits, snapped, canvas)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)
