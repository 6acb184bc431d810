"""Chord qualities: what stands behind the root of a chord symbol, and the intervals it means.

Reading is liberal, writing is canonical. A quality *is* its set of intervals: the canonical name is searched
for among the plain qualities with as few additions as possible, and read back before it is used.
"""

import re
from functools import lru_cache

Intervals = frozenset[int]

_LONGEST = 28

# The plain qualities, commonest first: the earlier wins where two names are equally short.
_PLAIN: tuple[tuple[str, Intervals], ...] = tuple(
    (name, frozenset(intervals))
    for name, intervals in {
        "": (0, 4, 7),
        "m": (0, 3, 7),
        "7": (0, 4, 7, 10),
        "maj7": (0, 4, 7, 11),
        "m7": (0, 3, 7, 10),
        "dim": (0, 3, 6),
        "aug": (0, 4, 8),
        "sus4": (0, 5, 7),
        "sus2": (0, 2, 7),
        "5": (0, 7),
        "6": (0, 4, 7, 9),
        "m6": (0, 3, 7, 9),
        "6/9": (0, 4, 7, 9, 14),
        "m6/9": (0, 3, 7, 9, 14),
        "m7b5": (0, 3, 6, 10),
        "dim7": (0, 3, 6, 9),
        "mMaj7": (0, 3, 7, 11),
        "9": (0, 4, 7, 10, 14),
        "maj9": (0, 4, 7, 11, 14),
        "m9": (0, 3, 7, 10, 14),
        "mMaj9": (0, 3, 7, 11, 14),
        "13": (0, 4, 7, 10, 14, 21),
        "maj13": (0, 4, 7, 11, 14, 21),
        "m13": (0, 3, 7, 10, 14, 21),
        "mMaj13": (0, 3, 7, 11, 14, 21),
        # A major third clashes with the eleventh a minor ninth above it, so players leave it out.
        "11": (0, 7, 10, 14, 17),
        "maj11": (0, 7, 11, 14, 17),
        "m11": (0, 3, 7, 10, 14, 17),
        "mMaj11": (0, 3, 7, 11, 14, 17),
        "7alt": (0, 4, 10, 13, 15, 20),
        "sus2sus4": (0, 2, 5, 7),
    }.items()
)
_ALTERED = frozenset({0, 4, 10, 13, 15, 20})

# Reading: one word for the third and fifth, a number, then any of the additions.
_GENDERS = re.compile(
    r"(?P<half>[øØ]|(?i:half-?dim(?:inished)?)|hdim|h(?=7|$))"
    r"|(?P<dim>(?i:dim(?:inished)?)|°|º|o(?!mit))"
    r"|(?P<aug>(?i:aug(?:mented)?)|\+)"
    r"|(?P<seventh>[Δ△∆^])"
    r"|(?P<maj>(?i:major|maj|ma(?!dd|j))|M(?![iI]))"
    r"|(?P<min>(?i:minor|min|mi)|m|[-−–])"
    r"|(?P<dom>(?i:dom(?:inant)?))"
)
_MAJOR_SEVENTH = re.compile(r"[\s(/]*(?:(?i:major|maj|ma(?!dd|j))|M|[Δ△∆^])\s*(?=7|9|11|13|\)|$)")
_NUMBER = re.compile(r"\s*(6\s*/\s*9|69|13|11|9|7|6|5|4|2)(?![0-9])")
_SPACE = re.compile(r"[\s()\[\],/]*")
_ADDITION = re.compile(
    r"(?i:sus)(?P<sus>2sus4|24|2|4)?(?![0-9])"
    r"|(?i:add)\s*(?P<add>[b#+-]?\s*(?:13|11|9|6|4|2))(?![0-9])"
    r"|(?i:no|omit)\s*\.?\s*(?P<no>3|5)(?:rd|th)?(?![0-9])"
    r"|(?P<alter>[b#+-]\s*(?:13|11|9|6|5|4|2))(?![0-9])"
    r"|(?P<alt>(?i:alt(?:ered)?))"
    r"|(?P<sharp_five>\+|(?i:aug))"
)
_BARE_TENSION = re.compile(r"(13|11|9)(?![0-9])")

