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
        self.target: Column = value if isinstance(value, np.ndarray) else np.full((1, 1), value, np.float64)
        self._curve = np.zeros((6, *self.target.shape))  # of (place − target), by powers of the share
        self._frames = 0
        self._done = 0  # below 0 while it waits to set off

    @property
    def is_settled(self) -> bool:
        """Whether it has arrived."""
        return self._done >= self._frames

    def to(self, target: float, frames: int, *, wait: int = 0) -> None:
        """Set off for another place.

        Args:
            target: for all channels.
            frames: how long it takes, 1 or more.
            wait: frames to stay before; only for what stands still.
        """
        goal = np.full_like(self.target, target)
        self._start(self.target - goal, frames)
        self.target = goal
        self._done = -wait

    def push(self, step: Column, frames: int) -> None:
        """Jump by `step` and travel on to the same target as if it had never stood elsewhere."""
        self._start(step, frames)

    def next(self, frames: int) -> NDArray[np.float64]:
        """[channels, frames] of the next frames; [channels, 1] once it has arrived."""
        if self.is_settled:
            return self.target
        share = np.clip((self._done + np.arange(frames)) / self._frames, 0.0, 1.0)
        self._done += frames
        away = np.zeros((self.target.shape[0], frames))
        for power in self._curve[::-1]:
            away *= share
            away += power
        away[:, share >= 1.0] = 0.0
        away += self.target
        return away

    def _start(self, moved: Column, frames: int) -> None:
        """A quintic to rest at the target from where it is, moved, at the pace and bend that it has."""
        if self.is_settled:
            self._curve = _FROM_REST * moved
        else:
            t = max(self._done, 0) / self._frames
            c = self._curve
            away = moved + c[0] + t * (c[1] + t * (c[2] + t * (c[3] + t * (c[4] + t * c[5]))))
            slope = c[1] + t * (2.0 * c[2] + t * (3.0 * c[3] + t * (4.0 * c[4] + t * 5.0 * c[5])))
            bend = 2.0 * c[2] + t * (6.0 * c[3] + t * (12.0 * c[4] + t * 20.0 * c[5]))
            longer = frames / self._frames
            self._curve = _quintic(away, slope * longer, bend * longer**2)
        self._frames, self._done = frames, 0


_FROM_REST = np.array([1.0, 0.0, 0.0, -10.0, 15.0, -6.0])[:, np.newaxis, np.newaxis]


def _quintic(away: Column, slope: Column, bend: Column) -> NDArray[np.float64]:
    """[6, channels, 1] from `away` to 0; slope and bend are per the whole way."""
    return np.stack(
        [
            away,
            slope,
            bend / 2.0,
            -10.0 * away - 6.0 * slope - 1.5 * bend,
            15.0 * away + 8.0 * slope + 1.5 * bend,
            -6.0 * away - 3.0 * slope - 0.5 * bend,
        ]
    )
