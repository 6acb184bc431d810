"""What was read out of a prompt."""

import msgspec

from musicgen_desktop.music import Chord
from musicgen_desktop.timing import Meter

from ._page import Found


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What a prompt says about a song; None or empty where it says nothing.

    Attributes:
        style: id of the main style; `flavours` are the other styles named, `suggested` those that moods
            and instruments make one think of.
        tempo_place: 0 the slow end of the style's tempo range to 1 the fast end, from words such as “slow”.
        tonic: pitch class; `scale` a name out of `music.SCALES`; either may be known without the other.
        gender: "major" or "minor", as the mood suggests when no scale is named.
        energy: shift of the style's energy, -1 to 1.
        wanted, refused: roles; `only` means no other roles than the wanted.
        avoided: parts of the names of patches that are not to be heard, such as "guitar".
        patches: role → patch as style files write it.
        features: words of form: "loop", "song", "breakdown", "no_intro", "blues12", …
        letters: an explicit form such as AABA; section_bars: kind of section → bars.
        order: sections in the order they are to have, each with its bars, or 0 where none are given.
        chords: bars of chords; numerals: bars of roman numerals, still without a key.
        reverb_db: how much more of the returns is wanted.
        title_words: words fit to stand in a title, as the prompt has them.
        found: what was read as what, in the order of the prompt; `make_plan` says of it what came of it.
    """

    style: str | None = None
    flavours: tuple[str, ...] = ()
    suggested: tuple[str, ...] = ()
    tempo_bpm: float | None = None
    tempo_place: float | None = None
    tonic: int | None = None
    prefer_flats: bool | None = None
    scale: str | None = None
    gender: str | None = None
    meter: Meter | None = None
    bars: int | None = None
    seconds: float | None = None
    energy: float = 0.0
    wanted: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    avoided: tuple[str, ...] = ()
    only: bool = False
    patches: dict[str, str] = {}
    features: tuple[str, ...] = ()
    letters: str = ""
    order: tuple[tuple[str, int], ...] = ()
    section_bars: dict[str, int] = {}
    chords: tuple[tuple[Chord, ...], ...] | None = None
    numerals: str = ""
    hints: tuple[str, ...] = ()
    swing: float | None = None
    reverb_db: float = 0.0
    title_words: tuple[str, ...] = ()
    found: tuple[Found, ...] = ()
    not_understood: tuple[str, ...] = ()
