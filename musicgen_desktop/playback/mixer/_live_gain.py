"""Gains that change while they sound: what differs from the new gain dies away within one fade."""

from typing import Protocol

import numpy as np

from ._effect import Planar
from ._glide import Column, Glide
from ._places import Places


class GainLaw(Protocol):
    """A `StripGain` or `SendGain`."""

    def gains(self, start: int, frames: int) -> Planar:
        """[channels, 1] or [channels, frames]."""


class LiveGain:
    """A gain, standing or automated, that can be replaced by another.

    Args:
        law: the gain.
        late: how many frames what it hears is behind the mixer's input.
        fade: frames of a change.
    """

    def __init__(self, law: GainLaw, late: int, fade: int) -> None:
        self._law = law
        self._late = late
        self._fade = fade
        self._was: tuple[GainLaw, int] | None = None  # what sounded when the last block ended
        self._away = Glide(np.zeros_like(law.gains(0, 1), np.float64))

    def become(self, law: GainLaw, late: int) -> None:
        """Travel to another gain."""
        if law is self._law and late == self._late:
            return
        if self._was is None:
            self._was = self._law, self._late
        self._law, self._late = law, late

    def next(self, places: Places) -> Planar:
        """[channels, 1] while nothing moves, else [channels, frames]."""
        spans = places.spans(self._late)
        gains = [self._law.gains(span.place, span.frames) for span in spans]
        if self._was is not None:
            law, late = self._was
            self._was = None
            step: Column = law.gains(places.place(late), 1).astype(np.float64) - gains[0][:, :1]
            if step.any():
                self._away.push(step, self._fade)
        whole = gains[0] if len(spans) == 1 else _joined(gains, [span.frames for span in spans])
        if self._away.is_settled:
            return whole
        return (whole + self._away.next(places.frames)).astype(np.float32)


def _joined(gains: list[Planar], frames: list[int]) -> Planar:
    """One after the other, each for so many frames."""
    pieces = [np.broadcast_to(each, (len(each), count)) for each, count in zip(gains, frames, strict=True)]
    return np.concatenate(pieces, axis=1)
