"""MIDI: which inputs are heard, what is offered to others, and which controllers move what."""

import msgspec
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from musicgen_desktop.session.controllers.live_midi import MidiPorts
from musicgen_desktop.session.preferences import Preferences
from musicgen_desktop.ui.bridges import Finder, LearnBridge
from musicgen_desktop.ui.widgets import NoticeBar, NumberField, TextButton, text_label

from ._controller_list import ControllerList
from ._form import Form, choose
from ._loaders import PortsLoader

_MOST_MS = 500.0


class MidiPage(Form):
    """Inputs, outputs and their delays are kept by OK and Apply; the list of controllers acts at once."""

    def __init__(
        self, learning: LearnBridge, ports_loader: PortsLoader, parent: QWidget | None = None
    ) -> None:
        super().__init__(self.tr("MIDI"), parent)
        self._learning = learning
        self._finder = Finder(ports_loader, self)
        self._finder.found.connect(self._show_ports)
        self._finder.failed.connect(self._tell_no_ports)
        self._ports: MidiPorts | None = None
        self._chosen: tuple[str, ...] = ()
        self._offsets: dict[str, float] = {}
        self.notice = NoticeBar(self)
        self.column.insertWidget(1, self.notice)
        self._add_inputs()
        self._add_outputs()
        self.controllers = ControllerList(learning, self)
        self.column.insertWidget(self.column.count() - 1, self.controllers)
        self.show_preferences(Preferences())

    def showEvent(self, event: QShowEvent) -> None:
        """The ports are looked for when somebody wants to see them."""
        super().showEvent(event)
        if self._ports is None:
            self.look()

    def look(self) -> None:
        """Ask the system for its ports."""
        self.notice.hide()
        self.state.setText(self.tr("Looking for MIDI ports…"))
        self.again.setEnabled(False)
        self._finder.look()

    def show_preferences(self, preferences: Preferences) -> None:
        """Let every field say what is set."""
        self._chosen = preferences.midi_inputs
        self._offsets = dict(preferences.midi_offsets_ms)
        choose(self.takeover, preferences.midi_takeover)
        choose(self.virtual, preferences.midi_virtual)
        self._fill_inputs()
        self._fill_offsets()

    def read(self, preferences: Preferences) -> Preferences:
        """These preferences with what this page says; learned actions are kept already."""
        return msgspec.structs.replace(
            self.with_actions(preferences),
            midi_inputs=self._chosen,
            midi_takeover=self.takeover.currentData(),
            midi_virtual=self.virtual.currentData(),
            midi_offsets_ms={name: ms for name, ms in self._offsets.items() if ms},
        )

    def with_actions(self, preferences: Preferences) -> Preferences:
        """These preferences with the actions that are learned now."""
        return msgspec.structs.replace(preferences, midi_actions=self._learning.actions)

    def _add_inputs(self) -> None:
        holder = QWidget(self)
        self.inputs = QVBoxLayout(holder)
        self.inputs.setContentsMargins(0, 4, 0, 0)
        self.inputs.setSpacing(6)
        self.all = QCheckBox(self.tr("All there are"), holder)
        self.all.setAccessibleName(self.tr("Listen to all MIDI inputs"))
        self.all.clicked.connect(self._on_all)
        self.inputs.addWidget(self.all)
        self.boxes: dict[str, QCheckBox] = {}
        self.again = TextButton(self.tr("Look again"), holder, icon_name="retry")
        self.again.clicked.connect(self.look)
        self.state = text_label("", holder, kind="soft", wrap=True)
        self.inputs.addWidget(_beside(self.again, self.state))
        self.add(
            self.tr("Inputs"),
            holder,
            hint=self.tr("Keyboards play the armed tracks; controllers move what they were learned for."),
            wide=True,
        )
        self.takeover = self.choice(
            [
                ("pickup", self.tr("When it comes to where the knob stands")),
                ("jump", self.tr("At once")),
            ]
        )
        self.add(
            self.tr("Take over"),
            self.takeover,
            hint=self.tr("When a knob on the screen begins to follow its controller. At once, it jumps."),
        )

    def _add_outputs(self) -> None:
        self.virtual = self.choice(
            [
                ("one", self.tr("One for all tracks, a channel each")),
                ("tracks", self.tr("One for each track")),
            ]
        )
        hint = self.tr(
            "Other programs find it as “MusicGen Desktop”. In the inspector each track says where its"
            " notes go."
        )
        self.add(self.tr("Our output"), self.virtual, hint=hint)
        holder = QWidget(self)
        self.offsets = QVBoxLayout(holder)
        self.offsets.setContentsMargins(0, 0, 0, 0)
        self.offsets.setSpacing(4)
        self.fields: dict[str, NumberField] = {}
        self.add(
            self.tr("Delay of outputs"),
            holder,
            hint=self.tr(
                "More sends the notes of a port later, less sends them earlier, until all is heard together."
            ),
        )

    def _show_ports(self, ports: MidiPorts) -> None:
        self._ports = ports
        self.again.setEnabled(True)
        self.state.setText(
            self.tr("%n input(s) found.", "", len(ports.inputs))
            if ports.inputs
            else self.tr("No MIDI input is connected. Plug a controller in, and look again.")
        )
        self.virtual.setEnabled(ports.can_offer)
        if ports.hint:
            self.notice.say(ports.hint, mood="info")
        self._fill_inputs()
        self._fill_offsets()

    def _tell_no_ports(self, sentence: str) -> None:
        self.again.setEnabled(True)
        self.state.setText("")
        self.notice.say(sentence, mend=self.tr("Look again"), on_mend=self.look)

    def _fill_inputs(self) -> None:
        found = () if self._ports is None else tuple(port.name for port in self._ports.inputs)
        texts = {
            name: name
            if self._ports is None or name in found
            else self.tr("{name} (not connected)").format(name=name)
            for name in (*found, *self._chosen)
        }
        self._have_boxes(texts)
        self.all.setChecked(not self._chosen)
        for name, box in self.boxes.items():
            box.setChecked(not self._chosen or name in self._chosen)

    def _have_boxes(self, texts: dict[str, str]) -> None:
        """A box for each of these, in this order. One that was there stays: the keyboard may stand on it."""
        before, self.boxes = self.boxes, {}
        for place, (name, text) in enumerate(texts.items(), start=1):
            box = before.pop(name, None)
            if box is None:
                box = QCheckBox(self)
                box.clicked.connect(lambda _checked=False: self._on_input())
            box.setText(text)
            box.setAccessibleName(text)
            if self.inputs.indexOf(box) != place:
                self.inputs.removeWidget(box)
                self.inputs.insertWidget(place, box)
            self.boxes[name] = box
        for box in before.values():
            self.inputs.removeWidget(box)
            box.deleteLater()

    def _on_all(self) -> None:
        """All is all: to choose, take some away."""
        self._chosen = ()
        self._fill_inputs()
        self.edited.emit()

    def _on_input(self) -> None:
        chosen = tuple(name for name, box in self.boxes.items() if box.isChecked())
        self._chosen = () if len(chosen) == len(self.boxes) else chosen
        if not chosen:
            self.notice.say(
                self.tr("One input at least is listened to; forget the controllers to listen to none."),
                mood="info",
            )
        self._fill_inputs()
        self.edited.emit()

    def _fill_offsets(self) -> None:
        for field in self.fields.values():
            holder = field.parentWidget()
            if holder is not None:
                self.offsets.removeWidget(holder)
                holder.deleteLater()
        self.fields = {}
        found = () if self._ports is None else tuple(port.name for port in self._ports.outputs)
        for name in dict.fromkeys(("", *found, *self._offsets)):
            self._add_offset(name)

    def _add_offset(self, name: str) -> None:
        shown = name or self.tr("Our output")
        field = NumberField(
            self.tr("Delay of {name}").format(name=shown),
            -_MOST_MS,
            _MOST_MS,
            step=1.0,
            fine=0.1,
            default=0.0,
            unit="ms",
            digits=1,
        )
        field.setFixedWidth(92)
        field.show_value(self._offsets.get(name, 0.0))
        field.value_requested.connect(lambda value: self._set_offset(name, value))
        row = _beside(field, text_label(shown, self))
        self.offsets.addWidget(row)
        self.fields[name] = field

    def _set_offset(self, name: str, value: float) -> None:
        value = min(_MOST_MS, max(-_MOST_MS, round(value, 1)))
        self._offsets[name] = value
        self.fields[name].show_value(value)
        self.edited.emit()


def _beside(field: QWidget, label: QWidget) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(field)
    row.addWidget(label, 1)
    return holder
