"""What the canvas shows besides the project: the drag under way, the guide, the rubber band."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QRectF, Signal

from musicgen_desktop.document import Clip, Project, Track
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.session.commands import Edit
from musicgen_desktop.ui.bridges import Bridges, text_of_place
from musicgen_desktop.ui.timeline._view_state import TimelineState

from ._picture import Guide, Hover
from ._place import Place


class CanvasModel(QObject):
    """State of the gestures. A drag shows the project that it would make, and asks for it at its end only:
    Esc leaves nothing behind, and a drag is one step of the history.
    """

    changed = Signal()

    def __init__(self, bridges: Bridges, state: TimelineState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.bridges = bridges
        self.state = state
        self.guide: Guide | None = None
        self.band: QRectF | None = None
        self.hover: Hover | None = None
        self._preview: Edit | None = None
        bridges.project.changed.connect(lambda _change: self.end_preview())
        bridges.project.opened.connect(self.end_preview)

    @property
    def project(self) -> Project:
        """As it is."""
        return self.bridges.project.project

    @property
    def shown(self) -> Project:
        """As the drag under way would make it."""
        return self._preview.project if self._preview is not None else self.project

    def snapped(self, tick: float, place: Place) -> int:
        """Where a tick lands on the grid; Ctrl bypasses it."""
        return self.bridges.snap.snapped(
            tick,
            self.state.geometry.px_per_tick,
            self.project.meter_map,
            bypass=place.bypasses_snap,
        )

    def track_at(self, place: Place) -> Track | None:
        """The track whose clips lie there."""
        if place.row is None or place.row.target:
            return None
        return next((track for track in self.project.tracks if track.id == place.row.track_id), None)

    def clip(self, clip_id: str) -> Clip | None:
        """A clip of the project by its id."""
        for track in self.project.tracks:
            for clip in track.clips:
                if clip.id == clip_id:
                    return clip
        return None

    def preview(self, command: Callable[[Project], Edit]) -> bool:
        """Show what an edit would make; an impossible one shows nothing."""
        try:
            edit = command(self.project)
        except UserInputError:
            self._preview = None
            self.changed.emit()
            return False
        self._preview = edit
        self.changed.emit()
        return True

    def commit(self) -> bool:
        """Ask for what is shown; False when nothing is."""
        edit = self._preview
        self.end_preview()
        return edit is not None and self.bridges.project.apply(edit)

    def end_preview(self) -> None:
        """Show the project as it is."""
        self._preview, self.guide, self.band = None, None, None
        self.changed.emit()

    def say_place(self, tick: int, y: float) -> None:
        """Point at a place by its bar."""
        self.guide = Guide(tick, text_of_place(tick, self.project.meter_map), y)
        self.changed.emit()

    def say(self, tick: float, text: str, y: float) -> None:
        """Point at a place with other words."""
        self.guide = Guide(tick, text, y)
        self.changed.emit()

    def show_band(self, band: QRectF | None) -> None:
        """The rubber band."""
        self.band = band
        self.changed.emit()

    def show_hover(self, hover: Hover | None) -> bool:
        """What is under the mouse; whether it is something else than before."""
        before, self.hover = self.hover, hover
        return before != hover
