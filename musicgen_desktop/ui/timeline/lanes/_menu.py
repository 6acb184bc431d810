"""The menu of what is under the mouse in the lanes."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from musicgen_desktop.music import Key
from musicgen_desktop.ui.bridges import Actions
from musicgen_desktop.ui.timeline._view_state import SONG_LANES, SongLane, TimelineState

from ._diatonic import diatonic_chords
from ._hit import Hit
from ._texts import lane_name
from ._view_model import LanesModel

translate = QCoreApplication.translate
TypeText = Callable[[Hit], None]
"""Open the field in which a thing is typed."""
TypeNew = Callable[[SongLane, float], None]
"""Open the field for a new thing of a lane at a tick."""


def add_lane_choices(menu: QMenu, state: TimelineState) -> None:
    """Which lanes are shown."""
    for lane in SONG_LANES:
        if lane != "ruler":
            action = menu.addAction(lane_name(lane))
            action.setCheckable(True)
            action.setChecked(lane in state.song_lanes)
            action.toggled.connect(lambda on, each=lane: state.show_song_lane(each, shown=on))


class LanesMenu(QMenu):
    """Made anew at every right click."""

    def __init__(
        self,
        model: LanesModel,
        state: TimelineState,
        actions: Actions,
        hit: Hit | None,
        tick: float,
        *,
        type_text: TypeText,
        type_new: TypeNew,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._model, self._actions = model, actions
        self._type_text, self._type_new = type_text, type_new
        if hit is not None:
            if hit.key:
                self._add_thing(hit)
            self._add_place(hit, tick)
        add_lane_choices(self.addMenu(translate("Lanes", "Show lanes")), state)

    def _add(self, text: str, slot: Callable[[], object]) -> QAction:
        action = self.addAction(text)
        action.triggered.connect(lambda _checked=False: slot())
        return action

    def _add_thing(self, hit: Hit) -> None:
        """What one can do to the thing itself."""
        model = self._model
        if hit.lane == "sections":
            section = next(each for each in model.project.sections if each.id == hit.key)
            span = section.start_ticks, section.end_ticks
            self._add(translate("Lanes", "Loop this section"), lambda: model.loop_span(*span))
            self._add(translate("Lanes", "Select its bars"), lambda: model.select_span(*span))
            self._add(
                translate("Lanes", "Duplicate with its clips\tAlt+Drag"), lambda: model.duplicate(section.id)
            )
            self.addSeparator()
        if hit.lane == "chords":
            self._add_chords(hit.tick)
        if hit.lane == "tempo":
            point = next(each for each in model.project.tempo_map.points if each.tick == hit.tick)
            ramp = self.addAction(translate("Lanes", "Ramp to the next tempo"))
            ramp.setCheckable(True)
            ramp.setChecked(point.ramp)
            ramp.toggled.connect(lambda on: model.ramp(point.tick, ramp=on))
        word = {
            "sections": translate("Lanes", "Rename…"),
            "ruler": translate("Lanes", "Rename…"),
            "chords": translate("Lanes", "Type chord…"),
            "key": translate("Lanes", "Type key…"),
            "meter": translate("Lanes", "Type meter…"),
            "tempo": translate("Lanes", "Type tempo…"),
        }[hit.lane]
        rename, delete = self._actions["lanes.rename"], self._actions["lanes.delete"]
        self._add(f"{word}\t{_keys(rename)}", lambda: self._type_text(hit))
        self._add(f"{translate('Lanes', 'Delete')}\t{_keys(delete)}", lambda: model.delete(hit))
        self.addSeparator()

    def _add_place(self, hit: Hit, tick: float) -> None:
        """What one can put here."""
        model = self._model
        match hit.lane:
            case "sections":
                self._add(translate("Lanes", "Add section here"), lambda: model.add_at("sections", tick))
            case "ruler":
                self._add(translate("Lanes", "Add marker here"), lambda: model.add_at("ruler", tick))
                self.addAction(self._actions["marker.add"])
                self.addAction(self._actions["marker.previous"])
                self.addAction(self._actions["marker.next"])
                self.addSeparator()
                loop = self._add(translate("Lanes", "Loop"), model.toggle_loop)
                loop.setCheckable(True)
                loop.setChecked(model.project.loop.enabled)
                loop.setEnabled(model.project.loop.end_ticks > model.project.loop.start_ticks)
                if model.project.end_ticks:
                    self._add(translate("Lanes", "End the song with its last clip"), model.reset_end)
            case "chords" if hit.part == "empty":
                self._add(translate("Lanes", "Type chord here…"), lambda: self._type_new("chords", tick))
                self._add_chords(model.snapped(tick))
            case "key":
                self._add(translate("Lanes", "Change key here…"), lambda: self._type_new("key", tick))
            case "meter":
                self._add(translate("Lanes", "Change meter here…"), lambda: self._type_new("meter", tick))
            case "tempo":
                self._add(translate("Lanes", "Add tempo point here"), lambda: model.add_at("tempo", tick))
            case _:
                pass
        self.addSeparator()

    def _add_chords(self, tick: int) -> None:
        """The chords of the key that holds here."""
        key = key_at(self._model, tick)
        if key is None:
            return
        for title, sevenths in (
            (translate("Lanes", "Chords of {key}"), False),
            (translate("Lanes", "Sevenths of {key}"), True),
        ):
            menu = self.addMenu(title.format(key=str(key)))
            for numeral, symbol in diatonic_chords(key, sevenths=sevenths):
                action = menu.addAction(f"{symbol}\t{numeral}")
                action.triggered.connect(
                    lambda _checked=False, each=symbol: self._model.put_chord(tick, each)
                )
        self.addSeparator()


def key_at(model: LanesModel, tick: int) -> Key | None:
    """The key that holds at a tick; before the first change that one."""
    keys = model.project.keys
    held = [each for each in keys if each.tick <= tick]
    return Key.parse((held or list(keys))[-1 if held else 0].key) if keys else None


def _keys(action: QAction) -> str:
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
