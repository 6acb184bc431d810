"""What stands on the board, and its bytes."""

import math
import struct
import time

import msgspec
import numpy as np
from numpy.typing import NDArray

Levels = NDArray[np.float32]

_HEAD = struct.Struct("<7qd8f16s")
_ROW_BYTES = 16


def _nothing() -> Levels:
    return np.zeros((0, 4), np.float32)


class BoardReading(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """How things stood at one moment.

    Attributes:
        number: counts the writings; 0 when nothing was ever written.
        at_s: `time.monotonic()` when `place` was heard; the same clock in all processes of the machine.
        state: of the transport, such as “playing”; up to 16 letters.
        place: the frame of the timeline that was heard; negative in a count-in before bar 1.
        rate: frames per second of the timeline; 0 while no device is open.
        strips_number: of the order of strips that the rows are in, as told elsewhere.
        levels: [strips, 4] float32, linear: peak left and right, RMS left and right.
        true_peak_dbtp: of the master since the last writing.
        momentary_lufs: of the master.
        short_term_lufs: of the master.
        integrated_lufs: of the master.
        cpu_share: of real time that mixing takes; 1 would be all of it.
        look_ahead_ms: how far ahead it should be.
        queued_ms: how far ahead it is.
        thru_ms: from a key that is played live to the ear, as measured lately.
        starvations: how often the sound card found nothing to play.
        late_frames: of sources that had nothing to mix, so far.
        xruns: how often the sound card told of a gap.
    """

    number: int = 0
    at_s: float = 0.0
    state: str = "stopped"
    place: int = 0
    rate: int = 0
    strips_number: int = 0
    levels: Levels = msgspec.field(default_factory=_nothing)
    true_peak_dbtp: float = -math.inf
    momentary_lufs: float = -math.inf
    short_term_lufs: float = -math.inf
    integrated_lufs: float = -math.inf
    cpu_share: float = 0.0
    look_ahead_ms: float = 0.0
    queued_ms: float = 0.0
    thru_ms: float = 0.0
    starvations: int = 0
    late_frames: int = 0
    xruns: int = 0

    @property
    def age_s(self) -> float:
        """Seconds since it was true; infinite when nothing was ever written."""
        return max(time.monotonic() - self.at_s, 0.0) if self.number else math.inf

    def place_now(self, longest_s: float = 0.25) -> int:
        """The frame of the timeline that is probably heard now, for a play head that moves evenly.

        Args:
            longest_s: a reading older than this is not carried on further: the writer may be dead.
        """
        if self.state == "stopped":
            return self.place
        return self.place + round(min(self.age_s, longest_s) * self.rate)


def to_bytes(reading: BoardReading) -> bytes:
    """A reading as it stands on the board, without its number."""
    head = _HEAD.pack(
        reading.place,
        reading.rate,
        reading.strips_number,
        len(reading.levels),
        reading.starvations,
        reading.late_frames,
        reading.xruns,
        reading.at_s,
        reading.true_peak_dbtp,
        reading.momentary_lufs,
        reading.short_term_lufs,
        reading.integrated_lufs,
        reading.cpu_share,
        reading.look_ahead_ms,
        reading.queued_ms,
        reading.thru_ms,
        reading.state.encode("ascii"),
    )
    return head + np.ascontiguousarray(reading.levels, "<f4").tobytes()


def from_bytes(data: bytes, number: int) -> BoardReading:
    """The inverse of `to_bytes`.

    Raises:
        ValueError: when the bytes hold less than they promise.
    """
    if len(data) < _HEAD.size:
        raise ValueError("The board is too small.")
    head = _HEAD.unpack_from(data)
    place, rate, strips_number, count, starvations, late, xruns, at_s, *figures, state = head
    rows = np.frombuffer(data, "<f4", count * 4, _HEAD.size).reshape(-1, 4)
    return BoardReading(
        number=number,
        at_s=at_s,
        state=state.rstrip(b"\0").decode("ascii"),
        place=place,
        rate=rate,
        strips_number=strips_number,
        levels=rows.astype(np.float32),
        true_peak_dbtp=figures[0],
        momentary_lufs=figures[1],
        short_term_lufs=figures[2],
        integrated_lufs=figures[3],
        cpu_share=figures[4],
        look_ahead_ms=figures[5],
        queued_ms=figures[6],
        thru_ms=figures[7],
        starvations=starvations,
        late_frames=late,
        xruns=xruns,
    )


def most_bytes(strips: int) -> int:
    """How long a reading of so many strips is."""
    return _HEAD.size + strips * _ROW_BYTES
