"""A part with frames instead of ticks, asked for what lies in a stretch of the timeline."""

from bisect import bisect_left
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from musicgen_desktop.timing import TempoMap

from ._messages import Part

Frames = NDArray[np.int64]

_NOTE_OFF, _NOTE_ON, _CONTROL = 0x80, 0x90, 0xB0


def is_note_on(data: bytes) -> bool:
    """Whether a key is struck."""
    return data[0] & 0xF0 == _NOTE_ON and data[2] > 0


def is_note_off(data: bytes) -> bool:
    """Whether a key is let go."""
    kind = data[0] & 0xF0
    return kind == _NOTE_OFF or (kind == _NOTE_ON and data[2] == 0)


def state_of(data: bytes) -> tuple[int, ...] | None:
    """What a message sets for good: its status, and its number for a controller; None for a note."""
    kind = data[0] & 0xF0
    if kind in (_NOTE_OFF, _NOTE_ON):
        return None
    return (data[0], data[1]) if kind == _CONTROL else (data[0],)


class Score:
    """A part at one rate.

    Args:
        part: what is sent.
        tempo_map: of the song.
        rate: frames per second.
    """

    def __init__(self, part: Part, tempo_map: TempoMap, rate: int) -> None:
        self.part = part
        ticks = np.array([tick for tick, _ in part.messages], np.int64)
        self._frames: list[int] = tempo_map.frames_at(ticks, rate).tolist()
        self._data = [data for _, data in part.messages]
        self._notes = _notes(self._frames, self._data)
        self._states: dict[tuple[int, ...], tuple[list[int], list[bytes]]] = {}
        for frame, data in zip(self._frames, self._data, strict=True):
            state = state_of(data)
            if state is not None:
                frames, messages = self._states.setdefault(state, ([], []))
                frames.append(frame)
                messages.append(data)

    def between(self, first: int, end: int) -> Iterator[tuple[int, bytes]]:
        """(frame, message) from one frame of the timeline up to another, in order."""
        low, high = bisect_left(self._frames, first), bisect_left(self._frames, end)
        for index in range(low, high):
            yield self._frames[index], self._data[index]

    def states_before(self, frame: int) -> Iterator[bytes]:
        """The last message of each controller, bend and pressure that lies before a frame."""
        for frames, messages in self._states.values():
            index = bisect_left(frames, frame)
            if index:
                yield messages[index - 1]

    def held_at(self, frame: int) -> list[bytes]:
        """The beginnings of notes that began before a frame and end behind it."""
        starts, ends, strikes = self._notes
        return [strikes[index] for index in np.flatnonzero((starts < frame) & (ends > frame))]

    def holds(self, pitch: int, frame: int) -> bool:
        """Whether a note of this pitch sounds at a frame, its first one included."""
        starts, ends, strikes = self._notes
        sounding = np.flatnonzero((starts <= frame) & (ends > frame))
        return any(strikes[index][1] == pitch for index in sounding)


def _notes(frames: list[int], data: list[bytes]) -> tuple[Frames, Frames, list[bytes]]:
    """Starts, ends and beginnings of all notes, ascending by start."""
    starts: list[int] = []
    ends: list[int] = []
    strikes: list[bytes] = []
    open_: dict[int, int] = {}
    for frame, message in zip(frames, data, strict=True):
        if is_note_on(message):
            open_[message[1]] = len(starts)
            starts.append(frame)
            ends.append(frame)
            strikes.append(message)
        elif is_note_off(message):
            index = open_.pop(message[1], None)
            if index is not None:
                ends[index] = frame
    return np.array(starts, np.int64), np.array(ends, np.int64), strikes
