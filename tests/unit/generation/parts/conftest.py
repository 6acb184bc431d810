"""Songs to write parts for: any style's tables over a plain form and progression."""

from collections.abc import Callable

import pytest

from musicgen_desktop.generation.composer._parts_style import PartsStyle
from musicgen_desktop.generation.composer._plan import Plan, SectionPlan, StemPlan
from musicgen_desktop.generation.composer._style import (
    FeelStyle,
    FormStyle,
    HarmonyStyle,
    MeterStyle,
    Naming,
    Style,
    TempoStyle,
)
from musicgen_desktop.generation.composer._style_checks import parse_patch
from musicgen_desktop.generation.composer._style_files import Styles
from musicgen_desktop.generation.composer.parts import ORDER
from musicgen_desktop.generation.result import PlacedChord, StemMix
from musicgen_desktop.music import Chord, Key, Patch
from musicgen_desktop.timing import Meter, MeterMap, TempoMap

MINOR = "Am F C G Am Dm E7 Am"
MAJOR = "Cmaj7 Am7 Dm7 G7 Em7 A7 Dm7 G7"
SONG = (("verse", "A", 8, 0.5), ("chorus", "B", 8, 0.85))


@pytest.fixture(scope="session")
def styles() -> Styles:
    return Styles()


@pytest.fixture(scope="session")
def a_plan(styles) -> Callable[..., Plan]:
    """Build a plan; `style` names a style file, `parts` gives tables of one's own instead."""

    def build(
        style: str | None = None,
        *,
        parts: PartsStyle | None = None,
        seed: int = 1,
        meter: str | None = None,
        chords: str = MINOR,
        key: str = "A minor",
        form=SONG,
        stems: tuple[str, ...] = ORDER,
        patches: dict[str, str] | None = None,
        bpm: float = 110.0,
        swing: float | None = None,
        loop: bool = True,
        hints: tuple[str, ...] = (),
    ) -> Plan:
        own = styles[style] if style else _bare_style(parts or PartsStyle())
        beats = Meter.parse(meter or own.meter.usual)
        sections, bar = [], 1
        for name, letter, bars, level in form:
            sections.append(SectionPlan(name, letter, bar, bars, level, stems, fill=True))
            bar += bars
        symbols = [Chord.parse(symbol) for symbol in chords.split()]
        placed = tuple(
            PlacedChord(at * beats.bar_ticks, beats.bar_ticks, symbols[at % len(symbols)])
            for at in range(bar - 1)
        )
        stem_plans = tuple(
            StemPlan(role, _patch(own, role, patches or {}, seed), StemMix(0.0)) for role in stems
        )
        return Plan(
            style=own,
            title="A song",
            seed=seed,
            tempo_map=TempoMap.constant(bpm),
            meter_map=MeterMap.constant(beats),
            meter=beats,
            key=Key.parse(key),
            bars=bar - 1,
            sections=tuple(sections),
            chords=placed,
            swing=own.feel.swing if swing is None else swing,
            energy=0.5,
            stems=stem_plans,
            hints=tuple(sorted({*own.feel.hints, *hints})),
            loop=loop,
        )

    return build


def _bare_style(parts: PartsStyle) -> Style:
    return Style(
        naming=Naming("bare", "Bare"),
        tempo=TempoStyle(60, 110, 180),
        feel=FeelStyle(),
        meter=MeterStyle(),
        harmony=HarmonyStyle({}, {}),
        form=FormStyle(),
        stems={},
        mix={},
        returns={},
        master=(),
        parts=parts,
    )


def _patch(style: Style, role: str, patches: dict[str, str], seed: int) -> Patch:
    if role in patches:
        return parse_patch(patches[role])
    if role in style.stems:
        names = style.stems[role].patches
        return parse_patch(names[seed % len(names)])
    return Patch(source="synth", preset="plain", is_drums=role in ("drums", "percussion"))
