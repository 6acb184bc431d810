"""Reads a take log with suspicion: after a crash its end may be anything, and others may have edited it."""

from pathlib import Path
from typing import TypeGuard

import msgspec

from ._log_lines import CourseSet, Ended, Heard, Kept, Line, Lost, Progress, SpanBegan, Started

_MOST_BYTES = 64 << 20
_LONGEST_LINE = 4 << 20
_MOST_SPANS = 10_000
_MOST_COURSES = 10_000
_LONGEST_S = 24 * 3600

_DECODER: msgspec.json.Decoder[Line] = msgspec.json.Decoder(Line)


class LogContents(msgspec.Struct, frozen=True):
    """What could be read.

    Attributes:
        started: the first line.
        frames: so many of every file are known to be on the disk.
        clock: so far the stream was recorded.
        spans: ascending by offset.
        lost: what the device lost.
        played: courses and MIDI messages in their order.
        ended: None when the recording was never stopped.
        kept: what projects took of it, the newest last.
    """

    started: Started
    frames: int
    clock: int
    spans: tuple[SpanBegan, ...]
    lost: tuple[Lost, ...]
    played: tuple[CourseSet | Heard, ...]
    ended: Ended | None
    kept: tuple[Kept, ...]


def read_log(path: Path) -> LogContents | None:
    """The lines that make sense; None when the file is not readable or does not say what was recorded."""
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES)
    except OSError:
        return None
    lines = [line for line in map(_decoded, data.split(b"\n")) if line is not None]
    started = next((line for line in lines if isinstance(line, Started)), None)
    if started is None or not _is_sound(started):
        return None
    told = [line for line in lines if isinstance(line, Progress | Ended)]
    heard = [line.clock + 1 for line in lines if isinstance(line, Heard)]
    spans: list[SpanBegan] = []
    for line in lines:
        if isinstance(line, SpanBegan) and line.offset_frames >= (spans[-1].offset_frames if spans else 0):
            spans.append(line)
    clock = max([started.from_clock, *(line.clock for line in told), *heard])
    return LogContents(
        started=started,
        frames=max((line.frames for line in told), default=0),
        clock=min(clock, started.from_clock + _LONGEST_S * started.rate),
        spans=tuple(spans[:_MOST_SPANS]),
        lost=tuple([line for line in lines if isinstance(line, Lost)][:_MOST_SPANS]),
        played=_played(lines, started.rate),
        ended=next((line for line in reversed(told) if isinstance(line, Ended)), None),
        kept=tuple(line for line in lines if isinstance(line, Kept)),
    )


def _is_sound(started: Started) -> bool:
    """Whether no two tracks, and no two files, are one."""
    files = {track.file.casefold() for track in started.tracks}
    ids = {track.track_id for track in started.tracks} | {track.track_id for track in started.notes}
    return len(files) == len(started.tracks) and len(ids) == len(started.tracks) + len(started.notes)


def _played(lines: list[Line], rate: int) -> tuple[CourseSet | Heard, ...]:
    """What was played, with no more courses than anybody sets."""
    played: list[CourseSet | Heard] = []
    courses = 0
    for line in lines:
        if _is_played(line, rate):
            courses += isinstance(line, CourseSet)
            if isinstance(line, Heard) or courses <= _MOST_COURSES:
                played.append(line)
    return tuple(played)


def _is_played(line: Line, rate: int) -> TypeGuard[CourseSet | Heard]:
    """Whether it says what was played; not a loop so short that following it would take for ever."""
    if isinstance(line, CourseSet):
        course = line.course
        figures = (course.clock, course.place, course.sounds_from or 0, *(course.loop or ()))
        return max(map(abs, figures)) <= 2**40 and (
            course.loop is None or course.loop[1] - course.loop[0] >= rate // 100
        )
    return isinstance(line, Heard)


def _decoded(line: bytes) -> Line | None:
    if not line or len(line) > _LONGEST_LINE:
        return None
    try:
        decoded: Line = _DECODER.decode(line)
    except (ValueError, RecursionError):  # msgspec's own errors are among them
        return None
    return decoded
