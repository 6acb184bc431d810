"""The meters of all strips and their peaks."""

from collections.abc import Iterable

import msgspec
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter

from musicgen_desktop.ui.theme import Sizes, blend, colour, font, tokens
from musicgen_desktop.ui.widgets.fader_law import text_of_db

from ._geometry import Layout, y_of
from ._meters import CLIP_DB, FLOOR_DB
from ._strokes import RIGHT, ground, words

ZONES_DB = (-18.0, -6.0)
"""Green below the first, amber up to the second, red above."""


class MeterPicture(msgspec.Struct, frozen=True):
    """One strip's meters, in pixels above their lower end; two equal ones look the same.

    Attributes:
        peaks, rms, holds: left and right.
        top_db: the highest peak since it was forgotten, in tenths.
    """

    peaks: tuple[int, int] = (0, 0)
    rms: tuple[int, int] = (0, 0)
    holds: tuple[int, int] = (0, 0)
    top_db: float = FLOOR_DB

    @property
    def clipped(self) -> bool:
        """Whether its light is on."""
        return self.top_db > CLIP_DB


def paint_meters(painter: QPainter, strips: Iterable[tuple[int, Layout, MeterPicture]]) -> None:
    """The meters of strips by their left edge: collected by colour, then drawn at one go each."""
    worn = tokens()
    batches: dict[str, list[QRect]] = {"ground": [], "zero": []}
    tints = {"ground": colour(worn.sunken), "zero": blend(worn.text_faint, worn.sunken, 0.5)}
    zones = (worn.meter_low, worn.meter_middle, worn.meter_high)
    for at, tint in enumerate(zones):
        for kind, shade in (
            ("peak", blend(tint, worn.sunken, 0.5)),
            ("rms", colour(tint)),
            ("hold", colour(tint)),
        ):
            batches[f"{kind}{at}"] = []
            tints[f"{kind}{at}"] = shade
    texts = []
    for left, layout, meter in strips:
        texts.append((left, layout, meter))
        for side, place in enumerate(layout.meters):
            rect = place.translated(left, 0)
            steps = [round(rect.bottom() + 1 - y_of(rect, level)) for level in ZONES_DB]
            edges = (0, *steps, rect.height())
            batches["ground"].append(rect)
            batches["zero"].append(QRect(rect.left(), round(y_of(rect, 0.0)), rect.width(), 1))
            _collect(batches, "peak", rect, edges, meter.peaks[side])
            inner = rect.adjusted(2, 0, -2, 0)
            _collect(batches, "rms", inner, edges, min(meter.rms[side], meter.peaks[side]))
            hold = meter.holds[side]
            if hold > 1:
                zone = sum(hold > step for step in steps)
                batches[f"hold{zone}"].append(QRect(rect.left(), rect.bottom() + 1 - hold, rect.width(), 2))
    for name, rects in batches.items():
        if rects:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tints[name])
            painter.drawRects(rects)
    for left, layout, meter in texts:
        _paint_top(painter, layout.peak.translated(left, 0), meter)


def _collect(
    batches: dict[str, list[QRect]], kind: str, rect: QRect, edges: tuple[int, ...], height: int
) -> None:
    for zone in range(3):
        low, high = edges[zone], min(edges[zone + 1], height)
        if high > low:
            batches[f"{kind}{zone}"].append(
                QRect(rect.left(), rect.bottom() + 1 - high, rect.width(), high - low)
            )


def _paint_top(painter: QPainter, row: QRect, meter: MeterPicture) -> None:
    """The highest peak; a filled light with its value once it clipped."""
    if meter.top_db <= FLOOR_DB:
        return
    worn = tokens()
    text = text_of_db(meter.top_db, unit=False)
    light = QRect(row.right() - 51, row.top(), 52, row.height() - 1).intersected(row)
    if meter.clipped:
        ground(painter, light, colour(worn.bad))
        words(
            painter,
            light.adjusted(4, 0, -3, 0),
            f"▲ {text}",
            font(Sizes.TINY, 600, tabular=True),
            colour(worn.sunken),
            RIGHT,
        )
    else:
        words(
            painter,
            light.adjusted(0, 0, -1, 0),
            text,
            font(Sizes.TINY, tabular=True),
            colour(worn.text_faint),
            RIGHT,
        )
