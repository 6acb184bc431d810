"""The plan of a song: everything that is decided before the first note is written."""

from bisect import bisect_right

import msgspec

from musicgen_desktop.generation.result import Effect, PlacedChord, PlacedSection, Return, StemMix
from musicgen_desktop.music import Key, Patch
from musicgen_desktop.timing import Meter, MeterMap, TempoMap

from ._style import Style

SECTION_NAMES = (
    "intro",
    "verse",
    "prechorus",
    "chorus",
    "bridge",
    "breakdown",
    "build",
    "drop",
    "solo",
    "outro",
    "loop",
)


class SectionPlan(msgspec.Struct, frozen=True):
    """A span of whole bars.

    Attributes:
        name: one of `SECTION_NAMES`.
        letter: sections of the same letter are made of the same material ("A", "B", …).
        first_bar: counted from 1.
        intensity: 0 (still) to 1 (full).
        stems: the roles that play here.
        fill: a fill leads out of the last bar.
    """

    name: str
    letter: str
    first_bar: int
    bars: int
    intensity: float
    stems: tuple[str, ...]
    fill: bool = False

    @property
    def last_bar(self) -> int:
        """The last bar that belongs to it."""
        return self.first_bar + self.bars - 1


class StemPlan(msgspec.Struct, frozen=True):
    """What plays a role and how it sits in the mix."""

    role: str
    patch: Patch
    mix: StemMix


class Plan(msgspec.Struct, frozen=True):
    """A song before its notes. One meter throughout; chords and sections cover it without gaps.

    Attributes:
        swing: 0 (straight) to 1 (triplet), as in `timing.Grid`.
        energy: 0 (calm) to 1 (wild), of the whole song; the sections' intensities bend around it.
        hints: words of feel from the prompt that a part may heed, such as "sparse", "busy", "half_time",
            "double_time", "laid_back", "staccato", "legato", "brushes"; sorted.
        loop: the end leads back to the beginning; no last long note, no fill into nothing.
    """

    style: Style
    title: str
    seed: int
    tempo_map: TempoMap
    meter_map: MeterMap
    meter: Meter
    key: Key
    bars: int
    sections: tuple[SectionPlan, ...]
    chords: tuple[PlacedChord, ...]
    swing: float
    energy: float
    stems: tuple[StemPlan, ...]
    returns: tuple[Return, ...] = ()
    master: tuple[Effect, ...] = ()
    hints: tuple[str, ...] = ()
    loop: bool = False

    @property
    def length_ticks(self) -> int:
        """The length of the song."""
        return self.bars * self.meter.bar_ticks

    def tick_of_bar(self, bar: int) -> int:
        """Where a bar begins; bar 1 at tick 0, `bars + 1` is the end."""
        return (bar - 1) * self.meter.bar_ticks

    def bar_of(self, tick: int) -> int:
        """The bar that a tick lies in."""
        return tick // self.meter.bar_ticks + 1

    def section_of_bar(self, bar: int) -> SectionPlan:
        """The section that a bar (1..bars) belongs to."""
        return self.sections[bisect_right(self.sections, bar, key=_first_bar) - 1]

    def chord_at(self, tick: int) -> PlacedChord:
        """The chord that sounds at a tick (the last one after the end)."""
        return self.chords[max(0, bisect_right(self.chords, tick, key=_start_ticks) - 1)]

    def stem_of(self, role: str) -> StemPlan | None:
        """The stem of a role, when the song has it."""
        return next((stem for stem in self.stems if stem.role == role), None)

    def plays(self, role: str, bar: int) -> bool:
        """Whether a role plays in a bar."""
        return role in self.section_of_bar(bar).stems

    def placed_sections(self) -> tuple[PlacedSection, ...]:
        """The sections in ticks."""
        return tuple(
            PlacedSection(
                name=section.name,
                start_ticks=self.tick_of_bar(section.first_bar),
                length_ticks=section.bars * self.meter.bar_ticks,
                intensity=section.intensity,
            )
            for section in self.sections
        )


def _first_bar(section: SectionPlan) -> int:
    return section.first_bar


def _start_ticks(placed: PlacedChord) -> int:
    return placed.start_ticks
