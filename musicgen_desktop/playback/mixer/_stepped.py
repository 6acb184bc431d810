"""An effect whose knobs move while it sounds, in steps that lie on the timeline's grid."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from ._curve import GRID_FRAMES, Curve
from ._effect import Effect, Planar
from ._settings import InsertSettings

Curves = tuple[tuple[str, Curve], ...]


def initial_parameters(insert: InsertSettings) -> dict[str, float]:
    """Where the knobs stand when the effect is made: automated ones as at the song's start."""
    at_start = {name: float(curve.at(np.zeros(1, np.int64))[0]) for name, curve in insert.curves}
    return {**insert.parameters, **at_start}


def cells_between(start: int, end: int) -> NDArray[np.int64]:
    """The places of the grid whose cells the frames from `start` to `end` lie in."""
    first, last = start // GRID_FRAMES, (end - 1) // GRID_FRAMES
    return np.arange(first, last + 1, dtype=np.int64) * GRID_FRAMES


def process_automated(effect: Effect, curves: Curves, block: Planar, start: int) -> Planar:
    """The next frames of an effect whose knobs follow curves; without any it runs in one piece."""
    if not curves:
        return effect.process(block, start)
    cells = cells_between(start, start + block.shape[1])
    values = np.stack([curve.at(cells) for _name, curve in curves])
    return process_stepped(effect, [name for name, _curve in curves], values, cells, block, start)


def process_stepped(
    effect: Effect,
    names: Sequence[str],
    values: NDArray[np.float64],
    cells: NDArray[np.int64],
    block: Planar,
    start: int,
) -> Planar:
    """Cut where a knob moves, at places that lie on the timeline's grid and not on the block's.

    Args:
        effect: whose knobs are set.
        names: of the knobs that move.
        values: [names, cells] where they stand in each cell.
        cells: as `cells_between` gave them for the block.
        block: [2, frames]; may be overwritten.
        start: its place on the timeline.

    Returns:
        [2, frames].
    """
    moves = np.flatnonzero((values[:, 1:] != values[:, :-1]).any(axis=0)) + 1
    pieces: list[Planar] = []
    first, begin, end = 0, start, start + block.shape[1]
    for index in [*moves.tolist(), len(cells)]:
        _turn(effect, zip(names, values[:, first].tolist(), strict=True))
        stop = end if index == len(cells) else int(cells[index])
        piece = np.ascontiguousarray(block[:, begin - start : stop - start])
        pieces.append(effect.process(piece, begin))
        first, begin = index, stop
    return pieces[0] if len(pieces) == 1 else np.concatenate(pieces, axis=1)


def _turn(effect: Effect, knobs: Iterable[tuple[str, float]]) -> None:
    for name, value in knobs:
        effect.set(name, value)
