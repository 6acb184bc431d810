"""The effect that is shown, and what turning it means. Knows no pixels."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from musicgen_desktop.document import Insert, Project, Track
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.session.commands import Edit, bypass_insert, load_parameters, set_parameter
from musicgen_desktop.session.controllers.catalogue import (
    EffectEntry,
    EffectPreset,
    effect_entry,
    effect_presets,
)
from musicgen_desktop.ui.bridges import Bridges

_SIDES = ("A", "B")


class EffectViewModel(QObject):
    """One insert of one track; nothing once it is gone."""

    changed = Signal()
    """Its values, or its place in the chain."""
    turned = Signal()
    """Another insert is shown, or none."""

    def __init__(self, bridges: Bridges, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridges = bridges
        self._track_id = ""
        self._insert_id = ""
        self._sides: dict[str, dict[str, dict[str, float]]] = {}
        self._side_of: dict[str, str] = {}
        self.track: Track | None = None
        self.insert: Insert | None = None
        self.entry: EffectEntry | None = None
        bridges.project.changed.connect(self._read)
        bridges.project.opened.connect(self._on_opened)

    def show(self, track_id: str, insert_id: str) -> None:
        """Show an insert."""
        self._track_id, self._insert_id = track_id, insert_id
        self._read()

    @property
    def values(self) -> dict[str, float]:
        """Every parameter of the effect, those at their defaults too."""
        if self.entry is None or self.insert is None:
            return {}
        kept = self.insert.parameters
        return {each.id: kept.get(each.id, each.default) for each in self.entry.parameters}

    def turn(self, values: Mapping[str, float], merge_key: str | None = None) -> None:
        """Turn knobs."""
        if self.insert is None:
            return
        track_id, insert_id = self._track_id, self._insert_id

        def turned(project: Project) -> Edit:
            edit = Edit("", project)
            for name, value in values.items():
                edit = set_parameter(edit.project, track_id, insert_id, name, value)
            return edit

        self._bridges.project.ask(turned, merge_key=merge_key)

    def refuse(self, sentence: str) -> None:
        """What was typed cannot be."""
        self._bridges.project.refused.emit(sentence)

    def let_go(self) -> None:
        """The hand let go."""
        self._bridges.project.end_merge()

    def hold(self) -> object:
        """What `take_back` needs to undo a drag that begins now."""
        return self._bridges.project.project

    def take_back(self, held: object) -> None:
        """The drag was cancelled."""
        self._bridges.project.take_back(held)

    def toggle_bypass(self) -> None:
        """Let the sound pass it, or not."""
        if self.insert is not None:
            bypassed = not self.insert.bypassed
            self._bridges.project.ask(bypass_insert, self._track_id, self._insert_id, bypassed=bypassed)

    # Presets

    def presets(self) -> tuple[EffectPreset, ...]:
        """What it offers; a file of the user's that cannot be used is told in a sentence."""
        if self.insert is None or self.entry is None:
            return ()
        found = effect_presets(self.insert.effect)
        for sentence in found.broken:
            self._bridges.status.say(sentence, "warn")
        return found.presets

    def preset_name(self) -> str:
        """The preset whose settings it has; empty when it has its own."""
        kept = {} if self.insert is None else self.insert.parameters
        return next((preset.name for preset in self.presets() if preset.parameters == kept), "")

    def load(self, parameters: Mapping[str, float]) -> None:
        """Take the settings of a preset."""
        if self.insert is not None:
            self._bridges.project.ask(load_parameters, self._track_id, self._insert_id, parameters)

    # Compare

    @property
    def side(self) -> str:
        """“A” or “B”: which of two settings sounds."""
        return self._side_of.get(self._insert_id, _SIDES[0])

    def switch_side(self, side: str) -> None:
        """Keep these settings as one side, and hear those of the other; it begins as a copy."""
        if self.insert is None or side == self.side:
            return
        kept = self._sides.setdefault(self._insert_id, {})
        kept[self.side] = dict(self.insert.parameters)
        self._side_of[self._insert_id] = side
        self.load(kept.get(side, self.insert.parameters))
        self.changed.emit()

    def _on_opened(self) -> None:
        self._sides, self._side_of = {}, {}
        self._read()

    def _read(self) -> None:
        project = self._bridges.project.project
        track = next((each for each in project.all_tracks if each.id == self._track_id), None)
        insert = next((each for each in track.inserts if each.id == self._insert_id), None) if track else None
        if insert is self.insert and track is self.track:
            return
        before = self.insert
        self.track, self.insert = track, insert
        if (before is None) != (insert is None) or (before and insert and before.id != insert.id):
            self.entry = _entry(insert)
            self.turned.emit()
        else:
            self.changed.emit()


def _entry(insert: Insert | None) -> EffectEntry | None:
    if insert is None:
        return None
    try:
        return effect_entry(insert.effect)
    except UserInputError:
        return None
