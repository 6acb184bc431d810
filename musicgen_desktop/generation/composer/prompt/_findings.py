"""What the words of a prompt add up to, once every one of them has had its say."""

from typing import Any

import msgspec

from musicgen_desktop.timing import Meter

from ._page import Page
from ._vocabulary import Entry, Vocabulary


class Place(msgspec.Struct, frozen=True):
    """Where a phrase stands: characters, words, and how it was said.

    Attributes:
        leads_on: nothing but blanks and hyphens part it from the phrase before.
    """

    start: int
    end: int
    first: int
    last: int
    phrase: str
    denied: bool
    leads_on: bool


class _Style(msgspec.Struct, frozen=True):
    name: str
    strength: str
    place: Place


class Findings:
    """Takes entries one by one; `fields` weighs them against each other."""

    def __init__(self, page: Page, vocabulary: Vocabulary) -> None:
        self._page = page
        self._vocabulary = vocabulary
        self._found: dict[str, Any] = {}
        self._styles: list[_Style] = []
        self._instruments: list[Entry] = []
        self._refused: list[str] = []
        self._moods: list[dict[str, Any]] = []
        self._titles: list[str] = []
        self._hints: list[str] = []
        self._names_swing = False
        self.features: list[str] = []
        self.only = False
        self._uses = {
            "style": self._use_style,
            "adjective": self._use_style,
            "instrument": self._use_instrument,
            "mood": self._use_mood,
            "feature": self._use_feature,
            "tempo": self._use_tempo,
            "place": self._use_tempo_place,
            "meter": self._use_meter,
            "scale": self._use_scale,
            "feel": self._use_feel,
        }

    def use(self, entry: Entry, place: Place) -> None:
        """Take an entry, and tell the page what its words were taken to mean."""
        self._page.take(place.start, place.end, self._uses[entry.kind](entry, place))

    def _use_style(self, entry: Entry, place: Place) -> str:
        name = entry.name.replace("_", " ")
        phrase = entry.data.get("phrase", "")
        if place.denied:
            if phrase == "swing":
                self._found.setdefault("swing", 0.0)
            return f"not {name}"
        strength = "strong"
        if entry.kind == "adjective":
            strength = "flavour"
        elif phrase in self._vocabulary.half_weak_styles:
            strength = "half"
        elif phrase in self._vocabulary.weak_styles:
            strength = "weak"
        if phrase == "waltz":  # a style and a meter: a jazz waltz is jazz in three
            self._found.setdefault("meter", Meter(3, 4))
        self._names_swing = self._names_swing or phrase == "swing"
        self._styles.append(_Style(entry.name, strength, place))
        return f"style: {name}"

    def _use_instrument(self, entry: Entry, place: Place) -> str:
        name = entry.name.replace("_", " ")
        if place.denied:
            self._refused.append(entry.data["roles"][0])
            return f"no {name}"
        self._instruments.append(entry)
        if place.phrase.endswith(" solo"):
            self.features.append("solo")
        return f"instrument: {name}"

    def _use_mood(self, entry: Entry, place: Place) -> str:
        if place.denied:
            return f"not {place.phrase}"
        self._moods.append(entry.data)
        self._hints.extend(entry.data.get("hints", ()))
        if " " not in place.phrase:
            self._titles.append(place.phrase.capitalize())
        return "a picture" if entry.name == "plain" else f"mood: {entry.name}"

    def _use_feature(self, entry: Entry, place: Place) -> str:
        if entry.name == "no_fills":
            if not place.denied:
                return "drum fills"
            self.features.append("no_fills")
            return "no fills"
        feature = f"no_{entry.name}" if place.denied else entry.name
        self.features.append(feature)
        return f"form: {feature.replace('_', ' ')}"

    def _use_tempo(self, entry: Entry, _place: Place) -> str:
        self._found.setdefault("tempo_bpm", float(entry.data["value"]))
        return f"tempo {entry.data['value']} BPM"

    def _use_tempo_place(self, entry: Entry, place: Place) -> str:
        value = float(entry.data["value"])
        self._found.setdefault("tempo_place", 1.0 - value if place.denied else value)
        return f"tempo: {'not ' if place.denied else ''}{place.phrase}"

    def _use_meter(self, entry: Entry, _place: Place) -> str:
        self._found.setdefault("meter", Meter.parse(entry.data["value"]))
        return f"meter {entry.data['value']}"

    def _use_scale(self, entry: Entry, place: Place) -> str:
        if place.denied:
            return f"not {place.phrase}"
        self._found.setdefault("scale", entry.data["value"])
        return f"scale: {entry.data['value']}"

    def _use_feel(self, entry: Entry, place: Place) -> str:
        if place.denied:
            return f"no {entry.data['meaning']}"
        if "hint" in entry.data:
            self._hints.append(entry.data["hint"])
        if "swing" in entry.data:
            self._found.setdefault("swing", float(entry.data["swing"]))
        return f"feel: {entry.data['meaning']}"

    def fields(self) -> dict[str, Any]:
        """What was found, as fields of a `Reading`."""
        out = dict(self._found)
        style, flavours = self._main_style()
        if self._names_swing and style not in (None, "jazz"):
            out.setdefault("swing", 0.6)
            flavours = tuple(flavour for flavour in flavours if flavour != "jazz")
        wanted, patches, solo_style = self._parts(has_style=style is not None)
        refused = tuple(dict.fromkeys(self._refused))
        out["style"] = style or solo_style
        out["flavours"] = flavours
        out["suggested"] = self._suggested()
        out["refused"] = refused
        out["wanted"] = tuple(role for role in wanted if role not in refused)
        out["patches"] = {role: patch for role, patch in patches.items() if role not in refused}
        out["only"] = self.only and bool(out["wanted"])
        out["features"] = tuple(dict.fromkeys(self.features))
        out["hints"] = tuple(sorted(set(self._hints)))
        out["title_words"] = tuple(dict.fromkeys(self._titles))
        return out | self._mood_fields(out)

    def _mood_fields(self, out: dict[str, Any]) -> dict[str, Any]:
        """Moods add up; for tempo they only count where no word names one."""
        fields: dict[str, Any] = {
            "energy": max(-0.5, min(0.5, sum(mood.get("energy", 0.0) for mood in self._moods))),
            "reverb_db": max(-12.0, min(8.0, sum(mood.get("reverb", 0.0) for mood in self._moods))),
        }
        genders = [mood["gender"] for mood in self._moods if "gender" in mood]
        if genders:
            fields["gender"] = genders[0]
        places = [mood["tempo"] for mood in self._moods if "tempo" in mood]
        if places and "tempo_place" not in out:
            fields["tempo_place"] = sum(places) / len(places)
        return fields

    def _main_style(self) -> tuple[str | None, tuple[str, ...]]:
        """The style that carries the song, and the others.

        Strong words go before weak ones. Of neighbours the last is the noun (“ambient techno”), else the
        first was meant most.
        """
        for strength in ("strong", "half", "weak", "flavour"):
            of_kind = [style for style in self._styles if style.strength == strength]
            if not of_kind:
                continue
            main = of_kind[0]
            for after in of_kind[1:]:
                if not after.place.leads_on or after.place.first != main.place.last + 1:
                    break
                main = after
            others = [style.name for style in self._styles if style.name != main.name]
            return main.name, tuple(dict.fromkeys(others))
        return None, ()

    def _suggested(self) -> tuple[str, ...]:
        """Styles that instruments, or else moods, make one think of."""
        of_moods = [style for mood in self._moods for style in mood.get("styles", ())]
        of_instruments = [style for entry in self._instruments for style in entry.data.get("styles", ())]
        return tuple(dict.fromkeys(of_instruments or of_moods))

    def _parts(self, *, has_style: bool) -> tuple[tuple[str, ...], dict[str, str], str | None]:
        """The roles that the named instruments take, each the first of its own that is still free."""
        wanted: list[str] = []
        patches: dict[str, str] = {}
        solo_style = None
        alone = self.only and len(self._instruments) == 1
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
            wanted.extend(taken)
            if "patch" in data:
                patches.update(dict.fromkeys(taken, data["patch"]))
        return tuple(dict.fromkeys(wanted)), patches, solo_style
