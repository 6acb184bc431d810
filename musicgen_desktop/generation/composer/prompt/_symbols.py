"""Keys and chords in a prompt."""

import re
from typing import Any

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.music import SCALES, Key, parse_progression_bars

from ._page import Page

_MODES = "|".join(sorted((*map(re.escape, SCALES), "maj", "min", "aeolian", "ionian"), key=len, reverse=True))
_ACCIDENTAL = r"\s*-?(?:#|b(?![a-z])|sharp\b|flat\b)|#|b(?=[\s-]*(?:maj|min|m\b))"
_IN = r"\b(?:in\s+(?:the\s+)?key\s+of|key\s*(?:of|is|[:=])?|in)\s+"
_SPELLED = re.compile(
    rf"(?:{_IN})?(?<![\w#'])([a-g])({_ACCIDENTAL})?[\s-]*({_MODES})\b(?:[\s-]+(?:key|scale|mode)\b)?"
)
_NAMED = re.compile(rf"{_IN}([A-Ga-g])((?:#|b)|\s*-?(?:sharp|flat)\b)?(m)?(?![\w#'/])", re.IGNORECASE)
_BARE = re.compile(r"(?<![\w#'])([A-G])(#|b)?(m)?(?![\w#'/])")
_QUALITY = r"(?:maj|min|dim|aug|sus|add|alt|no|m|M|o|ø|Δ|°|\+|-(?=\d)|#|b|\d|\(|\)|/(?=\d))*"
_CHORD = rf"[A-G](?:#|b)?{_QUALITY}(?:/[A-G](?:#|b)?)?"
_BETWEEN = r"[\s|,;→>-]+"
_KEYWORDS = r"\b(?:[Cc]hords?|[Pp]rogression|[Cc]hanges|[Oo]ver)\b\s*(?:of|are|is|like|progression|[:=])?\s*"
_RUN = re.compile(
    rf"(?:{_KEYWORDS})?(?<![\w#'])\|?\s*({_CHORD}(?:{_BETWEEN}(?:{_CHORD}|%))*)(?![\w#'])\s*\|?"
)
_KEYWORD = re.compile(r"(?:chords?|progression|changes|over)\b", re.IGNORECASE)
_ROMAN = r"[b#]?(?:VII|VI|IV|V|III|II|I|vii|vi|iv|v|iii|ii|i)(?:maj|sus|add|dim|o|ø|°|b(?=\d)|#(?=\d)|\d)*"
_ROMANS = re.compile(rf"(?:{_KEYWORDS})?(?<![\w#'])({_ROMAN}(?:{_BETWEEN}{_ROMAN}){{2,}})(?![\w'])")


def read_symbols(page: Page) -> dict[str, Any]:
    """Chords, numerals and key, as fields of a `Reading`; their places are taken."""
    found: dict[str, Any] = {}
    _read_chords(page, found)
    _read_numerals(page, found)
    _read_key(page, found)
    return found


def _read_chords(page: Page, found: dict[str, Any]) -> None:
    for match in page.search(_RUN, cased=True):
        run = match[1]
        has_keyword = bool(_KEYWORD.match(match[0]))
        if "chords" in found or not _are_chords(re.findall(_CHORD, run), has_keyword=has_keyword):
            continue
        try:
            bars = parse_progression_bars(run)
        except UserInputError:
            continue
        found["chords"] = bars
        text = " | ".join(" ".join(map(str, bar)) for bar in bars)
        page.take(*match.span(), f"chords {text}")


def _are_chords(symbols: list[str], *, has_keyword: bool) -> bool:
    """Whether capitals mean chords.

    A lone capital may begin a sentence and A B A is a form; behind “chords” or “over” nearly anything counts.
    """
    if has_keyword:
        return len(symbols) >= 2 or any(len(symbol) > 1 for symbol in symbols)
    if len(symbols) < 3:
        return False
    plain = all(len(symbol) == 1 for symbol in symbols)
    return not plain or len(set(symbols) - {"A", "B", "C"}) > 0


def _read_numerals(page: Page, found: dict[str, Any]) -> None:
    for match in page.search(_ROMANS, cased=True):
        if "chords" in found or "numerals" in found:
            continue
        run = re.sub(r"[,;-]+|->|→", " ", match[1])
        try:
            bars = parse_progression_bars(run, Key.of(0))
        except UserInputError:
            continue
        if bars:
            found["numerals"] = " ".join(run.split()) if "|" in run else " | ".join(run.split())
            page.take(*match.span(), f"progression {found['numerals']}")


def _read_key(page: Page, found: dict[str, Any]) -> None:
    for match in page.search(_SPELLED):
        if match[1] == "a" and not match[2] and _is_article(page, match):
            continue
        if "tonic" not in found:
            _set_key(page, match, f"{match[1]}{_accidental(match[2])} {match[3]}", found)
    for pattern in (_NAMED, _BARE):
        for match in page.search(pattern, cased=True):
            letter, accidental, minor = match[1], _accidental(match[2]), match[3]
            after = page.lower[match.end() :].lstrip()
            # “in a rush” and “in e.g.” are no keys; “in d” is one only where nothing follows.
            plain = letter.islower() and not accidental and not minor
            keyed = "key" in match[0].lower()
            if plain and not keyed and (letter == "a" or (after and after[0].isalnum())):
                continue
            if plain and keyed and letter == "a" and after and after[0].isalnum():
                continue
            if pattern is _BARE and not accidental and not minor:
                continue
            if "tonic" not in found:
                _set_key(
                    page,
                    match,
                    f"{letter}{accidental}{' minor' if minor else ''}",
                    found,
                    named_scale=bool(minor),
                )


def _is_article(page: Page, match: re.Match[str]) -> bool:
    """“In a minor key” and “a minor scale” name no tonic; “in A minor” and “in a minor” do."""
    before = page.lower[: match.start(1)].rstrip()
    after = page.lower[match.end(3) :].lstrip(" -")
    if after.startswith(("key", "mood", "feel", "scale")) or match[0].rstrip().endswith(("key", "scale")):
        return True
    return (
        page.text[match.start(1)] == "a"
        and bool(before)
        and not before.endswith(("in", "of", "key", ":", ","))
    )


def _set_key(
    page: Page, match: re.Match[str], text: str, found: dict[str, Any], *, named_scale: bool = True
) -> None:
    try:
        key = Key.parse(text)
    except UserInputError:
        return
    found["tonic"] = key.tonic
    found["prefer_flats"] = key.prefer_flats
    if named_scale:
        found["scale"] = key.scale
    page.take(*match.span(), f"key {key}" if named_scale else f"key of {key.tonic_name}")


def _accidental(written: str | None) -> str:
    plain = (written or "").strip(" -").lower()
    return {"sharp": "#", "flat": "b"}.get(plain, plain)
