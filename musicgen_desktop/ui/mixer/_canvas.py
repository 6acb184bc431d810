"""All strips side by side in one widget: where they are, and how they are painted."""

from collections.abc import Mapping

import msgspec
import numpy as np
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from musicgen_desktop.ui.theme import colour, tokens
from musicgen_desktop.ui.widgets.fader_law import positions_of

from ._geometry import (
    LOUDNESS_WIDTH,
    NARROW,
    WIDE,
    Layout,
    columns,
    lay_out,
    part_at,
    plan_rack,
    rects_of_parts,
)
from ._loudness_painter import paint_loudness
from ._meter_painter import MeterPicture, paint_meters
from ._meters import MeterBank
from ._painter import paint_strip
from ._parts import Part, Spot
from ._pictures import LoudnessPicture, StripPicture
from ._view_model import MixerViewModel

Levels = Mapping[str, tuple[float, float, float, float]]
_NOTHING = (0.0, 0.0, 0.0, 0.0)


class MixerCanvas(QAbstractScrollArea):
    """Paints the strips of a view model; the master stays at the right edge while the others scroll.

    Each strip is kept as a pixmap until its picture changes. While music plays only the meters are painted,
    all of them in one go, and of those only the ones that moved.
    """

    def __init__(self, model: MixerViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._hot: Spot | None = None
        self._focus = Part("fader")
        self._layouts: dict[str, Layout] = {}
        self._columns: dict[str, int] = {}
        self._pixmaps: dict[str, tuple[StripPicture, Layout, str, QPixmap]] = {}
        self._bank = MeterBank.silent(0)
        self._rows: dict[str, int] = {}
        self._meters: dict[str, MeterPicture] = {}
        self._loudness = LoudnessPicture()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        model.changed.connect(self._on_changed)
        self._on_changed()

    # Where things are

    @property
    def strip_width(self) -> int:
        """The width of every strip but the master's."""
        return NARROW if self._model.is_narrow else WIDE

    @property
    def master_width(self) -> int:
        """The width of the master."""
        return WIDE + LOUDNESS_WIDTH

    def layout_of(self, track_id: str) -> Layout:
        """Where the parts of a strip lie within it."""
        return self._layouts[track_id]

    def strip_rect(self, track_id: str) -> QRect:
        """Where a strip lies in the viewport; empty while it is folded away.

        It may lie outside of what is seen.
        """
        if track_id not in self._columns:
            return QRect()
        height = self.viewport().height()
        if track_id == self._model.strips[-1].id:
            return QRect(self._area_width() + 1, 0, self.master_width, height)
        left = self._columns[track_id] - self.horizontalScrollBar().value()
        return QRect(left, 0, self.strip_width, height)

    def rect_of(self, track_id: str, part: Part) -> QRect:
        """Where a part of a strip lies in the viewport; empty while it is not shown."""
        strip = self._model.strip(track_id)
        if strip is None:
            return QRect()
        for each, rect in rects_of_parts(self._layouts[track_id], strip):
            if each == part:
                return rect.translated(self.strip_rect(track_id).topLeft())
        return QRect()

    def hit(self, place: QPoint) -> Spot | None:
        """What lies under a place of the viewport."""
        strip = self._strip_at(place)
        if strip is None:
            return None
        inside = place - self.strip_rect(strip.id).topLeft()
        return Spot(strip.id, part_at(self._layouts[strip.id], strip, inside))

    def sizeHint(self) -> QSize:
        """A dock's height, and room for some strips."""
        return QSize(900, 300)

    def minimumSizeHint(self) -> QSize:
        """The fader, its value and the name still fit."""
        return QSize(self.master_width + self.strip_width, 150)

    def show_strip(self, track_id: str) -> None:
        """Scroll so that a strip is seen."""
        rect, bar = self.strip_rect(track_id), self.horizontalScrollBar()
        if rect.isEmpty() or track_id == self._model.strips[-1].id:
            return
        if rect.left() < 0:
            bar.setValue(bar.value() + rect.left())
        elif rect.right() > self._area_width():
            bar.setValue(bar.value() + rect.right() - self._area_width())

    # Meters

    def show_levels(self, levels: Levels, at_s: float) -> None:
        """A reading came: move the meters, and repaint those that look otherwise.

        Args:
            levels: track id → peak left and right, RMS left and right, linear.
            at_s: when, in seconds of any clock that only goes on.
        """
        ids = [strip.id for strip in self._model.strips]
        if list(self._rows) != ids:
            self._bank = self._bank.reordered([self._rows.get(each) for each in ids])
            self._rows = {track_id: row for row, track_id in enumerate(ids)}
        found = np.array([levels.get(each, _NOTHING) for each in ids], np.float32).reshape(len(ids), 4)
        self._bank = self._bank.advanced(found, at_s)
        self._show_meters()

    def show_loudness(self, loudness: LoudnessPicture) -> None:
        """The master's loudness was measured."""
        if loudness != self._loudness:
            self._loudness = loudness
            self.viewport().update(self._loudness_rect())

    def forget_peak(self, track_id: str) -> None:
        """Put a strip's clip light out."""
        if track_id in self._rows:
            self._bank = self._bank.forgetting(self._rows[track_id])
            self._show_meters()

    def meter(self, track_id: str) -> MeterPicture:
        """What a strip's meter shows."""
        return self._meters.get(track_id, MeterPicture())

    def top_db(self, track_id: str) -> float | None:
        """The highest peak of a strip since it was forgotten; None while nothing sounded."""
        top_db = self.meter(track_id).top_db
        return top_db if top_db > MeterPicture().top_db else None

    def _show_meters(self) -> None:
        height = self._layouts[self._model.strips[-1].id].fader.height()
        bars = np.rint(
            positions_of(np.stack([self._bank.peak_db, self._bank.rms_db, self._bank.hold_db])) * height
        ).astype(int)
        peaks, rms, holds = bars.tolist()
        tops = np.round(self._bank.top_db, 1).tolist()
        for track_id, row in self._rows.items():
            if track_id not in self._layouts:
                continue  # it has gone since the last reading
            meter = MeterPicture(tuple(peaks[row]), tuple(rms[row]), tuple(holds[row]), tops[row])
            before = self._meters.get(track_id, MeterPicture())
            if meter != before:
                self._meters[track_id] = meter
                region = self._meter_rects(track_id)
                self.viewport().update(region[0])
                if before.top_db != meter.top_db:
                    self.viewport().update(region[1])

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Strips where something else than meters is to be painted, then the meters."""
        painter = QPainter(self.viewport())
        region = event.region()
        shown = [strip for strip in self._model.strips if region.intersects(self._seen(strip.id))]
        moving = QRegion(self._loudness_rect())
        for strip in shown:
            for rect in self._meter_rects(strip.id):
                moving += rect
        still = region.subtracted(moving)
        if not still.isEmpty():
            self._paint_ground(painter)
        for strip in shown:
            if still.isEmpty() or not still.intersects(self._seen(strip.id)):
                self._refill_peak(painter, strip, region)
                continue
            painter.setClipRect(self._seen(strip.id))
            painter.drawPixmap(self.strip_rect(strip.id).topLeft(), self._pixmap(strip))
        master = self._model.strips[-1]
        painter.setClipRect(QRect(0, 0, self._area_width(), self.viewport().height()))
        paint_meters(
            painter,
            [
                (self.strip_rect(strip.id).left(), self._layouts[strip.id], self.meter(strip.id))
                for strip in shown
                if strip is not master
            ],
        )
        painter.setClipping(False)
        if master in shown:
            left = self.strip_rect(master.id).left()
            paint_meters(painter, [(left, self._layouts[master.id], self.meter(master.id))])
            paint_loudness(painter, self._loudness_rect(), self._loudness)
        self.paint_above(painter)

    def paint_above(self, painter: QPainter) -> None:
        """What floats above the strips: a dragged effect."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay everything out anew."""
        super().resizeEvent(event)
        self._on_changed()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        """The strips moved; the master did not."""
        self.viewport().update()

    def _paint_ground(self, painter: QPainter) -> None:
        worn = tokens()
        painter.fillRect(self.viewport().rect(), colour(worn.ground))
        painter.fillRect(QRect(self._area_width() - 1, 0, 2, self.viewport().height()), colour(worn.sunken))

    def _refill_peak(self, painter: QPainter, strip: StripPicture, region: QRegion) -> None:
        """Take the old peak away: behind its text lies the strip's own ground."""
        peak = self._meter_rects(strip.id)[1]
        if region.intersects(peak):
            pixmap, corner = self._pixmap(strip), self.strip_rect(strip.id).topLeft()
            ratio = pixmap.devicePixelRatio()
            inside = peak.translated(-corner)
            source = QRect(
                round(inside.left() * ratio),
                round(inside.top() * ratio),
                round(inside.width() * ratio),
                round(inside.height() * ratio),
            )
            painter.drawPixmap(peak, pixmap, source)

    def _pixmap(self, strip: StripPicture) -> QPixmap:
        layout, theme = self._layouts[strip.id], tokens().name
        picture = self._live(strip)
        kept = self._pixmaps.get(strip.id)
        ratio = self.devicePixelRatioF()
        if kept is not None and kept[:3] == (picture, layout, theme) and kept[3].devicePixelRatio() == ratio:
            return kept[3]
        pixmap = QPixmap(round(layout.width * ratio), round(layout.height * ratio))
        pixmap.setDevicePixelRatio(ratio)
        painter = QPainter(pixmap)
        paint_strip(painter, picture, layout)
        painter.end()
        self._pixmaps[strip.id] = (picture, layout, theme, pixmap)
        return pixmap

    def _live(self, strip: StripPicture) -> StripPicture:
        """The strip as mouse and keyboard make it look."""
        hot = self._hot.part if self._hot is not None and self._hot.track_id == strip.id else None
        keyed = self.hasFocus() and strip.id == self._model.current_id
        return msgspec.structs.replace(strip, hot=hot, focus=self._focus if keyed else None)

    def _on_changed(self) -> None:
        strips = self._model.strips
        height = self.viewport().height()
        rack = plan_rack(
            height,
            max(len(strip.inserts) for strip in strips),
            max(len(strip.sends) for strip in strips),
            narrow=self._model.is_narrow,
            show_inserts=self._model.shows_inserts,
            show_sends=self._model.shows_sends,
        )
        kinds = {
            kind: lay_out(self.master_width if kind == "master" else self.strip_width, height, rack, kind)
            for kind in ("track", "master")
        }
        self._layouts = {strip.id: kinds["master" if strip.kind == "master" else "track"] for strip in strips}
        self._pixmaps = {each: kept for each, kept in self._pixmaps.items() if each in self._layouts}
        self._columns, width = columns(strips, self.strip_width)
        bar = self.horizontalScrollBar()
        bar.setPageStep(max(1, self._area_width()))
        bar.setSingleStep(self.strip_width + 1)
        bar.setRange(0, max(0, width - self._area_width()))
        self._meters = {}
        if self._rows:
            self._show_meters()
        self.viewport().update()

    def _strip_at(self, place: QPoint) -> StripPicture | None:
        for strip in reversed(self._model.strips):  # the master lies above the others
            if self._seen(strip.id).contains(place):
                return strip
        return None

    def _area_width(self) -> int:
        return self.viewport().width() - self.master_width - 1

    def _seen(self, track_id: str) -> QRect:
        """What can be seen of a strip."""
        rect = self.strip_rect(track_id)
        if track_id == self._model.strips[-1].id:
            return rect
        return rect.intersected(QRect(0, 0, self._area_width() - 1, self.viewport().height()))

    def _meter_rects(self, track_id: str) -> tuple[QRect, QRect]:
        """The bars, and the peak's row, as far as they are seen."""
        corner, layout, seen = (
            self.strip_rect(track_id).topLeft(),
            self._layouts[track_id],
            self._seen(track_id),
        )
        bars = layout.meters[0].united(layout.meters[1]).translated(corner)
        return bars.intersected(seen), layout.peak.translated(corner).intersected(seen)

    def _loudness_rect(self) -> QRect:
        master = self._model.strips[-1].id
        return self._layouts[master].loudness.translated(self.strip_rect(master).topLeft())
