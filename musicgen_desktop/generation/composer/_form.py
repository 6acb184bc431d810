"""The order of sections: exactly as many bars as were asked for."""

import re
from collections.abc import Sequence

from ._dice import Dice
from ._form_fit import Wish, allotted, fitted, peaking
from ._plan import SECTION_NAMES, SectionPlan
from ._style import FormStyle, Style
from .prompt import Reading

LOOP_BARS = 24
"""Up to here a song without any word of form is a loop of phrases, not a song with an intro."""

_PLAIN_FORMS = (
    "verse8 chorus8",
    "verse4 chorus4",
    "intro4 verse8 chorus8 outro4",
    "intro4 verse8 chorus8 verse8 chorus8 outro4",
)
_CLUB_FORMS = (
    "intro4 verse8 build4 drop8",
    "intro8 verse8 build4 drop8 outro4",
    "intro4 verse8 breakdown4 build4 drop16 outro4",
)
_USUAL_BARS = {
    "intro": 4,
    "verse": 8,
    "prechorus": 4,
    "chorus": 8,
    "bridge": 8,
    "breakdown": 8,
    "build": 4,
    "drop": 8,
    "solo": 8,
    "outro": 4,
}
_WRITTEN = re.compile(r"([a-z]+)(\d+)")
_KINDS = frozenset(SECTION_NAMES) - {"loop"}
_LETTERED = {"verse": 0, "loop": 0, "chorus": 1, "drop": 1}


_LONGEST_WAIT = 8


def make_form(
    style: Style, bars: int, reading: Reading, roles: tuple[str, ...], energy: float, dice: Dice
) -> tuple[tuple[SectionPlan, ...], bool]:
    """The sections of a song, without gaps, and whether its end leads back to its beginning."""
    features = frozenset(reading.features)
    sectioned = _KINDS & (features | reading.section_bars.keys())
    form = style.form
    if reading.order:
        wishes = _ordered(reading.order, bars, style)
        return _planned(wishes, style, roles, energy, loop=False), "loop" in features
    if reading.letters:
        parts = _lettered(reading.letters, bars)
    elif "blues12" in features or form.phrase == 12:
        parts = _twelve_bars(bars)
    elif not sectioned and ("loop" in features or (bars <= LOOP_BARS and "song" not in features)):
        parts = _phrases(form, bars, dice)
    else:
        return _song(style, bars, reading, roles, energy, dice), "loop" in features
    loop = bars <= LOOP_BARS or "loop" in features
    return _as_sections(parts, form, roles, energy, fill_every=8, loop=loop), loop


def bars_of_order(order: Sequence[tuple[str, int]], style: Style) -> list[int]:
    """The bars of a spelled-out form: as the prompt says, else as the style likes them."""
    usual = dict(_USUAL_BARS)
    for text in reversed(style.form.long):
        usual |= {match[1]: int(match[2]) for match in _WRITTEN.finditer(text)}
    return [bars or min(16, usual[kind]) for kind, bars in order]


def _ordered(order: Sequence[tuple[str, int]], bars: int, style: Style) -> list[Wish]:
    """Exactly these sections, in exactly so many bars."""
    wishes = [Wish(kind, float(n)) for (kind, _), n in zip(order, bars_of_order(order, style), strict=True)]
    if sum(wish.bars for wish in wishes) == bars:
        return wishes
    scale = bars / sum(wish.bars for wish in wishes)
    unit = 4 if bars >= 4 * len(wishes) else 2 if bars >= 2 * len(wishes) else 1
    for wish in wishes:
        wish.bars = max(1.0, float(int(wish.bars * scale / unit + 0.5) * unit))
    return allotted(wishes[:bars], bars, unit, {})


def _lettered(letters: str, bars: int) -> list[tuple[str, str, int]]:
    letters = letters[:bars]
    each, rest = divmod(bars, len(letters))
    kinds = {"A": "verse", "B": "bridge" if letters.count("B") == 1 else "chorus"}
    return [
        (kinds.get(letter, "bridge"), letter, each + (rest if i == len(letters) - 1 else 0))
        for i, letter in enumerate(letters)
    ]


