"""What a controller has been doing lately, when its moves become known only as they happen."""

import numpy as np
from numpy.typing import NDArray

_SMOOTH_S = 0.008
_MOST_POINTS = 256


class LiveCurve:
    """Ramps over a few milliseconds to each new value, just as in a part of which all is known."""

    def __init__(self, rest: float, rate: int) -> None:
        self._rest = rest
        self._smooth = max(1, int(_SMOOTH_S * rate))
        self._frames: list[int] = [0]
        self._values: list[float] = [rest]

    @property
    def moved(self) -> bool:
        """Whether it was ever touched."""
        return len(self._frames) > 1

    @property
    def settled_at(self) -> int:
        """The frame from which on it stands still."""
        return self._frames[-1]

    def move(self, frame: int, value: float) -> None:
        """Head for this value from this frame on; frames ascend."""
        # A hand that moves faster than the ramp is followed at the ramp's distance.
        begin = max(frame, self._frames[-1])
        self._frames += [begin, max(frame + self._smooth, begin)]
        self._values += [self._values[-1], value]
        if len(self._frames) > _MOST_POINTS:
            del self._frames[: _MOST_POINTS // 2], self._values[: _MOST_POINTS // 2]

    def home(self, frame: int) -> None:
        """Go back to where it rests."""
        if self.moved:
            self.move(frame, self._rest)

    def at(self, start: int, frames: int) -> NDArray[np.float32]:
        """[frames] its values."""
        places = np.arange(start, start + frames)
        return np.interp(places, self._frames, self._values).astype(np.float32)
