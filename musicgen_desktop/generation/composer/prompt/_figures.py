"""Numbers in a prompt: tempo, meter and length."""

import re
from typing import Any

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.generation.request import check_bars, check_seconds, check_tempo
from musicgen_desktop.timing import Meter

from ._page import Page
from ._vocabulary import Phrases

_N = r"(-?\d{1,9}(?:\.\d{1,3})?)"
# “124,5 bpm”; not “16,90 bpm” or “tempo 120,8 bars”, which list two numbers.
_BPM = (
    r"(-?(?:(?:[4-9]\d|[123]\d\d),\d{1,2}(?!\d|\s*/|[\s-]*(?:bars?|measures?|min(?:ute)?s?|sec(?:ond)?s?|s)\b)"
    r"|\d{1,9}(?:\.\d{1,3})?))"
)
_RANGE = re.compile(r"(?<![\d.])(\d{2,3})\s*(?:-|to)\s*(\d{2,3})\s*-?\s*bpm\b")
_TEMPI = (
    re.compile(rf"(?:\bat\s+|@\s*)?(?<![\w.]){_BPM}\s*-?\s*(?:bpm\b|beats? per minute\b)"),
    re.compile(rf"\b(?:bpm|tempo)\s*(?:of|is|at|around|about|[:=@])?\s*{_BPM}(?![\w/:])"),
    re.compile(
        r"(?:\bat|@|\baround|\babout)\s*(\d{2,3}(?:\.\d+)?)(?![\w/:.]|\s*-?\s*(?:bars?|measures?|seconds?|secs?|s\b|min|bit|%))"
    ),
)
# “trap, dark, Cm, 140”: a number that stands alone in a list and could well be a tempo.
_LISTED = re.compile(r"(?:(?<=[,;|\n])|(?<=[,;|\n] ))\s*(\d{2,3})(?=\s*(?:[,;|\n.]|$))")
_LIKELY_BPM = range(50, 221)
_METER = re.compile(
    r"(?:\bin\s+)?(?<![\d/.])(\d{1,3})\s*/\s*(\d{1,3})(?![\d/])(?:\s+(?:time(?:\s+signature)?|meter|metre)\b)?"
)
_SECTIONS = "intro|outro|verse|chorus|bridge|breakdown|build|drop|solo"
_CLOCK = re.compile(r"(?<![\d:])(\d{1,2}):([0-5]\d)(?![\d:])(?:\s*(?:minutes|min|long))?")
_LABELLED_BARS = re.compile(
    r"\b(?:bars|measures|length)\s*[:=]\s*(-?\d{1,9}(?:\.\d{1,3})?)(?![\w.:/])(?!\s*(?:s|m))"
)
# “20s”, “30s” and “40s” are lengths unless music of that time follows.
_EARLY_DECADE = re.compile(r"(?<!\w)[234]0'?s\s+([a-z]+(?:[\s-][a-z]+)?)")
_EARLY_STYLES = frozenset({"jazz", "blues", "country", "waltz", "folk", "latin"})
_JOIN = r"[\s-]*"


def read_figures(page: Page, phrases: Phrases, found: dict[str, Any]) -> None:
    """Put what the numbers say into the fields of a `Reading`; their places are taken.

    Raises:
        UserInputError: for a tempo, a meter or a length that cannot be.
    """
    _read_tempo(page, found)
    _read_meter(page, found)
    _read_length(page, phrases, found)
    for match in page.search(_LISTED):
        if int(match[1]) in _LIKELY_BPM:
            _set_tempo(page, match, float(match[1]), found)


def _read_tempo(page: Page, found: dict[str, Any]) -> None:
    for match in page.search(_RANGE):
        bpm = (float(match[1]) + float(match[2])) / 2
        _set_tempo(page, match, bpm, found)
    for pattern in _TEMPI:
        for match in page.search(pattern):
            _set_tempo(page, match, float(match[1].replace(",", ".")), found)


def _set_tempo(page: Page, match: re.Match[str], bpm: float, found: dict[str, Any]) -> None:
    check_tempo(bpm)
    decide(page, match, found, "tempo_bpm", bpm, f"{bpm:g} BPM", f"tempo {bpm:g} BPM", "tempo")


def decide(
    page: Page,
    match: re.Match[str],
    found: dict[str, Any],
    field: str,
    value: Any,
    name: str,
    meaning: str,
    about: str,
) -> None:
    """The first that is said of a matter counts; of the others it is said that they do not."""
    span = match.span()
    if page.is_denied(match.start()):
        page.take(*span, f"not {name}")
        return
    names = found.setdefault("said", {})
    if about not in names:
        names[about] = name
        found[field] = value
        page.take(*span, meaning, about)
    elif names[about] == name:
        page.take(*span, meaning, about)
    else:
        page.take(*span, not_used(names[about]), about)


def not_used(winner: str) -> str:
    """What is told of words that others beat."""
    return f"not used: {winner} was asked for too"


def bars_text(bars: int) -> str:
    """A number of bars for a person to read.

    >>> bars_text(1), bars_text(16)
    ('1 bar', '16 bars')
    """
    return "1 bar" if bars == 1 else f"{bars} bars"


