"""Where a track's notes go besides its own instrument: a MIDI port and a channel."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from musicgen_desktop.document import MidiOutput, Track
from musicgen_desktop.session.controllers.live_midi import MidiPorts, OpenedPort
from musicgen_desktop.ui.bridges import Finder
from musicgen_desktop.ui.widgets import text_label

from ._form import Group

_CHANNELS = 16
_ROOM = 32
_WIDEST = 480


class MidiGroup(QWidget):
    """The output and the channel of a track of notes.

    Args:
        ports_loader: asked on another thread when the list of outputs opens.
        parent: owns it.
    """

    output_chosen = Signal(object)
    """A `MidiOutput`, or None."""

    def __init__(self, ports_loader: Callable[[], MidiPorts], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._finder = Finder(ports_loader, self)
        self._finder.found.connect(self._take_ports)
        self._finder.failed.connect(self._tell)
        self._ports: MidiPorts | None = None
        self._output: MidiOutput | None = None
        self._shown: list[tuple[str | None, str]] = []
        self.port = _Outputs(self)
        self.port.setAccessibleName(self.tr("MIDI output"))
        self.port.setToolTip(self.tr("Where the track's notes go while it plays, besides its own instrument"))
        self.port.opening.connect(self._finder.look)
        self.port.activated.connect(self._on_port)
        self.channel = QComboBox(self)
        self.channel.setAccessibleName(self.tr("MIDI channel"))
        self.channel.addItem(self.tr("By itself"), None)
        for channel in range(_CHANNELS):
            self.channel.addItem(str(channel + 1), channel)
        self.channel.activated.connect(self._on_channel)
        self.problem = text_label("", self, kind="bad", wrap=True)
        self._group = Group(self.tr("MIDI"), self)
        self._group.form.add(self.tr("Sends to"), self.port)
        self._group.form.add(self.tr("Channel"), self.channel)
        self._group.form.add_wide(self.problem)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._group)
        self._tell("")

    def show_track(self, track: Track, opened: tuple[OpenedPort, ...]) -> None:
        """The track, and the ports that are open now."""
        self.setVisible(track.kind == "notes")
        self._output = track.midi_output
        self._fill()
        self._group.form.show_row(self.channel, self._output is not None)
        channel = None if self._output is None else self._output.channel
        self.channel.setCurrentIndex(self.channel.findData(channel))
        keys = () if self._output is None else (self._output.port or f"track:{track.id}", self._output.port)
        self._tell(next((port.problem for port in opened if port.key in keys), ""))

    def _fill(self) -> None:
        """Nowhere, what we offer, what there is, and what is chosen though it is not there."""
        choices: list[tuple[str | None, str]] = [(None, self.tr("Nowhere"))]
        found = self._ports
        if found is None or found.can_offer or (self._output is not None and not self._output.port):
            choices.append(("", self.tr("Other programs, as “MusicGen Desktop”")))
        names = [port.name for port in found.outputs] if found is not None else []
        choices += [(name, name) for name in dict.fromkeys(names)]
        chosen = None if self._output is None else self._output.port
        if chosen and chosen not in names:
            gone = self.tr("{name} (not connected)") if found is not None else "{name}"
            choices.append((chosen, gone.format(name=chosen)))
        if choices != self._shown:
            self._shown = choices
            self.port.clear()
            self.port.addItems([text for _, text in choices])
        self.port.setCurrentIndex([key for key, _ in choices].index(chosen))

    def _take_ports(self, ports: MidiPorts) -> None:
        self._ports = ports
        is_open = self.port.view().isVisible()
        self._fill()
        if is_open:
            self.port.reopen()
        if ports.hint and not ports.outputs:
            self._tell(ports.hint)

    def _on_port(self, row: int) -> None:
        port = self._shown[row][0]
        channel = None if self._output is None else self._output.channel
        self.output_chosen.emit(None if port is None else MidiOutput(port, channel))

    def _on_channel(self, _row: int) -> None:
        if self._output is not None:
            self.output_chosen.emit(MidiOutput(self._output.port, self.channel.currentData()))

    def _tell(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))


class _Outputs(QComboBox):
    """Says when its list opens: only then are ports looked for. Long names widen the list, not the panel."""

    opening = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)

    def showPopup(self) -> None:
        """Look for ports meanwhile."""
        self.opening.emit()
        self._unfold()

    def reopen(self) -> None:
        """Show the list as it is now; nothing is looked for."""
        super().hidePopup()
        self._unfold()

    def _unfold(self) -> None:
        texts = (self.itemText(row) for row in range(self.count()))
        widest = max(map(self.fontMetrics().horizontalAdvance, texts), default=0)
        self.view().setMinimumWidth(min(widest + _ROOM, _WIDEST))
        super().showPopup()
