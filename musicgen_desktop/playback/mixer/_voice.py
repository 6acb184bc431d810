"""What may sound in a place of the signal's path: the dry sound, or an effect that can be turned."""

from abc import ABC, abstractmethod

import numpy as np
from numpy.typing import NDArray

from ._curve import GRID_FRAMES
from ._delay_line import DelayLine
from ._effect import Effect, Planar
from ._glide import Glide, eased, fade_frames
from ._places import Places
from ._settings import InsertSettings
from ._specs import effect_spec
from ._stepped import cells_between, process_automated, process_stepped

Numbers = NDArray[np.float64]

KNOB_S = 0.030
"""How long a knob takes to its new place."""


class Voice(ABC):
    """One of two sounds between which a place of the path can change.

    Attributes:
        warm_up_frames: how long it must have listened before it may be heard.
    """

    warm_up_frames = 0

    @abstractmethod
    def process(self, block: Planar, places: Places) -> Planar:
        """The next frames. `block` may be overwritten, or come back."""


class Dry(Voice):
    """The sound itself, some frames later."""

    def __init__(self, frames: int = 0) -> None:
        self.frames = frames
        self.warm_up_frames = frames
        self._line = DelayLine(frames)

    def process(self, block: Planar, places: Places) -> Planar:  # noqa: ARG002
        return self._line.process(block)


class Wet(Voice):
    """An effect that runs along the timeline, loops with it, and whose knobs glide.

    Args:
        effect: freshly made.
        key: two effects with the same key can be turned into each other while they sound.
        insert: what it was made from.
        late: how many frames its input is behind the mixer's.
        joins: whether sound is running already; then it is faded in, for an effect would echo its beginning.
    """

    def __init__(
        self, effect: Effect, key: object, insert: InsertSettings, late: int, *, joins: bool
    ) -> None:
        self.key = key
        self._effect = effect
        self._curves = insert.curves
        self._still = insert.parameters
        self._late = late
        self._way: dict[str, float] = {}  # where the knobs set off
        self._gone = 0
        self._next: tuple[InsertSettings, int] | None = None
        fade = fade_frames(effect.rate)
        self._way_frames = max(GRID_FRAMES, round(KNOB_S * effect.rate))
        self._entrance = Glide(0.0 if joins else 1.0)
        self.warm_up_frames = insert.latency_frames + fade
        if joins:
            self._entrance.to(1.0, fade)

    def turn(self, insert: InsertSettings, late: int) -> None:
        """Lead the knobs to other places or curves; while they are on their way, after that."""
        if self._way:
            self._next = insert, late
            return
        moved = insert.curves != self._curves or late != self._late
        if moved or insert.parameters != self._still:
            names = {name for name, _curve in (*self._curves, *insert.curves)} if moved else set()
            names |= {
                name for name, value in insert.parameters.items() if value != self._effect.values.get(name)
            }
            self._way = {name: self._effect.values[name] for name in names if name in self._effect.values}
            self._gone = 0
            self._effect.gliding = bool(self._way)
        self._curves, self._still, self._late = insert.curves, insert.parameters, late

    def process(self, block: Planar, places: Places) -> Planar:
        if not self._entrance.is_settled:
            block *= self._entrance.next(block.shape[1]).astype(np.float32)
        spans = places.spans(self._late)
        if len(spans) == 1:
            return self._straight(block, spans[0].place)
        pieces = [
            self._straight(np.ascontiguousarray(block[:, at : at + frames]), place)
            for at, frames, place in spans
        ]
        return np.concatenate(pieces, axis=1)

    def _straight(self, block: Planar, start: int) -> Planar:
        if self._way:
            return self._on_the_way(block, start)
        return process_automated(self._effect, self._curves, block, start)

    def _on_the_way(self, block: Planar, start: int) -> Planar:
        """Like an automated effect, each knob between where it set off and where it shall be by now."""
        frames = block.shape[1]
        cells = cells_between(start, start + frames)
        share = eased((self._gone + cells - start + GRID_FRAMES) / self._way_frames)
        curves = dict(self._curves)
        values = []
        for name, begin in self._way.items():
            curve = curves.get(name)
            end = np.full(len(cells), self._still[name]) if curve is None else curve.at(cells)
            values.append(_between(self._effect.kind, name, begin, end, share))
        block = process_stepped(self._effect, list(self._way), np.stack(values), cells, block, start)
        self._gone += frames
        if share[-1] >= 1.0:
            self._arrive()
        return block

    def _arrive(self) -> None:
        self._way = {}
        self._effect.gliding = False
        if self._next is not None:
            insert, late = self._next
            self._next = None
            self.turn(insert, late)


def _between(kind: str, name: str, begin: float, end: Numbers, share: Numbers) -> Numbers:
    """On the way of a knob: evenly in its own scale."""
    knob = effect_spec(kind).parameter(name)
    if knob.scale == "logarithmic" and begin > 0.0 and (end > 0.0).all():
        return np.where(share >= 1.0, end, begin * (end / begin) ** share)
    return np.where(share >= 1.0, end, begin + (end - begin) * share)
