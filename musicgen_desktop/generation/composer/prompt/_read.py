"""Reads a prompt: numbers first, then keys and chords, then the longest phrases that are known."""

import difflib
import re
from collections.abc import Iterable
from typing import Any

from musicgen_desktop.timing import Meter

from ._figures import read_figures
from ._page import Page
from ._reading import Reading
from ._symbols import read_symbols
from ._vocabulary import Entry, Phrases, load_vocabulary

_FORM = re.compile(r"(?<![\w-])([A-D](?:[\s-]?[A-D]){2,11})(?![\w#'-])")
_JOINERS = frozenset({"and", "or", "nor", "any", "the", "a", "n", "much", "too", "use"})
_FUZZY_STYLE, _FUZZY_WORD = 0.8, 0.84


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
    blues = found.pop("blues12", None)
    _read_letters(page, found)
    found |= read_symbols(page)
    words = _Words(page, phrases)
    words.read()
    if blues:
        words.features.append("blues12")
        page.take(*blues, "12-bar blues form")
    fields = words.fields()
    for name, value in fields.items():
        found.setdefault(name, value)
    return Reading(**found, understood=page.understood, not_understood=words.not_understood())


def _read_letters(page: Page, found: dict[str, Any]) -> None:
    """AABA, A-B-A-B, “ABAC form”; not a word such as BAD, nor chords such as A D A."""
    for match in page.search(_FORM, cased=True):
        letters = re.sub(r"[\s-]", "", match[1])
        starts_well = (
            letters[0] == "A" and "B" in letters and set(letters) <= set("ABCD"[: len(set(letters))])
        )
        spaced = len(letters) != len(match[1])
        if starts_well and len(letters) >= 3 and "letters" not in found and not (spaced and "D" in letters):
            found["letters"] = letters
            page.take(*match.span(), f"form {letters}")