_TRIADS = {"half": (3, 6), "dim": (3, 6), "aug": (4, 8), "min": (3, 7)}
_DEGREES = {"2": 14, "4": 17, "5": 7, "6": 21, "9": 14, "11": 17, "13": 21}
_SHIFTS = {"b": -1, "-": -1, "#": 1, "+": 1}
# The alterations that exist, and the natural degree each takes the place of.
_REPLACED = {6: 7, 8: 7, 13: 14, 15: 14, 18: 17, 20: 21}
_ALTERATION_NAMES = {6: "b5", 8: "#5", 13: "b9", 15: "#9", 18: "#11", 20: "b13"}
_ADDED_NAMES = {9: "add6", 14: "add9", 17: "add11", 21: "add13"}
_UNICODE = str.maketrans({"♭": "b", "♯": "#", "−": "-", "–": "-", "＋": "+", "⁺": "+"})


@lru_cache(maxsize=4096)
def read_quality(written: str) -> Intervals | None:
    """The intervals above the root, or None when the text is no quality.

    >>> sorted(read_quality("m7b5")), sorted(read_quality("Δ9")), read_quality("m5")
    ([0, 3, 6, 10], [0, 4, 7, 11, 14], None)
    """
    text = written.strip().translate(_UNICODE)
    if len(text) > _LONGEST or text.endswith("/"):
        return None
    match = _GENDERS.match(text)
    gender = (match.lastgroup or "") if match else ""
    at = match.end() if match else 0
    has_major_seventh = gender in ("maj", "seventh")
    if gender in ("min", "dim", "aug") and (match := _MAJOR_SEVENTH.match(text, at)):
        has_major_seventh, at = True, match.end()
    number = 7 if gender in ("seventh", "half") or (has_major_seventh and gender != "maj") else 0
    if match := _NUMBER.match(text, at):
        number, at = int(match[1].replace("/", "").replace(" ", "")), match.end()
    tones = _stacked(gender, number, has_major_seventh=has_major_seventh)
    return None if tones is None else _with_additions(tones, text, at)


def _stacked(gender: str, number: int, *, has_major_seventh: bool) -> set[int] | None:
    """Triad and number, such as “m” and 9; None where the two do not go together."""
    tones = {0, *_TRIADS.get(gender, (4, 7))}
    if number == 0:
        return tones
    if number in (2, 4, 5):
        plain = {2: {0, 2, 7}, 4: {0, 5, 7}, 5: {0, 7}}
        return plain[number] if gender == "" else None
    if number in (6, 69):
        if gender not in ("", "maj", "min"):
            return None
        return tones | ({9} if number == 6 else {9, 14})
    tones.add(11 if has_major_seventh else 9 if gender == "dim" else 10)
    if number > 7:
        tones.add(14)
    if number == 11:
        tones.discard(4)
        tones.add(17)
    if number == 13:
        tones.add(21)
    return tones


def _with_additions(tones: set[int], text: str, at: int) -> Intervals | None:
    """Read “sus4”, “b9”, “add11”, “no3” … to the end of the text."""
    while True:
        space = _SPACE.match(text, at)
        gap = space[0] if space else ""
        at += len(gap)
        if at == len(text):
            return frozenset(tones) if len(tones) > 1 else None
        if gap and (match := _BARE_TENSION.match(text, at)):
            tone = _DEGREES[match[1]]
            tones.add(9 if tone == 21 and not has_seventh(tones) else tone)
            at = match.end()
            continue
        match = _ADDITION.match(text, at)
        if match is None or not _add(tones, match):
            return None
        at = match.end()


