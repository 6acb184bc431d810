"""What the words of a prompt add up to, once every one of them has had its say."""

from collections.abc import Mapping
from typing import Any

import msgspec

from musicgen_desktop.timing import Meter

from ._figures import not_used
from ._page import Page
from ._vocabulary import Entry, Vocabulary

_LONGEST_TITLE_WORD = 16


class Place(msgspec.Struct, frozen=True):
    """Where a phrase stands: characters, words, and how it was said.

    Attributes:
        leads_on: nothing but blanks and hyphens part it from the phrase before.
        role: the role an instrument is bound to, as in “piano melody”.
        before_style: an instrument that colours the style behind it, as in “piano ballad”.
        read_as: how it is spelt, where it was misspelt.
    """

    start: int
    end: int
    first: int
    last: int
    phrase: str
    denied: bool
    leads_on: bool
    role: str = ""
    before_style: bool = False
    read_as: str = ""


class _Style(msgspec.Struct, frozen=True):
    name: str
    strength: str
    place: Place


class _Instrument(msgspec.Struct, frozen=True):
    entry: Entry
    place: Place


class Findings:
    """Takes entries one by one; `fields` weighs them against each other."""

    def __init__(self, page: Page, vocabulary: Vocabulary, said: Mapping[str, Any]) -> None:
        """Nothing is taken yet; `said` holds what figures and symbols have said already."""
        self._page = page
        self._vocabulary = vocabulary
        self._said = said
        self._names: dict[str, str] = dict(said.get("said", {}))  # what a matter is about → who decided it
        self._found: dict[str, Any] = {}
        self._styles: list[_Style] = []
        self._denied_styles: list[str] = []
        self._instruments: list[_Instrument] = []
        self._refused: list[str] = []
        self._avoided: list[str] = []
        self._moods: list[dict[str, Any]] = []
        self._titles: list[str] = []
        self._hints: list[str] = []
        self._places: list[tuple[int, str]] = []  # where words of tempo stand
        self._genders: list[tuple[int, str, str]] = []
        self._features_at: list[tuple[int, str]] = []
        self._names_swing = False
        self.features: list[str] = []
        self.only = False
        self.last_role, self.last_role_at = "", -1
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
        meaning, about = self._uses[entry.kind](entry, place)
        if meaning:
            self._page.take(place.start, place.end, meaning, about, read_as=place.read_as)
        else:
            self._page.miss(place.start, place.end)

    def _decide(self, about: str, field: str, value: Any, name: str, meaning: str) -> tuple[str, str]:
        """The first that is said of a matter counts."""
        winner = self._names.setdefault(about, name)
        if winner != name:
            return not_used(winner), about
        self._found.setdefault(field, value)
        return meaning, about

    def _use_style(self, entry: Entry, place: Place) -> tuple[str, str]:
        name = entry.name.replace("_", " ")
        phrase = entry.data.get("phrase", "")
        if place.denied:
            if phrase == "swing":
                self._found.setdefault("swing", 0.0)
            self._denied_styles.append(entry.name)
            return f"not {name}", ""
        strength = "strong"
        if entry.kind == "adjective":
            strength = "flavour"
        elif phrase in self._vocabulary.half_weak_styles:
            strength = "half"
        elif phrase in self._vocabulary.weak_styles:
            strength = "weak"
        if phrase == "waltz" and "meter" not in self._said:
            # a style and a meter: a jazz waltz is jazz in three
            self._found.setdefault("meter", Meter(3, 4))
        self._names_swing = self._names_swing or phrase == "swing"
        self._styles.append(_Style(entry.name, strength, place))
        return f"style: {name}", "style"

    def _use_instrument(self, entry: Entry, place: Place) -> tuple[str, str]:
        name = entry.name.replace("_", " ")
        if place.denied:
            if place.phrase in self._vocabulary.pieces:
                return "", ""  # no kick, but a snare: that fine we cannot choose
            if "patch" in entry.data:
                self._avoided.extend(entry.data.get("avoid", (name, entry.data["patch"].partition(":")[2])))
            else:
                self._refused.append(entry.data["roles"][0])
            return f"no {name}", f"no stem:{entry.data['roles'][0]}"
        self._instruments.append(_Instrument(entry, place))
        self.only = self.only or bool(entry.data.get("alone"))
        if place.phrase.endswith(" solo"):
            self.features.append("solo")
        role = place.role
        if "patch" not in entry.data:
            self.last_role, self.last_role_at = entry.data["roles"][0], place.last
        return f"{role}: {name}" if role else f"instrument: {name}", f"stem:{role or entry.data['roles'][0]}"

    def _use_mood(self, entry: Entry, place: Place) -> tuple[str, str]:
        if place.denied:
            return f"not {place.phrase}", ""
        self._moods.append(entry.data)
        self._hints.extend(entry.data.get("hints", ()))
        if len(place.phrase) <= _LONGEST_TITLE_WORD:
            self._titles.append((place.read_as or place.phrase).title())
        if entry.name == "plain":
            return "changes nothing", "title"
        if gender := entry.data.get("gender"):
            self._genders.append((place.start, gender, place.phrase))
        return f"mood: {entry.name}", "mood"

    def _use_feature(self, entry: Entry, place: Place) -> tuple[str, str]:
        if entry.name == "no_fills":
            if not place.denied:
                return "drum fills", ""
            self.features.append("no_fills")
            return "no fills", "form"
        feature = f"no_{entry.name}" if place.denied else entry.name
        self.features.append(feature)
        self._features_at.append((place.start, feature))
        return f"form: {feature.replace('_', ' ')}", "form"

    def _use_tempo(self, entry: Entry, place: Place) -> tuple[str, str]:
        bpm = float(entry.data["value"])
        if place.denied:
            return f"not {place.phrase}", ""
        return self._decide("tempo", "tempo_bpm", bpm, f"{bpm:g} BPM", f"tempo {bpm:g} BPM")

    def _use_tempo_place(self, entry: Entry, place: Place) -> tuple[str, str]:
        value = float(entry.data["value"])
        name = place.phrase
        if place.denied:  # “not very fast” is a little slower than usual, not as slow as can be
            value, name = (0.4 if value > 0.5 else 0.6), f"not {name}"
        self._places.append((place.start, name))
        return self._decide("tempo place", "tempo_place", value, name, f"tempo: {name}")[0], "tempo"

    def _use_meter(self, entry: Entry, place: Place) -> tuple[str, str]:
        value = entry.data["value"]
        if place.denied:
            return f"not {value}", ""
        return self._decide("meter", "meter", Meter.parse(value), value, f"meter {value}")

    def _use_scale(self, entry: Entry, place: Place) -> tuple[str, str]:
        value = entry.data["value"]
        if place.denied:
            return f"not {place.phrase}", ""
        if (scale := self._said.get("scale")) is not None:
            return (f"scale: {value}" if scale == value else not_used(self._names["key"])), "scale"
        return self._decide("scale", "scale", value, value, f"scale: {value}")

    def _use_feel(self, entry: Entry, place: Place) -> tuple[str, str]:
        meaning = entry.data["meaning"]
        if place.denied:
            return f"no {meaning}", ""
        if "hint" in entry.data:
            self._hints.append(entry.data["hint"])
        if "swing" not in entry.data:
            return f"feel: {meaning}", ""
        return self._decide("swing", "swing", float(entry.data["swing"]), meaning, f"feel: {meaning}")

    def fields(self) -> dict[str, Any]:
        """What was found, as fields of a `Reading`."""
        out = dict(self._found)
        style, flavours = self._main_style()
        if self._names_swing and style not in (None, "jazz"):
            out.setdefault("swing", 0.6)
            flavours = tuple(flavour for flavour in flavours if flavour != "jazz")
        wanted, patches, solo_style = self._parts(has_style=style is not None)
        refused = tuple(dict.fromkeys(self._refused))
        self._tell_losers(style, refused)
        out["style"] = style or solo_style
        out["flavours"] = flavours
        out["suggested"] = self._suggested()
        out["refused"] = refused
        out["avoided"] = tuple(dict.fromkeys(self._avoided))
        out["wanted"] = tuple(role for role in wanted if role not in refused)
        out["patches"] = {role: patch for role, patch in patches.items() if role not in refused}
        out["only"] = self.only and bool(out["wanted"])
        out["features"] = tuple(dict.fromkeys(self.features))
        out["hints"] = tuple(sorted(set(self._hints)))
        out["title_words"] = tuple(dict.fromkeys(self._titles))
        return out | self._mood_fields(out)

    def _tell_losers(self, style: str | None, refused: tuple[str, ...]) -> None:
        """Say of words that others beat that they are not used."""
        for named in self._styles:
            if named.name != style:
                self._page.amend(named.place.start, f"flavour: {named.name.replace('_', ' ')}")
        tempo = self._names.get("tempo")
        for start, _ in self._places if tempo else ():
            self._page.amend(start, not_used(tempo or ""))
        for played in self._instruments:
            role = played.place.role or played.entry.data["roles"][0]
            if role in refused and "patch" not in played.entry.data:
                self._page.amend(played.place.start, not_used(f"no {role}"))
        form = self._names.get("form", "")
        for start, feature in self._features_at:
            if form and feature != "loop":
                self._page.amend(start, not_used(form))
            elif feature == "song" and "loop" in self.features:
                self._page.amend(start, not_used("a loop"))
            elif f"no_{feature}" in self.features:
                self._page.amend(start, not_used(f"no {feature}"))
        self.features = [feature for feature in self.features if f"no_{feature}" not in self.features]

    def _mood_fields(self, out: dict[str, Any]) -> dict[str, Any]:
        """Moods add up; for tempo they only count where no word names one."""
        fields: dict[str, Any] = {
            "energy": max(-0.5, min(0.5, sum(mood.get("energy", 0.0) for mood in self._moods))),
            "reverb_db": max(-12.0, min(8.0, sum(mood.get("reverb", 0.0) for mood in self._moods))),
        }
        genders = [mood["gender"] for mood in self._moods if "gender" in mood]
        if genders:
            fields["gender"] = genders[0]
            scale = self._said.get("scale") or self._found.get("scale")
            for start, gender, phrase in self._genders:
                if scale is None and gender != genders[0]:
                    first = next(word for _, other, word in self._genders if other == genders[0])
                    self._page.amend(start, f"mood: {phrase}, but {genders[0]} for “{first}”")
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
        of_instruments = [
            style for played in self._instruments for style in played.entry.data.get("styles", ())
        ]
        names = dict.fromkeys(of_instruments or of_moods)
        return tuple(name for name in names if name not in self._denied_styles)

    def _parts(self, *, has_style: bool) -> tuple[tuple[str, ...], dict[str, str], str | None]:
        """The roles that the named instruments take, each the first of its own that is still free."""
        wanted: list[str] = []
        patches: dict[str, str] = {}
        solo_style = None
        alone = self.only and len(self._instruments) == 1
        for played in sorted(self._instruments, key=lambda played: not played.place.role):
            data, place = played.entry.data, played.place
            roles = list(data["roles"])
            sounding: list[str] = []
            if place.role:
                taken = [place.role]
            elif alone and "solo" in data:
                taken = list(data["solo"])
                solo_style = None if has_style else data.get("solo_style")
            elif data.get("all_roles"):
                taken = [role for role in roles if role not in patches]
            else:
                taken = [next((role for role in roles if role not in patches), roles[0])]
                if place.before_style or (len(self._instruments) == 1 and not has_style):
                    # “A piano ballad” and “sad piano” mean the piano wherever a piano may play.
                    taken += ["melody"] if "melody" in roles and "melody" not in (*taken, *patches) else []
                    sounding = [role for role in roles if role not in patches]
            wanted.extend(taken)
            if "patch" in data:
                patches.update(dict.fromkeys([*taken, *sounding], data["patch"]))
        return tuple(dict.fromkeys(wanted)), patches, solo_style
