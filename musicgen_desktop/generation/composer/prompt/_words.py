"""Goes through the words of a prompt that no number, key or chord has taken."""

import re
from collections.abc import Mapping
from typing import Any

from ._findings import Findings, Place
from ._page import Page
from ._spelling import near
from ._vocabulary import Entry, Phrases

_JOINERS = frozenset({"and", "or", "nor", "any", "the", "a", "n", "much", "too", "use"})
_TURNS = frozenset({"but", "with", "then"})
_AMONG = frozenset({"with", "and", "has", "then", "featuring", "including", "plus", "a", "one", "long"})
_CONNECTORS = frozenset({"on", "by", "from", "played", "is", "a", "an", "the", "for", "some"})
_BINDING = frozenset({"melody", "chords", "arp", "pad", "counter"})
_DECADE = re.compile(r"\d0s")
_STYLE_LIKENESS, _WORD_LIKENESS = 0.8, 0.84


class Walk:
    """Reads the words left to right, remembering what was denied and what is to stand alone."""

    def __init__(self, page: Page, phrases: Phrases, said: Mapping[str, Any]) -> None:
        """Nothing is read yet; `said` is what figures and symbols have said."""
        self._page = page
        self._phrases = phrases
        self._vocabulary = phrases.vocabulary
        self._tokens = page.tokens()
        self._denied = ""  # the word that denies
        self._denied_kind = ""  # of what was denied by it so far
        self._alone = False
        self._last_instrument = -9
        self.findings = Findings(page, phrases.vocabulary, said)

    def read(self) -> None:
        """Take every word there is."""
        at = 0
        while at < len(self._tokens):
            count, entry, read_as = self._longest(at)
            phrase = self._phrase(at, count)
            start, end = self._tokens[at].start, self._tokens[at + count - 1].end
            if entry is None and phrase in self._vocabulary.negations:
                self._denied, self._denied_kind, self._alone = phrase, "", False
            elif phrase in self._vocabulary.only and (entry is None or self._excludes(at + count)):
                self._exclude(phrase, at)
            elif entry is not None:
                count = self._use(entry, at, count, read_as)
                end = self._tokens[at + count - 1].end
            elif phrase in self._vocabulary.stop or phrase in _JOINERS:
                if phrase in _TURNS:
                    self._denied, self._alone = "", False
            else:
                self._unknown(phrase, start, end)
            self._page.take(start, end, "")
            at += count

    def _unknown(self, word: str, start: int, end: int) -> None:
        self._denied, self._alone = "", False
        if _DECADE.fullmatch(word):
            self._page.take(start, end, f"the {word}: changes nothing")
        else:
            self._page.miss(start, end)

    def _use(self, entry: Entry, at: int, count: int, read_as: str) -> int:
        """Hand an entry on; how many words it took, together with the role that it is bound to."""
        is_instrument = entry.kind == "instrument"
        comma = at > 0 and "," in self._page.lower[self._tokens[at - 1].end : self._tokens[at].start]
        if (comma and (not is_instrument or self._denied == "no")) or self._ends_denial(entry):
            self._denied = ""  # “no drums, piano” wants the piano; “without drums, bass or piano” does not
        denied = bool(self._denied)
        phrase = self._phrase(at, count)
        role, more = self._role_after(entry, at + count) if is_instrument and not denied else ("", 0)
        if is_instrument and not denied and not role:
            role = self._role_before(at)
        if is_instrument and not denied and self._plays_alone(entry, at, count):
            self.findings.only, more = True, more + 1
        last = at + count + more - 1
        self.findings.use(
            entry,
            Place(
                start=self._tokens[at].start,
                end=self._tokens[last].end,
                first=at,
                last=last,
                phrase=phrase,
                denied=denied,
                leads_on=self._tokens[at].glued,
                role=role,
                before_style=is_instrument and self._style_follows(last + 1),
                read_as=read_as,
            ),
        )
        self._denied_kind = entry.kind
        if is_instrument:
            self._last_instrument = last
            self.findings.only = self.findings.only or (self._alone and not denied)
        elif entry.kind != "mood":  # “no dark drums”, “only warm strings”
            self._denied, self._alone = "", False
        return count + more

    def _ends_denial(self, entry: Entry) -> bool:
        """A denial reaches as far as one kind of thing: “not sad rock” is rock that is not sad.

        Only “no dark drums” leaps from the mood to the instrument, for moods alone cannot be left out.
        """
        if not self._denied or not self._denied_kind or self._denied_kind == entry.kind:
            return False
        leaps = self._denied_kind == "mood" and entry.kind == "instrument"
        return not leaps or self._denied in self._vocabulary.but_not

    def _role_after(self, entry: Entry, at: int) -> tuple[str, int]:
        """The role in “piano melody” or “flute lead”, and how many words name it."""
        if "patch" not in entry.data or at >= len(self._tokens) or not self._tokens[at].glued:
            return "", 0
        count, following, _ = self._longest(at)
        if following is not None and following.kind == "instrument":
            role = following.data["roles"][0]
            own = "patch" not in following.data and following.name in _BINDING
            return (role, count) if own else ("", 0)
        return (role, 1) if (role := self._vocabulary.lines.get(self._tokens[at].word, "")) else ("", 0)

    def _role_before(self, at: int) -> str:
        """The role in “melody on a flute” or “melody: flute”."""
        before = at - 1
        while before >= 0 and at - before <= 4 and self._tokens[before].word in _CONNECTORS:
            before -= 1
        if before < 0 or before != self.findings.last_role_at:
            return ""
        between = self._page.lower[self._tokens[before].end : self._tokens[at].start].strip()
        tied = between.startswith((":", "=", "on", "by", "played"))
        return self.findings.last_role if tied else ""

    def _plays_alone(self, entry: Entry, at: int, count: int) -> bool:
        """Whether it is a drum solo and nothing else, not a song “with a drum solo”."""
        after = at + count
        if entry.data["roles"][0] not in ("drums", "percussion") or after >= len(self._tokens):
            return False
        among = at > 0 and self._tokens[at - 1].word in _AMONG
        return self._tokens[after].word == "solo" and self._tokens[after].glued and not among

    def _style_follows(self, at: int) -> bool:
        if at >= len(self._tokens) or not self._tokens[at].glued:
            return False
        _, entry, _ = self._longest(at)
        return entry is not None and entry.kind == "style"

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
            count, entry, _ = self._longest(after)
            if entry is None or entry.kind != "mood":
                return entry is not None and entry.kind == "instrument"
            after += count
        return False

    def _phrase(self, at: int, count: int) -> str:
        return " ".join(token.word for token in self._tokens[at : at + count])

    def _longest(self, at: int) -> tuple[int, Entry | None, str]:
        """The longest known phrase that begins here, else the nearest, else one word that means nothing.

        Returns:
            its number of words, what it means, and how it is spelt where it was misspelt.
        """
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
                return count, entry, ""
            if phrase in self._vocabulary.plain_words:
                return count, None, ""
        return self._nearest(at, reach)

    def _nearest(self, at: int, reach: int) -> tuple[int, Entry | None, str]:
        """A misspelt style first, then any other misspelt word; the first letter must be right."""
        if not self._tokens[at].word.isalpha():
            return 1, None, ""
        for count in range(min(reach, 3), 0, -1):
            phrase = self._phrase(at, count)
            if len(phrase) < 4 or self._vocabulary.stop.intersection(phrase.split()):
                continue
            likeness = _STYLE_LIKENESS if len(phrase) > 4 else _WORD_LIKENESS
            style = near(phrase, self._phrases.style_words, likeness)
            if style is not None:
                return count, self._phrases.find(style), style
        word = near(self._tokens[at].word, self._phrases.near_words, _WORD_LIKENESS)
        return (1, self._phrases.find(word), word) if word is not None else (1, None, "")
