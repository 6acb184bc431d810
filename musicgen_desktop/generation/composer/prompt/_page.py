"""The prompt as it lies on the desk: which of its words are understood already, and as what."""

import re
from collections.abc import Mapping

import msgspec

_SIGNS = str.maketrans(
    {"♯": "#", "♭": "b", "–": "-", "—": "-", "−": "-", "’": "'", "‘": "'", "\u00a0": " ", "_": " "}
)
_TOKEN = re.compile(r"[^\W_]+(?:['#][^\W_]+)*#?|&")
_DECADE = re.compile(r"(?:19|20)?(\d0)'?s")
_DENYING = re.compile(r"\b(?:not|no|without|never|don't|dont)\s+(?:in\s+|at\s+|a\s+|an\s+)?$")
_EDGES = " ,;.:|"


class Token(msgspec.Struct, frozen=True):
    """A word and where it stands; `glued` when only blanks or hyphens part it from the one before."""

    word: str
    start: int
    end: int
    glued: bool


class Found(msgspec.Struct, frozen=True):
    """Words of the prompt and what they say; `about` is what they decide, such as "tempo"."""

    words: str
    meaning: str
    about: str = ""


class Page:
    """A prompt, read piece by piece. `text` keeps its case, `lower` has the same length."""

    def __init__(self, prompt: str, mended: Mapping[str, str] | None = None) -> None:
        """A fresh page.

        Args:
            prompt: as it was typed.
            mended: misspelt words in lower case → what they are read as.
        """
        self._typed: list[tuple[int, int, str]] = []  # place in `text`, what was typed there
        self.text = self._mend(prompt.translate(_SIGNS), mended or {})
        # Some letters get longer in lower case; those stay as they are, so that positions agree.
        self.lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in self.text)
        self._used = bytearray(len(self.text))
        self._found: dict[int, Found] = {}
        self._missed: dict[int, str] = {}

    def _mend(self, text: str, mended: Mapping[str, str]) -> str:
        out, before = "", 0
        for match in _TOKEN.finditer(text) if mended else ():
            if (right := mended.get(match[0].lower())) is not None:
                out += text[before : match.start()]
                self._typed.append((len(out), len(out) + len(right), match[0]))
                out += right
                before = match.end()
        return out + text[before:]

    def is_free(self, start: int, end: int) -> bool:
        """Whether nothing there is understood yet."""
        return not any(self._used[start:end])

    def is_denied(self, start: int) -> bool:
        """Whether the words just before say “not”."""
        return bool(_DENYING.search(self.lower[:start]))

    def take(self, start: int, end: int, meaning: str, about: str = "", *, read_as: str = "") -> None:
        """Mark a place as understood; without a meaning it is only marked."""
        self._used[start:end] = b"\x01" * (end - start)
        if meaning:
            self._found[start] = Found(self._words(start, end, read_as), meaning, about)

    def amend(self, start: int, meaning: str) -> None:
        """Say something else of the words that were taken at `start`."""
        if start in self._found:
            self._found[start] = msgspec.structs.replace(self._found[start], meaning=meaning)

    def miss(self, start: int, end: int) -> None:
        """Mark words that say nothing to us."""
        self._used[start:end] = b"\x01" * (end - start)
        self._missed[start] = self._as_typed(start, end)

    def _words(self, start: int, end: int, read_as: str) -> str:
        typed = self._as_typed(start, end)
        read = read_as or " ".join(self.text[start:end].split()).strip(_EDGES)
        return typed if typed == read or not (read_as or self._typed) else f"{typed} (read as {read})"

    def _as_typed(self, start: int, end: int) -> str:
        out, at = "", start
        for first, last, typed in self._typed:
            if start <= first and last <= end:
                out += self.text[at:first] + typed
                at = last
        return " ".join((out + self.text[at:end]).split()).strip(_EDGES)

    def search(self, pattern: re.Pattern[str], *, cased: bool = False) -> list[re.Match[str]]:
        """All matches on places that are still free."""
        text = self.text if cased else self.lower
        return [match for match in pattern.finditer(text) if self.is_free(*match.span())]

    def tokens(self) -> list[Token]:
        """The words that are still free, in order; “1980s” and “80's” as “80s”."""
        out: list[Token] = []
        before = 0
        for match in _TOKEN.finditer(self.lower):
            if self.is_free(*match.span()):
                between = self.lower[before : match.start()]
                glued = bool(out) and self.is_free(before, match.start()) and not between.strip(" -/\t\n+")
                decade = _DECADE.fullmatch(match[0])
                word = "and" if match[0] == "&" else f"{decade[1]}s" if decade else match[0]
                out.append(Token(word, match.start(), match.end(), glued))
            before = match.end()
        return out

    @property
    def found(self) -> tuple[Found, ...]:
        """What was taken, in the order of the prompt."""
        return tuple(self._found[start] for start in sorted(self._found))

    @property
    def missed(self) -> tuple[str, ...]:
        """What said nothing to us, as it was written."""
        return tuple(dict.fromkeys(self._missed[start] for start in sorted(self._missed)))


def words_of(text: str) -> list[str]:
    """The words of a text in lower case, as `Page.tokens` splits them."""
    return [match[0].lower() for match in _TOKEN.finditer(text.translate(_SIGNS))]
