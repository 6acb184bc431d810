"""The current track: name, sound, strip and what its sound goes through."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from musicgen_desktop.document import Project, Track
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.session.commands import (
    Edit,
    color_track,
    invert_polarity,
    rename_track,
    route_track,
    set_gain,
    set_midi_output,
    set_pan,
    set_patch,
    set_trim,
)
from musicgen_desktop.session.controllers.live_midi import list_midi_ports
from musicgen_desktop.ui.widgets import (
    ColourSwatch,
    DragHandle,
    Files,
    InstrumentPicker,
    NumberField,
    TextButton,
    decibels,
    pan_text,
    typed_decibels,
    typed_pan,
)

from ._form import Form, Group, words
from ._midi_group import MidiGroup
from ._strip_list import StripList
from ._view_model import InspectorViewModel

Command = Callable[..., Edit]


class TrackSection(QWidget):
    """One track, a bus, or the master."""

    insert_requested = Signal(str, str)
    refused = Signal(str)
    handle_wanted = Signal()

    def __init__(self, model: InspectorViewModel, files: Files | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._outputs: tuple[tuple[str, str], ...] = ()
        self._colour = ColourSwatch(self.tr("Track colour"), parent=self)
        self._colour.colour_chosen.connect(self._on_colour)
        self.name = QLineEdit(self)
        self.name.setAccessibleName(self.tr("Track name"))
        self.name.editingFinished.connect(self._on_name)
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self._colour)
        head.addWidget(self.name, 1)
        self.handle: DragHandle | None = None
        if files is not None:
            self.handle = DragHandle(self.tr("Drag the stem into your DAW"), files, self)
            self.handle.wanted.connect(self.handle_wanted)
            head.addWidget(self.handle)
        self._kind = words(self)
        self.instrument = TextButton("", self, tip=self.tr("Choose the instrument"))
        self.instrument.setStyleSheet("text-align: left;")
        self.instrument.clicked.connect(self._on_instrument)
        self._frozen = words(self)
        self._form = Form(self)
        self._form.add(self.tr("Kind"), self._kind)
        self._form.add(self.tr("Instrument"), self.instrument)
        self._form.add(self.tr("Freeze"), self._frozen)
        self._make_strip()
        self.strip_list = StripList(self)
        self.strip_list.insert_chosen.connect(self._on_insert)
        self.midi = MidiGroup(list_midi_ports, self)
        self.midi.output_chosen.connect(lambda output: self._ask_once("midi", set_midi_output, output))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._form)
        column.addWidget(self._strip)
        column.addWidget(self.midi)
        column.addWidget(self.strip_list)

    def show_track(self, track: Track, project: Project) -> None:
        """The selection or the project changed."""
        is_master = track.id == project.master.id
        if not (self.name.hasFocus() and self.name.isModified()):
            self.name.setText(track.name)
            self.name.setCursorPosition(0)
        self._colour.show_colour(track.color)
        self._kind.setText(self._kind_words(track))
        self._form.show_row(self.instrument, track.kind == "notes")
        name = track.patch.name if track.patch is not None else self.tr("Choose…")
        self.instrument.setText(name)
        self.instrument.setAccessibleName(self.tr("Instrument: {name}").format(name=name))
        self._form.show_row(self._frozen, track.kind in ("audio", "notes"))
        self._frozen.setText(
            self.tr("Frozen: plays a file") if track.frozen is not None else self.tr("Not frozen")
        )
        if self.handle is not None:
            self.handle.setVisible(track.kind != "master")
        self.gain.show_value(track.gain_db)
        self.pan.show_value(track.pan)
        self.trim.show_value(track.trim_db)
        self.polarity.setChecked(track.polarity_inverted)
        self.polarity.setText(self.tr("Inverted") if track.polarity_inverted else self.tr("Normal"))
        self._strip.form.show_row(self.output, not is_master)
        self._show_outputs(track, project)
        self.midi.show_track(track, self._model.midi_ports)
        self.strip_list.show_track(track, project)

    def _make_strip(self) -> None:
        self.gain = NumberField(
            self.tr("Fader"), -144.0, 24.0, step=0.5, written=decibels, read=typed_decibels, parent=self
        )
        self.pan = NumberField(
            self.tr("Pan"), -1.0, 1.0, step=0.02, fine=0.01, written=pan_text, read=typed_pan, parent=self
        )
        self.trim = NumberField(
            self.tr("Trim before the effects"),
            -144.0,
            48.0,
            step=0.5,
            written=decibels,
            read=typed_decibels,
            parent=self,
        )
        self.gain.value_requested.connect(lambda value: self._ask("fader", set_gain, value))
        self.pan.value_requested.connect(lambda value: self._ask("pan", set_pan, value))
        self.trim.value_requested.connect(lambda value: self._ask("trim", set_trim, value))
        for field in (self.gain, self.pan, self.trim):
            field.released.connect(self._model.done)
            field.refused.connect(self.refused)
        self.polarity = TextButton("", self, checkable=True, tip=self.tr("Turn the wave upside down"))
        self.polarity.setAccessibleName(self.tr("Polarity"))
        self.polarity.clicked.connect(lambda: self._ask_once("polarity", invert_polarity))
        self.output = QComboBox(self)
        self.output.setAccessibleName(self.tr("Output"))
        self.output.activated.connect(
            lambda row: self._ask_once("output", route_track, self._outputs[row][0])
        )
        self._strip = Group(self.tr("Strip"), self)
        self._strip.form.add(self.tr("Gain"), self.gain)
        self._strip.form.add(self.tr("Pan"), self.pan)
        self._strip.form.add(self.tr("Trim"), self.trim)
        self._strip.form.add(self.tr("Polarity"), self.polarity)
        self._strip.form.add(self.tr("Output"), self.output)

    def _kind_words(self, track: Track) -> str:
        kinds = {
            "audio": self.tr("Audio"),
            "notes": self.tr("Instrument"),
            "bus": self.tr("Bus"),
            "master": self.tr("Master"),
        }
        return kinds[track.kind]

    def _show_outputs(self, track: Track, project: Project) -> None:
        buses = [each for each in project.tracks if each.kind == "bus" and each.id != track.id]
        outputs = ((project.master.id, project.master.name), *((bus.id, bus.name) for bus in buses))
        if outputs != self._outputs:
            self._outputs = outputs
            self.output.clear()
            self.output.addItems([name for _, name in outputs])
        ids = [each for each, _ in outputs]
        self.output.setCurrentIndex(ids.index(track.output) if track.output in ids else 0)

    def _on_instrument(self) -> None:
        track = self._model.track
        if track is None:
            return
        try:
            picker = InstrumentPicker(track.patch, self)
        except UserInputError as error:
            self.refused.emit(str(error))
            return
        picker.patch_chosen.connect(lambda patch: self._ask_once("patch", set_patch, patch))
        picker.open_at(self.instrument.mapToGlobal(QPoint(0, self.instrument.height() + 2)))

    def _on_insert(self, insert_id: str) -> None:
        if self._model.track is not None:
            self.insert_requested.emit(self._model.track.id, insert_id)

    def _on_name(self) -> None:
        track, text = self._model.track, self.name.text().strip()
        self.name.setModified(False)
        if track is not None and text != track.name:
            self._ask_once("name", rename_track, text)
            if (now := self._model.track) is not None:
                self.name.setText(now.name)  # a refused name is taken back

    def _on_colour(self, code: str) -> None:
        self._ask_once("colour", color_track, code)

    def _ask(self, name: str, command: Command, *arguments: object) -> None:
        if self._model.track is not None:
            self._model.ask(name, command, self._model.track.id, *arguments)

    def _ask_once(self, name: str, command: Command, *arguments: object) -> None:
        self._ask(name, command, *arguments)
        self._model.done()