def _add(tones: set[int], match: re.Match[str]) -> bool:
    """Change the tones as one addition asks; False when it makes no sense here."""
    kind = match.lastgroup
    if kind == "add":
        written = match["add"].replace(" ", "")
        tone = _DEGREES[written.lstrip("b#+-")] + _SHIFTS.get(written[0], 0)
        if tone == 21 and not has_seventh(tones):
            tone = 9
        if tone not in _ALTERATION_NAMES and tone not in _ADDED_NAMES:
            return False
        tones.add(tone)
    elif kind == "alter":
        written = match["alter"].replace(" ", "")
        return _alter(tones, _DEGREES[written[1:]] + _SHIFTS[written[0]])
    elif kind == "no":
        tones -= {3, 4} if match["no"] == "3" else {7}
    elif kind == "alt":
        if tones not in ({0, 4, 7, 10}, {0, 4, 7}):
            return False
        tones.clear()
        tones |= _ALTERED
    elif kind == "sharp_five":
        return has_seventh(tones) and _alter(tones, 8)
    else:
        tones -= {3, 4}
        tones |= {"2": {2}, "24": {2, 5}, "2sus4": {2, 5}}.get(match["sus"] or "4", {5})
    return True


def _alter(tones: set[int], tone: int) -> bool:
    if tone not in _REPLACED:
        return False
    # Without a seventh nothing is stacked that could be altered: “C(b9)” just adds the tone.
    if tone in (6, 8) or has_seventh(tones):
        tones.discard(_REPLACED[tone])
    tones.add(tone)
    return True


def has_seventh(tones: set[int] | Intervals) -> bool:
    """Whether there is a minor or major seventh, or the diminished one of a dim7."""
    return 10 in tones or 11 in tones or {3, 6, 9} <= tones


@lru_cache(maxsize=1024)
def quality_name(tones: Intervals) -> str | None:
    """The canonical name of a set of intervals; None when it has no chord symbol.

    >>> quality_name(frozenset({0, 3, 6, 10})), quality_name(frozenset({0, 4, 7, 10, 13, 21}))
    ('m7b5', '13b9')
    """
    named: list[tuple[int, int, int, str]] = []
    for order, (plain, base) in enumerate(_PLAIN):
        described = _described(plain, base, tones)
        if described is not None:
            price, name = described
            named.append((price, len(base - tones), order, name))
    for _, _, _, name in sorted(named):
        if read_quality(name) == tones:
            return name
    return None


def _described(plain: str, base: Intervals, tones: Intervals) -> tuple[int, str] | None:
    """How much must be said to turn a plain quality into these tones, and how."""
    missing, extra = base - tones, tones - base
    suspensions: list[str] = []
    if missing & {3, 4} and extra & {2, 5}:
        suspensions = [f"sus{tone - 1 if tone == 5 else tone}" for tone in sorted(extra & {2, 5})]
        missing, extra = missing - {3, 4}, extra - {2, 5}
    altered: list[str] = []
    added: list[str] = []
    for tone in sorted(extra):
        name = _ALTERATION_NAMES.get(tone)
        if name and (tone in (6, 8) or (has_seventh(tones) and _REPLACED[tone] not in tones)):
            altered.append(name)
        elif name:
            added.append(f"add{name}")
        elif tone in _ADDED_NAMES:
            added.append(_ADDED_NAMES[tone])
        else:
            return None
    omitted: list[str] = []
    for tone in sorted(missing):
        if any(_REPLACED.get(other) == tone for other in extra):
            continue
        if tone not in (3, 4, 7):
            return None
        omitted.append("no5" if tone == 7 else "no3")
    if plain == "" and altered and not suspensions:
        altered = [f"({''.join(altered)})"]  # else “C(b5)” would be the fifth on C flat
    price = len(suspensions) + len(altered) + 2 * (len(added) + len(omitted))
    return price, plain + "".join((*suspensions, *altered, *added, *omitted))
