"""Where values lie in the lane below the notes."""

import msgspec

PAD_PX = 6


class LaneGeometry(msgspec.Struct, frozen=True):
    """The heights of a lane: `low` lies near its bottom, `high` near its top."""

    height: int
    low: int
    high: int

    def y_of(self, value: float) -> float:
        """Pixels from the lane's top."""
        share = (value - self.low) / (self.high - self.low)
        return self.height - PAD_PX - share * max(1, self.height - 2 * PAD_PX)

    def value_at(self, y: float) -> int:
        """The nearest value to a height, within the range."""
        share = (self.height - PAD_PX - y) / max(1, self.height - 2 * PAD_PX)
        return round(self.low + max(0.0, min(1.0, share)) * (self.high - self.low))