def _read_meter(page: Page, found: dict[str, Any]) -> None:
    for match in page.search(_METER):
        # “1/16 hats” is a note value, and 24/7 is how long the shop is open.
        if match[1] == "1" or (match[1], match[2]) == ("24", "7"):
            continue
        meter = Meter.parse(f"{match[1]}/{match[2]}")
        decide(page, match, found, "meter", meter, str(meter), f"meter {meter}", "meter")


def _read_length(page: Page, phrases: Phrases, found: dict[str, Any]) -> None:
    numbers = phrases.vocabulary.numbers
    words = "|".join(sorted(map(re.escape, numbers), key=len, reverse=True)).replace(r"\ ", r"[\s-]")
    number = rf"(?<![\w.])(-?\d{{1,9}}(?:\.\d{{1,3}})?|{words})"

    def value(text: str) -> float:
        plain = " ".join(text.replace("-", " ").split())
        return float(numbers[plain]) if plain in numbers else float(text)

    # The 12-bar blues is a form, no length.
    blues = re.compile(r"(?<!\w)(?:12|twelve)[\s-]*bars?(?=[\s-]*(?:\w+[\s-]+)?blues)")
    for match in page.search(blues):
        page.take(*match.span(), "12-bar blues form", "form")
        found["blues12"] = True
    section_bars: dict[str, int] = {}
    for match in page.search(
        re.compile(rf"{number}{_JOIN}(?:bars?|measures?){_JOIN}(?:long\s+)?({_SECTIONS})s?\b")
    ):
        bars = _whole(value(match[1]))
        check_bars(bars)
        section_bars[match[2]] = bars
        page.take(
            *match.span(), f"{'an' if match[2][0] in 'io' else 'a'} {match[2]} of {bars_text(bars)}", "form"
        )
    if section_bars:
        found["section_bars"] = section_bars
    counted = re.compile(rf"{number}{_JOIN}(?:bars?|measures?)\b(?:[\s-]+long\b)?")
    for match in sorted(page.search(counted) + page.search(_LABELLED_BARS), key=re.Match.start):
        bars = _whole(value(match[1]))
        check_bars(bars)
        if page.is_free(*match.span()):
            decide(
                page, match, found, "bars", bars, f"a length of {bars_text(bars)}", bars_text(bars), "length"
            )
    decades = _early_decades(page, phrases)
    for seconds, match in _durations(page, number, value):
        if match.start() in decades:
            continue
        check_seconds(seconds)
        text = f"{seconds:g} second{'' if seconds == 1 else 's'}"
        decide(page, match, found, "seconds", seconds, f"a length of {text}", text, "length")


def _early_decades(page: Page, phrases: Phrases) -> frozenset[int]:
    starts = []
    for match in page.search(_EARLY_DECADE):
        words = match[1].replace("-", " ")
        for phrase in (words, words.split()[0]):
            entry = phrases.find(phrase)
            if entry is not None and entry.kind in ("style", "adjective") and entry.name in _EARLY_STYLES:
                starts.append(match.start())
    return frozenset(starts)


def _durations(page: Page, number: str, value: Any) -> list[tuple[float, re.Match[str]]]:
    minutes = r"(?<![a-z])(?:minutes?|mins?)\b"  # “amin” is a key
    # “30s” and “60 s” are lengths, the 50s to 00s are decades, and an 808 is a drum machine.
    seconds = (
        r"(?:seconds?\b|secs?\b|"
        r"(?<!\b[567890]0)(?<!\b19\d0)(?<!\b20\d0)(?<!808)(?<!909)(?<!303)s\b|s(?=[\s-]+long\b))(?:[\s-]+long\b)?"
    )
    patterns: list[tuple[str, Any]] = [
        (
            rf"{number}{_JOIN}{minutes}[\s,]*(?:and\s+)?{number}{_JOIN}{seconds}",
            lambda m: value(m[1]) * 60 + value(m[2]),
        ),
        (
            rf"{number}\s+(?:and\s+a\s+half{_JOIN}{minutes}|{minutes}\s+and\s+a\s+half)",
            lambda m: value(m[1]) * 60 + 30,
        ),
        (rf"half\s+(?:a\s+|of\s+a\s+)?{minutes}", lambda _: 30.0),
        (rf"{number}{_JOIN}{minutes}(?:[\s-]+long\b)?", lambda m: value(m[1]) * 60),
        (rf"{number}{_JOIN}{seconds}", lambda m: value(m[1])),
    ]
    out: list[tuple[float, re.Match[str]]] = []
    for text, amount in patterns:
        for match in page.search(re.compile(text)):
            if not any(match.start() < other.end() and other.start() < match.end() for _, other in out):
                out.append((amount(match), match))
    out.extend((float(match[1]) * 60 + float(match[2]), match) for match in page.search(_CLOCK))
    return sorted(out, key=lambda entry: entry[1].start())


def _whole(number: float) -> int:
    if number != int(number):
        raise UserInputError(
            f"A song has whole bars; ask for {int(number)} or {int(number) + 1} instead of {number:g}."
        )
    return int(number)
