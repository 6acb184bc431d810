"""What is written into the panel, and the wish that it makes. Knows no pixels."""

import random
from collections.abc import Callable

import msgspec
from PySide6.QtCore import QObject, Signal

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.music import Key
from musicgen_desktop.session.controllers.catalogue import EngineEntry, engines
from musicgen_desktop.session.controllers.generating import Continue, Layer, New, RemakeRange, Wish
from musicgen_desktop.ui.bridges import Bridges, SoundBridge

from ._modes import MODES, ModeId, Offer, has_music, offer, roles_of, sound_offer
from .sound import SoundSettings

FIELDS = ("tempo", "key", "meter", "bars", "chords")
"""Fields of text whose emptiness leaves the choice to the prompt."""
_SEEDS = 100_000
_FIRST_VARIATIONS = 2


def _any_seed() -> int:
    return random.SystemRandom().randrange(1, _SEEDS)


class PromptViewModel(QObject):
    """The panel's state. `changed` tells of any part of it."""

    changed = Signal()

    def __init__(
        self,
        bridges: Bridges,
        *,
        sound: SoundBridge | None = None,
        dice: Callable[[], int] = _any_seed,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridges = bridges
        self._dice = dice
        self.engines: tuple[EngineEntry, ...] = tuple(
            entry for entry in engines() if sound is not None or not entry.makes_sound
        )
        self.engine: EngineEntry = self.engines[0]
        self.prompt = ""
        self.texts: dict[str, str] = dict.fromkeys(FIELDS, "")
        self.stems: frozenset[str] = frozenset()
        """The stems asked for; none leaves them to the style."""
        self.layer_role = ""
        self.seed = dice()
        self.seed_locked = False
        self._seed_used = False
        self.variations = _FIRST_VARIATIONS
        self.mode: ModeId = "new"
        self.from_project = True
        """Tempo, key and meter of a new song are the project's, when that has music."""
        self.sound = SoundSettings(sound, self)
        self.sound.changed.connect(self.changed)
        bridges.selection.changed.connect(self._look)
        bridges.project.changed.connect(self._look)
        bridges.project.opened.connect(self.clear)
        self._look()

    @property
    def all_stems(self) -> tuple[str, ...]:
        """The stems that the engine can write."""
        return self.engine.stems or self.engines[0].stems

    @property
    def offer(self) -> Offer:
        """What Compose will do."""
        return self.offer_of(self.mode)

    @property
    def offers(self) -> tuple[Offer, ...]:
        """All modes with their sentences."""
        return tuple(self.offer_of(mode) for mode in MODES)

    @property
    def can_compose(self) -> bool:
        """Whether there is a wish that can be sent."""
        has_maker = not self.engine.makes_sound or self.sound.model is not None
        return has_maker and self.offer.mode is not None and not self.problem

    @property
    def is_locked(self) -> bool:
        """Whether tempo, key and meter are the project's."""
        return self.mode != "new" or (self.from_project and self.has_music)

    @property
    def has_music(self) -> bool:
        """Whether the project has any."""
        return has_music(self._bridges.project.project)

    @property
    def missing_stems(self) -> tuple[str, ...]:
        """The stems that the project does not have yet."""
        has = roles_of(self._bridges.project.project)
        return tuple(stem for stem in self.all_stems if stem not in has)

    def offer_of(self, mode: ModeId) -> Offer:
        """What a mode would do."""
        if self.engine.makes_sound:
            return sound_offer(
                mode,
                self._bridges.project.project,
                self._bridges.selection,
                bars=self._bars(),
            )
        return offer(
            mode,
            self._bridges.project.project,
            self._bridges.selection,
            layer_role=self.layer_role,
            bars=self._bars(),
        )

    def project_text(self, field: str) -> str:
        """Tempo, key or meter of the project, as its field shows it."""
        project = self._bridges.project.project
        if field == "tempo":
            return f"{project.tempo_map.bpm_at(0):g}"
        if field == "meter":
            return str(project.meter_map.changes[0].meter)
        return project.keys[0].key if project.keys else ""

    def problem_of(self, field: str) -> str:
        """What is wrong with a field's text, in a sentence; empty when nothing is."""
        text = self.texts[field].strip()
        if not text or (self.is_locked and field in ("tempo", "key", "meter")):
            return ""
        try:
            self._wish_with(**{field: self._value_of(field)}).request()
        except UserInputError as error:
            return str(error)
        return ""

    @property
    def problem(self) -> str:
        """The first thing that is wrong with the fields; empty when nothing is."""
        used: tuple[str, ...] = FIELDS if self.mode == "new" else ("bars",) if self.mode == "continue" else ()
        if self.engine.makes_sound:
            used = tuple(field for field in used if field != "chords")
        found = next((said for field in used if (said := self.problem_of(field))), "")
        return found or (self.sound.problem if self.engine.makes_sound else "")

    def wish(self) -> Wish:
        """The wish as it stands.

        Raises:
            UserInputError: when something in it cannot be.
        """
        found = self.offer
        if found.mode is None:
            raise UserInputError(found.sentence)
        base = self._wish_with(seed=self.seed, variations=self.variations, mode=found.mode)
        if self.engine.makes_sound:
            return self._sound_wish(base)
        if isinstance(found.mode, New):
            values = {field: self._wished(field) for field in FIELDS}
            stems = ",".join(stem for stem in self.all_stems if stem in self.stems) or None
            base = msgspec.structs.replace(
                base, prompt=self.prompt.strip(), engine=self.engine.id, stems=stems, **values
            )
        elif isinstance(found.mode, Continue):
            base = msgspec.structs.replace(base, bars=self._value_of("bars"))
        base.request()
        return base

    def roll_before(self) -> None:
        """A wish is about to be sent: a seed that was used already makes room unless it is locked."""
        if self._seed_used and not self.seed_locked:
            self.seed = self._dice()
            self._seed_used = False
            self.changed.emit()

    def seed_sent(self) -> None:
        """The seed that is shown was used."""
        self._seed_used = True

    def another_seed(self) -> int:
        """One that nobody has seen; the one that is shown stays."""
        return self._dice()

    def roll(self) -> None:
        """Another seed."""
        self.set_seed(self._dice())

    def set_seed(self, seed: int) -> None:
        """This seed comes next."""
        self.seed, self._seed_used = seed, False
        self.changed.emit()

    def lock_seed(self, locked: bool) -> None:  # noqa: FBT001 - the one thing it says
        """Use the same seed again and again."""
        self._set("seed_locked", locked)

    def set_prompt(self, prompt: str) -> None:
        """The text of the prompt."""
        self._set("prompt", prompt)

    def set_text(self, field: str, text: str) -> None:
        """What is typed into a field; empty leaves it to the prompt."""
        if self.texts[field] != text:
            self.texts = {**self.texts, field: text}
            self.changed.emit()

    def set_engine(self, engine_id: str) -> None:
        """Who composes."""
        entry = next(entry for entry in self.engines if entry.id == engine_id)
        self._set("engine", entry)
        self.sound.use(entry.id if entry.makes_sound else "")

    def set_length(self, field: str, text: str) -> None:
        """Bars or seconds: what is typed last holds, and the other gives way."""
        if field == "seconds":
            self.sound.set_text("seconds", text)
            if text.strip():
                self.set_text("bars", "")
        else:
            self.set_text("bars", text)
            if text.strip() and self.engine.makes_sound:
                self.sound.set_text("seconds", "")

    def set_variations(self, count: int) -> None:
        """How many takes are made of a wish, 1 to 4."""
        self._set("variations", count)

    def set_mode(self, mode: ModeId) -> None:
        """What Compose is to do."""
        if mode != self.mode:
            self.mode = mode
            self._look()

    def set_from_project(self, locked: bool) -> None:  # noqa: FBT001 - the one thing it says
        """Let a new song have the project's tempo, key and meter."""
        self._set("from_project", locked)

    def toggle_stem(self, stem: str) -> None:
        """One more stem, or one less; for a layer, that one alone."""
        if self.mode == "layer":
            self._set("layer_role", stem)
        else:
            self._set("stems", self.stems ^ {stem})

    def clear(self) -> None:
        """Nothing is wished for yet, as in a project that was just opened; engine and takes stay."""
        self.mode, self.prompt, self.layer_role = "new", "", ""
        self.texts, self.stems = dict.fromkeys(FIELDS, ""), frozenset()
        self.from_project = True
        self.seed, self.seed_locked, self._seed_used = self._dice(), False, False
        self.sound.clear()
        self._look()

    def show_wish(self, wish: Wish) -> None:
        """Write a wish into the panel again, its seed locked."""
        self.mode = _mode_of(wish)
        engine = next((each for each in self.engines if each.id == wish.engine), None)
        if engine is not None:
            self.set_engine(engine.id)
        if wish.sound is not None:
            self.prompt = wish.prompt
            self.sound.show(wish.sound, wish.seconds, wish.model)
        if isinstance(wish.mode, New):
            self.prompt = wish.prompt
            self.texts = {field: _written(getattr(wish, field)) for field in FIELDS}
            self.stems = frozenset((wish.stems or "").split(",")) - {""}
            self.from_project = False
        elif isinstance(wish.mode, Continue):
            self.texts = {**self.texts, "bars": _written(wish.bars)}
        elif isinstance(wish.mode, Layer):
            self.layer_role = wish.mode.role
        self.seed, self.seed_locked, self._seed_used = wish.seed, True, False
        self._look()

    def _sound_wish(self, base: Wish) -> Wish:
        """Words, place and settings for an engine of sound; its mode alone says what it hears of the song.

        Raises:
            UserInputError: when something in it cannot be.
        """
        if self.sound.model is None:
            raise UserInputError(f"{self.engine.name} has no model here yet; install one in the Library.")
        bars = self._value_of("bars") if isinstance(base.mode, New | Continue) else None
        wish = msgspec.structs.replace(
            base,
            prompt=self.prompt.strip(),
            engine=self.engine.id,
            model=self.sound.model_id,
            sound=self.sound.wish(),
            bars=bars,
            seconds=self.sound.seconds if isinstance(base.mode, New) and bars is None else None,
            **{field: self._wished(field) for field in ("tempo", "key", "meter")},
        )
        wish.request()
        return wish

    def _look(self) -> None:
        """The project or what is selected in it changed."""
        missing = self.missing_stems
        if self.layer_role not in missing:
            self.layer_role = missing[0] if missing else ""
        self.changed.emit()

    def _set(self, name: str, value: object) -> None:
        if getattr(self, name) != value:
            setattr(self, name, value)
            self.changed.emit()

    def _bars(self) -> int | None:
        try:
            value = self._value_of("bars")
        except UserInputError:
            return None
        return value if isinstance(value, int) else None

    def _wished(self, field: str) -> str | float | int | None:
        if self.is_locked and field in ("tempo", "key", "meter"):
            text = self.project_text(field)
            return float(text) if field == "tempo" else text or None
        return self._value_of(field)

    def _value_of(self, field: str) -> str | float | int | None:
        text = self.texts[field].strip()
        if not text:
            return None
        if field in ("tempo", "bars"):
            return _number(field, text)
        return str(Key.parse(text)) if field == "key" else text

    def _wish_with(self, **values: object) -> Wish:
        return msgspec.structs.replace(Wish(), **values)


def _number(field: str, text: str) -> float | int:
    plain = text.lower().removesuffix("bpm").removesuffix("bars").strip().replace(",", ".")
    try:
        return int(plain) if field == "bars" else float(plain)
    except ValueError:
        what = "92" if field == "tempo" else "16"
        raise UserInputError(
            f"“{text[:20]}” is no number: write one such as {what}, or leave it empty."
        ) from None


def _written(value: object) -> str:
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def _mode_of(wish: Wish) -> ModeId:
    if isinstance(wish.mode, RemakeRange):
        return "remake"
    if isinstance(wish.mode, Continue):
        return "continue"
    return "layer" if isinstance(wish.mode, Layer) else "new"
