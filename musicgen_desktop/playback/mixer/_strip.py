"""One strip: trim → polarity → inserts → pre-fader sends → fader → pan → post-fader sends → output."""

from collections.abc import Callable

import numpy as np

from musicgen_desktop.timing import TempoMap

from ._build import make_effect
from ._delay_line import DelayLine
from ._effect import Effect, Planar
from ._gains import SendGain, StripGain
from ._settings import InsertSettings, StripSettings
from ._stepped import initial_parameters, process_automated

Deliver = Callable[[str, Planar], None]
"""Takes a block that arrives at the strip of this id, and may keep and change it."""


class _Slot:
    """An insert at its place: automated, or bypassed with its latency kept."""

    def __init__(self, settings: InsertSettings, rate: int, tempo: TempoMap) -> None:
        self._curves = settings.curves
        self._bypass = DelayLine(settings.latency_frames) if settings.bypassed else None
        self._effect: Effect | None = None
        if self._bypass is None:
            self._effect = make_effect(settings.effect, initial_parameters(settings), rate, tempo)

    def process(self, block: Planar, start: int) -> Planar:
        if self._bypass is not None:
            return self._bypass.process(block)
        assert self._effect is not None  # noqa: S101 - for the type checker: it is the one or the other
        return process_automated(self._effect, self._curves, block, start)


class Strip:
    """Keeps the state of a strip's effects and delays from block to block."""

    def __init__(self, settings: StripSettings, rate: int, tempo: TempoMap) -> None:
        self.settings = settings
        self.repaired = 0
        """Samples that were no numbers and became silence."""
        self._trim = np.float32(settings.trim_gain)
        self._slots = [
            (_Slot(insert, rate, tempo), offset) for insert, offset in with_offsets(settings.inserts)
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
        self.repaired += mend(block)
        if self._trim != 1.0:
            block *= self._trim
        for slot, offset in self._slots:
            block = slot.process(owned(block), start - offset)
        if self._slots:
            block = owned(block)
            self.repaired += mend(block)
        return block

    def _tap(self, block: Planar, start: int, deliver: Deliver, *, pre_fader: bool) -> None:
        for send, gain, delay in self._sends:
            if send.pre_fader == pre_fader:
                deliver(send.target, delay.process(gain.tapped(block, start)))


def no_warning() -> np.errstate:
    """Inside it numpy is silent about numbers that are none."""
    return np.errstate(invalid="ignore", over="ignore")


def mend(block: Planar) -> int:
    """Make silence of samples that are no numbers: one would stay in every filter after it for ever.

    Returns:
        How many there were.
    """
    with no_warning():
        return mend_quietly(block)


def mend_quietly(block: Planar) -> int:
    """`mend` for many small blocks: the caller holds `no_warning`, slow to enter, around all of them."""
    total = np.add.reduce(block, axis=None)
    if np.isfinite(total):
        return 0  # a sum cannot be finite when a part is not
    bad = ~np.isfinite(block)
    block[bad] = 0.0
    return int(bad.sum())


def owned(block: Planar) -> Planar:
    """Writable, with rows that lie in one piece: a delay line hands out views."""
    return block if block.flags.c_contiguous and block.flags.writeable else np.array(block, order="C")


def with_offsets(inserts: tuple[InsertSettings, ...]) -> list[tuple[InsertSettings, int]]:
    """Each insert with how late its input is, compared with what entered the strip."""
    placed, late = [], 0
    for insert in inserts:
        placed.append((insert, late))
        late += insert.latency_frames
    return placed
