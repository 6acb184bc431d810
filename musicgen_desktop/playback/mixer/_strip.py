"""One strip: trim → polarity → inserts → pre-fader sends → fader → pan → post-fader sends → output."""

from collections.abc import Callable

import numpy as np

from musicgen_desktop.timing import TempoMap

from ._build import make_effect
from ._curve import GRID_FRAMES
from ._delay_line import DelayLine
from ._effect import Effect, Planar
from ._gains import SendGain, StripGain
from ._settings import InsertSettings, StripSettings

Deliver = Callable[[str, Planar], None]
"""Takes a block that arrives at the strip of this id, and may keep and change it."""


class _Slot:
    """An insert at its place: automated, or bypassed with its latency kept."""

    def __init__(self, settings: InsertSettings, rate: int, tempo: TempoMap) -> None:
        self._curves = settings.curves
        self._bypass = DelayLine(settings.latency_frames) if settings.bypassed else None
        self._effect: Effect | None = None
        if self._bypass is None:
            at_start = {name: float(curve.at(np.zeros(1, np.int64))[0]) for name, curve in settings.curves}
            parameters = {**settings.parameters, **at_start}
            self._effect = make_effect(settings.effect, parameters, rate, tempo)

    def process(self, block: Planar, start: int) -> Planar:
        if self._bypass is not None:
            return self._bypass.process(block)
        assert self._effect is not None  # noqa: S101 - for the type checker: it is the one or the other
        if not self._curves:
            return self._effect.process(block, start)
        return self._automated(self._effect, block, start)

    def _automated(self, effect: Effect, block: Planar, start: int) -> Planar:
        """Cut where a parameter moves, at places that lie on the timeline's grid and not on the block's."""
        end = start + block.shape[1]
        cells = np.arange(start // GRID_FRAMES, (end - 1) // GRID_FRAMES + 1, dtype=np.int64) * GRID_FRAMES
        values = np.stack([curve.at(cells) for _name, curve in self._curves])
        moves = np.flatnonzero((values[:, 1:] != values[:, :-1]).any(axis=0)) + 1
        pieces: list[Planar] = []
        first, begin = 0, start
        for index in [*moves.tolist(), len(cells)]:
            for (name, _curve), value in zip(self._curves, values[:, first], strict=True):
                effect.set(name, float(value))
            stop = end if index == len(cells) else int(cells[index])
            piece = np.ascontiguousarray(block[:, begin - start : stop - start])
            pieces.append(effect.process(piece, begin))
            first, begin = index, stop
        return pieces[0] if len(pieces) == 1 else np.concatenate(pieces, axis=1)


class Strip:
    """Keeps the state of a strip's effects and delays from block to block."""

    def __init__(self, settings: StripSettings, rate: int, tempo: TempoMap) -> None:
        self.settings = settings
        self.repaired = 0
        """Samples that were no numbers and became silence."""
        self._trim = np.float32(settings.trim_gain)
        self._slots = [
            (_Slot(insert, rate, tempo), offset) for insert, offset in _with_offsets(settings.inserts)
        ]
        self._gain = StripGain(settings)
        self._sends = [(send, SendGain(send), DelayLine(send.delay_frames)) for send in settings.sends]
        self._output_delay = DelayLine(settings.output_delay_frames)

    def process(self, block: Planar, start: int, deliver: Deliver) -> Planar:
        """Bring the block through the strip and hand it on.

        Args:
            block: [2, frames], overwritten.
            start: the mixer's clock at its first frame: the timeline's, before any latency.
            deliver: gets what goes to each send and to the output.

        Returns:
            [2, frames] after fader and pan; not to be changed when the strip has an output.
        """
        start -= self.settings.arrival_frames
        block = self.inserted(block, start)
        start -= self.settings.latency_frames
        self._tap(block, start, deliver, pre_fader=True)
        block = owned(block)
        self._gain.apply(block, start)
        self._tap(block, start, deliver, pre_fader=False)
        if self.settings.output is not None:
            deliver(self.settings.output, self._output_delay.process(block))
        return block

    def inserted(self, block: Planar, start: int) -> Planar:
        """Trim, polarity and inserts only; `start` is the timeline's place of what enters."""
        self._mend(block)
        if self._trim != 1.0:
            block *= self._trim
        for slot, offset in self._slots:
            block = slot.process(owned(block), start - offset)
        if self._slots:
            block = owned(block)
            self._mend(block)
        return block

    def _tap(self, block: Planar, start: int, deliver: Deliver, *, pre_fader: bool) -> None:
        for send, gain, delay in self._sends:
            if send.pre_fader == pre_fader:
                deliver(send.target, delay.process(gain.tapped(block, start)))

    def _mend(self, block: Planar) -> None:
        """One bad sample would stay in every filter after it for ever; it becomes silence here."""
        with np.errstate(invalid="ignore", over="ignore"):
            total = np.add.reduce(block, axis=None)
        if np.isfinite(total):
            return  # a sum cannot be finite when a part is not
        bad = ~np.isfinite(block)
        self.repaired += int(bad.sum())
        block[bad] = 0.0


def owned(block: Planar) -> Planar:
    """Writable, with rows that lie in one piece: a delay line hands out views."""
    return block if block.flags.c_contiguous and block.flags.writeable else np.array(block, order="C")


def _with_offsets(inserts: tuple[InsertSettings, ...]) -> list[tuple[InsertSettings, int]]:
    """Each insert with how late its input is, compared with what entered the strip."""
    placed, late = [], 0
    for insert in inserts:
        placed.append((insert, late))
        late += insert.latency_frames
    return placed
