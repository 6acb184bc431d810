"""The whole picture of the grid: backdrop, ghosts, notes, and what a drag would make of them."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPainter, QPen

from musicgen_desktop.ui.theme import colour, tokens

from ._backdrop import backdrop_of
from ._backdrop_painter import paint_backdrop
from ._geometry import RollGeometry
from ._note_arrays import NoteArrays
from ._notes_painter import NotePicture, paint_ghosts, paint_label, paint_notes
from ._preview import Preview
from ._view_model import RollModel


def spans_of(
    geometry: RollGeometry, arrays: NoteArrays, zero: int, chosen: NDArray[np.int64] | None = None
) -> NDArray[np.int64]:
    """Where notes lie whose content begins at a tick of the song: all of them, or those chosen."""
    places = slice(None) if chosen is None else chosen
    return geometry.note_spans(
        arrays.starts[places] + zero, arrays.ends[places] + zero, arrays.pitches[places]
    )


def paint_roll(painter: QPainter, model: RollModel, stripe: QRect, bounds: QRect, mouse: QPoint) -> None:
    """All that lies in a stripe of the grid.

    Args:
        painter: of the grid.
        model: what is shown.
        stripe: what is to be painted.
        bounds: the grid, within which labels stay.
        mouse: beside which a label stands that belongs to no note.
    """
    geometry, preview = model.geometry, model.preview
    painter.setClipRect(stripe)
    paint_backdrop(painter, backdrop_of(model, stripe.left() - 2, stripe.right() + 2), stripe)
    if model.clip is not None:
        start = geometry.tick_at(stripe.left() - geometry.row_px) - model.zero
        end = geometry.tick_at(stripe.right() + geometry.row_px) - model.zero
        if not geometry.rows.is_drum_map:
            for tint, arrays in model.ghosts():
                paint_ghosts(
                    painter, spans_of(geometry, arrays, model.zero, arrays.between(start, end)), tint
                )
        chosen = model.arrays.between(start, end)
        shown = None if preview is None else preview.shown(model.arrays)
        if shown is not None:
            chosen = chosen[shown[chosen]]
        spans = spans_of(geometry, model.arrays, model.zero, chosen)
        _paint_notes(painter, model, model.arrays, spans, chosen, model.selected_mask[chosen])
        if preview is not None:
            spans = spans_of(geometry, preview.arrays, model.zero - preview.room_ticks)
            everything = np.arange(len(spans))
            _paint_notes(painter, model, preview.arrays, spans, everything, np.ones(len(spans), bool))
    _paint_heads(painter, model, bounds.height())
    if preview is not None:
        _paint_preview(painter, model, preview, bounds, mouse)


def _paint_notes(
    painter: QPainter,
    model: RollModel,
    arrays: NoteArrays,
    spans: NDArray[np.int64],
    chosen: NDArray[np.int64],
    selected: NDArray[np.bool_],
) -> None:
    seen = (spans[:, 1] < model.geometry.height) & (spans[:, 1] + spans[:, 3] > 0)
    picture = NotePicture(
        spans[seen], arrays.velocities[chosen][seen], arrays.pitches[chosen][seen], selected[seen]
    )
    is_muted = model.clip is not None and model.clip.muted
    paint_notes(painter, model.geometry, picture, model.tint or tokens().accent, dimmed=is_muted)


def _paint_heads(painter: QPainter, model: RollModel, height: int) -> None:
    """The play head, and where the next step goes."""
    worn, geometry = tokens(), model.geometry
    if model.step_tick is not None:
        tick = model.step_tick + model.zero
        x = round(geometry.x_of(tick))
        width = max(2, round(model.step_at(tick) * geometry.px_per_tick))
        painter.fillRect(QRect(x, 0, width, height), colour(worn.accent, 0.14))
        painter.fillRect(QRect(x, 0, 2, height), colour(worn.accent))
    head = model.play_tick
    if head is not None:
        painter.fillRect(QRect(round(geometry.x_of(head)), 0, 1, height), colour(worn.accent))


def _paint_preview(
    painter: QPainter, model: RollModel, preview: Preview, bounds: QRect, mouse: QPoint
) -> None:
    worn, geometry = tokens(), model.geometry
    if preview.band is not None:
        first, last, top, bottom = preview.band
        left, right = geometry.x_of(first), geometry.x_of(last)
        painter.setPen(QPen(colour(worn.accent), 1))
        painter.setBrush(colour(worn.accent, 0.12))
        painter.drawRect(QRect(int(left), int(top), int(right - left), int(bottom - top)))
    at = float(mouse.x()), float(mouse.y())
    if preview.cut_tick is not None:
        x = round(geometry.x_of(preview.cut_tick + model.zero))
        painter.fillRect(QRect(x, 0, 1, bounds.height()), colour(worn.warn))
        at = x + 6.0, at[1]
    if preview.text and not preview.is_lane:
        if len(preview.arrays):
            x, y = spans_of(geometry, preview.arrays, model.zero - preview.room_ticks)[0, :2].tolist()
            at = float(x), float(y)
        paint_label(painter, preview.text, *at, bounds)
