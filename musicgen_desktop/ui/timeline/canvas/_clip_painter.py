"""All clips of a frame: tiles where there is room, coloured columns where there is none."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPen, QPixmap

from musicgen_desktop.document import Clip, Track
from musicgen_desktop.ui.theme import Sizes, blend, colour, tokens
from musicgen_desktop.ui.timeline._geometry import Row

from ._clip_details import paint_details, paint_name, paint_overlaps
from ._clip_index import ClipIndex, TrackIndex
from ._clip_picture import Style, fill_colour
from ._clip_shape import band_of, shape_of
from ._picture import CanvasPicture
from ._tiles import TILE_PX, Tiles

_NARROW_PX = 12
_NARROW_IN_A_CROWD_PX = 24
_CROWD = 450
"""So many clips in view are painted more simply."""
_NAME_FROM_PX = 26
_MORE_IN_A_CROWD_PX = 74
_ONE_TILE_PX = TILE_PX // 4
"""So narrow a clip has one tile at every zoom that is near enough to be scaled."""
_CORNER = Sizes.RADIUS_CLIP


class ClipPainter:
    """Paints clips, and keeps what it needs from frame to frame."""

    def __init__(self, tiles: Tiles, index: ClipIndex) -> None:
        self._tiles = tiles
        self._index = index
        self._corners: dict[tuple[str, float], tuple[QPixmap, ...]] = {}
        self._crowded = False
        self._columns: dict[tuple[str, str, bool], tuple[TrackIndex, NDArray[np.uint32]]] = {}

    def paint(self, painter: QPainter, rect: QRect, picture: CanvasPicture) -> None:
        """The clips inside a rectangle of the viewport."""
        geometry = picture.geometry
        tracks = {track.id: track for track in picture.project.tracks}
        start, end = geometry.tick_at(rect.left()), geometry.tick_at(rect.right() + 1)
        rows: list[tuple[Row, Track, TrackIndex, slice]] = []
        crowd = 0
        for row in geometry.rows:
            top = geometry.top_of(row)
            if row.target or top > rect.bottom() or top + row.height < rect.top():
                continue
            track = tracks.get(row.track_id)
            if track is None or not track.clips:
                continue
            index = self._index.of(track)
            part = index.between(start, end)
            crowd += part.stop - part.start
            rows.append((row, track, index, part))
        if rect.width() >= picture.width and rect.height() >= picture.height:
            # Decided for the whole view only, so that what scrolls in looks like what is there.
            self._crowded = crowd > _CROWD
        for row, track, index, part in rows:
            self._paint_row(painter, rect, picture, row, track, index, part)

    def _paint_row(
        self,
        painter: QPainter,
        rect: QRect,
        picture: CanvasPicture,
        row: Row,
        track: Track,
        index: TrackIndex,
        part: slice,
    ) -> None:
        geometry = picture.geometry
        lefts = np.rint(index.starts[part] * geometry.px_per_tick - geometry.scroll_x).astype(np.int64)
        rights = np.rint(index.ends[part] * geometry.px_per_tick - geometry.scroll_x).astype(np.int64)
        small = rights - lefts < (_NARROW_IN_A_CROWD_PX if self._crowded else _NARROW_PX)
        if small.any():
            self._paint_columns(painter, rect, picture, row, track, index, part, lefts, rights, small)
        if small.all():
            return
        silent = track.id in picture.silent
        dressed: dict[tuple[str, bool], Style] = {}
        top, height = geometry.top_of(row) + 1, row.height - 3
        plain = track.color or tokens().text_faint
        ratio = picture.ratio
        for clip, left, right, is_small in zip(
            index.clips[part], lefts.tolist(), rights.tolist(), small.tolist(), strict=True
        ):
            if is_small or right <= rect.left():
                continue
            look = (clip.color or plain, clip.muted or silent)
            style = dressed.get(look)
            if style is None:
                band = round(band_of(row) * ratio)
                style = Style(look[0], round(height * ratio), band, look[1], ratio, tokens().name)
                dressed[look] = style
            box = QRect(left, top, right - left, height)
            self._paint_tiles(painter, rect, picture, clip, style, box)
            spare = right - left - (_MORE_IN_A_CROWD_PX if self._crowded else 0)
            if spare >= _NAME_FROM_PX:
                self._paint_corners(painter, box, ratio)
            if clip.id in picture.selected:
                _paint_selected(painter, box, focused=clip.id == picture.focused_clip)
            if spare >= _NAME_FROM_PX:
                shape = shape_of(geometry, row, clip, picture.project)
                paint_name(painter, picture, clip, shape, look[0], dim=look[1])
                paint_details(painter, picture, clip, shape, look[0])
        paint_overlaps(painter, rect, picture, row, index, part)

    def _paint_tiles(
        self, painter: QPainter, rect: QRect, picture: CanvasPicture, clip: Clip, style: Style, box: QRect
    ) -> None:
        tiles, now, ratio = self._tiles, picture.geometry.px_per_tick, picture.ratio
        strip = tiles.strip_of(clip, style)
        zoom = tiles.zoom_for(strip, now)
        scale = now / zoom
        if box.width() < _ONE_TILE_PX:
            whole = tiles.peek((strip, zoom, 0))
            if whole is not None:
                # Most clips of a full screen come this way: whole numbers cost less than half.
                across = whole.width() if scale != 1.0 else min(whole.width(), round(box.width() * ratio))
                painter.drawPixmap(
                    box.left(), box.top(), box.width(), box.height(), whole, 0, 0, across, whole.height()
                )
                return
        step = TILE_PX / ratio * scale
        width = max(1, round(clip.length_ticks * zoom * ratio) + 1)
        first = max(0, int((rect.left() - box.left()) / step))
        last = min((width - 1) // TILE_PX, int((rect.right() - box.left()) / step))
        for number in range(first, last + 1):
            pixmap = tiles.tile((strip, zoom, number), clip, style, width)
            if pixmap is None:
                # The fill shows where tiles are still being made.
                painter.fillRect(box & rect, fill_colour(style.colour, dim=style.dim))
                self._paint_fallback(painter, rect, picture, strip, box)
                return
            _paint_tile(painter, pixmap, box, number * step, scale, ratio)

    def _paint_fallback(
        self, painter: QPainter, rect: QRect, picture: CanvasPicture, strip: int, box: QRect
    ) -> None:
        """Tiles of another zoom, until those of this one are made."""
        now, ratio = picture.geometry.px_per_tick, picture.ratio
        zoom = self._tiles.fallback(strip, now)
        if zoom is None:
            return
        scale = now / zoom
        step = TILE_PX / ratio * scale
        first = max(0, int((rect.left() - box.left()) / step))
        for number in range(first, int(min(rect.right(), box.right()) - box.left()) // max(1, int(step)) + 1):
            pixmap = self._tiles.peek((strip, zoom, number))
            if pixmap is None:
                continue
            _paint_tile(painter, pixmap, box, number * step, scale, ratio)

    def _paint_corners(self, painter: QPainter, box: QRect, ratio: float) -> None:
        """Round them off: the ground is laid over the four corners."""
        ground = tokens().sunken
        corners = self._corners.get((ground, ratio))
        if corners is None:
            corners = self._corners[ground, ratio] = _corners_of(ground, ratio)
        right, bottom = box.right() + 1 - _CORNER, box.bottom() + 1 - _CORNER
        painter.drawPixmap(box.left(), box.top(), corners[0])
        painter.drawPixmap(right, box.top(), corners[1])
        painter.drawPixmap(box.left(), bottom, corners[2])
        painter.drawPixmap(right, bottom, corners[3])

    def _paint_columns(
        self,
        painter: QPainter,
        rect: QRect,
        picture: CanvasPicture,
        row: Row,
        track: Track,
        index: TrackIndex,
        part: slice,
        lefts: NDArray[np.int64],
        rights: NDArray[np.int64],
        small: NDArray[np.bool_],
    ) -> None:
        """Clips too narrow for more than their colour, all in one picture one pixel high."""
        colours = self._colours_of(track, index, silent=track.id in picture.silent)[part][small]
        first = np.maximum(lefts[small] - rect.left(), 0)
        after = np.minimum(np.maximum(rights[small] - 1, lefts[small] + 1) - rect.left(), rect.width())
        lengths = np.maximum(after - first, 0)
        offsets = np.cumsum(lengths) - lengths
        places = np.arange(int(lengths.sum())) - np.repeat(offsets - first, lengths)
        columns = np.zeros(rect.width(), np.uint32)
        columns[places] = np.repeat(colours, lengths)
        image = QImage(columns.data, rect.width(), 1, rect.width() * 4, QImage.Format.Format_ARGB32)
        top = picture.geometry.top_of(row) + 1
        painter.drawImage(QRect(rect.left(), top, rect.width(), row.height - 3), image)
        chosen = (
            [
                QRect(left, top, max(2, right - left), row.height - 3)
                for clip, left, right, is_small in zip(
                    index.clips[part], lefts.tolist(), rights.tolist(), small.tolist(), strict=True
                )
                if is_small and clip.id in picture.selected
            ]
            if picture.selected
            else []
        )
        if chosen:
            painter.setPen(colour(tokens().accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRects(chosen)

    def _colours_of(self, track: Track, index: TrackIndex, *, silent: bool) -> NDArray[np.uint32]:
        worn = tokens()
        key = (track.id, f"{track.color}{worn.name}", silent)
        found = self._columns.get(key)
        if found is not None and found[0] is index:
            return found[1]
        if len(self._columns) > _CROWD:
            self._columns.clear()
        made = np.fromiter(
            (
                blend(
                    clip.color or track.color or worn.text_faint,
                    worn.sunken,
                    0.2 if clip.muted or silent else 0.45,
                ).rgb()
                for clip in index.clips
            ),
            np.uint32,
            len(index.clips),
        )
        self._columns[key] = (index, made)
        return made


def _paint_tile(
    painter: QPainter, pixmap: QPixmap, box: QRect, offset: float, scale: float, ratio: float
) -> None:
    """A tile `offset` pixels into a clip's box, as far as the box goes."""
    x = box.left() + offset
    if scale == 1.0:
        shown = min(pixmap.width(), round((box.right() + 1 - x) * ratio))
        painter.drawPixmap(round(x), box.top(), pixmap, 0, 0, shown, pixmap.height())
        return
    across = min(pixmap.width() / ratio * scale, box.right() + 1 - x)
    if across > 0.0:
        painter.drawPixmap(
            QRectF(x, box.top(), across, box.height()),
            pixmap,
            QRectF(0.0, 0.0, across / scale * ratio, pixmap.height()),
        )


def _paint_selected(painter: QPainter, box: QRect, *, focused: bool) -> None:
    worn = tokens()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour(worn.text if focused else worn.accent), 2))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.drawRoundedRect(QRectF(box).adjusted(1.0, 1.0, -1.0, -1.0), _CORNER - 1.0, _CORNER - 1.0)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


def _corners_of(ground: str, ratio: float) -> tuple[QPixmap, ...]:
    """Top left, top right, bottom left, bottom right."""
    size = round(_CORNER * ratio)
    whole = QPixmap(2 * size, 2 * size)
    whole.fill(Qt.GlobalColor.transparent)
    painter = QPainter(whole)
    painter.fillRect(whole.rect(), colour(ground))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationOut)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(Qt.GlobalColor.black)
    painter.drawEllipse(QRectF(0, 0, 2 * size, 2 * size))
    painter.end()
    made = []
    for x, y in ((0, 0), (size, 0), (0, size), (size, size)):
        corner = whole.copy(x, y, size, size)
        corner.setDevicePixelRatio(ratio)
        made.append(corner)
    return tuple(made)
