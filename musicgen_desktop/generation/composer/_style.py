"""A style: what data decides about the music of a genre. Read from TOML by `_style_files`."""

import msgspec

from musicgen_desktop.generation.result import Effect

from ._parts_style import PartsStyle


class Naming(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How people call the style, and what its songs are called."""

    id: str
    name: str
    description: str = ""
    words: tuple[str, ...] = ()
    title_words: tuple[str, ...] = ()
    title_things: tuple[str, ...] = ()
    like: str | None = None


class TempoStyle(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Quarter notes per minute: the usual one, and how far a prompt's “slow” and “fast” reach."""

    low: float
    usual: float
    high: float


class FeelStyle(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Swing 0 (straight) to 1 (triplet); energy 0 to 1; hints that always hold for the style."""

    swing: float = 0.0
    energy: float = 0.5
    hints: tuple[str, ...] = ()


class MeterStyle(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The meter when nobody asks for another."""

    usual: str = "4/4"


class HarmonyStyle(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Keys and chords.

    Attributes:
        modes: scale name → weight.
        tonics: names of the tonics that suit it; empty means all twelve.
        colour: "triads", "sevenths", "ninths", "sixths", "sus", "power" or "as written".
        colour_chance: how often a chord takes its colour.
        borrowed: chance, per phrase, of one chord from the parallel mode.
        secondary: chance, per phrase, of a secondary dominant before its target.
        bars_per_chord: how long a chord of a progression lasts when the meter is 4/4; 0.5 is two a bar.
        cadence: chance that the last chord before a new section leads home (V or bVII).
        progressions: mode ("major", "minor", a mode's name, or "any") → kind of section ("any", "verse", …)
            → progressions such as "i7 | iv7 | bVII7 | bIIImaj7"; a bar may hold several, "%" repeats a bar.
    """

    modes: dict[str, float]
    progressions: dict[str, dict[str, tuple[str, ...]]]
    tonics: tuple[str, ...] = ()
    colour: str = "as written"
    colour_chance: float = 1.0
    borrowed: float = 0.0
    secondary: float = 0.0
    bars_per_chord: float = 1.0
    cadence: float = 0.3


class FormStyle(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The order of sections.

    Attributes:
        phrase: bars of one phrase; sections are multiples of it where the length allows.
        short: up to 24 bars, letters: "A A B A".
        long: forms such as "intro4 verse16 chorus8 …", with the bars each would like to have.
        stems: kind of section → roles that play there (others rest); kinds left out: all play.
        intensity: kind of section → 0..1.
        fills: whether the drums lead from section to section.
    """

    phrase: int = 4
    short: tuple[str, ...] = ("A A B A", "A B A B", "A A A B")
    long: tuple[str, ...] = ()
    stems: dict[str, tuple[str, ...]] = {}
    intensity: dict[str, float] = {}
    fills: bool = True


class StemStyle(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who may play a role.

    Attributes:
        patches: "gm:electric piano 1", "synth:warm_pad", "kit:kit_808" or "gm_drums:0"; one is chosen.
        chance: how often the stem is there when the request does not name stems.
    """

    patches: tuple[str, ...]
    chance: float = 1.0


class MixStyle(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a role sits in the mix; see `StemMix`."""

    level_lu: float = 0.0
    pan: float = 0.0
    inserts: tuple[Effect, ...] = ()
    sends: dict[str, float] = {}


class Style(msgspec.Struct, frozen=True):
    """All that is known about a genre."""

    naming: Naming
    tempo: TempoStyle
    feel: FeelStyle
    meter: MeterStyle
    harmony: HarmonyStyle
    form: FormStyle
    stems: dict[str, StemStyle]
    mix: dict[str, MixStyle]
    returns: dict[str, tuple[Effect, ...]]
    master: tuple[Effect, ...]
    parts: PartsStyle

    @property
    def id(self) -> str:
        """The short name in file names and requests."""
        return self.naming.id

    @property
    def name(self) -> str:
        """The name for people."""
        return self.naming.name