class _Words:
    """Goes through the words that are left, remembering what was denied and what stands alone."""

    def __init__(self, page: Page, phrases: Phrases) -> None:
        self._page = page
        self._phrases = phrases
        self._vocabulary = phrases.vocabulary
        self._tokens = page.tokens()
        self._styles: list[tuple[str, str, int]] = []  # id, strength, index of its last token
        self._joined: list[bool] = []
        self._instruments: list[Entry] = []
        self._refused: list[str] = []
        self._missing: list[str] = []
        self.features: list[str] = []
        self._found: dict[str, Any] = {}
        self._moods: list[dict[str, Any]] = []
        self._energies: list[float] = []
        self._places: list[float] = []
        self._hints: list[str] = []
        self._titles: list[str] = []
        self._reverb = 0.0
        self._only = False

    def read(self) -> None:
        at = 0
        denied = ""
        alone = False
        last_instrument = -9
        while at < len(self._tokens):
            count, entry = self._longest(at)
            token = self._tokens[at]
            span = (token.start, self._tokens[at + count - 1].end)
            phrase = self._phrase(at, count)
            if entry is None and phrase in self._vocabulary.negations:
                denied, alone = phrase, False
                self._mark(span)
            elif phrase in self._vocabulary.only and (
                entry is None or self._stands_alone(at, count, last_instrument)
            ):
                # “solo piano” and “piano only”, but not “a guitar solo”.
                if last_instrument == at - 1 and phrase != "solo":
                    self._only = True
                alone = True
                self._mark(span)
            elif entry is not None:
                comma = at > 0 and not token.glued and "," in self._between(at)
                if comma and (entry.kind != "instrument" or denied == "no"):
                    denied = ""  # “no drums, piano” wants the piano; “without drums, bass or piano” does not
                self._use(entry, span, phrase, denied=bool(denied), at=at, count=count)
                if entry.kind == "instrument":
                    last_instrument = at + count - 1
                    self._only = self._only or (alone and not denied)
                else:
                    denied = "" if entry.kind != "mood" else denied
                    alone = alone and entry.kind == "mood"
            elif token.word in _JOINERS or token.word in self._vocabulary.stop:
                if token.word in ("but", "with", "then"):
                    denied, alone = "", False
                self._mark(span)
            else:
                denied, alone = "", False
                self._missing.append(self._page.text[span[0] : span[1]])
                self._mark(span)
            at += count

    def _stands_alone(self, at: int, count: int, last_instrument: int) -> bool:
        """Whether a word such as “solo” excludes others: an instrument follows it at once."""
        after = at + count
        while after < len(self._tokens) and self._tokens[after].word in ("a", "the", "some"):
            after += 1
        if after >= len(self._tokens):
            return False
        _, entry = self._longest(after)
        if entry is not None and entry.kind == "mood":
            _, entry = self._longest(after + 1) if after + 1 < len(self._tokens) else (0, None)
        return entry is not None and entry.kind == "instrument" and last_instrument != at - 1

    def _between(self, at: int) -> str:
        return self._page.lower[self._tokens[at - 1].end : self._tokens[at].start]

    def _phrase(self, at: int, count: int) -> str:
        return " ".join(token.word for token in self._tokens[at : at + count])

    def _longest(self, at: int) -> tuple[int, Entry | None]:
        """The longest known phrase that begins here, the nearest style or word, or one unknown word."""
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
            if count > 1 and (phrase in self._vocabulary.negations or phrase in self._vocabulary.only):
                return count, None
        word = self._tokens[at].word
        if (
            word in self._vocabulary.stop
            or word in self._vocabulary.negations
            or word in self._vocabulary.only
        ):
            return 1, None
        return self._nearest(at, reach)

    def _nearest(self, at: int, reach: int) -> tuple[int, Entry | None]:
        """A misspelt style first, then any other misspelt word."""
        styles = [phrase for phrase in self._phrases.styles if len(phrase) >= 4]
        for count in range(min(reach, 3), 0, -1):
            phrase = self._phrase(at, count)
            stops = [w for w in phrase.split() if w in self._vocabulary.stop]
            if len(phrase) >= 5 and not stops and not phrase.isdigit():
                near = difflib.get_close_matches(phrase, styles, n=1, cutoff=_FUZZY_STYLE)
                if near and near[0][0] == phrase[0]:
                    return count, self._phrases.find(near[0])
        word = self._tokens[at].word
        if len(word) >= 5:
            near = difflib.get_close_matches(word, self._phrases.near_words(), n=1, cutoff=_FUZZY_WORD)
            if near and near[0][0] == word[0]:
                return 1, self._phrases.find(near[0])
        return 1, None

    def _mark(self, span: tuple[int, int], meaning: str = "") -> None:
        self._page.take(*span, meaning)

    def _use(
        self, entry: Entry, span: tuple[int, int], phrase: str, *, denied: bool, at: int, count: int
    ) -> None:
        name = entry.name.replace("_", " ")
        match entry.kind:
            case "style" | "adjective":
                self._use_style(entry, span, denied=denied, at=at, count=count)
            case "instrument":
                if denied:
                    self._refused.append(entry.data["roles"][0])
                    self._mark(span, f"no {name}")
                else:
                    self._instruments.append(entry)
                    if phrase.endswith(" solo"):
                        self.features.append("solo")
                    self._mark(span, f"instrument: {name}")
            case "mood":
                if denied:
                    self._mark(span, f"not {phrase}")
                else:
                    self._use_mood(entry, span, phrase)
            case "feature":
                feature = f"no_{entry.name}" if denied and not entry.name.startswith("no_") else entry.name
                if entry.name == "no_fills" and not denied:
                    self._mark(span, "drum fills")
                else:
                    self.features.append(feature)
                    self._mark(span, f"form: {feature.replace('_', ' ')}")
            case "tempo":
                self._found.setdefault("tempo_bpm", float(entry.data["value"]))
                self._mark(span, f"tempo {entry.data['value']} BPM")
            case "place":
                place = float(entry.data["value"])
                self._found.setdefault("tempo_place", 1.0 - place if denied else place)
                self._mark(span, f"tempo: {'not ' if denied else ''}{phrase}")
            case "meter":
                self._found.setdefault("meter", Meter.parse(entry.data["value"]))
                self._mark(span, f"meter {entry.data['value']}")
                if phrase == "waltz":
                    self._styles.append(("waltz", "flavour", at + count - 1))
            case "scale":
                self._found.setdefault("scale", entry.data["value"])
                self._mark(span, f"scale: {entry.data['value']}")
            case _:
                self._use_feel(entry, span, denied=denied)

    def _use_style(self, entry: Entry, span: tuple[int, int], *, denied: bool, at: int, count: int) -> None:
        name = entry.name.replace("_", " ")
        if denied:
            if entry.data.get("phrase") == "swing":
                self._found.setdefault("swing", 0.0)
            self._mark(span, f"not {name}")
            return
        phrase = entry.data.get("phrase", "")
        strength = "strong"
        if entry.kind == "adjective":
            strength = "flavour"
        elif phrase in self._vocabulary.half_weak_styles:
            strength = "half"
        elif phrase in self._vocabulary.weak_styles:
            strength = "weak"
        if phrase == "waltz":
            self._found.setdefault("meter", Meter(3, 4))
        if phrase == "swing":
            self._found["named_swing"] = True
        self._styles.append((entry.name, strength, at + count - 1))
        self._joined.append(at > 0 and self._tokens[at].glued)
        self._mark(span, f"style: {name}")

    def _use_mood(self, entry: Entry, span: tuple[int, int], phrase: str) -> None:
        data = entry.data
        self._moods.append(data)
        if "gender" in data:
            self._found.setdefault("gender", data["gender"])
        if "energy" in data:
            self._energies.append(data["energy"])
        if "tempo" in data:
            self._places.append(data["tempo"])
        self._hints.extend(data.get("hints", ()))
        self._reverb += data.get("reverb", 0.0)
        if " " not in phrase:
            self._titles.append(phrase.capitalize())
        self._mark(span, "a picture" if entry.name == "plain" else f"mood: {entry.name}")

    def _use_feel(self, entry: Entry, span: tuple[int, int], *, denied: bool) -> None:
        if denied:
            self._mark(span, f"no {entry.data['meaning']}")
            return
        if "hint" in entry.data:
            self._hints.append(entry.data["hint"])
        if "swing" in entry.data:
            self._found.setdefault("swing", float(entry.data["swing"]))
        self._mark(span, f"feel: {entry.data['meaning']}")

    def fields(self) -> dict[str, Any]:
        """What was found, as fields of a `Reading`."""
        style, flavours = self._main_style()
        named_swing = self._found.pop("named_swing", False)
        if named_swing and style not in (None, "jazz"):
            self._found.setdefault("swing", 0.6)
            flavours = tuple(flavour for flavour in flavours if flavour != "jazz")
        wanted, patches, solo_style = self._parts(has_style=style is not None)
        out = dict(self._found)
        out["style"] = style or solo_style
        out["flavours"] = flavours
        out["refused"] = tuple(dict.fromkeys(self._refused))
        out["wanted"] = tuple(role for role in wanted if role not in out["refused"])
        out["patches"] = {role: patch for role, patch in patches.items() if role in out["wanted"]}
        out["only"] = self._only and bool(out["wanted"])
        out["suggested"] = self._suggested()
        out["features"] = tuple(dict.fromkeys(self.features))
        out["energy"] = max(-0.5, min(0.5, sum(self._energies)))
        if "tempo_place" not in out and self._places:
            out["tempo_place"] = sum(self._places) / len(self._places)
        out["hints"] = tuple(sorted(set(self._hints)))
        out["reverb_db"] = max(-12.0, min(8.0, self._reverb))
        out["title_words"] = tuple(dict.fromkeys(self._titles))
        return out

    def _main_style(self) -> tuple[str | None, tuple[str, ...]]:
        """The style that carries the song: strong words before weak ones; of neighbours the last, else the first."""
        for strength in ("strong", "half", "weak", "flavour"):
            of_kind = [entry for entry in self._styles if entry[1] == strength]
            if not of_kind:
                continue
            main = of_kind[0]
            for after in of_kind[1:]:
                if after[2] - main[2] > 3 or not self._are_neighbours(main[2], after[2]):
                    break
                main = after
            others = [style for style, _, _ in self._styles if style != main[0]]
            return main[0], tuple(dict.fromkeys(others))
        return None, ()

    def _are_neighbours(self, before: int, after: int) -> bool:
        """Whether only blanks and hyphens part two phrases, as in “ambient techno”."""
        return all(self._tokens[i].glued for i in range(before + 1, after + 1)) and not any(
            self._tokens[i].word in self._vocabulary.stop for i in range(before + 1, after)
        )

    def _parts(self, *, has_style: bool) -> tuple[tuple[str, ...], dict[str, str], str | None]:
        """Which roles the named instruments take, each the first of its own that is still free."""
        wanted: list[str] = []
        patches: dict[str, str] = {}
        solo_style = None
        alone = self._only and len(self._instruments) == 1
        for entry in self._instruments:
            data = entry.data
            roles = list(data["roles"])
            if alone and "solo" in data:
                taken = list(data["solo"])
                solo_style = None if has_style else data.get("solo_style")
            elif data.get("all_roles"):
                taken = [role for role in roles if role not in patches]
            else:
                taken = [next((role for role in roles if role not in patches), roles[0])]
            for role in taken:
                wanted.append(role)
                if "patch" in data:
                    patches[role] = data["patch"]
        return tuple(dict.fromkeys(wanted)), patches, solo_style

    def _suggested(self) -> tuple[str, ...]:
        """Styles that the instruments and moods make one think of, when no style is named."""
        of_moods = [style for data in self._moods for style in data.get("styles", ())]
        of_instruments = [style for entry in self._instruments for style in entry.data.get("styles", ())]
        return tuple(dict.fromkeys(of_instruments or of_moods))

    def not_understood(self) -> tuple[str, ...]:
        """Words that said nothing to us, as they were written."""
        return tuple(dict.fromkeys(self._missing))
