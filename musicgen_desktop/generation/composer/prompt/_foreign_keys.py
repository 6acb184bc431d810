"""Keys as other languages write them: “fis-Moll”, “B-Dur”, “ré mineur”, “si bémol majeur”."""

import re
from collections.abc import Iterator

from ._page import Page

_GERMAN = re.compile(r"(?:\bin\s+)?(?<![\w#'])([a-h])(is|es|s)?[\s-]*(dur|moll)\b(?:[\s-]+tonart\b)?")
_SYLLABLES = {"do": "C", "ut": "C", "re": "D", "mi": "E", "fa": "F", "sol": "G", "la": "A", "si": "B"}
_LATIN = re.compile(
    r"(?:\ben\s+|\bin\s+)?(?<![\w#'])(do|ut|r[eé]|mi|fa|sol|la|si)"
    r"(?:\s*(#|b(?![a-z])|di[eè]se\b|b[eé]mol\b|bemolle\b|diesis\b|sostenido\b))?"
    r"[\s-]*(majeur|mineur|mayor|menor|maggiore|minore)\b"
)


def read_foreign_keys(page: Page) -> Iterator[tuple[re.Match[str], str]]:
    """German, French, Spanish and Italian keys in a prompt: where each stands, and how we write it."""
    for match in page.search(_GERMAN):
        letter = {"h": "B", "b": "Bb"}.get(match[1], match[1].upper())
        if match[2] == "is":
            letter += "#"
        elif match[2] == "es" or (match[2] == "s" and match[1] in "ae"):
            letter = letter[0] + "b"
        elif match[2]:
            continue
        yield match, f"{letter} {'minor' if match[3] == 'moll' else 'major'}"
    for match in page.search(_LATIN):
        letter = _SYLLABLES[match[1].replace("é", "e")]
        sign = match[2] or ""
        sign = "#" if sign.startswith(("#", "d", "s")) else "b" if sign else ""
        yield match, f"{letter}{sign} {'minor' if match[3].startswith(('min', 'men')) else 'major'}"
