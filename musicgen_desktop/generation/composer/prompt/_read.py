"""Reads a prompt: numbers first, then keys and chords, then the longest phrases that are known."""

import re
from collections.abc import Iterable
from typing import Any

from ._figures import read_figures
from ._page import Page
from ._reading import Reading
from ._symbols import read_symbols
from ._vocabulary import load_vocabulary
from ._words import Walk

_FORM = re.compile(r"(?<![\w-])([A-D](?:[\s-]?[A-D]){2,11})(?![\w#'-])")


def read_prompt(prompt: str, styles: Iterable[tuple[str, str, tuple[str, ...]]]) -> Reading:
    """What a prompt says about a song.

    Args:
        prompt: plain English; may be empty.
        styles: (id, name, words) of every style there is.

    Raises:
        UserInputError: for a tempo, a meter or a length that cannot be.
    """
    phrases = load_vocabulary().with_styles(styles)
    page = Page(prompt)
    found = read_figures(page, phrases.vocabulary.numbers)
    is_blues = found.pop("blues12", False)
    _read_letters(page, found)
    found |= read_symbols(page)
    walk = Walk(page, phrases)
    walk.read()
    if is_blues:
        walk.findings.features.append("blues12")
    fields = walk.findings.fields() | found
    return Reading(**fields, understood=page.understood, not_understood=walk.not_understood())


def _read_letters(page: Page, found: dict[str, Any]) -> None:
    """AABA, A-B-A-B, “ABAC form”; not a word such as BAD, nor chords such as A D A."""
    for match in page.search(_FORM, cased=True):
        letters = re.sub(r"[\s-]", "", match[1])
        is_form = letters[0] == "A" and "B" in letters and set(letters) <= set("ABCD"[: len(set(letters))])
        is_spaced = len(letters) != len(match[1])
        if is_form and "letters" not in found and not (is_spaced and "D" in letters):
            found["letters"] = letters
            page.take(*match.span(), f"form {letters}")
