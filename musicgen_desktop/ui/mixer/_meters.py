"""How meters move: at once up, slowly down, with a held peak and a light that stays."""

from typing import Self

import msgspec
import numpy as np
from numpy.typing import NDArray

from musicgen_desktop.ui.theme import METER_FALL_DB_S, PEAK_HOLD_S

FLOOR_DB = -90.0
CLIP_DB = 0.0
"""Above it a meter says that it clipped."""

Levels = NDArray[np.float64]


class MeterBank(msgspec.Struct, frozen=True, eq=False):
    """All meters of the mixer at one moment; the sides left and right are the last axis.

    Attributes:
        at_s: when.
        peak_db: [strips, 2] what the bars show.
        rms_db: [strips, 2] what their inner bars show.
        hold_db: [strips, 2] the held peaks.
        held_at_s: [strips, 2] when those were reached.
        top_db: [strips] the highest peak since it was last forgotten.
    """

    at_s: float
    peak_db: Levels
    rms_db: Levels
    hold_db: Levels
    held_at_s: Levels
    top_db: Levels

    @classmethod
    def silent(cls, strips: int, at_s: float = 0.0) -> Self:
        """Meters at rest."""
        low = np.full((strips, 2), FLOOR_DB)
        return cls(at_s, low, low, low, np.full((strips, 2), at_s), np.full(strips, FLOOR_DB))

    def advanced(self, levels: NDArray[np.float32], at_s: float) -> Self:
        """The meters after a reading.

        Args:
            levels: [strips, 4] linear: peak left and right, RMS left and right.
            at_s: its time, in seconds of the same clock as the last one's.
        """
        fall_db = METER_FALL_DB_S * max(0.0, at_s - self.at_s)
        found = np.maximum(FLOOR_DB, 20.0 * np.log10(np.maximum(levels.astype(np.float64), 1e-9)))
        peaks, rms = found[:, :2], found[:, 2:]
        peak_db = np.maximum(peaks, np.maximum(self.peak_db - fall_db, FLOOR_DB))
        rms_db = np.maximum(rms, np.maximum(self.rms_db - fall_db, FLOOR_DB))
        reached = peaks >= self.hold_db
        # A hold falls only for the time that it is over.
        over_s = np.clip(at_s - self.held_at_s - PEAK_HOLD_S, 0.0, max(0.0, at_s - self.at_s))
        fallen = np.maximum(self.hold_db - METER_FALL_DB_S * over_s, peak_db)
        return type(self)(
            at_s,
            peak_db,
            rms_db,
            np.where(reached, peaks, fallen),
            np.where(reached, at_s, self.held_at_s),
            np.maximum(self.top_db, peaks.max(axis=1, initial=FLOOR_DB)),
        )

    def forgetting(self, *rows: int) -> Self:
        """The meters with the highest peaks of these strips, and their lights, forgotten."""
        top_db = self.top_db.copy()
        top_db[list(rows)] = FLOOR_DB
        return msgspec.structs.replace(self, top_db=top_db)

    def reordered(self, rows: list[int | None]) -> Self:
        """The meters of another order of strips; None is a strip that was not there."""
        silent = MeterBank.silent(len(rows), self.at_s)
        old = [row for row in rows if row is not None]
        new = [at for at, row in enumerate(rows) if row is not None]

        def moved(ours: Levels, rest: Levels) -> Levels:
            made = rest.copy()
            made[new] = ours[old]
            return made

        return type(self)(
            self.at_s,
            moved(self.peak_db, silent.peak_db),
            moved(self.rms_db, silent.rms_db),
            moved(self.hold_db, silent.hold_db),
            moved(self.held_at_s, silent.held_at_s),
            moved(self.top_db, silent.top_db),
        )
