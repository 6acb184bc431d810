"""Goes through the words of a prompt that no number, key or chord has taken."""

import difflib

from ._findings import Findings, Place
from ._page import Page
from ._vocabulary import Entry, Phrases

_JOINERS = frozenset({"and", "or", "nor", "any", "the", "a", "n", "much", "too", "use"})
_TURNS = frozenset({"but", "with", "then"})
_STYLE_LIKENESS, _WORD_LIKENESS = 0.8, 0.84


class Walk:
    """Reads the words left to right, remembering what was denied and what is to stand alone."""

    def __init__(self, page: Page, phrases: Phrases) -> None:
        self._page = page
        self._phrases = phrases
        self._vocabulary = phrases.vocabulary
        self._tokens = page.tokens()
        self._missing: list[str] = []
        self._denied = ""
        self._alone = False
        self._last_instrument = -9
        self.findings = Findings(page, phrases.vocabulary)

    def read(self) -> None:
        """Take every word there is."""
        at = 0
        while at < len(self._tokens):
            count, entry = self._longest(at)
            phrase = self._phrase(at, count)
            start, end = self._tokens[at].start, self._tokens[at + count - 1].end
            if entry is None and phrase in self._vocabulary.negations:
                self._denied, self._alone = phrase, False
            elif phrase in self._vocabulary.only and (entry is None or self._excludes(at + count)):
                self._exclude(phrase, at)
            elif entry is not None:
                self._use(entry, at, count, phrase)
            elif phrase in self._vocabulary.stop or phrase in _JOINERS:
                if phrase in _TURNS:
                    self._denied, self._alone = "", False
            else:
                self._denied, self._alone = "", False
                self._missing.append(self._page.text[start:end])
            self._page.take(start, end, "")
            at += count

    def not_understood(self) -> tuple[str, ...]:
        """Words that said nothing to us, as they were written."""
        return tuple(dict.fromkeys(self._missing))

    def _use(self, entry: Entry, at: int, count: int, phrase: str) -> None:
        is_instrument = entry.kind == "instrument"
        comma = at > 0 and "," in self._page.lower[self._tokens[at - 1].end : self._tokens[at].start]
        if comma and (not is_instrument or self._denied == "no"):
            self._denied = ""  # “no drums, piano” wants the piano; “without drums, bass or piano” does not
        self.findings.use(
            entry,
            Place(
                start=self._tokens[at].start,
                end=self._tokens[at + count - 1].end,
                first=at,
                last=at + count - 1,
                phrase=phrase,
                denied=bool(self._denied),
                leads_on=self._tokens[at].glued,
            ),
        )
        if is_instrument:
            self._last_instrument = at + count - 1
            self.findings.only = self.findings.only or (self._alone and not self._denied)
        elif entry.kind != "mood":  # “no dark drums”, “only warm strings”
            self._denied, self._alone = "", False

    def _exclude(self, word: str, at: int) -> None:
        """“Piano only” speaks of what stood before, “only piano” of what comes."""
        if word != "solo" and self._last_instrument == at - 1:
            self.findings.only = True
        self._alone = True

    def _excludes(self, after: int) -> bool:
        """Whether “solo” means that nobody else plays: in “solo piano”, not in “a guitar solo”."""
        while after < len(self._tokens) and self._tokens[after].word in ("a", "the", "some"):
            after += 1
        for _ in range(2):
            if after >= len(self._tokens):
                return False
            count, entry = self._longest(after)
            if entry is None or entry.kind != "mood":
                return entry is not None and entry.kind == "instrument"
            after += count
        return False

    def _phrase(self, at: int, count: int) -> str:
        return " ".join(token.word for token in self._tokens[at : at + count])

    def _longest(self, at: int) -> tuple[int, Entry | None]:
        """The longest known phrase that begins here, else the nearest, else one word that means nothing."""
        reach = 1
        while (
            at + reach < len(self._tokens)
            and reach < self._phrases.longest
            and self._tokens[at + reach].glued
        ):
            reach += 1
        for count in range(reach, 0, -1):
            phrase = self._phrase(at, count)
            if (entry := self._phrases.find(phrase)) is not None:
                return count, entry
            if phrase in self._vocabulary.plain_words:
                return count, None
        return self._nearest(at, reach)

    def _nearest(self, at: int, reach: int) -> tuple[int, Entry | None]:
        """A misspelt style first, then any other misspelt word; the first letter must be right."""
        for count in range(min(reach, 3), 0, -1):
            phrase = self._phrase(at, count)
            if len(phrase) < 5 or self._vocabulary.stop.intersection(phrase.split()):
                continue
            near = difflib.get_close_matches(phrase, self._phrases.style_words, n=1, cutoff=_STYLE_LIKENESS)
            if near and near[0][0] == phrase[0]:
                return count, self._phrases.find(near[0])
        word = self._tokens[at].word
        if len(word) >= 5:
            near = difflib.get_close_matches(word, self._phrases.near_words, n=1, cutoff=_WORD_LIKENESS)
            if near and near[0][0] == word[0]:
                return 1, self._phrases.find(near[0])
        return 1, None
