"""The prompt as it lies on the desk: which of its words are understood already, and as what."""

import re

import msgspec

from musicgen_desktop.generation.result import Understood

_SIGNS = str.maketrans(
    {"♯": "#", "♭": "b", "–": "-", "—": "-", "−": "-", "’": "'", "‘": "'", "\u00a0": " ", "_": " "}
)
_TOKEN = re.compile(r"[^\W_]+(?:['#][^\W_]+)*#?|&")


class Token(msgspec.Struct, frozen=True):
    """A word and where it stands; `glued` when only blanks or hyphens part it from the one before."""

    word: str
    start: int
    end: int
    glued: bool


class Page:
    """A prompt, read piece by piece. `text` keeps its case, `lower` has the same length."""

    def __init__(self, prompt: str) -> None:
        self.text = prompt.translate(_SIGNS)
        # Some letters get longer in lower case; those stay as they are, so that positions agree.
        self.lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in self.text)
        self._used = bytearray(len(self.text))
        self._found: list[tuple[int, Understood]] = []

    def is_free(self, start: int, end: int) -> bool:
        """Whether nothing there is understood yet."""
        return not any(self._used[start:end])

    def take(self, start: int, end: int, meaning: str) -> None:
        """Mark a place as understood; without a meaning it is only marked."""
        self._used[start:end] = b"\x01" * (end - start)
        if meaning:
            words = " ".join(self.text[start:end].split()).strip(" ,;.:")
            self._found.append((start, Understood(words=words, meaning=meaning)))

    def search(self, pattern: re.Pattern[str], *, cased: bool = False) -> list[re.Match[str]]:
        """All matches on places that are still free."""
        text = self.text if cased else self.lower
        return [match for match in pattern.finditer(text) if self.is_free(*match.span())]

    def tokens(self) -> list[Token]:
        """The words that are still free, in order."""
        out: list[Token] = []
        before = 0
        for match in _TOKEN.finditer(self.lower):
            if self.is_free(*match.span()):
                between = self.lower[before : match.start()]
                glued = bool(out) and self.is_free(before, match.start()) and not between.strip(" -/\t\n+")
                word = "and" if match[0] == "&" else match[0]
                out.append(Token(word, match.start(), match.end(), glued))
            before = match.end()
        return out

    @property
    def understood(self) -> tuple[Understood, ...]:
        """What was taken, in the order of the prompt."""
        return tuple(found for _, found in sorted(self._found, key=lambda entry: entry[0]))
