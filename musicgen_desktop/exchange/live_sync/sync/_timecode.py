"""SMPTE time code as MIDI carries it: hours, minutes, seconds and frames."""

from typing import Literal, get_args

import msgspec

TimecodeRate = Literal["24", "25", "29.97df", "30"]
"""Frames per second; 29.97 counts 30 and leaves numbers out (drop frame) to agree with a clock."""

TIMECODE_RATES: tuple[TimecodeRate, ...] = get_args(TimecodeRate)

_COUNTED: dict[TimecodeRate, int] = {"24": 24, "25": 25, "29.97df": 30, "30": 30}
_PER_SECOND: dict[TimecodeRate, float] = {"24": 24.0, "25": 25.0, "29.97df": 30000 / 1001, "30": 30.0}
_DROPPED = 2
_TEN_MINUTES = 10 * 60 * 30 - 9 * _DROPPED
_MINUTE = 60 * 30 - _DROPPED
_FULL_FRAME = bytes((0xF0, 0x7F, 0x7F, 0x01, 0x01))


class Timecode(msgspec.Struct, frozen=True):
    """One frame.

    >>> Timecode.of_frame(1800, "29.97df").text
    '00:01:00;02'
    >>> Timecode(1, 0, 0, 0, "25").frame
    90000

    Attributes:
        hours: 0 … 23.
        minutes: 0 … 59.
        seconds: 0 … 59.
        frames: 0 … one less than are counted in a second.
        rate: how many that are.
    """

    hours: int
    minutes: int
    seconds: int
    frames: int
    rate: TimecodeRate = "25"

    @classmethod
    def of_frame(cls, frame: int, rate: TimecodeRate) -> "Timecode":
        """The name of a frame counted from 0; after 24 hours it begins anew."""
        counted = _COUNTED[rate]
        if rate == "29.97df":
            tens, rest = divmod(frame, _TEN_MINUTES)
            frame += 9 * _DROPPED * tens
            if rest >= 60 * 30:
                frame += _DROPPED * ((rest - 60 * 30) // _MINUTE + 1)
        seconds, frames = divmod(frame, counted)
        minutes, seconds = divmod(seconds, 60)
        hours, minutes = divmod(minutes, 60)
        return cls(hours % 24, minutes, seconds, frames, rate)

    @property
    def frame(self) -> int:
        """The frame counted from 0."""
        minutes = 60 * self.hours + self.minutes
        number = (60 * minutes + self.seconds) * _COUNTED[self.rate] + self.frames
        if self.rate == "29.97df":
            number -= _DROPPED * (minutes - minutes // 10)
        return number

    @property
    def text(self) -> str:
        """“01:02:03:04”; drop frame has a semicolon before the frames."""
        mark = ";" if self.rate == "29.97df" else ":"
        return f"{self.hours:02}:{self.minutes:02}:{self.seconds:02}{mark}{self.frames:02}"

    @property
    def is_possible(self) -> bool:
        """Whether all numbers are in their ranges."""
        inside = self.hours < 24 and self.minutes < 60 and self.seconds < 60
        return inside and self.frames < _COUNTED[self.rate]

    def full_frame(self) -> bytes:
        """The message that says where the song stands."""
        return _FULL_FRAME + bytes((self._rate_and_hours, self.minutes, self.seconds, self.frames, 0xF7))

    def quarter_frame(self, piece: int) -> bytes:
        """One of eight messages (0 … 7) that together say it while the song runs."""
        value = (self.frames, self.seconds, self.minutes, self._rate_and_hours)[piece // 2]
        return bytes((0xF1, piece << 4 | (value >> 4 if piece % 2 else value & 0x0F)))

    @property
    def _rate_and_hours(self) -> int:
        return TIMECODE_RATES.index(self.rate) << 5 | self.hours


def frames_per_second(rate: TimecodeRate) -> float:
    """How fast the frames pass."""
    return _PER_SECOND[rate]


def timecode_of_full_frame(data: bytes) -> Timecode | None:
    """What a full-frame message says; None for any other message, or an impossible time."""
    if len(data) != 10 or data[:2] + data[3:5] != _FULL_FRAME[:2] + _FULL_FRAME[3:5]:
        return None
    found = timecode_of(data[5], data[6], data[7], data[8])
    return found if found.is_possible else None


def timecode_of(rate_and_hours: int, minutes: int, seconds: int, frames: int) -> Timecode:
    """The time code of the four numbers as MIDI sends them."""
    rate = TIMECODE_RATES[rate_and_hours >> 5 & 3]
    return Timecode(rate_and_hours & 0x1F, minutes & 0x3F, seconds & 0x3F, frames & 0x1F, rate)
