"""Reads a prompt: numbers first, then keys and chords, then the longest phrases that are known."""

import re
from collections.abc import Iterable
from typing import Any

from musicgen_desktop.generation.request import check_bars

from ._figures import decide, read_figures
from ._page import Page, words_of
from ._reading import Reading
from ._spelling import slips
from ._symbols import read_symbols
from ._vocabulary import Phrases, load_vocabulary
from ._words import Walk

_FORM = re.compile(r"(?<![\w-])([A-D](?:[\s-]?[A-D]){2,11})(?![\w#'-])")
_LOWER_FORM = re.compile(r"(?<![\w-])([a-d]{3,12})(?=[\s-]+form\b)")
_ARTIST = re.compile(
    r"\b(?:[Ll]ike|[Ss]tyle of|[Ss]imilar to|[Ii]nspired by|[Rr]eminiscent of|(?:à|[Aa]) la)\s+"
    r"((?:[A-Z][\w'.&]*)(?:\s+(?:and\s+|the\s+|&\s+)?[A-Z][\w'.&]*){0,3})"
)
_KINDS = (
    r"(intro|verse|pre[\s-]?chorus|chorus|refrain|bridge|breakdown|break|build[\s-]?up|build|drop|solo|outro"
    r"|ending|coda)"
)
# “8 bar intro”, “intro 8” and “intro (8 bars)”; the number behind must not belong to what comes next.
_SECTION_TEXT = (
    rf"(?:(?<!\w)(\d{{1,3}})[\s-]*(?:bars?)?[\s-]+)?\b{_KINDS}"
    rf"(?:\s*[:(]?\s*(\d{{1,3}})(?![\w/.])(?!\s*bpm|[\s-]*bars?\s+{_KINDS})\)?(?:\s*bars?\b\)?)?)?"
)
_SECTION = re.compile(_SECTION_TEXT)
_ORDER = re.compile(
    rf"(?<!\w){_SECTION_TEXT}"
    rf"(?:(?:\s*(?:,|;|\||->|-|>|→|\+|\bthen\b|\band\b)\s*|\s+){_SECTION_TEXT}){{2,39}}(?!\w)"
)
_KIND_OF = {"refrain": "chorus", "break": "breakdown", "buildup": "build", "ending": "outro", "coda": "outro"}


def read_prompt(prompt: str, styles: Iterable[tuple[str, str, tuple[str, ...]]]) -> Reading:
    """What a prompt says about a song.

    Args:
        prompt: plain English; may be empty.
        styles: (id, name, words) of every style there is.

    Raises:
        UserInputError: for a tempo, a meter or a length that cannot be.
    """
    phrases = load_vocabulary().with_styles(styles)
    page = Page(prompt, slips(words_of(prompt), phrases.words))
    _read_artists(page, phrases)
    found: dict[str, Any] = {}
    _read_order(page, found)
    read_figures(page, phrases, found)
    is_blues = found.pop("blues12", False)
    _read_letters(page, found)
    read_symbols(page, phrases, found)
    walk = Walk(page, phrases, found)
    walk.read()
    if is_blues:
        walk.findings.features.append("blues12")
    found.pop("said", None)
    fields = walk.findings.fields() | found
    return Reading(**fields, found=page.found, not_understood=page.missed)


def _read_artists(page: Page, phrases: Phrases) -> None:
    """“Like Daft Punk” names people whom we do not know, not punk."""
    for match in page.search(_ARTIST, cased=True):
        words = words_of(match[1])
        if any(word not in phrases.words for word in words):
            page.miss(*match.span(1))


def _read_order(page: Page, found: dict[str, Any]) -> None:
    """“Intro verse chorus verse chorus outro”, also with bars: “intro 4, verse 8, chorus 8”."""
    for match in page.search(_ORDER):
        order = []
        for item in _SECTION.finditer(match[0]):
            bars = int(item[1] or item[3] or 0)
            if bars:
                check_bars(bars)
            order.append((_KIND_OF.get(item[2].replace("-", "").replace(" ", ""), item[2]), bars))
        text = ", ".join(f"{kind} {bars}" if bars else kind for kind, bars in order)
        decide(page, match, found, "order", tuple(order), f"the form {text}", f"form: {text}", "form")


def _read_letters(page: Page, found: dict[str, Any]) -> None:
    """AABA, A-B-A-B, “ABAC form”; not a word such as BAD, nor chords such as A D A."""
    for match in sorted(page.search(_FORM, cased=True) + page.search(_LOWER_FORM), key=re.Match.start):
        letters = re.sub(r"[\s-]", "", match[1]).upper()
        is_form = letters[0] == "A" and "B" in letters and set(letters) <= set("ABCD"[: len(set(letters))])
        is_spaced = len(letters) != len(match[1])
        if is_form and not (is_spaced and "D" in letters):
            decide(page, match, found, "letters", letters, f"the form {letters}", f"form: {letters}", "form")
