"""One ring and what the source process fills it with."""

from concurrent.futures import Future

from musicgen_desktop.playback.plan import PlannedClip, SoundFiles

from ._messages import SetSource
from ._performance import Performance
from ._ring import SourceRing

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
        self._lead_s = _LEAD_S

    def take_lead(self) -> float:
        """How far ahead of the reader one goes on that fell far behind.

        An instrument that finds into the middle of a song renders what rings there, which may take longer
        than the piece lasts. Close to the reader it would be late again, and find in again, for good.
        """
        lead_s, self._lead_s = self._lead_s, min(2 * self._lead_s, _LONGEST_LEAD_S)
        return lead_s

    def forget_lead(self) -> None:
        """It is well again."""
        self._lead_s = _LEAD_S
