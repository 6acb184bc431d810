"""How a style plays: the part of a style file below `# ---- parts ----`, one table per stem.

Rhythms are written as short strings, one sign per step; blanks and `|` only help the eye. The number of
steps and `bars` give the grid: 16 steps in a 4/4 bar are sixteenths, 12 are eighth triplets. A pattern whose
`meter` is the song's is played as written; any other is taken apart into beats, which are laid onto the
song's groups.

Drums, percussion:  `X` accent, `x` hit, `o` soft, `g` ghost, `?` soft, half of the time, `r` two in the
                    step, `t` three in the step, `.` nothing.
Bass:               `1`–`7` a note of the chord's scale, `8` octave, `v` fifth below, `a` a step into the
                    next root, `g` dead note, `k` root where the kick plays, `-` hold, `.` rest.
Chords:             `X x o` the whole chord, `d u D U` strummed down or up, `m` choked, `1`–`6` one voice
                    from below, `t` all but the lowest, `b` the lowest, `-` hold, `.` rest.
Melody, arpeggio:   `X x o` a note, `-` hold, `.` rest.
"""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from musicgen_desktop.music import DRUM
from musicgen_desktop.timing import Meter

Share = Annotated[float, Meta(ge=0.0, le=1.0)]
Pitch = Annotated[int, Meta(ge=0, le=127)]

DRUM_SIGNS = frozenset("Xxog?rt.")
BASS_SIGNS = frozenset("12345678vagk-.")
CHORD_SIGNS = frozenset("XxoduDUm123456tb-.")
LINE_SIGNS = frozenset("Xxo-.")


def steps_of(text: str) -> str:
    """The signs of a step string without the blanks and bars that only help the eye."""
    return text.replace(" ", "").replace("|", "")


def _check_steps(text: str, allowed: frozenset[str]) -> None:
    steps = steps_of(text)
    if not steps or len(steps) > 128:
        raise ValueError(f"“{text}” needs 1 to 128 steps")
    wrong = sorted(set(steps) - allowed)
    if wrong:
        raise ValueError(f"“{wrong[0]}” in “{text}” is none of {' '.join(sorted(allowed))}")


