"""The parts of a clip on the screen: its box, its name band, and what the mouse can take hold of."""

from typing import Literal

import msgspec
from PySide6.QtCore import QPointF, QRectF

from musicgen_desktop.document import AudioClip, Clip, Project
from musicgen_desktop.ui.timeline._geometry import Row, TimelineGeometry

Zone = Literal["body", "start", "end", "loop", "fade_in", "fade_out", "gain", "grip"]

BAND_PX = 16
HANDLE_PX = 9.0
GRIP_PX = 16.0
_BAND_FROM_PX = 36
"""Rows at least so high have a band for the name; in lower ones the name lies on the material."""
_EDGE_PX = 6.0
_DETAIL_FROM_PX = 44.0
_LOUDEST_DB, _SOFTEST_DB = 12.0, -36.0
_GRAB_PX = 4.0


class ClipShape(msgspec.Struct, frozen=True):
    """A clip's box in the viewport.

    Attributes:
        left: may lie outside the viewport, as may `right`.
        top: of the box.
        height: of the box.
        band: height of the name band; 0 in low rows.
        fade_in: width of the fade at its left end, in pixels.
        fade_out: the same at its right end.
        gain_db: of audio; None for notes, which have no gain and no fades.
    """

    left: float
    right: float
    top: float
    height: float
    band: float
    fade_in: float = 0.0
    fade_out: float = 0.0
    gain_db: float | None = None

    @property
    def rect(self) -> QRectF:
        """The box."""
        return QRectF(self.left, self.top, self.right - self.left, self.height)

    @property
    def body_top(self) -> float:
        """Where the material begins, below the name."""
        return self.top + self.band

    @property
    def bottom(self) -> float:
        """The end of the box."""
        return self.top + self.height

    @property
    def has_handles(self) -> bool:
        """Whether it is large enough for handles."""
        return self.right - self.left >= _DETAIL_FROM_PX and self.band > 0.0

    def fade_handle(self, zone: Literal["fade_in", "fade_out"]) -> QRectF:
        """The square that sets a fade; it never lies on an edge, which trims."""
        room = self.right - self.left - HANDLE_PX - _EDGE_PX
        fade = (self.fade_in if zone == "fade_in" else self.fade_out) - HANDLE_PX / 2.0
        away = min(room, max(_EDGE_PX + 1.0, fade))
        x = self.left + away if zone == "fade_in" else self.right - away - HANDLE_PX
        return QRectF(x, self.body_top + 1.0, HANDLE_PX, HANDLE_PX)

    @property
    def grip(self) -> QRectF:
        """What carries the clip into another program."""
        return QRectF(self.right - GRIP_PX - _EDGE_PX, self.bottom - GRIP_PX - 2.0, GRIP_PX, GRIP_PX)

    @property
    def gain_y(self) -> float:
        """Where the line of the gain lies."""
        share = (_LOUDEST_DB - (self.gain_db or 0.0)) / (_LOUDEST_DB - _SOFTEST_DB)
        return self.body_top + 2.0 + min(1.0, max(0.0, share)) * (self.bottom - self.body_top - 4.0)

    @property
    def db_per_px(self) -> float:
        """How much gain a pixel of the body is."""
        return (_LOUDEST_DB - _SOFTEST_DB) / max(1.0, self.bottom - self.body_top - 4.0)

    def zone_at(self, place: QPointF) -> Zone:
        """What the mouse would take hold of; the place lies in the box."""
        x, y = place.x(), place.y()
        width = self.right - self.left
        edge = min(_EDGE_PX, width / 4.0)
        if self.has_handles and self.grip.contains(place):
            return "grip"
        if self.has_handles and self.gain_db is not None:
            for zone in ("fade_in", "fade_out"):
                if self.fade_handle(zone).adjusted(-1, -1, 1, 1).contains(place):
                    return zone
        if x < self.left + edge:
            return "start"
        if x >= self.right - edge:
            return "loop" if self.band and y < self.body_top else "end"
        if self.has_handles and self.gain_db is not None and abs(y - self.gain_y) <= _GRAB_PX:
            return "gain"
        return "body"


def band_of(row: Row) -> int:
    """The height of the name bands in a row; 0 where the name lies on the material."""
    return BAND_PX if row.height >= _BAND_FROM_PX else 0


def shape_of(geometry: TimelineGeometry, row: Row, clip: Clip, project: Project) -> ClipShape:
    """The shape of a clip on a row."""
    left, right = geometry.x_of(clip.start_ticks), geometry.x_of(clip.end_ticks)
    top, height = row.top - geometry.scroll_y + 1.0, row.height - 3.0
    band = float(band_of(row))
    if not isinstance(clip, AudioClip):
        return ClipShape(left, right, top, height, band)
    opens, closes = fade_ticks(project, clip)
    scale = geometry.px_per_tick
    return ClipShape(left, right, top, height, band, opens * scale, closes * scale, clip.gain_db)


def fade_ticks(project: Project, clip: AudioClip) -> tuple[float, float]:
    """How long the fades of a clip are where it lies, in ticks."""
    tempo = project.tempo_map
    opens = closes = 0.0
    if clip.fade_in_ms > 0.0:
        after = tempo.seconds_at(clip.start_ticks) + clip.fade_in_ms / 1000.0
        opens = tempo.tick_at(after) - clip.start_ticks
    if clip.fade_out_ms > 0.0:
        before = tempo.seconds_at(clip.end_ticks) - clip.fade_out_ms / 1000.0
        closes = clip.end_ticks - tempo.tick_at(max(0.0, before))
    return opens, closes
