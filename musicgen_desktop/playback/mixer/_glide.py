"""Values that travel to a new place without a corner, so that nobody hears them set off or arrive."""

import numpy as np
from numpy.typing import NDArray

FADE_S = 0.010
"""How long a gain travels, and how long one sound takes over from another."""

Column = NDArray[np.float64]
"""[channels, 1] or [1, 1]."""


def fade_frames(rate: int) -> int:
    """The frames of one fade."""
    return max(1, round(FADE_S * rate))


def eased(share: NDArray[np.float64]) -> NDArray[np.float64]:
    """0 … 1 by the quintic whose slope and bend are 0 at both ends."""
    held = np.clip(share, 0.0, 1.0)
    curve: NDArray[np.float64] = held**3 * (10.0 + held * (6.0 * held - 15.0))
    return curve


def eased_steps(frames: int) -> NDArray[np.float32]:
    """[frames] from just above 0 to 1, eased."""
    return eased(np.arange(1, frames + 1) / frames).astype(np.float32)


class Glide:
    """A value per channel that travels. Sent elsewhere on its way, it keeps its pace and its bend.

    Args:
        value: [channels, 1], or a number for all.
    """

    def __init__(self, value: Column | float) -> None:
        self.target: Column = np.atleast_2d(np.asarray(value, np.float64))
        self._curve = np.zeros((6, *self.target.shape))  # of (place − target), by powers of the share
        self._frames = 0
        self._done = 0
        self._wait = 0

    @property
    def is_settled(self) -> bool:
        """Whether it has arrived."""
        return self._done >= self._frames and self._wait == 0

    @property
    def now(self) -> Column:
        """Where the next frame will be."""
        return self._state()[0]

    def to(self, target: Column | float, frames: int, *, wait: int = 0) -> None:
        """Set off for another place.

        Args:
            target: as the first value.
            frames: how long it takes, 1 or more.
            wait: frames to stay before; only for what stands still.
        """
        place, slope, bend = self._state()
        self.target = np.broadcast_to(np.asarray(target, np.float64), place.shape).copy()
        self._start(place - self.target, slope * frames, bend * frames**2, frames, wait)

    def push(self, step: Column, frames: int) -> None:
        """Jump by `step` and travel on to the same target as if it had never stood elsewhere."""
        place, slope, bend = self._state()
        self._start(place + step - self.target, slope * frames, bend * frames**2, frames, 0)

    def next(self, frames: int) -> NDArray[np.float64]:
        """[channels, frames] of the next frames; [channels, 1] once it has arrived."""
        if self.is_settled:
            return self.target
        waiting = min(self._wait, frames)
        self._wait -= waiting
        moving = frames - waiting
        share = np.minimum((self._done + np.arange(moving)) / self._frames, 1.0)
        self._done += moving
        away = np.zeros((self.target.shape[0], moving))
        for power in range(5, -1, -1):
            away *= share
            away += self._curve[power]
        away[:, share >= 1.0] = 0.0
        held = np.broadcast_to(self._curve[0], (self.target.shape[0], waiting))
        found: NDArray[np.float64] = self.target + np.concatenate([held, away], axis=1)
        return found

    def _start(self, away: Column, slope: Column, bend: Column, frames: int, wait: int) -> None:
        """Quintic from (away, slope, bend) to rest at 0; slope and bend per the whole way."""
        self._curve = np.stack(
            [
                away,
                slope,
                bend / 2.0,
                -10.0 * away - 6.0 * slope - 1.5 * bend,
                15.0 * away + 8.0 * slope + 1.5 * bend,
                -6.0 * away - 3.0 * slope - 0.5 * bend,
            ]
        )
        self._frames, self._done, self._wait = frames, 0, wait

    def _state(self) -> tuple[Column, Column, Column]:
        """Where it is, and its slope and bend per frame and per frame²."""
        if self._done >= self._frames:
            return self.target, np.zeros_like(self.target), np.zeros_like(self.target)
        t = self._done / self._frames
        c = self._curve
        place = c[0] + t * (c[1] + t * (c[2] + t * (c[3] + t * (c[4] + t * c[5]))))
        slope = c[1] + t * (2.0 * c[2] + t * (3.0 * c[3] + t * (4.0 * c[4] + t * 5.0 * c[5])))
        bend = 2.0 * c[2] + t * (6.0 * c[3] + t * (12.0 * c[4] + t * 20.0 * c[5]))
        return self.target + place, slope / self._frames, bend / self._frames**2