def _twelve_bars(bars: int) -> list[tuple[str, str, int]]:
    rounds, rest = divmod(bars, 12)
    lengths = [12] * rounds
    if rest and (rest >= 4 or not rounds):
        lengths.append(rest)
    elif rest:
        lengths[-1] += rest
    count = len(lengths)
    return [("solo" if count > 3 and i == count - 2 else "verse", "A", n) for i, n in enumerate(lengths)]


def _phrases(form: FormStyle, bars: int, dice: Dice) -> list[tuple[str, str, int]]:
    """A loop: phrases of four bars (eight in long loops) by a pattern of letters such as A A B A."""
    phrase = form.phrase if bars <= 32 else form.phrase * 2
    while bars // phrase > 16:
        phrase *= 2
    count = max(1, bars // phrase)
    pattern = dice.choice(form.short).split()
    if count == 2:
        letters = ["A", dice.choice(("A", "B"))]
    elif count == 3:
        letters = ["A", "A", "B"]
    else:
        letters = [pattern[i % len(pattern)] for i in range(count)]
    lengths = [phrase] * count
    lengths[-1] += bars - phrase * count
    return [("loop", letter, length) for letter, length in zip(letters, lengths, strict=True)]


def _as_sections(
    parts: Sequence[tuple[str, str, int]],
    form: FormStyle,
    roles: tuple[str, ...],
    energy: float,
    *,
    fill_every: int,
    loop: bool,
) -> tuple[SectionPlan, ...]:
    sections: list[SectionPlan] = []
    first, seen = 1, 0
    for i, (kind, letter, length) in enumerate(parts):
        again = sum(before[1] == letter for before in parts[:i])
        ends_at = first + length - 1
        changes = i + 1 == len(parts) or parts[i + 1][1] != letter
        fill = form.fills and length > 1 and (changes or ends_at % fill_every == 0)
        intensity = form.intensity.get(kind, 0.6) + 0.06 * min(again, 2) + (0.16 if letter == "B" else 0.0)
        # The very first phrase leaves room: the second then grows without anybody turning a knob.
        playing = tuple(
            r for r in roles if not (i == 0 and len(parts) > 2 and r == "counter" and len(roles) > 3)
        )
        sections.append(
            SectionPlan(
                name=kind,
                letter=letter,
                first_bar=first,
                bars=length,
                intensity=bent(intensity, energy),
                stems=playing,
                fill=fill and (loop or i + 1 < len(parts)),
            )
        )
        first, seen = first + length, seen + 1
    return tuple(sections)


def bent(intensity: float, energy: float) -> float:
    """A section's intensity in a song of this energy, 0.05 to 1."""
    return round(max(0.05, min(1.0, intensity + (energy - 0.5) * 0.4)), 3)


def _song(
    style: Style, bars: int, reading: Reading, roles: tuple[str, ...], energy: float, dice: Dice
) -> tuple[SectionPlan, ...]:
    asked = _asked_kinds(reading)
    fixed = {kind: length for kind, length in reading.section_bars.items() if kind in _KINDS}
    wishes = peaking(fitted(_chosen_form(style, bars, reading, dice), bars, asked, fixed), asked)
    return _planned(wishes, style, roles, energy, loop="loop" in reading.features)


def _planned(
    wishes: Sequence[Wish], style: Style, roles: tuple[str, ...], energy: float, *, loop: bool
) -> tuple[SectionPlan, ...]:
    """Sections as wished, each with who plays in it and how intensely."""
    kinds = [wish.kind for wish in wishes]
    letters = _letters_of(kinds)
    has_bass = False
    sections: list[SectionPlan] = []
    first = 1
    for i, wish in enumerate(wishes):
        length, kind = int(wish.bars), wish.kind
        again = kinds[:i].count(kind)
        last_high = kind in ("chorus", "drop") and kind not in kinds[i + 1 :]
        intensity = style.form.intensity.get(kind, 0.6) + 0.05 * min(again, 2) + (0.06 if last_high else 0.0)
        wanted = style.form.stems.get(kind)
        playing = tuple(role for role in roles if wanted is None or role in wanted) or roles
        # A bass that waits longer than an intro of eight bars is taken for a missing one.
        if not (i == 0 and kind == "intro" and length <= _LONGEST_WAIT) and not has_bass:
            playing = tuple(role for role in roles if role in playing or role == "bass")
        if kind == "verse" and not {"chords", "pad"}.intersection(playing):
            playing = tuple(role for role in roles if role in (*playing, "chords", "pad"))
        has_bass = has_bass or "bass" in playing
        sections.append(
            SectionPlan(
                name=kind,
                letter=letters[i],
                first_bar=first,
                bars=length,
                intensity=bent(intensity, energy),
                stems=playing,
                fill=style.form.fills
                and (loop or i + 1 < len(wishes))
                and length > 1
                and kind != "breakdown",
            )
        )
        first += length
    return tuple(sections)


def _chosen_form(style: Style, bars: int, reading: Reading, dice: Dice) -> list[Wish]:
    """The form whose length comes nearest; chance decides between forms that are about as near."""
    asked = _asked_kinds(reading)
    high = "drop" if any("drop" in text for text in style.form.long) else "chorus"
    if bars <= LOOP_BARS:
        pairs = max(1, (max(2, bars // 4) - len(asked - {"verse", high}) + 1) // 2)
        forms = [_read_form(f"verse4 {high}4 " * pairs)]
    else:
        forms = [_read_form(text) for text in style.form.long]
        forms += [_read_form(text) for text in (_CLUB_FORMS if high == "drop" else _PLAIN_FORMS)]

    def distance(form: list[Wish]) -> float:
        ratio = sum(wish.bars for wish in form) / bars
        return max(ratio, 1 / ratio) + 0.3 * len(asked - {wish.kind for wish in form})

    ranked = sorted(forms, key=distance)
    near = [form for form in ranked if distance(form) <= distance(ranked[0]) + 0.2]
    form = dice.choice(near)
    refused = {feature.removeprefix("no_") for feature in reading.features if feature.startswith("no_")}
    kept = [wish for wish in form if wish.kind not in refused] or form
    for kind in sorted(asked - {wish.kind for wish in kept}, key=SECTION_NAMES.index):
        kept.insert(
            _place_for(kind, kept),
            Wish(kind, 4 if bars <= LOOP_BARS or kind in ("intro", "outro", "build") else 8),
        )
    return kept


def _asked_kinds(reading: Reading) -> frozenset[str]:
    return _KINDS & (frozenset(reading.features) | reading.section_bars.keys())


def _place_for(kind: str, form: list[Wish]) -> int:
    """Where a section goes that the form does not have yet."""
    if kind == "intro":
        return 0
    if kind == "outro":
        return len(form)
    highs = [i for i, wish in enumerate(form) if wish.kind in ("chorus", "drop")]
    if kind in ("build", "prechorus") and highs:
        return highs[-1]
    if kind in ("drop", "chorus"):
        return len(form) - (form[-1].kind == "outro")
    # In front of the last climax, so that it has something to come back from; never at the very beginning.
    if not highs:
        return max(1, len(form) // 2)
    at = highs[-1]
    return max(1, at - 1 if at and form[at - 1].kind in ("build", "prechorus") else at)


def _read_form(text: str) -> list[Wish]:
    return [Wish(match[1], float(match[2])) for match in _WRITTEN.finditer(text)]


def _letters_of(kinds: list[str]) -> list[str]:
    """Letters by kind; an intro or outro borrows that of the next or last main section."""
    letters: dict[str, str] = {}
    free = iter("CDEFGHIJ")
    for kind in kinds:
        if kind in _LETTERED:
            letters[kind] = "AB"[_LETTERED[kind]]
        elif kind not in ("intro", "outro", "breakdown") and kind not in letters:
            letters[kind] = next(free)
    main = [kind for kind in kinds if kind in _LETTERED]
    letters["intro"] = letters[main[0]] if main else "A"
    letters["outro"] = letters[main[-1]] if main else "A"
    letters["breakdown"] = "B" if "B" in letters.values() else "A"
    return [letters[kind] for kind in kinds]
