"""What is new comes into sight: clips that were imported, pasted, recorded or kept, and tracks."""

from PySide6.QtCore import QObject

from musicgen_desktop.document import Project
from musicgen_desktop.session.store import Change
from musicgen_desktop.ui.bridges import Bridges

from ._view_state import TimelineState

_NEAR_PX = 40
"""A clip of which so little is seen at the right edge is none that one sees."""


class Revealing(QObject):
    """Scrolls the timeline no further than needed. Whoever adds something selects it, and so it is shown.

    Args:
        bridges: of the window.
        state: of the timeline; it must know of an edit before this does.
        parent: the panel.
    """

    def __init__(self, bridges: Bridges, state: TimelineState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridges, self._state = bridges, state
        self._new: frozenset[str] = frozenset()
        """The clips that the last edit made."""
        bridges.project.changed.connect(self._on_changed)
        bridges.project.opened.connect(self._forget)
        bridges.selection.changed.connect(self._on_selection)

    def _on_changed(self, change: Change) -> None:
        if change.after.tracks is change.before.tracks:
            return
        self._new = _clips_of(change.after, change.before) - _clips_of(change.before, change.after)
        known = {track.id for track in change.before.tracks}
        tracks = [track for track in change.after.tracks if track.id not in known]
        for track in reversed(tracks):  # the first of them last: where not all fit it is the one that is seen
            self._state.reveal_track(track.id)

    def _on_selection(self) -> None:
        clips = [clip for clip in self._bridges.selection.clips if clip.id in self._new]
        self._new = frozenset()
        if clips:
            first, state = clips[0], self._state
            begin = state.geometry.x_of(first.start_ticks)
            # A split must not shift the song under the hand: what begins in sight is seen well enough.
            is_seen = 0.0 <= begin < state.view_width - _NEAR_PX
            track = self._bridges.project.project.track_of_clip(first.id)
            state.reveal(first.start_ticks, None if is_seen else first.end_ticks, track_id=track.id)

    def _forget(self) -> None:
        self._new = frozenset()


def _clips_of(project: Project, other: Project) -> frozenset[str]:
    """The clips of the tracks that are not the same in the other project."""
    same = {id(track) for track in other.tracks}
    return frozenset(clip.id for track in project.tracks if id(track) not in same for clip in track.clips)
