"""Keys and chords in a prompt."""

import re
from typing import Any

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.music import SCALES, Key, parse_progression_bars

from ._figures import decide
from ._foreign_keys import read_foreign_keys
from ._page import Page, words_of
from ._vocabulary import Phrases

_MODES = "|".join(sorted((*map(re.escape, SCALES), "maj", "min", "aeolian", "ionian"), key=len, reverse=True))
_ACCIDENTAL = r"\s*-?(?:#|b(?![a-z])|sharp\b|flat\b)|#|b(?=[\s-]*(?:maj|min|m\b))"
_IN = r"\b(?:in\s+(?:the\s+)?key\s+of|key\s*(?:of|is|[:=])?|in)\s+"
_SPELLED = re.compile(
    rf"(?:{_IN})?(?<![\w#'])([a-g])({_ACCIDENTAL})?[\s-]*({_MODES})\b(?:[\s-]+(?:key|scale|mode)\b)?"
)
_NAMED = re.compile(rf"{_IN}([A-Ga-g])((?:#|b)|\s*-?(?:sharp|flat)\b)?(m)?(?![\w#'/])", re.IGNORECASE)
_BARE = re.compile(r"(?<![\w#'])([A-G])(#|b)?(m)?(?![\w#'/])")
_TUNING = re.compile(
    r"\b[Dd]rop(?:ped)?[\s-]+(?:[A-G](?:#|b)?|[a-g](?:#|b)?(?=\s+tun))(?![\w#'])(?:\s+tun(?:ing|ed)\b)?"
)
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


def read_symbols(page: Page, phrases: Phrases, found: dict[str, Any]) -> None:
    """Put chords, numerals and key into the fields of a `Reading`; their places are taken."""
    _read_tunings(page)
    _read_chords(page, found)
    _read_numerals(page, found)
    for match, text in read_foreign_keys(page):
        _set_key(page, match, text, found)
    _read_key(page, phrases, found)


def _read_tunings(page: Page) -> None:
    """“Drop C” is how a guitar is tuned, which changes no note of ours."""
    for match in page.search(_TUNING, cased=True):
        page.miss(*match.span())


def _read_chords(page: Page, found: dict[str, Any]) -> None:
    for match in page.search(_RUN, cased=True):
        run = match[1]
        has_keyword = bool(_KEYWORD.match(match[0]))
        if not _are_chords(re.findall(_CHORD, run), has_keyword=has_keyword):
            continue
        try:
            bars = parse_progression_bars(run)
        except UserInputError:
            continue
        text = " | ".join(" ".join(map(str, bar)) for bar in bars)
        decide(page, match, found, "chords", bars, f"chords {text}", f"chords {text}", "chords")


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
        run = re.sub(r"[,;-]+|->|→", " ", match[1])
        try:
            bars = parse_progression_bars(run, Key.of(0))
        except UserInputError:
            continue
        if bars:
            numerals = " ".join(run.split()) if "|" in run else " | ".join(run.split())
            text = f"progression {numerals}"
            decide(page, match, found, "numerals", numerals, text, text, "chords")


def _read_key(page: Page, phrases: Phrases, found: dict[str, Any]) -> None:
    for match in page.search(_SPELLED):
        if match[1] == "a" and not match[2] and _is_article(page, phrases, match):
            if match[3] in ("minor", "major") and _is_everyday(page, phrases, match):
                page.miss(match.start(3), match.end(3))
            continue
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
            _set_key(
                page,
                match,
                f"{letter}{accidental}{' minor' if minor else ''}",
                found,
                named_scale=bool(minor),
            )


def _is_article(page: Page, phrases: Phrases, match: re.Match[str]) -> bool:
    """Whether the “a” of “a minor …” names no tonic.

    “In a minor”, “lofi, a minor, slow” and “A minor lofi” name one; “in a minor key”, “a major scale”,
    “a blues” and “a minor inconvenience” do not; “amin” does, wherever it stands.
    """
    if match.end(1) == match.start(3):
        return False
    before = page.lower[: match.start(1)].rstrip()
    after = page.lower[match.end(3) :].lstrip(" -")
    if after.startswith(("key", "mood", "feel", "scale")) or match[0].rstrip().endswith(("key", "scale")):
        return True
    if match[0].startswith(("in", "key")) or before.endswith(("key of", "in", "key", ":", "=")):
        return False
    if match[3] == "blues":
        return True
    follows = words_of(after[:40]) if after[:1].isalnum() else []
    if page.text[match.start(1)] == "A":
        # At the head of a sentence “A” is an article too, where what follows is none of our words.
        starts = not before or before.endswith((".", "!", "?"))
        return starts and bool(follows) and follows[0] not in phrases.words
    return bool(follows) or not (not before or before.endswith((",", ";", "|", "\n")))


def _is_everyday(page: Page, phrases: Phrases, match: re.Match[str]) -> bool:
    """Whether “minor” is no word of music: “a minor inconvenience”."""
    after = page.lower[match.end(3) :].lstrip(" -")
    follows = words_of(after[:40]) if after[:1].isalnum() else []
    return bool(follows) and follows[0] not in phrases.words


def _set_key(
    page: Page, match: re.Match[str], text: str, found: dict[str, Any], *, named_scale: bool = True
) -> None:
    try:
        key = Key.parse(text)
    except UserInputError:
        return
    name = str(key) if named_scale else f"the key of {key.tonic_name}"
    said = found.get("said", {}).get("key")
    decide(page, match, found, "tonic", key.tonic, name, f"key {key}" if named_scale else name[4:], "key")
    if said is None and "tonic" in found:
        found["prefer_flats"] = key.prefer_flats
        if named_scale:
            found["scale"] = key.scale


def _accidental(written: str | None) -> str:
    plain = (written or "").strip(" -").lower()
    return {"sharp": "#", "flat": "b"}.get(plain, plain)
