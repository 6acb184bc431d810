"""The plan as a player sees it: bar by bar, with the chords of each bar and the style's tables."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import TypeVar

import msgspec

from musicgen_desktop.generation.composer._dice import Dice
from musicgen_desktop.generation.composer._parts_style import DrumPattern, PartsStyle, StepPattern
from musicgen_desktop.generation.composer._plan import Plan, SectionPlan
from musicgen_desktop.generation.result import PlacedChord
from musicgen_desktop.music import Chord

P = TypeVar("P", DrumPattern, StepPattern)

# How a section's intensity goes from its first bar to its last.
_SLOPES = {"intro": (0.85, 1.1), "build": (0.6, 1.1), "outro": (1.0, 0.6)}
_SPELL = 8


class Bar(msgspec.Struct, frozen=True):
    """One bar of the song; `index` counts from 0 in the song, `within` in its section."""

    index: int
    within: int
    start: int
    end: int
    section: SectionPlan
    chords: tuple[PlacedChord, ...]

    @property
    def closes_section(self) -> bool:
        """Whether another section follows."""
        return self.within == self.section.bars - 1


class Song:
    """What all parts of one song read."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.style: PartsStyle = plan.style.parts
        self.meter = plan.meter
        self.end = plan.length_ticks
        self.chords = plan.chords
        self._starts = [placed.start_ticks for placed in plan.chords]
        self.bars = tuple(self._bars())

    def _bars(self) -> list[Bar]:
        bars = []
        for section in self.plan.sections:
            for within in range(section.bars):
                index = section.first_bar - 1 + within
                start = index * self.meter.bar_ticks
                end = start + self.meter.bar_ticks
                first = max(0, bisect_right(self._starts, start) - 1)
                last = bisect_right(self._starts, end - 1)
                bars.append(Bar(index, within, start, end, section, self.chords[first:last]))
        return bars

    def bars_of(self, role: str) -> list[Bar]:
        """The bars in which a role plays."""
        return [bar for bar in self.bars if role in bar.section.stems]

    def runs_of(self, role: str) -> list[list[Bar]]:
        """The bars in which a role plays, cut where it rests or a section ends."""
        runs: list[list[Bar]] = []
        for bar in self.bars_of(role):
            if runs and runs[-1][-1].section is bar.section:
                runs[-1].append(bar)
            else:
                runs.append([bar])
        return runs

    def chord_index(self, tick: int) -> int:
        """Which chord sounds at a tick; past the end a loop begins again."""
        return max(0, bisect_right(self._starts, tick % self.end) - 1)

    def chord_at(self, tick: int) -> Chord:
        """The chord that sounds at a tick; past the end a loop begins again."""
        return self.chords[self.chord_index(tick)].chord

    def ticks_of_ms(self, ms: float, tick: int = 0) -> int:
        """A short time in ticks at the tempo there."""
        return round(ms * self.plan.tempo_map.bpm_at(tick) * 960 / 60000)

    def intensity(self, bar: Bar) -> float:
        """How full the bar is, 0..1: a build climbs, an outro dies away; “sparse” and “busy” bend it."""
        bend = ("busy" in self.plan.hints) - ("sparse" in self.plan.hints)
        first, last = _SLOPES.get(bar.section.name, (1.0, 1.0))
        way = bar.within / max(1, bar.section.bars - 1)
        level = bar.section.intensity * (first + (last - first) * way)
        return min(1.0, max(0.0, level + 0.2 * bend))

    def ends_here(self, bar: Bar) -> bool:
        """Whether this is the last bar of a song that comes to a close."""
        return not self.plan.loop and bar.end == self.end and bar.section.name == "outro"

    def pattern(self, patterns: Sequence[P], bar: Bar, dice: Dice) -> P | None:
        """The pattern for a bar: bound to its section, of its meter, of its intensity; else the nearest.

        The same letter at the same intensity draws the same pattern, anew after every eight bars.
        """
        name = bar.section.name
        usable = [pattern for pattern in patterns if name in pattern.sections]
        usable = usable or [pattern for pattern in patterns if not pattern.sections]
        meter = str(self.meter)
        usable = [pattern for pattern in usable if pattern.meter == meter] or [
            pattern for pattern in usable if pattern.meter == "4/4"
        ]
        if not usable:
            return None
        level = self.intensity(bar)
        fitting = [pattern for pattern in usable if pattern.low <= level <= pattern.high]
        if fitting:
            return dice.child(bar.section.letter, round(level * 5), bar.within // _SPELL).choice(fitting)
        return min(usable, key=lambda pattern: max(pattern.low - level, level - pattern.high))


def neighbours(starts: Sequence[int], end: int) -> list[tuple[int, int]]:
    """Each start with the next one, the last with the end."""
    return list(pairwise([*starts, end]))
