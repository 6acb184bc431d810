"""What one frame of the canvas shows, as plain values."""

import msgspec
from PySide6.QtCore import QRectF

from musicgen_desktop.document import Project
from musicgen_desktop.ui.timeline._geometry import TimelineGeometry
from musicgen_desktop.ui.widgets import HandleState

from ._clip_shape import Zone


class Guide(msgspec.Struct, frozen=True):
    """Where a drag would land.

    Attributes:
        tick: the place.
        text: what is said there: its bar, or a value such as “−3.0 dB”.
        y: where it is said, in pixels of the viewport.
    """

    tick: float
    text: str
    y: float


class Hover(msgspec.Struct, frozen=True):
    """The clip under the mouse, which part of it, and how far the files are that its grip carries."""

    clip_id: str
    zone: Zone
    handle: HandleState = "rest"


class DropGhost(msgspec.Struct, frozen=True):
    """Files held over the canvas: where they would lie."""

    tick: int
    track_id: str | None
    """None for below the tracks: a new one."""
    text: str


class CanvasPicture(msgspec.Struct, frozen=True):
    """One frame.

    Attributes:
        project: as it is, or as the drag under way would make it.
        origin: the project before that drag; the same object when there is none.
        geometry: where everything lies.
        width: of the viewport.
        height: of the viewport.
        length_ticks: of the song.
        ratio: device pixels per pixel.
        selected: clip ids.
        track_id: the current track, or empty.
        silent: ids of the tracks that are not heard, being muted or not soloed.
        missing: ids of the sources whose files are gone.
        step_ticks: distance of grid lines.
        play_tick: where the play head is.
        span: first and last tick of the selected span.
        hover: what is under the mouse.
        focused_clip: where keys are, or empty.
        guide: see there.
        band: the rubber band.
        drop: see there.
    """

    project: Project
    origin: Project
    geometry: TimelineGeometry
    width: int
    height: int
    length_ticks: int = 0
    ratio: float = 1.0
    selected: frozenset[str] = frozenset()
    track_id: str = ""
    silent: frozenset[str] = frozenset()
    missing: frozenset[str] = frozenset()
    step_ticks: int = 960
    play_tick: float = 0.0
    span: tuple[int, int] | None = None
    hover: Hover | None = None
    focused_clip: str = ""
    guide: Guide | None = None
    band: QRectF | None = None
    drop: DropGhost | None = None
