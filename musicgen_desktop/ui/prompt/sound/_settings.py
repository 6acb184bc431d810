"""What is set for engines of sound, and the part of the wish that it makes. Knows no pixels."""

from typing import Any, Literal

from PySide6.QtCore import QObject, Signal

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.session.controllers.catalogue import SoundModel, check_sound_settings
from musicgen_desktop.session.controllers.generating import SoundWish
from musicgen_desktop.ui.bridges import SoundBridge

SoundField = Literal["seconds", "guidance", "temperature", "top_k", "top_p"]
SOUND_FIELDS: tuple[SoundField, ...] = ("seconds", "guidance", "temperature", "top_k", "top_p")
"""Fields of text whose emptiness leaves the choice to the model."""


class SoundSettings(QObject):
    """The settings of the panel's engine of sound, while it is one. `changed` tells of any part of them."""

    changed = Signal()

    def __init__(self, bridge: SoundBridge | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.engine = ""
        """The engine of sound that is chosen; empty while one of notes is."""
        self.model_id = ""
        self.texts: dict[SoundField, str] = dict.fromkeys(SOUND_FIELDS, "")
        self.melody = ""
        """A sound file whose melody is followed; empty for none."""
        self.melody_track = ""
        """The id of a track of the project whose melody is followed; empty for none."""
        self.hears = True
        """Whether takes are heard while they are made."""
        if bridge is not None:
            bridge.changed.connect(self._on_bridge)

    @property
    def models(self) -> tuple[SoundModel, ...] | None:
        """The installed models of the engine; None until they were found."""
        return None if self._bridge is None else self._bridge.models(self.engine)

    @property
    def model(self) -> SoundModel | None:
        """The chosen one."""
        return next((each for each in self.models or () if each.id == self.model_id), None)

    @property
    def path(self) -> str:
        """How the model decodes: “native int8, AVX-512 VNNI, 2 threads”; empty until it is ready."""
        return "" if self._bridge is None else self._bridge.path(self.engine, self.model_id)

    @property
    def stage(self) -> str:
        """What is being done before the model is ready; empty for nothing."""
        if self._bridge is None:
            return ""
        return self._bridge.stage(self.engine, self.model_id) or self._bridge.stage(self.engine)

    @property
    def trouble(self) -> str:
        """Why engine or model cannot be used, in a sentence; empty when they can."""
        if self._bridge is None:
            return ""
        found = self._bridge.problem(self.engine)
        return found or (self._bridge.problem(self.engine, self.model_id) if self.model_id else "")

    @property
    def follows_melody(self) -> bool:
        """Whether the model heeds a melody."""
        return self.model is not None and self.model.follows_melody

    @property
    def problem(self) -> str:
        """The first thing that is wrong with the fields; empty when nothing is."""
        return next((said for field in SOUND_FIELDS if (said := self.problem_of(field))), "")

    def problem_of(self, field: SoundField) -> str:
        """What is wrong with a field's text, in a sentence; empty when nothing is."""
        try:
            given: dict[str, Any] = {field: self._value_of(field)}
            if given[field] is not None:
                check_sound_settings(**given)
        except UserInputError as error:
            return str(error)
        return ""

    def wish(self) -> SoundWish:
        """The settings as they stand.

        Raises:
            UserInputError: when one of them is no number.
        """
        usual = SoundWish()
        guidance, temperature = self._value_of("guidance"), self._value_of("temperature")
        top_k, top_p = self._value_of("top_k"), self._value_of("top_p")
        return SoundWish(
            guidance=guidance,
            temperature=usual.temperature if temperature is None else temperature,
            top_k=usual.top_k if top_k is None else int(top_k),
            top_p=usual.top_p if top_p is None else top_p,
            melody=self.melody if self.follows_melody else "",
            melody_track=self.melody_track if self.follows_melody else "",
        )

    @property
    def seconds(self) -> float | None:
        """The wished length; None when it is left to the model, or written in bars.

        Raises:
            UserInputError: when it is no number.
        """
        return self._value_of("seconds")

    def use(self, engine: str) -> None:
        """Another engine is chosen; its models are looked for. Empty for one of notes."""
        if engine != self.engine:
            self.engine = engine
            self.model_id = ""
            self.look()

    def look(self) -> None:
        """Find the models again, for one may have been installed; what could not be loaded is tried again."""
        if self.engine and self._bridge is not None:
            chosen = self.model
            self._bridge.look(self.engine)
            if chosen is not None:
                self._bridge.prepare(self.engine, chosen.id)
        self._choose_first()
        self.changed.emit()

    def choose(self, model_id: str) -> None:
        """Another model; it is made ready."""
        self.model_id = model_id
        if self._bridge is not None and self.model is not None:
            self._bridge.prepare(self.engine, model_id)
        self.changed.emit()

    def set_text(self, field: SoundField, text: str) -> None:
        """What is typed into a field; empty leaves it to the model."""
        if self.texts[field] != text:
            self.texts = {**self.texts, field: text}
            self.changed.emit()

    def set_melody(self, path: str) -> None:
        """A sound file whose melody is followed; empty for none."""
        self._follow(path, "")

    def set_melody_track(self, track_id: str) -> None:
        """A track of the project whose melody is followed; empty for none."""
        self._follow("", track_id)

    def set_hears(self, hears: bool) -> None:  # noqa: FBT001 - the one thing it says
        """Let takes be heard while they are made, or only when they are whole."""
        if hears != self.hears:
            self.hears = hears
            self.changed.emit()

    def clear(self) -> None:
        """As in a project that was just opened; engine and model stay."""
        self.texts = dict.fromkeys(SOUND_FIELDS, "")
        self.melody = self.melody_track = ""
        self.changed.emit()

    def show(self, sound: SoundWish, seconds: float | None, model_id: str | None) -> None:
        """Write a wish's settings into the panel again."""
        usual = SoundWish()
        values: dict[SoundField, float | None] = {
            "seconds": seconds,
            "guidance": sound.guidance,
            "temperature": None if sound.temperature == usual.temperature else sound.temperature,
            "top_k": None if sound.top_k == usual.top_k else sound.top_k,
            "top_p": None if sound.top_p == usual.top_p else sound.top_p,
        }
        self.texts = {field: "" if value is None else f"{value:g}" for field, value in values.items()}
        self.melody, self.melody_track = sound.melody, sound.melody_track
        if model_id is not None and model_id != self.model_id:
            self.choose(model_id)
        self.changed.emit()

    def _follow(self, path: str, track_id: str) -> None:
        if (path, track_id) != (self.melody, self.melody_track):
            self.melody, self.melody_track = path, track_id
            self.changed.emit()

    def _on_bridge(self) -> None:
        self._choose_first()
        self.changed.emit()

    def _choose_first(self) -> None:
        """The first model, when none is chosen or the chosen one is gone; it is made ready."""
        models = self.models
        if models is None or self._bridge is None:
            return
        if self.model is None:
            self.model_id = models[0].id if models else ""
        if self.model_id and not self._bridge.problem(self.engine, self.model_id):
            self._bridge.prepare(self.engine, self.model_id)

    def _value_of(self, field: SoundField) -> float | None:
        text = self.texts[field].strip().lower().removesuffix("s").strip().replace(",", ".")
        if not text:
            return None
        try:
            return int(text) if field == "top_k" else float(text)
        except ValueError:
            raise UserInputError(
                f"“{text[:20]}” is no number: write one such as {_SUCH_AS[field]}, or leave it empty."
            ) from None


_SUCH_AS: dict[SoundField, str] = {
    "seconds": "30",
    "guidance": "3",
    "temperature": "1",
    "top_k": "250",
    "top_p": "0.9",
}
