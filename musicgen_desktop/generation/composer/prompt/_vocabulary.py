"""The words we know; data in resources/prompt/words.toml and in the style files."""

import tomllib
from collections.abc import Iterable
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import msgspec

from musicgen_desktop.foundation import resources_folder

# What stands beside numbers and letters, read before any word is looked up.
_BESIDE_FIGURES = frozenset(
    (
        "bpm",
        "bars",
        "measures",
        "measure",
        "seconds",
        "secs",
        "minutes",
        "mins",
        "tempo",
        "meter",
        "sharp",
        "flat",
    )
)


class Entry(msgspec.Struct, frozen=True):
    """What a phrase means: a kind ("style", "mood", …), a name, and what the data says of it."""

    kind: str
    name: str
    data: dict[str, Any] = {}


class Vocabulary:
    """Phrases in `plain` form → entries; single words to leave out, to deny and to exclude with."""

    def __init__(self, tables: dict[str, Any]) -> None:
        self.stop = frozenset(_plain(word) for word in tables["stop"])
        self.negations = frozenset(_plain(word) for word in tables["negations"])
        self.only = frozenset(_plain(word) for word in tables["only"])
        self.plain_words = self.stop | self.negations | self.only
        self.but_not = frozenset(_plain(word) for word in tables["but_not"])
        self.numbers: dict[str, int] = tables["numbers"]
        self.lines: dict[str, str] = {
            _plain(word): role for role, words in tables["lines"].items() for word in words
        }
        self.pieces = frozenset(_plain(word) for word in tables["pieces"])
        self.weak_styles = frozenset(_plain(word) for word in tables["styles"]["weak"])
        self.half_weak_styles = frozenset(_plain(word) for word in tables["styles"]["half_weak"])
        self._phrases: dict[str, Entry] = {}
        for table in ("instruments", "moods"):
            for name, data in tables[table].items():
                self._add(data["words"], Entry(table[:-1], name, data))
        kinds = {"tempo_marks": "tempo", "tempo_places": "place", "meters": "meter", "scales": "scale"}
        for table, kind in kinds.items():
            for phrase, value in tables[table].items():
                self._add([phrase], Entry(kind, phrase, {"value": value}))
        for phrase, data in tables["feel"].items():
            self._add([phrase], Entry("feel", phrase, data))
        for name, phrases in tables["features"].items():
            self._add(phrases, Entry("feature", name))
        for style, phrases in tables["styles"]["adjectives"].items():
            self._add(phrases, Entry("adjective", style))
        self.words = frozenset(
            word
            for phrase in (*self._phrases, *self.plain_words, *self.numbers, *self.lines)
            for word in phrase.split()
        )

    def _add(self, phrases: Iterable[str], entry: Entry) -> None:
        for phrase in phrases:
            self._phrases.setdefault(_plain(phrase), entry)

    def with_styles(self, names: Iterable[tuple[str, str, tuple[str, ...]]]) -> "Phrases":
        """The phrases together with the styles' own words: (id, name, words) of each style."""
        styles: dict[str, str] = {}
        for style_id, name, words in names:
            for word in (style_id, name, *words):
                styles.setdefault(_plain(word), style_id)
        return Phrases(self, self._phrases, styles)


class Phrases:
    """Look-up of phrases: what the styles call themselves beats moods, not instruments."""

    def __init__(self, vocabulary: Vocabulary, phrases: dict[str, Entry], styles: dict[str, str]) -> None:
        self.vocabulary = vocabulary
        self.styles = styles
        self._phrases = phrases
        self.longest = max(len(p.split()) for p in (*phrases, *styles))

    def find(self, phrase: str) -> Entry | None:
        """The entry of a phrase, in the singular if need be."""
        for form in (phrase, phrase[:-1] if len(phrase) > 3 and phrase.endswith("s") else phrase):
            entry = self._phrases.get(form)
            if form in self.styles and (entry is None or entry.kind not in ("instrument", "feature")):
                return Entry("style", self.styles[form], {"phrase": form})
            if entry is not None:
                return entry
        return None

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word that is part of something we know."""
        own = (word for phrase in self.styles for word in phrase.split())
        return self.vocabulary.words.union(own, _BESIDE_FIGURES)

    @cached_property
    def style_words(self) -> tuple[str, ...]:
        """What styles are called, for finding a misspelt one."""
        return tuple(phrase for phrase in self.styles if len(phrase) >= 4)

    @cached_property
    def near_words(self) -> tuple[str, ...]:
        """Instruments, moods, forms and words of tempo, for finding a misspelt one."""
        kinds = ("instrument", "mood", "feature", "place", "scale", "feel")
        return tuple(p for p, entry in self._phrases.items() if len(p) >= 4 and entry.kind in kinds)


def _plain(text: str) -> str:
    letters = "".join(c if c.isalnum() or c in "'#" else " " for c in text.lower().replace("&", " and "))
    return " ".join(letters.split())


@lru_cache(maxsize=4)
def load_vocabulary(path: Path | None = None) -> Vocabulary:
    """Our own vocabulary, read once."""
    path = path or resources_folder() / "prompt" / "words.toml"
    return Vocabulary(tomllib.loads(path.read_text("utf-8")))
