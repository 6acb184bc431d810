"""Clips' pictures, cut into tiles and kept: a frame paints tiles, and makes a few new ones at most."""

import math
import time
from collections import OrderedDict
from typing import NamedTuple

from PySide6.QtGui import QPixmap

from musicgen_desktop.document import AudioClip, Clip, Project
from musicgen_desktop.session.controllers.waveforms import Waveforms

from ._clip_picture import (
    Stretch,
    Style,
    draw_notes,
    draw_waveform,
    empty_picture,
    hatch,
    pixmap_of,
)

TILE_PX = 512
"""Width of a tile, in pixels of the device."""

_MOST_PIXELS = 24_000_000
_MOST_STRIPS = 30_000
_MOST_ZOOMS = 4


Tile = tuple[int, float, int]
"""(strip, pixels per tick, number): a part of a strip, counted from its left end, made at a zoom."""


class _Wish(NamedTuple):
    tile: Tile
    clip: Clip
    style: Style
    width: int


class Tiles:
    """The pictures of clips. A clip that is the same object has the same pictures at once; one that looks the
    same (moved, copied) shares them.

    `begin_frame` gives a time in which missing tiles are made; what is left over is made by `work`.
    """

    def __init__(self, waveforms: Waveforms) -> None:
        self._waveforms = waveforms
        self._project: Project | None = None
        self._tiles: OrderedDict[Tile, QPixmap] = OrderedDict()
        self._pixels = 0
        self._strips: dict[Style, dict[int, tuple[Clip, int]]] = {}
        self._contents: dict[tuple[object, ...], int] = {}
        self._zooms: dict[int, list[float]] = {}
        self._of_source: dict[str, set[int]] = {}
        self._wishes: dict[Tile, _Wish] = {}
        self._until = 0.0
        self._next = 0
        self._tempo_moves = False
        self.holds = False
        """While a zoom is under way: tiles of another zoom are good enough."""

    @property
    def lacking(self) -> int:
        """How many tiles a frame wished for and did not get."""
        return len(self._wishes)

    def use(self, waveforms: Waveforms) -> None:
        """Another project's outlines."""
        self._waveforms = waveforms
        self.forget()

    def forget(self) -> None:
        """Make everything anew."""
        for kept in (self._tiles, self._strips, self._contents, self._zooms, self._of_source, self._wishes):
            kept.clear()
        self._pixels = 0

    def forget_source(self, source_id: str) -> None:
        """The outline of this source came, or became finer."""
        gone = self._of_source.get(source_id, set())
        if gone:
            for tile in [tile for tile in self._tiles if tile[0] in gone]:
                self._drop(tile)
            for strip in gone:
                self._zooms.pop(strip, None)

    def begin_frame(self, project: Project, budget_s: float) -> None:
        """A frame begins; so many seconds may go into new tiles."""
        if self._project is None or project.tempo_map is not self._project.tempo_map:
            self.forget()
            self._tempo_moves = len(project.tempo_map.points) > 1
        self._project = project
        self._wishes.clear()
        self._until = time.perf_counter() + budget_s

    def strips_in(self, style: Style) -> dict[int, tuple[Clip, int]]:
        """What is known of clips dressed so: identity of a clip → the clip and its strip."""
        return self._strips.setdefault(style, {})

    def strip_of(self, clip: Clip, style: Style) -> int:
        """The number under which a clip's tiles are kept."""
        known = self.strips_in(style)
        found = known.get(id(clip))
        if found is not None:
            return found[1]
        if len(known) > _MOST_STRIPS:
            known.clear()
        content = _content(clip, style, moves=self._tempo_moves)
        strip = self._contents.get(content)
        if strip is None:
            self._next += 1
            strip = self._contents[content] = self._next
            if isinstance(clip, AudioClip):
                self._of_source.setdefault(clip.source_id, set()).add(strip)
        # Keeping the clip keeps its identity, and that of its notes, from being given to another.
        known[id(clip)] = (clip, strip)
        return strip

    def zoom_for(self, strip: int, px_per_tick: float) -> float:
        """The zoom whose tiles to paint: this one, or while a gesture lasts one that is near."""
        if not self.holds:
            return px_per_tick
        there = self._zooms.get(strip)
        if not there or px_per_tick in there:
            return px_per_tick
        nearest = min(there, key=lambda each: abs(math.log(each / px_per_tick)))
        return nearest if 0.3 < nearest / px_per_tick < 3.5 else px_per_tick

    def fallback(self, strip: int, px_per_tick: float) -> float | None:
        """A zoom that has tiles, while those of this one are being made."""
        there = [each for each in self._zooms.get(strip, ()) if each != px_per_tick]
        return min(there, key=lambda each: abs(math.log(each / px_per_tick))) if there else None

    def tile(self, tile: Tile, clip: Clip, style: Style, width: int) -> QPixmap | None:
        """A tile, made now if there is time for it; None when it comes later.

        Args:
            tile: which.
            clip: what is on it.
            style: how the clip is dressed.
            width: of the whole clip at the tile's zoom, in pixels of the device.
        """
        found = self._tiles.get(tile)
        if found is not None:
            self._tiles.move_to_end(tile)
            return found
        if time.perf_counter() < self._until:
            return self._make(_Wish(tile, clip, style, width))
        self._wishes[tile] = _Wish(tile, clip, style, width)
        return None

    def peek(self, tile: Tile) -> QPixmap | None:
        """A tile if it is there."""
        return self._tiles.get(tile)

    def work(self, budget_s: float) -> bool:
        """Make wished tiles for so long; whether any was made."""
        until = time.perf_counter() + budget_s
        made = False
        while self._wishes and time.perf_counter() < until:
            wish = self._wishes.pop(next(iter(self._wishes)))
            made = self._make(wish) is not None or made
        return made

    def _make(self, wish: _Wish) -> QPixmap | None:
        if self._project is None:
            return None
        clip, style, tile = wish.clip, wish.style, wish.tile
        first = tile[2] * TILE_PX
        stretch = Stretch(first, max(1, min(TILE_PX, wish.width - first)), tile[1] * style.ratio)
        picture = empty_picture(style, stretch.width, starts=first == 0)
        if style.dim:
            hatch(picture, style, first)
        if isinstance(clip, AudioClip):
            sources = {each.id: each for each in self._project.sources}
            source = sources.get(clip.source_id)
            peaks = None if source is None else self._waveforms.peaks(source)
            if peaks is None:
                return None
            draw_waveform(picture, style, stretch, clip, peaks, self._project.tempo_map)
        else:
            draw_notes(picture, style, stretch, clip)
        made = self._tiles[tile] = pixmap_of(picture, style.ratio)
        self._pixels += made.width() * made.height()
        there = self._zooms.setdefault(tile[0], [])
        if tile[1] not in there:
            there.append(tile[1])
            if len(there) > _MOST_ZOOMS:
                del there[0]
        while self._pixels > _MOST_PIXELS:
            self._drop(next(iter(self._tiles)))
        return made

    def _drop(self, tile: Tile) -> None:
        gone = self._tiles.pop(tile)
        self._pixels -= gone.width() * gone.height()


def _content(clip: Clip, style: Style, *, moves: bool) -> tuple[object, ...]:
    """Equal for clips that look alike; where the tempo moves, audio looks different at every place."""
    if isinstance(clip, AudioClip):
        return (
            style, clip.start_ticks if moves else 0, clip.length_ticks, clip.source_id,
            clip.source_offset_frames, clip.gain_db, clip.reversed,
        )  # fmt: skip
    return style, clip.length_ticks, id(clip.notes), clip.content_offset_ticks, clip.loop_length_ticks
