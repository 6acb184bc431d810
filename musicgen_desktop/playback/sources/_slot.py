"""One ring and what the source process fills it with."""

from concurrent.futures import Future

from musicgen_desktop.playback.plan import PlannedClip, SoundFiles

from ._messages import SetSource
from ._performance import Performance
from ._ring import SourceRing

_LAG_S = 4.0
_LEAD_S, _LONGEST_LEAD_S = 1.0, 4.0


class Slot:
    """One ring and what goes into it."""

    def __init__(self, ring: SourceRing, order: SetSource, before: "Slot | None") -> None:
        self.ring = ring
        self.generation = order.generation
        self.encoded = order.source
        self.from_clock = order.from_clock
        self.before = before
        """What it replaces, until it is open."""
        self.clips: tuple[PlannedClip, ...] = ()
        self.performance: Performance | None = None
        self.files: SoundFiles | None = None
        self.loading: Future[None] | None = None
        self.prepared: int | None = None
        self.is_filled = False
        """Whether something was rendered along this course."""
        self._lag: int | None = None
        self._lead_s = _LEAD_S

    def goes_on_at(self, heard: int, rate: int) -> int:
        """Where one goes on that is behind the clock from which on it can still be heard.

        An instrument that finds into the middle of a song renders what rings there, which may take longer
        than the piece lasts. Close to the reader it would be late again, and find in again, for good. So it
        renders on unheard as long as that brings it nearer, and else goes on well ahead.
        """
        performance = self.performance
        if not self.is_filled or performance is None or not performance.player.starts_slowly:
            return heard
        lag, before = heard - self.ring.end, self._lag
        if lag <= _LAG_S * rate and (before is None or lag < before):
            self._lag = lag
            return self.ring.end
        lead = round(self._lead_s * rate)
        self._lag, self._lead_s = None, min(2 * self._lead_s, _LONGEST_LEAD_S)
        return heard + lead

    def is_in_time(self) -> None:
        """It is not behind."""
        self._lag = None

    def is_well(self) -> None:
        """It is as far ahead as it can be, or begins anew."""
        self._lag, self._lead_s = None, _LEAD_S
