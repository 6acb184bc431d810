"""MIDI time code in: quarter frames while the master runs, full frames where it stands."""

from musicgen_desktop.timing import MasterClock, MasterState

from ._midi import QUARTER_FRAME
from ._phase_lock import PhaseLock
from ._timecode import Timecode, TimecodeRate, frames_per_second, timecode_of, timecode_of_full_frame

_PIECES = 8
_SILENT_QUARTERS = 10.0
"""So many missing quarter frames are a stop: time code has no message for it."""
_MOST_LOST = 3
"""Quarter frames in a row: more that are missing are time code that runs backwards."""


class TimecodeFollower:
    """Follows MIDI time code forwards; one that runs backwards or is wound is one that stands.

    Args:
        start_s: the time code that bar 1 has.
        offset_s: so much later than at its moment a message is meant; negative for earlier.
    """

    def __init__(self, start_s: float = 0.0, offset_s: float = 0.0) -> None:
        self._start_s, self._offset_s = start_s, offset_s
        self._rate: TimecodeRate | None = None
        self._lock = PhaseLock(1.0)
        self._pieces: list[int] = []
        self._due: int | None = None
        self._is_rolling = False
        self._rest_s: float | None = None
        self._starts = 0
        self._heard_s: float | None = None

    def hear(self, data: bytes, at_s: float) -> None:
        """Take a message; others than those of time code are passed over.

        Args:
            data: one whole message.
            at_s: when it came, on the monotonic clock.
        """
        at_s += self._offset_s
        if len(data) == 2 and data[0] == QUARTER_FRAME:
            self._hear_piece(data[1] >> 4 & 7, data[1] & 0x0F, at_s)
            return
        timecode = timecode_of_full_frame(data)
        if timecode is not None:
            self._stop()
            self._rest_s = self._seconds(timecode)
            self._starts += 1

    def look(self, now_s: float) -> MasterClock:
        """What is known at this moment."""
        patience_s = _SILENT_QUARTERS / (4.0 * frames_per_second(self._rate or "24"))
        if self._heard_s is not None and now_s + self._offset_s - self._heard_s > patience_s:
            self._stop()
        phase = self._lock.phase
        if self._is_rolling and phase is not None:
            return MasterClock(
                "rolling",
                "seconds",
                phase.at_s,
                phase.place - self._start_s,
                phase.speed,
                phase.drift,
                self._starts,
            )
        state: MasterState = "waiting" if self._rest_s is None else "stopped"
        place = (self._rest_s or self._start_s) - self._start_s
        return MasterClock(state, "seconds", now_s, place, starts=self._starts)

    def _hear_piece(self, piece: int, value: int, at_s: float) -> None:
        self._heard_s = at_s
        lost = (piece - self._due) % _PIECES if self._due is not None else 0
        self._due = (piece + 1) % _PIECES
        if lost > _MOST_LOST:  # it runs backwards
            self._stop()
            return
        if lost:
            self._lock.skip(lost)
        self._lock.tick(at_s)
        if self._is_rolling:
            self._rest_s = self._lock.place
        if piece != len(self._pieces):
            self._pieces.clear()
        if piece != len(self._pieces):
            return
        self._pieces.append(value)
        if len(self._pieces) == _PIECES:
            self._name(self._pieces, at_s)
            self._pieces.clear()

    def _name(self, pieces: list[int], at_s: float) -> None:
        frames, seconds, minutes, hours = (pieces[i] | pieces[i + 1] << 4 for i in range(0, _PIECES, 2))
        timecode = timecode_of(hours, minutes, seconds, frames)
        if not timecode.is_possible:
            return
        if timecode.rate != self._rate:
            self._rate = timecode.rate
            self._lock = PhaseLock(0.25 / frames_per_second(timecode.rate))
            self._lock.tick(at_s)
            self._is_rolling = False
        quarter = 0.25 / frames_per_second(timecode.rate)
        place = self._seconds(timecode) + (_PIECES - 1) * quarter  # it names the moment of its first piece
        if not self._is_rolling or abs(self._lock.place - place) > 0.5 * quarter:
            self._lock.mark(place)
            self._starts += 1
        self._is_rolling = True
        self._rest_s = place

    def _stop(self) -> None:
        self._starts += self._is_rolling
        self._is_rolling, self._heard_s = False, None
        self._pieces.clear()
        self._due = None
        self._lock.forget()

    def _seconds(self, timecode: Timecode) -> float:
        return timecode.frame / frames_per_second(timecode.rate)
