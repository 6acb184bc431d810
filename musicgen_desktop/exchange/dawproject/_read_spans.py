"""Where a clip lies, and which stretches of its content are heard there."""

import math
from typing import NamedTuple
from xml.etree.ElementTree import Element

from musicgen_desktop.document import Clip
from musicgen_desktop.timing import Tick

from ._read_values import (
    BadNumberError,
    Reading,
    Ruler,
    colour_of,
    name_of,
    optional_real,
    real,
    tick_of,
    truth,
)

_MOST_ROUNDS = 2_000


class Span(NamedTuple):
    """A stretch of content: what lies at `content` is heard at the tick `start`, and so on until `end`."""

    start: float
    end: float
    content: float


class Placed(NamedTuple):
    """A clip of the file.

    Attributes:
        start: tick of the song.
        end: the first tick after it.
        low: what lies before this tick is hidden by a clip around it.
        high: what lies from this tick on is hidden.
        unit: of the content's times.
        play_start: time of the content that is heard at `start`.
        loop: of the content's times, from and to; None without.
    """

    element: Element
    name: str
    colour: str
    muted: bool
    start: float
    end: float
    low: float
    high: float
    unit: str
    play_start: float
    loop: tuple[float, float] | None

    def spans(self, reading: Reading) -> list[Span]:
        """The stretches of content, loops written out."""
        spans: list[Span] = []
        at, content = self.start, self.play_start
        while at < self.end:
            stop = self.end
            if self.loop is not None and content < self.loop[1]:
                stop = min(stop, reading.ruler_from(self.unit, at, content).tick(self.loop[1]))
            if stop - at < 0.5 or len(spans) == _MOST_ROUNDS:
                if stop < self.end:
                    reading.remarks.add("A loop that repeats too often was cut", self.name)
                break
            spans.append(Span(at, stop, content))
            at = stop
            content = self.loop[0] if self.loop is not None else content
        return spans

    def seen_of(self, clip: Clip) -> tuple[Tick, Tick]:
        """What of a clip is seen through the clips around it, and after the song's beginning: from, to.

        Raises:
            BadNumberError: no song lasts so long.
        """
        high = clip.end_ticks if math.isinf(self.high) else min(clip.end_ticks, tick_of(self.high))
        return max(clip.start_ticks, tick_of(self.low)), high


def placed_clip(
    element: Element, content: Element | None, ruler: Ruler, reading: Reading, around: "Placed | None"
) -> Placed:
    """Read where a clip lies.

    Args:
        element: Clip.
        content: the timeline in it; None without.
        ruler: of the clip's own time.
        reading: what is known.
        around: the clip in which it lies.

    Raises:
        BadNumberError: a time cannot be read, or there is none where one must be.
    """
    unit = element.get("contentTimeUnit", "")
    if unit not in ("beats", "seconds"):
        told = content.get("timeUnit", "") if content is not None else ""
        unit = told if told in ("beats", "seconds") else ruler.unit
    time, play_start = real(element, "time"), real(element, "playStart", 0.0)
    start = ruler.tick(time)
    duration = optional_real(element, "duration")
    stop = optional_real(element, "playStop")
    loop = (real(element, "loopStart", 0.0), real(element, "loopEnd", 0.0))
    ends: list[float] = []
    if duration is not None:
        ends.append(ruler.tick(time + duration))
    falls_silent = stop is not None and stop > play_start and loop[1] <= loop[0]
    if duration is None or falls_silent:  # before the clip ends
        if stop is not None:
            ends.append(reading.ruler_from(unit, start, play_start).tick(stop))
        elif content is not None:
            ends.append(_end_of(content, unit, (start, play_start), reading))
        else:
            raise BadNumberError("duration")
    end = min(ends)
    return Placed(
        element=element,
        name=name_of(element) or ("" if around is None else around.name),
        colour=colour_of(element) or ("" if around is None else around.colour),
        muted=not truth(element, "enable", default=True) or (around is not None and around.muted),
        start=start,
        end=end,
        low=0.0 if around is None else around.low,
        high=float("inf") if around is None else around.high,
        unit=unit,
        play_start=play_start,
        loop=loop if loop[1] > loop[0] else None,
    )


def _end_of(content: Element, unit: str, begins: tuple[float, float], reading: Reading) -> float:
    """The tick where content ends that nobody gave a length.

    Args:
        content: the timeline.
        unit: of the times in the clip.
        begins: the tick of the song where the clip starts, and the time of the content that is heard there.
        reading: what is known.
    """
    start, play_start = begins
    told = content.get("timeUnit", "")
    own = told if told in ("beats", "seconds") else unit
    match content.tag:
        case "Lanes":
            return max((_end_of(lane, own, begins, reading) for lane in content), default=start)
        case "Audio" | "Video":  # these are as long as their files, in seconds whatever counts around them
            beat_s = 60.0 / reading.tempo_map.bpm_at(start)
            from_s = play_start if unit == "seconds" else play_start * beat_s
            return reading.ruler_from("seconds", start, from_s).tick(real(content, "duration"))
        case "Warps":
            end = max((real(warp, "time") for warp in content.iterfind("Warp")), default=0.0)
        case _ if content.get("duration") is not None:
            end = real(content, "duration")
        case _:
            ends = [
                real(each, "time") + real(each, "duration", 0.0) for each in content if "time" in each.attrib
            ]
            end = max(ends, default=0.0)
    return reading.ruler_from(own, start, play_start).tick(end)
