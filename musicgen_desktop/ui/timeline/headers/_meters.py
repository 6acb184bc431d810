"""The small meters beside the tracks: at once up, slowly down."""

import math
from collections.abc import Mapping

from musicgen_desktop.ui.theme import METER_FALL_DB_S

FLOOR_DB = -60.0
Levels = tuple[float, float]


class HeaderMeters:
    """Track id → what its meter shows, left and right, in dB."""

    def __init__(self) -> None:
        self._at_s = 0.0
        self._shown: dict[str, Levels] = {}

    def shown(self, track_id: str) -> Levels:
        """What a meter shows."""
        return self._shown.get(track_id, (FLOOR_DB, FLOOR_DB))

    def take(self, levels: Mapping[str, tuple[float, float, float, float]], at_s: float) -> list[str]:
        """A reading came: peak left and right and RMS left and right of each track, linear.

        Returns:
            The ids of the tracks whose meters moved.
        """
        fall_db = METER_FALL_DB_S * min(1.0, max(0.0, at_s - self._at_s))
        self._at_s = at_s
        moved: list[str] = []
        for track_id, (left, right, *_) in levels.items():
            before = self.shown(track_id)
            now = (_fallen(left, before[0] - fall_db), _fallen(right, before[1] - fall_db))
            if now != before:
                self._shown[track_id] = now
                moved.append(track_id)
        for track_id in self._shown.keys() - levels.keys():
            del self._shown[track_id]
            moved.append(track_id)
        return moved


def _fallen(peak: float, fallen_db: float) -> float:
    peak_db = 20.0 * math.log10(peak) if peak > 0.0 else FLOOR_DB
    return max(FLOOR_DB, peak_db, fallen_db)
