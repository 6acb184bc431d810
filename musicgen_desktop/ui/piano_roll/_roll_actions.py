"""What the piano roll does by name: for its toolbar, menus, shortcuts and the palette."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from musicgen_desktop.session.commands.notes import ControlLane, control_lanes
from musicgen_desktop.ui.bridges import Actions

from ._edits import RollEdits
from ._step_keys import StepKeys
from ._view_model import Lane, RollModel

_Keys = QKeySequence.StandardKey

TOOLS = ("select", "draw", "erase", "split")
TOGGLES = {
    "scale": "shows_scale",
    "scale_snap": "snaps_to_scale",
    "ghosts": "shows_ghosts",
    "drum_map": "shows_drum_map",
    "follow": "follows",
    "line": "lane_is_line",
}


def lane_name(lane: ControlLane) -> str:
    """What a lane is called; a dot tells that the clip moves its controller."""
    return f"{lane.name} •" if lane.is_used else lane.name


class RollActions(QObject):
    """Adds them to the window's actions, and keeps the checked ones right."""

    def __init__(
        self, model: RollModel, edits: RollEdits, steps: StepKeys, actions: Actions, owner: QWidget
    ) -> None:
        super().__init__(owner)
        self._model, self._edits, self._steps = model, edits, steps
        self._actions, self._owner = actions, owner
        self.parts = {
            "tools": self.tr("Piano roll: tools"),
            "selection": self.tr("Piano roll: selection"),
            "edit": self.tr("Piano roll: edit"),
            "timing": self.tr("Piano roll: timing"),
            "pitch": self.tr("Piano roll: pitch"),
            "view": self.tr("Piano roll: view"),
        }
        """The headings in menu and shortcut sheet."""
        self._by_name: dict[str, QAction] = {}
        self._add_tools()
        self._add_selection()
        self._add_edits()
        self._add_timing()
        self._add_pitch()
        self._add_views()
        model.options_changed.connect(self._show)
        self._show()

    def __getitem__(self, name: str) -> QAction:
        """The action of that name, such as “draw”."""
        return self._by_name[name]

    def add(
        self, name: str, part: str, text: str, slot: object, *keys: object, icon: str = "", tip: str = ""
    ) -> QAction:
        """One more, which works while the piano roll has the focus; `part` is the heading it stands under."""
        made = self._actions.add(
            f"piano_roll.{name}",
            part,
            text,
            slot,  # type: ignore[arg-type]
            shortcuts=keys,  # type: ignore[arg-type]
            icon=icon,
            tip=tip,
            checkable=name in TOOLS or name in TOGGLES or name == "step_input",
            owner=self._owner,
        )
        self._by_name[name] = made
        return made

    def note_menu(self, parent: QWidget) -> QMenu:
        """What can be done with selected notes."""
        menu = QMenu(parent)
        self._fill(menu, "cut", "copy", "paste", "duplicate", "delete", "", "quantize", "humanize", "legato")
        self._fill(menu, "velocity", "")
        pitch = menu.addMenu(self.tr("Pitch"))
        self._fill(pitch, "up", "down", "octave_up", "octave_down", "", "scale_up", "scale_down")
        self._fill(pitch, "to_scale", "to_chords", "invert_pitch")
        time = menu.addMenu(self.tr("Time"))
        self._fill(time, "left", "right", "longer", "shorter", "", "glue", "reverse", "half", "double")
        return menu

    def grid_menu(self, parent: QWidget) -> QMenu:
        """What can be done where there is no note."""
        menu = QMenu(parent)
        self._fill(menu, "paste", "select_all", "select_none", "select_inverse", "", *TOOLS, "", "step_input")
        self._fill(menu, "", "scale", "scale_snap", "ghosts", "drum_map", "", "fit", "follow")
        return menu

    def ruler_menu(self, parent: QWidget) -> QMenu:
        """What can be done along the time."""
        menu = QMenu(parent)
        self._fill(menu, "loop", "fit", "follow")
        return menu

    def lane_menu(self, parent: QWidget) -> QMenu:
        """Which lane is shown; a dot tells that the clip moves its controller."""
        menu, model = QMenu(parent), self._model
        chosen: list[tuple[str, Lane]] = [(self.tr("Velocity"), None)]
        if model.clip is not None:
            chosen += ((lane_name(lane), (lane.kind, lane.number)) for lane in control_lanes(model.clip))
        for name, lane in chosen:
            action = menu.addAction(name)
            action.setCheckable(True)
            action.setChecked(lane == model.lane)
            action.triggered.connect(lambda _on=False, lane=lane: model.set_lane(lane))
        menu.addSeparator()
        self._fill(menu, "line", "velocity" if model.lane is None else "clear_lane")
        return menu

    def _fill(self, menu: QMenu, *names: str) -> None:
        for name in names:
            if name:
                menu.addAction(self._by_name[name])
            else:
                menu.addSeparator()

    def _add_tools(self) -> None:
        model, part = self._model, self.parts["tools"]
        self.add("select", part, self.tr("Select"), lambda: model.set_tool("select"), "V", icon="select")
        self.add("draw", part, self.tr("Draw notes"), lambda: model.set_tool("draw"), "B", "D", icon="draw")
        self.add("erase", part, self.tr("Erase notes"), lambda: model.set_tool("erase"), "E", icon="erase")
        self.add("split", part, self.tr("Split notes"), lambda: model.set_tool("split"), "C", icon="split")
        self.add(
            "step_input",
            part,
            self.tr("Step input"),
            self._turn_steps,
            "Ctrl+Shift+K",
            icon="keyboard",
            tip=self.tr(
                "Step input: A W S E D … are notes, Z X the octave, 0 a rest, + a tie, Backspace goes back"
            ),
        )

    def _add_selection(self) -> None:
        model, part = self._model, self.parts["selection"]
        self.add("select_all", part, self.tr("Select all notes"), model.select_all, _Keys.SelectAll)
        self.add("select_none", part, self.tr("Select no note"), model.select_none, "Ctrl+Shift+A")
        self.add(
            "select_inverse", part, self.tr("Invert the selection"), model.select_inverse, "Ctrl+Shift+I"
        )
        self.add("next", part, self.tr("Next note"), lambda: model.select_next(1), "Ctrl+Right")
        self.add("previous", part, self.tr("Previous note"), lambda: model.select_next(-1), "Ctrl+Left")

    def _add_edits(self) -> None:
        edits, part = self._edits, self.parts["edit"]
        self.add("cut", part, self.tr("Cut notes"), edits.cut, _Keys.Cut, icon="cut")
        self.add("copy", part, self.tr("Copy notes"), edits.copy, _Keys.Copy, icon="copy")
        self.add("paste", part, self.tr("Paste notes at the play head"), edits.paste, _Keys.Paste)
        self.add("duplicate", part, self.tr("Duplicate notes"), edits.duplicate, "Ctrl+D")
        self.add(
            "delete", part, self.tr("Delete notes"), edits.delete, _Keys.Delete, "Backspace", icon="trash"
        )
        self.add("glue", part, self.tr("Glue notes"), edits.glue, "Ctrl+J", icon="glue")
        self.add("louder", part, self.tr("Louder"), lambda: edits.shift_velocity(5), "Ctrl+Up")
        self.add("softer", part, self.tr("Softer"), lambda: edits.shift_velocity(-5), "Ctrl+Down")
        self.add("clear_lane", part, self.tr("Clear the lane"), edits.clear_lane)

    def _add_timing(self) -> None:
        edits, part = self._edits, self.parts["timing"]
        self.add("left", part, self.tr("Earlier by a grid step"), lambda: edits.nudge(-1), "Left")
        self.add("right", part, self.tr("Later by a grid step"), lambda: edits.nudge(1), "Right")
        self.add("longer", part, self.tr("Longer by a grid step"), lambda: edits.lengthen(1), "Shift+Right")
        self.add("shorter", part, self.tr("Shorter by a grid step"), lambda: edits.lengthen(-1), "Shift+Left")
        self.add("legato", part, self.tr("Legato"), edits.legato, "Ctrl+L")
        self.add("reverse", part, self.tr("Reverse in time"), edits.reverse)
        self.add("half", part, self.tr("Half tempo"), lambda: edits.stretch(2.0))
        self.add("double", part, self.tr("Double tempo"), lambda: edits.stretch(0.5))
        self.add(
            "loop", part, self.tr("Loop the selected notes or the clip"), edits.loop, "Shift+L", icon="loop"
        )

    def _add_pitch(self) -> None:
        edits, part = self._edits, self.parts["pitch"]
        for name, text, slot, key in (
            ("up", self.tr("Up a semitone"), lambda: edits.transpose(1), "Up"),
            ("down", self.tr("Down a semitone"), lambda: edits.transpose(-1), "Down"),
            ("octave_up", self.tr("Up an octave"), lambda: edits.transpose(12), "Shift+Up"),
            ("octave_down", self.tr("Down an octave"), lambda: edits.transpose(-12), "Shift+Down"),
            ("scale_up", self.tr("Up a step of the scale"), lambda: edits.transpose_in_scale(1), "Alt+Up"),
            (
                "scale_down",
                self.tr("Down a step of the scale"),
                lambda: edits.transpose_in_scale(-1),
                "Alt+Down",
            ),
        ):
            self.add(name, part, text, slot, key)
        self.add("invert_pitch", part, self.tr("Turn upside down"), edits.invert)
        self.add("to_scale", part, self.tr("Move to the scale"), edits.snap_to_scale)
        self.add("to_chords", part, self.tr("Move to the chords"), edits.snap_to_chords)

    def _add_views(self) -> None:
        part = self.parts["view"]
        self.add("fit", part, self.tr("Zoom to the selection or the clip"), self._model.fit, "Z", icon="fit")
        self._toggle("line", part, self.tr("Draw straight lines in the lane"), "automation")
        self._toggle("scale", part, self.tr("Show key and chords"), "chord")
        self._toggle("scale_snap", part, self.tr("Keep drawn and moved notes in the scale"), "magnet")
        self._toggle("ghosts", part, self.tr("Show the notes of other clips"), "layer")
        self._toggle("drum_map", part, self.tr("Show drums by name"), "drums")
        self._toggle("follow", part, self.tr("Follow the play head"), "follow")

    def _toggle(self, name: str, part: str, text: str, icon: str) -> None:
        option = TOGGLES[name]
        self.add(
            name,
            part,
            text,
            lambda: self._model.set_option(option, on=not getattr(self._model, option)),
            icon=icon,
        )

    def _turn_steps(self) -> None:
        if self._steps.is_on:
            self._steps.end()
        else:
            self._steps.begin()
        self._show()

    def _show(self) -> None:
        for name in TOOLS:
            self._by_name[name].setChecked(self._model.tool == name)
        for name, option in TOGGLES.items():
            self._by_name[name].setChecked(getattr(self._model, option))
        self._by_name["step_input"].setChecked(self._steps.is_on)
        self._by_name["drum_map"].setEnabled(self._model.is_drum_kit)
