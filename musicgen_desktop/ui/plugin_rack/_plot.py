"""Where frequencies and levels lie in the pictures of effects. Numbers in, numbers out."""

import math

import msgspec

LOWEST_HZ, HIGHEST_HZ = 20.0, 20_000.0
GRID_HZ = (50, 100, 200, 500, 1000, 2000, 5000, 10_000)


class Plot(msgspec.Struct, frozen=True):
    """An equalizer's picture: frequencies by octaves from left to right, gains from `range_db` down.

    Attributes:
        left, top, width, height: in pixels.
        range_db: the gain at the upper edge; the lower edge is its negative.
    """

    left: float
    top: float
    width: float
    height: float
    range_db: float = 18.0

    def x_of(self, hz: float) -> float:
        """Where a frequency lies."""
        return self.left + self.width * math.log(hz / LOWEST_HZ) / math.log(HIGHEST_HZ / LOWEST_HZ)

    def hz_at(self, x: float) -> float:
        """The frequency at a place, within the picture."""
        share = min(1.0, max(0.0, (x - self.left) / max(1.0, self.width)))
        return float(LOWEST_HZ * (HIGHEST_HZ / LOWEST_HZ) ** share)

    def y_of(self, gain_db: float) -> float:
        """Where a gain lies."""
        return self.top + self.height * (0.5 - gain_db / (2.0 * self.range_db))

    def db_at(self, y: float) -> float:
        """The gain at a height, within the picture."""
        share = (y - self.top) / max(1.0, self.height)
        return min(self.range_db, max(-self.range_db, (0.5 - share) * 2.0 * self.range_db))
