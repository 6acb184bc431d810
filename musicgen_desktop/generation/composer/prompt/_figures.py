"""Numbers in a prompt: tempo, meter and length."""

import re
from collections.abc import Mapping
from typing import Any

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.generation.request import check_bars, check_seconds, check_tempo
from musicgen_desktop.timing import Meter

from ._page import Page

_N = r"(-?\d{1,9}(?:\.\d{1,3})?)"
_RANGE = re.compile(r"(?<![\d.])(\d{2,3})\s*(?:-|to)\s*(\d{2,3})\s*-?\s*bpm\b")
_TEMPI = (
    re.compile(rf"(?:\bat\s+|@\s*)?(?<![\w.]){_N}\s*-?\s*(?:bpm\b|beats? per minute\b)"),
    re.compile(rf"\b(?:bpm|tempo)\s*(?:of|is|at|around|about|[:=@])?\s*{_N}(?![\w/:])"),
    re.compile(
        r"(?:\bat|@|\baround|\babout)\s*(\d{2,3}(?:\.\d+)?)(?![\w/:.]|\s*-?\s*(?:bars?|measures?|seconds?|secs?|s\b|min|bit|%))"
    ),
)
_METER = re.compile(
    r"(?:\bin\s+)?(?<![\d/.])(\d{1,3})\s*/\s*(\d{1,3})(?![\d/])(?:\s+(?:time(?:\s+signature)?|meter|metre)\b)?"
)
_SECTIONS = "intro|outro|verse|chorus|bridge|breakdown|build|drop|solo"
_CLOCK = re.compile(r"(?<![\d:])(\d{1,2}):([0-5]\d)(?![\d:])(?:\s*(?:minutes|min|long))?")
_JOIN = r"[\s-]*"


def read_figures(page: Page, numbers: Mapping[str, int]) -> dict[str, Any]:
    """What the numbers say, as fields of a `Reading`; their places are taken.

    Raises:
        UserInputError: for a tempo, a meter or a length that cannot be.
    """
    found: dict[str, Any] = {}
    _read_tempo(page, found)
    _read_meter(page, found)
    _read_length(page, numbers, found)
    return found


def _read_tempo(page: Page, found: dict[str, Any]) -> None:
    for match in page.search(_RANGE):
        bpm = (float(match[1]) + float(match[2])) / 2
        _set_tempo(page, match, bpm, found)
    for pattern in _TEMPI:
        for match in page.search(pattern):
            _set_tempo(page, match, float(match[1]), found)


def _set_tempo(page: Page, match: re.Match[str], bpm: float, found: dict[str, Any]) -> None:
    check_tempo(bpm)
    if "tempo_bpm" not in found:
        found["tempo_bpm"] = bpm
        page.take(*match.span(), f"tempo {bpm:g} BPM")


def _read_meter(page: Page, found: dict[str, Any]) -> None:
    for match in page.search(_METER):
        # “1/16 hats” is a note value, and 24/7 is how long the shop is open.
        if match[1] == "1" or (match[1], match[2]) == ("24", "7"):
            continue
        meter = Meter.parse(f"{match[1]}/{match[2]}")
        if "meter" not in found:
            found["meter"] = meter
            page.take(*match.span(), f"meter {meter}")


def _read_length(page: Page, numbers: Mapping[str, int], found: dict[str, Any]) -> None:
    words = "|".join(sorted(map(re.escape, numbers), key=len, reverse=True)).replace(r"\ ", r"[\s-]")
    number = rf"(?<![\w.])(-?\d{{1,9}}(?:\.\d{{1,3}})?|{words})"

    def value(text: str) -> float:
        plain = " ".join(text.replace("-", " ").split())
        return float(numbers[plain]) if plain in numbers else float(text)

    # The 12-bar blues is a form, no length.
    blues = re.compile(r"(?<!\w)(?:12|twelve)[\s-]*bars?(?=[\s-]*(?:\w+[\s-]+)?blues)")
    for match in page.search(blues):
        page.take(*match.span(), "12-bar blues form")
        found["blues12"] = True
    section_bars: dict[str, int] = {}
    for match in page.search(
        re.compile(rf"{number}{_JOIN}(?:bars?|measures?){_JOIN}(?:long\s+)?({_SECTIONS})s?\b")
    ):
        bars = _whole(value(match[1]))
        check_bars(bars)
        section_bars[match[2]] = bars
        page.take(*match.span(), f"a {match[2]} of {bars} bars")
    if section_bars:
        found["section_bars"] = section_bars
    for match in page.search(re.compile(rf"{number}{_JOIN}(?:bars?|measures?)\b(?:[\s-]+long\b)?")):
        bars = _whole(value(match[1]))
        check_bars(bars)
        if "bars" not in found:
            found["bars"] = bars
            page.take(*match.span(), f"{bars} bars")
    for seconds, match in _durations(page, number, value):
        check_seconds(seconds)
        if "seconds" not in found:
            found["seconds"] = seconds
            page.take(*match.span(), f"{seconds:g} seconds")


def _durations(page: Page, number: str, value: Any) -> list[tuple[float, re.Match[str]]]:
    minutes = r"(?:minutes?|mins?)\b"
    # “30s” is a length, the 50s, 70s, 80s and 90s are styles, and an 808 is a drum machine.
    seconds = r"(?:seconds?|secs?|(?<![5789]0)(?<!808)(?<!909)(?<!303)s)\b(?:[\s-]+long\b)?"
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
