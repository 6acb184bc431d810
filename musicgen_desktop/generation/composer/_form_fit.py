"""A form made to fit: sections dropped, repeated, stretched and cut until the bars are met."""

import msgspec

_DROPPED_FIRST = (
    "prechorus",
    "solo",
    "bridge",
    "build",
    "breakdown",
    "intro",
    "outro",
    "verse",
    "chorus",
    "drop",
)
_LENGTHENED_FIRST = frozenset({"verse", "chorus", "drop", "solo"})
_SHORTENED_FIRST = frozenset({"intro", "outro", "bridge", "breakdown", "build", "prechorus"})
_HIGH = frozenset({"chorus", "drop"})
_SHORT_BARS = 32
"""Up to here what is quiet stays brief, so that most bars have drums, bass and chords."""


class Wish(msgspec.Struct):
    """A section and the bars it would like to have."""

    kind: str
    bars: float


def fitted(form: list[Wish], bars: int, asked: frozenset[str], fixed: dict[str, int]) -> list[Wish]:
    """The form stretched or cut to exactly so many bars, in whole phrases as far as that goes.

    Args:
        form: the sections as they would like to be; changed.
        bars: of the song.
        asked: kinds of section that the prompt named; the last of each stays.
        fixed: kind of section → the length that the prompt gave it.
    """
    for wish in form:
        wish.bars = float(fixed.get(wish.kind, wish.bars))
        if bars <= _SHORT_BARS and wish.kind in _SHORTENED_FIRST and wish.kind not in fixed:
            wish.bars = min(wish.bars, 4.0)
    unit = 4 if bars >= 24 else 2 if bars >= 10 else 1
    while len(form) > 1 and (sum(w.bars for w in form) > bars * 1.1 or len(form) * unit > bars):
        shorter = _without_one(form, asked)
        if len(shorter) == len(form) or (
            sum(w.bars for w in shorter) < bars * 0.7 and len(form) * unit <= bars
        ):
            break
        form = shorter
    while sum(wish.bars for wish in form) < bars * 0.75:
        longer = _with_middle_again(form)
        if sum(wish.bars for wish in longer) > bars * 1.25:
            break
        form = longer
    quiet = [wish for wish in form if wish.kind in _SHORTENED_FIRST and wish.kind not in fixed]
    if bars <= _SHORT_BARS and sum(wish.bars for wish in quiet) > 0.45 * bars:
        for wish in quiet:
            wish.bars = min(wish.bars, 4.0 if wish.kind == "breakdown" else 2.0)
    return allotted(form[: max(1, bars)], bars, unit, fixed)


def peaking(form: list[Wish], asked: frozenset[str]) -> list[Wish]:
    """The form with a climax before its first breakdown: there is nothing to come back from otherwise."""
    kinds = [wish.kind for wish in form]
    if "breakdown" not in kinds or _HIGH.intersection(kinds[: kinds.index("breakdown")]):
        return form
    at = kinds.index("breakdown")
    high = next((i for i in range(at, len(form)) if kinds[i] in _HIGH), None)
    if high is None:
        return form
    verse = next((i for i in range(at - 1, -1, -1) if kinds[i] == "verse"), None)
    if verse is not None and (form[verse].bars >= 16 or (kinds[verse] in asked and form[verse].bars >= 2)):
        front, back = _halves(form[verse])
        return [*form[:verse], front, Wish(kinds[high], back.bars), *form[verse + 1 :]]
    if verse is not None:
        return [*form[:verse], Wish(kinds[high], form[verse].bars), *form[verse + 1 :]]
    if form[high].bars < 2:
        return form
    front, back = _halves(form[high])
    return [*form[:at], front, *form[at:high], back, *form[high + 1 :]]


def _halves(wish: Wish) -> tuple[Wish, Wish]:
    """Two sections for one, of whole bars, in fours where that goes."""
    unit = 4 if wish.bars >= 8 else 1
    first = max(1, int(wish.bars / 2 / unit) * unit)
    return Wish(wish.kind, float(first)), Wish(wish.kind, wish.bars - first)


def _without_one(form: list[Wish], asked: frozenset[str]) -> list[Wish]:
    """One section less: the last of the least needed kind, and never the only one of a kind asked for."""
    kinds = [wish.kind for wish in form]
    for keep in (asked, frozenset[str]()):
        for kind in _DROPPED_FIRST:
            many = kinds.count(kind)
            if many > (1 if kind in keep or kind in ("chorus", "drop") else 0):
                at = len(kinds) - 1 - kinds[::-1].index(kind)
                # The last chorus stays and an earlier one goes.
                at = kinds.index(kind) if kind in ("chorus", "drop") else at
                return form[:at] + form[at + 1 :]
    return form[:-1]


def _with_middle_again(form: list[Wish]) -> list[Wish]:
    """Everything between intro and outro once more."""
    start = 1 if form[0].kind == "intro" and len(form) > 1 else 0
    end = len(form) - 1 if form[-1].kind == "outro" and len(form) > 1 else len(form)
    middle = [Wish(wish.kind, wish.bars) for wish in form[start:end]]
    return form[:end] + middle + form[end:]


def allotted(form: list[Wish], bars: int, unit: int, fixed: dict[str, int]) -> list[Wish]:
    """Every section as long as it would like to be, then some longer or shorter until the bars are met.

    What grows grows by eight bars, or four, so that verses stay square; the rest goes to the end.
    """
    free = [wish for wish in form if wish.kind not in fixed]
    held = sum(fixed.get(wish.kind, 0) for wish in form)
    if not free or bars - held < len(free):
        free, held = form, 0
    goal = bars - held
    while sum(wish.bars for wish in free) > goal:
        longest = max(free, key=lambda wish: (wish.bars, wish.kind in _SHORTENED_FIRST))
        longest.bars -= min(unit, max(1.0, longest.bars - unit)) if longest.bars > unit else 1
    wished = {id(wish): wish.bars for wish in free}
    while (left := goal - sum(wish.bars for wish in free)) >= 4:
        step = 8 if left >= 8 else 4
        kinds = _LENGTHENED_FIRST if step == 8 or bars <= _SHORT_BARS else _SHORTENED_FIRST
        least = [wish for wish in free if wish.kind in kinds] or free
        # The later of two equals: the last chorus is the long one.
        min(reversed(least), key=lambda wish: (wish.bars >= 16, wish.bars / wished[id(wish)])).bars += step
    free[-1].bars += goal - sum(wish.bars for wish in free)
    return form
