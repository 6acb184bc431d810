"""Ableton Link: tempo, beat and phase that all machines of a network share."""

import time
from typing import Any

from musicgen_desktop.foundation import mending
from musicgen_desktop.timing import PPQ, MasterClock

from ._master import FollowWish, SyncError

_TRIES = 3


class LinkMaster:
    """One of the session's peers, equal among equals.

    Args:
        wish: its `bpm` holds when nobody else is there, its `quantum` is the bar.

    Raises:
        SyncError: when the library is not installed.
    """

    def __init__(self, wish: FollowWish) -> None:
        try:
            import link  # type: ignore[import-not-found, unused-ignore]  # noqa: PLC0415 - optional
        except ImportError as error:
            raise SyncError(
                f"Ableton Link needs a library: {mending('pip install LinkPython-extern')}."
            ) from error
        self.quantum, self._offset_s = wish.quantum, wish.offset_ms / 1000.0
        self._link: Any = link.Link(wish.bpm)
        self._link.startStopSyncEnabled = True
        self._link.enabled = True
        self._plays: bool | None = None
        self._starts = 0

    @property
    def is_gone(self) -> bool:
        """Never: a session is there as soon as one is in it."""
        return False

    @property
    def peers(self) -> int:
        """How many others there are."""
        return int(self._link.numPeers())

    def look(self, now_s: float) -> MasterClock:
        """Its beat now."""
        micros = round((now_s - self._offset_s - self._ahead_s()) * 1e6)
        session = self._link.captureSessionState()
        beat, phase = session.beatAtTime(micros, self.quantum), session.phaseAtTime(micros, self.quantum)
        plays = bool(session.isPlaying())
        if plays != self._plays:
            self._plays, self._starts = plays, self._starts + 1
        return MasterClock(
            "rolling",
            "ticks",
            now_s,
            beat * PPQ,
            session.tempo() * PPQ / 60.0,
            starts=self._starts,
            bar=((beat - phase) * PPQ, self.quantum * PPQ),
            plays=plays,
        )

    def tell(self, *, plays: bool, at_s: float) -> None:
        """Start the others, or stop them, at a moment of the monotonic clock.

        What we said ourselves is no news to us: it would stop a song that was begun again meanwhile.
        """
        session = self._link.captureSessionState()
        if bool(session.isPlaying()) != plays:
            session.setIsPlaying(plays, round((at_s - self._ahead_s()) * 1e6))
            self._link.commitSessionState(session)
            self._plays = plays

    def close(self) -> None:
        """Leave the session."""
        self._link.enabled = False

    def _ahead_s(self) -> float:
        """How far the monotonic clock is ahead of Link's, which may be another and drift against it."""
        found: list[tuple[float, float]] = []
        for _ in range(_TRIES):
            before, micros, after = time.monotonic(), self._link.clock().micros(), time.monotonic()
            found.append((after - before, 0.5 * (before + after) - micros / 1e6))
        return min(found)[1]
