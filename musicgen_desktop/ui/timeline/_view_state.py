"""What ruler, lanes, headers and canvas share: zoom, place, row heights, open lanes, the tool."""

from typing import Literal

import msgspec
from PySide6.QtCore import QObject, Signal

from musicgen_desktop.document import Project
from musicgen_desktop.ui.bridges import ProjectBridge

from ._geometry import HIGHEST_PX, LOWEST_PX, TimelineGeometry, rows_of

Tool = Literal["select", "range", "draw", "split", "erase", "mute"]
TOOLS: tuple[Tool, ...] = ("select", "range", "draw", "split", "erase", "mute")
SongLane = Literal["sections", "chords", "key", "meter", "tempo", "ruler"]
SONG_LANES: tuple[SongLane, ...] = ("sections", "chords", "key", "meter", "tempo", "ruler")
"""The lanes above the tracks, from top to bottom."""

_ROOM_BELOW_PX = 120
_FIT_MARGIN_PX = 24


class TimelineState(QObject):
    """How the open project is looked at. It is no part of the project, and undo does not touch it.

    `geometry` is replaced whole. Everything that scrolls or zooms goes through here, so that all views of the
    timeline move together.
    """

    changed = Signal()
    """Zoom, place or rows: read `geometry` anew."""
    rows_changed = Signal()
    """Rows came, went or have other heights; `changed` follows."""
    tool_changed = Signal(str)
    follow_changed = Signal(bool)
    song_lanes_changed = Signal()

    def __init__(self, project: ProjectBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._heights: dict[str, int] = {}
        self._lanes: dict[str, tuple[str, ...]] = {}
        self._size = (800, 400)
        self.tool: Tool = "select"
        self.follow = True
        self.song_lanes: tuple[SongLane, ...] = ("sections", "chords", "ruler")
        """Those of `SONG_LANES` that are shown."""
        # Asking the project costs a look at every clip, too much for each frame.
        self._length = project.project.length_ticks
        self.geometry = TimelineGeometry(rows=rows_of(project.project, {}, {}))
        project.changed.connect(lambda change: self._take(change.before, change.after))
        project.opened.connect(self._begin_anew)

    @property
    def view_width(self) -> int:
        """Of the canvas, in pixels."""
        return self._size[0]

    @property
    def view_height(self) -> int:
        """Of the canvas, in pixels."""
        return self._size[1]

    @property
    def span(self) -> tuple[float, float]:
        """The first tick that is seen, and the first one that is not."""
        return self.geometry.tick_at(0), self.geometry.tick_at(self.view_width)

    @property
    def content_width(self) -> int:
        """How far one can scroll right: the song, and room to lay something behind it."""
        song = self._length * self.geometry.px_per_tick
        return max(round(song + self.view_width * 0.6), self.view_width)

    @property
    def content_height(self) -> int:
        """How far one can scroll down."""
        return max(self.geometry.height + _ROOM_BELOW_PX, self.view_height)

    def set_view_size(self, width: int, height: int) -> None:
        """The canvas has another size."""
        if (width, height) != self._size:
            self._size = (max(1, width), max(1, height))
            self._show(self.geometry)
            self.changed.emit()

    def zoom_about(self, x: float, factor: float) -> None:
        """Zoom by a factor; what lies under `x` stays there."""
        self._show(self.geometry.zoomed_about(x, factor))
        self.changed.emit()

    def show_span(self, start_ticks: float, end_ticks: float) -> None:
        """Let a span of time fill the width."""
        width = max(1.0, self.view_width - 2.0 * _FIT_MARGIN_PX)
        closer = width / max(1.0, end_ticks - start_ticks)
        zoomed = self.geometry.zoomed_about(0.0, closer / self.geometry.px_per_tick)
        place = max(0.0, start_ticks * zoomed.px_per_tick - _FIT_MARGIN_PX)
        self._show(msgspec.structs.replace(zoomed, scroll_x=place))
        self.changed.emit()

    def fit(self) -> None:
        """Let the whole song fill the width; an empty one shows sixteen bars."""
        project = self._project.project
        self.show_span(0, self._length or project.meter_map.tick_of_bar(17))

    def scroll_to(self, *, x: float | None = None, y: float | None = None) -> None:
        """Let so many pixels of the song lie left of the view, so many of the rows above it."""
        now = self.geometry
        self._show(
            msgspec.structs.replace(
                now,
                scroll_x=now.scroll_x if x is None else x,
                scroll_y=now.scroll_y if y is None else round(y),
            )
        )
        if self.geometry != now:
            self.changed.emit()

    def scroll_by(self, dx: float, dy: float = 0.0) -> None:
        """Move the view right and down."""
        self.scroll_to(x=self.geometry.scroll_x + dx, y=self.geometry.scroll_y + dy)

    def reveal(self, start_ticks: float, end_ticks: float | None = None, *, track_id: str = "") -> None:
        """Scroll no further than needed to see a place, and a track."""
        left, right = self.geometry.x_of(start_ticks), self.geometry.x_of(end_ticks or start_ticks)
        x = self.geometry.scroll_x
        if right > self.view_width:
            x += right - self.view_width + _FIT_MARGIN_PX
            left -= right - self.view_width + _FIT_MARGIN_PX
        if left < 0.0:
            x += left - _FIT_MARGIN_PX
        self.scroll_to(x=x)
        self.reveal_track(track_id)

    def reveal_track(self, track_id: str) -> None:
        """Scroll up or down no further than needed to see a track."""
        row = self.geometry.row_of(track_id)
        if row is not None:
            lowest = max(float(self.geometry.scroll_y), row.bottom - self.view_height)
            self.scroll_to(y=min(lowest, row.top))

    def set_row_height(self, track_id: str, height: int, target: str = "") -> None:
        """Make a track, or one of its lanes, higher or lower: 22 to 400 pixels."""
        self._heights[_key(track_id, target)] = min(HIGHEST_PX, max(LOWEST_PX, height))
        self._lay_out()

    def reset_row_height(self, track_id: str, target: str = "") -> None:
        """The usual height again."""
        if self._heights.pop(_key(track_id, target), None) is not None:
            self._lay_out()

    def set_all_heights(self, height: int) -> None:
        """All tracks equally high; lanes stay as they are."""
        for track in self._project.project.tracks:
            self._heights[track.id] = min(HIGHEST_PX, max(LOWEST_PX, height))
        self._lay_out()

    def lanes_of(self, track_id: str) -> tuple[str, ...]:
        """The targets whose automation lanes are open below a track."""
        return self._lanes.get(track_id, ())

    def open_lane(self, track_id: str, target: str) -> None:
        """Show one more automation lane."""
        if target not in self.lanes_of(track_id):
            self._lanes[track_id] = (*self.lanes_of(track_id), target)
            self._lay_out()

    def close_lane(self, track_id: str, target: str) -> None:
        """Show it no more; its automation goes on."""
        if target in self.lanes_of(track_id):
            self._lanes[track_id] = tuple(each for each in self.lanes_of(track_id) if each != target)
            self._lay_out()

    def show_song_lane(self, lane: SongLane, *, shown: bool = True) -> None:
        """Show a lane above the tracks, or hide it; the ruler always stays."""
        wanted = tuple(
            each
            for each in SONG_LANES
            if each == "ruler" or (shown if each == lane else each in self.song_lanes)
        )
        if wanted != self.song_lanes:
            self.song_lanes = wanted
            self.song_lanes_changed.emit()

    def choose_tool(self, tool: Tool) -> None:
        """Another tool."""
        if tool != self.tool:
            self.tool = tool
            self.tool_changed.emit(tool)

    def set_follow(self, follow: bool) -> None:  # noqa: FBT001 - the one thing it says
        """Keep the play head in view while it runs."""
        if follow != self.follow:
            self.follow = follow
            self.follow_changed.emit(follow)

    def _take(self, before: Project, after: Project) -> None:
        if after.tracks is before.tracks and after.end_ticks == before.end_ticks:
            return
        self._length = after.length_ticks
        if [track.id for track in before.tracks] != [track.id for track in after.tracks]:
            self._lay_out()
        else:
            self._show(self.geometry)
            self.changed.emit()

    def _begin_anew(self) -> None:
        self._heights, self._lanes = {}, {}
        self._length = self._project.project.length_ticks
        self.geometry = TimelineGeometry()
        self._lay_out()
        self.fit()

    def _lay_out(self) -> None:
        rows = rows_of(self._project.project, self._heights, self._lanes)
        self._show(msgspec.structs.replace(self.geometry, rows=rows))
        self.rows_changed.emit()
        self.changed.emit()

    def _show(self, wished: TimelineGeometry) -> None:
        """Keep it on the song."""
        self.geometry = wished
        farthest = max(0.0, float(self.content_width - self.view_width))
        lowest = max(0, self.content_height - self.view_height)
        self.geometry = msgspec.structs.replace(
            wished,
            # Whole pixels, so that a scrolled picture can be moved instead of painted anew.
            scroll_x=float(round(min(farthest, max(0.0, wished.scroll_x)))),
            scroll_y=min(lowest, max(0, wished.scroll_y)),
        )


def _key(track_id: str, target: str) -> str:
    return f"{track_id}/{target}" if target else track_id