class Groove(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How far hands stray from the grid.

    Attributes:
        swing_step: the notes that swing in pairs; how much they swing, the plan says.
        jitter_ms: size of the random lateness and earliness of a hit.
        velocity_spread: size of the random difference in velocity.
        late_ms: drum name or stem → how much later than the grid it sits (negative: earlier).
    """

    swing_step: Literal["1/8", "1/16"] = "1/16"
    jitter_ms: Annotated[float, Meta(ge=0.0, le=30.0)] = 3.0
    velocity_spread: Annotated[float, Meta(ge=0.0, le=30.0)] = 5.0
    late_ms: dict[str, Annotated[float, Meta(ge=-40.0, le=60.0)]] = {}


def _check_drums(lines: dict[str, str]) -> None:
    for drum, steps in lines.items():
        if drum not in DRUM:
            raise ValueError(f"“{drum}” is no drum; use {', '.join(sorted(DRUM))}")
        _check_steps(steps, DRUM_SIGNS)


class DrumPattern(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A beat for sections of intensity `low`–`high`; `sections` binds it to sections of these names."""

    lines: dict[str, str]
    low: Share = 0.0
    high: Share = 1.0
    bars: Annotated[int, Meta(ge=1, le=8)] = 1
    meter: str = "4/4"
    sections: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check_drums(self.lines)
        Meter.parse(self.meter)


class StepPattern(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rhythm of one stem; fields as in `DrumPattern`."""

    steps: str
    low: Share = 0.0
    high: Share = 1.0
    bars: Annotated[int, Meta(ge=1, le=8)] = 1
    meter: str = "4/4"
    sections: tuple[str, ...] = ()


def _check_patterns(patterns: tuple[StepPattern, ...], allowed: frozenset[str]) -> None:
    for pattern in patterns:
        Meter.parse(pattern.meter)
        _check_steps(pattern.steps, allowed)


DrumFill = dict[str, str]
"""Drum → steps; the fill takes the last beats of the bar, four steps to the beat."""

_ROCK_BEAT = (
    DrumPattern({"closed_hat": "x.o.x.o.x.o.x.o."}, 0.0, 0.2),
    DrumPattern(
        {"kick": "X.........x.....", "snare": "....X.......X...", "closed_hat": "x.o.x.o.x.o.x.o."}, 0.2, 0.6
    ),
    DrumPattern(
        {"kick": "X.....x.x.......", "snare": "....X.......X...", "closed_hat": "X.o.x.o.X.o.x.o."}, 0.4, 1.0
    ),
    DrumPattern(
        {"kick": "X.....x.x.x.....", "snare": "....X..g....X..g", "open_hat": "X...X...X...X..."}, 0.8, 1.0
    ),
)


class DrumsStyle(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The drummer.

    Attributes:
        fills: written fills; `fill_kinds` are made up by rule: toms, snare, hats, kick, stop, roll.
        written_fills: how often a fill is one of the written.
        crash: how often a section begins with `crash_drum`.
        ghosts: chance of a ghost snare on a free sixteenth beside the backbeat.
        open_hat: chance that the last hat before a bar line opens.
        variation: chance that a bar moves, adds or drops a kick.
        ratchet: chance that a hat step becomes a roll.
        build: what leads through a section called “build”.
        ending: whether the last bar of an outro is a single hit or simply the groove.
        phrase_bars: a small turn-around comes every so many bars.
    """

    patterns: tuple[DrumPattern, ...] = _ROCK_BEAT
    fills: tuple[DrumFill, ...] = ()
    fill_kinds: tuple[Literal["toms", "snare", "hats", "kick", "stop", "roll"], ...] = ("toms", "snare")
    written_fills: Share = 0.5
    crash: Share = 0.8
    crash_drum: str = "crash"
    ghosts: Share = 0.0
    open_hat: Share = 0.15
    variation: Share = 0.15
    ratchet: Share = 0.0
    build: Literal["roll", "toms", "none"] = "roll"
    ending: Literal["hit", "groove"] = "hit"
    phrase_bars: Annotated[int, Meta(ge=1, le=16)] = 4

    def __post_init__(self) -> None:
        for fill in self.fills:
            _check_drums(fill)


class PercussionStyle(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Shakers, congas, claps. `variation` drops or moves soft hits from bar to bar."""

    patterns: tuple[DrumPattern, ...] = (
        DrumPattern({"shaker": "o.g.x.g.o.g.x.g."}, 0.0, 0.6),
        DrumPattern({"shaker": "ogxgogxgogxgogxg", "tambourine": "....x.......x..."}, 0.5, 1.0),
    )
    variation: Share = 0.15


class BassStyle(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The bassist.

    Attributes:
        manner: `pattern` plays `patterns`; `walking` a quarter-note line; `lock` roots under every kick.
        low, high: where the line lives (MIDI pitches).
        approach: chance that the last note before a new root leads into it.
        approach_kind: how: by a half step, by the scale or from the fifth.
        octaves: chance that a short root jumps up an octave.
        ghosts: chance of a dead note in a gap.
        slides: chance that a long note glides into the next (pitch bend).
        gate: share of its length that a note sounds.
        variation: chance that a bar differs a little from its pattern.
    """

    manner: Literal["pattern", "walking", "lock"] = "pattern"
    patterns: tuple[StepPattern, ...] = (
        StepPattern("1---------------", 0.0, 0.35),
        StepPattern("1-----1-1-----a-", 0.25, 0.7),
        StepPattern("1.1.1.1.1.1.1.5.", 0.65, 1.0),
    )
    low: Pitch = 28
    high: Pitch = 50
    approach: Share = 0.4
    approach_kind: tuple[Literal["chromatic", "scale", "fifth"], ...] = ("scale", "chromatic", "fifth")
    octaves: Share = 0.1
    ghosts: Share = 0.0
    slides: Share = 0.0
    gate: Annotated[float, Meta(ge=0.05, le=1.0)] = 0.92
    variation: Share = 0.2

    def __post_init__(self) -> None:
        _check_patterns(self.patterns, BASS_SIGNS)


class ChordsStyle(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Comping.

    Attributes:
        low, high: where the voicing lives (MIDI pitches); voices: how many notes it has.
        strum_ms: time from the first to the last string of a strum.
        gate: share of its length that a chord sounds.
        push: chance that a chord is struck an eighth before its bar.
    """

    patterns: tuple[StepPattern, ...] = (
        StepPattern("x---------------", 0.0, 0.4),
        StepPattern("x-------x-----x-", 0.3, 0.75),
        StepPattern("x---x---x---x-x-", 0.7, 1.0),
    )
    low: Pitch = 52
    high: Pitch = 76
    voices: Annotated[int, Meta(ge=3, le=6)] = 4
    strum_ms: Annotated[float, Meta(ge=0.0, le=120.0)] = 0.0
    gate: Annotated[float, Meta(ge=0.05, le=1.0)] = 0.95
    push: Share = 0.0
    variation: Share = 0.15

    def __post_init__(self) -> None:
        _check_patterns(self.patterns, CHORD_SIGNS)


class PadStyle(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Long chords. `swell` moves expression (CC 11) over a chord, a section, or with the beat (`pump`)."""

    low: Pitch = 55
    high: Pitch = 79
    voices: Annotated[int, Meta(ge=2, le=6)] = 4
    tie: bool = True
    swell: Literal["none", "chord", "section", "pump"] = "section"
    depth: Share = 0.4


class ArpStyle(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Broken chords.

    Attributes:
        shapes: the orders to choose from, one per letter of the form.
        rhythm: which steps of the bar play.
        octaves: how many the figure climbs; low: its lowest note.
        gate: share of a step that a note sounds.
    """

    shapes: tuple[Literal["up", "down", "up_down", "converge", "random", "thumb", "pedal"], ...] = (
        "up",
        "up_down",
    )
    patterns: tuple[StepPattern, ...] = (
        StepPattern("x.x.x.x.x.x.x.x.", 0.0, 0.5),
        StepPattern("xxxxxxxxxxxxxxxx", 0.45, 1.0),
    )
    octaves: Annotated[int, Meta(ge=1, le=4)] = 2
    low: Pitch = 60
    high: Pitch = 93
    gate: Annotated[float, Meta(ge=0.05, le=1.5)] = 0.7
    seventh: bool = False

    def __post_init__(self) -> None:
        _check_patterns(self.patterns, LINE_SIGNS)


class MelodyStyle(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The singer or soloist.

    Attributes:
        cells: one-bar rhythms that motifs are made of; none means that rhythms are made up by `density`.
        density: notes per bar, 0 (a few long ones) to 1 (running).
        motif_bars: length of the motif.
        scale: which notes may stand between chord tones.
        leaps: how readily the line jumps; ornaments: grace notes and turns.
        syncopation: how readily a note comes before its beat.
        repeat: how literally a motif returns (1: as a riff).
        rests: how much of a phrase's end is silence.
        low, high: the range, which the instrument's own narrows further.
    """

    cells: tuple[StepPattern, ...] = ()
    density: Share = 0.45
    motif_bars: Literal[1, 2] = 2
    scale: Literal["key", "pentatonic", "blues", "bebop", "chord"] = "key"
    leaps: Share = 0.3
    ornaments: Share = 0.1
    syncopation: Share = 0.3
    repeat: Share = 0.6
    rests: Share = 0.3
    gate: Annotated[float, Meta(ge=0.05, le=1.0)] = 0.92
    low: Pitch = 60
    high: Pitch = 84

    def __post_init__(self) -> None:
        _check_patterns(self.cells, LINE_SIGNS)


class CounterStyle(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The second voice: a `line` of guide tones, an `answer` in the melody's rests, a `riff` that repeats.

    Attributes:
        below: whether it lies under the melody (else above).
        density: how much it says.
    """

    manners: tuple[Literal["line", "answer", "riff"], ...] = ("line", "answer")
    density: Share = 0.4
    below: bool = True
    low: Pitch = 50
    high: Pitch = 76
    gate: Annotated[float, Meta(ge=0.05, le=1.0)] = 0.95


class PartsStyle(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All tables below `# ---- parts ----`; each may be absent or name only what differs."""

    groove: Groove = Groove()
    drums: DrumsStyle = DrumsStyle()
    percussion: PercussionStyle = PercussionStyle()
    bass: BassStyle = BassStyle()
    chords: ChordsStyle = ChordsStyle()
    pad: PadStyle = PadStyle()
    arp: ArpStyle = ArpStyle()
    melody: MelodyStyle = MelodyStyle()
    counter: CounterStyle = CounterStyle()
