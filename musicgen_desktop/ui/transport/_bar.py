"""Puts the transport bar together."""

import time

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QPushButton, QSizePolicy, QWidget

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.session.commands import set_key, set_meter, set_tempo
from musicgen_desktop.session.controllers.playing import BoardReading, SpeakerOpened
from musicgen_desktop.timing import parse_position
from musicgen_desktop.ui.bridges import Bridges, LearnSpot, LearnTarget, text_of_place, text_of_time
from musicgen_desktop.ui.theme import Sizes, dress, font, tokens
from musicgen_desktop.ui.widgets import IconButton

from ._field import TransportField
from ._level import decibels
from ._meter import MasterMeter
from ._sync import SyncButton
from ._tap import TapTempo

_WITHOUT_BUTTON = {
    "transport.play": ("transport.stop",),
    "transport.return": ("transport.end", "transport.bar_back", "transport.bar_on"),
}
"""What a controller can do that has no button here: the menu of another one offers to learn it."""


class TransportBar(QFrame):
    """Play, stop, record, loop, click; place, tempo, meter, key; level, load and device."""

    device_requested = Signal()
    """The user wants to choose another device."""

    def __init__(self, bridges: Bridges, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridges = bridges
        self._taps = TapTempo()
        self.setProperty("kind", "panel")
        self.setFixedHeight(Sizes.TRANSPORT)
        self.setAccessibleName(self.tr("Transport"))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 0, 12, 0)
        self._row.setSpacing(4)
        self._row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # `resizeEvent` makes room
        self._add_buttons()
        self._add_line()
        self._add_place()
        self._add_line()
        self._add_music()
        self._row.addStretch(1)
        self._add_sound()
        self._connect()
        self._show_song()
        self._show_place(0.0)
        self._show_reading(BoardReading())
        self._show_device(None)

    def _add_buttons(self) -> None:
        for action_id, icon_name in (
            ("transport.return", "return"),
            ("transport.play", "play"),
            ("transport.record", "record"),
            ("transport.loop", "loop"),
            ("transport.metronome", "metronome"),
        ):
            button = IconButton.of(self._bridges.actions[action_id], icon_name, self)
            button.setFixedSize(36, 32)
            button.setIconSize(QSize(18, 18))
            others = [
                (LearnTarget(action=each), self._bridges.actions[each].text())
                for each in _WITHOUT_BUTTON.get(action_id, ())
            ]
            LearnSpot(button, self._bridges.learning, LearnTarget(action=action_id), others)
            if action_id == "transport.record":
                dress(button, icon_name, "bad")
            self._row.addWidget(button)
            if action_id == "transport.play":
                self._play = button

    def _add_place(self) -> None:
        self.place = TransportField(self.tr("Position in bars"), "000.00.000", size=Sizes.TITLE, parent=self)
        self.clock = QLabel("0:00.000", self)
        self.clock.setFont(font(Sizes.SMALL, tabular=True))
        self.clock.setProperty("kind", "soft")
        self.clock.setFixedWidth(72)
        self.clock.setAccessibleName(self.tr("Position in time"))
        self._row.addWidget(self.place)
        self._row.addWidget(self.clock)

    def _add_music(self) -> None:
        self.tempo = TransportField(self.tr("Tempo in BPM"), "000.00 BPM", step=self._step_tempo, parent=self)
        self.tap = QPushButton(self.tr("TAP"), self)
        self.tap.setAccessibleName(self.tr("Tap the tempo"))
        self.tap.setToolTip(self.tr("Tap here in time, and the song takes your tempo"))
        self.tap.setFixedWidth(48)
        self.meter = TransportField(self.tr("Meter"), "00/16", parent=self)
        self.key = TransportField(self.tr("Key"), "C# harmonic", parent=self)
        self.sync = SyncButton(self._bridges.player.sync, self)
        for widget in (self.tempo, self.tap, self.meter, self.key, self.sync):
            self._row.addWidget(widget)

    def _add_sound(self) -> None:
        self.level = MasterMeter(self)
        self._row.addWidget(self.level)
        self._add_line()
        self.load = QLabel(self)
        self.load.setFont(font(Sizes.SMALL, tabular=True))
        self.load.setProperty("kind", "soft")
        self.load.setFixedWidth(104)
        self.load.setAccessibleName(self.tr("Processor load and dropouts"))
        self._row.addWidget(self.load)
        self.device = QPushButton(self)
        self.device.setFlat(True)
        self.device.setAccessibleName(self.tr("Sound device"))
        self.device.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.device.setMaximumWidth(190)
        self.device.clicked.connect(self.device_requested)
        self._row.addWidget(self.device)

    def _add_line(self) -> None:
        line = QFrame(self)
        line.setFixedSize(1, 24)
        line.setStyleSheet(f"background: {tokens().line_strong}; border: none;")
        self._row.addSpacing(6)
        self._row.addWidget(line, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addSpacing(6)

    def _connect(self) -> None:
        bridges = self._bridges
        self.place.typed.connect(self._locate)
        self.tempo.typed.connect(self._type_tempo)
        self.meter.typed.connect(lambda text: self._ask_here(set_meter, text))
        self.key.typed.connect(lambda text: self._ask_here(set_key, text))
        self.tap.pressed.connect(self._tap)
        bridges.project.changed.connect(self._show_song)
        bridges.project.opened.connect(self._show_song)
        bridges.player.place_changed.connect(self._show_place)
        bridges.player.read.connect(self._show_reading)
        bridges.player.state_changed.connect(self._show_state)
        bridges.player.opened.connect(self._show_device)
        bridges.player.sync.changed.connect(self._show_song)
        bridges.player.problem.connect(lambda _sentence: self._show_device(None))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What one can do without goes first when there is little room."""
        super().resizeEvent(event)
        width = event.size().width()
        for widget, least in ((self.load, 1270), (self.tap, 1185), (self.clock, 1135), (self.level, 1060)):
            widget.setVisible(width >= least)
        self.sync.set_compact(compact=width < 900)

    def minimumSizeHint(self) -> QSize:
        """Narrower than all of its parts together: some of them go."""
        return QSize(780, Sizes.TRANSPORT)

    @property
    def _tick(self) -> int:
        return max(0, round(self._bridges.player.tick))

    def _show_song(self) -> None:
        project, tick = self._bridges.project.project, self._tick
        bpm = self._bridges.player.sync.master.bpm
        self.tempo.show_text(f"{project.tempo_map.bpm_at(tick) if bpm is None else bpm:.2f} BPM")
        self.meter.show_text(str(project.meter_map.meter_at(tick)))
        keys = [change.key for change in project.keys if change.tick <= tick]
        self.key.show_text(keys[-1] if keys else "–")

    def _show_place(self, tick: float) -> None:
        project = self._bridges.project.project
        self.place.show_text(text_of_place(round(tick), project.meter_map))
        self.clock.setText(text_of_time(tick, project.tempo_map))
        if len(project.tempo_map.points) + len(project.meter_map.changes) + len(project.keys) > 3:
            self._show_song()

    def _show_state(self, _state: str) -> None:
        running = self._bridges.player.is_running
        dress(self._play, "stop" if running else "play", "accent" if running else "")

    def _show_reading(self, reading: BoardReading) -> None:
        levels = self._bridges.player.levels(reading)
        left, right, _rms_left, _rms_right = levels.get(self._bridges.project.project.master.id, (0.0,) * 4)
        self.level.show_levels(decibels(left), decibels(right), reading.short_term_lufs)
        dropouts = reading.starvations + reading.xruns
        text = self.tr("CPU {share} % · {dropouts}").format(
            share=round(100.0 * reading.cpu_share), dropouts=dropouts
        )
        if text != self.load.text():
            self.load.setText(text)
            tip = self.tr("Mixing takes {share} % of one core; %n dropout(s) so far", "", dropouts)
            self.load.setToolTip(tip.format(share=round(100.0 * reading.cpu_share)))

    def _show_device(self, speaker: SpeakerOpened | None) -> None:
        if speaker is None:
            self.device.setText(self.tr("No sound yet"))
            self.device.setToolTip(self.tr("The sound device is being opened. Click to choose another one."))
            return
        silent = bool(speaker.silent_because)
        name = self.tr("No sound card") if silent else speaker.name
        self.device.setText(name if len(name) <= 22 else name[:21] + "…")
        rate = f"{speaker.rate / 1000:g} kHz"
        self.device.setToolTip(
            speaker.silent_because
            or self.tr("{name}: {rate}, {frames} frames. Click to choose another one.").format(
                name=speaker.name, rate=rate, frames=speaker.device_frames
            )
        )

    def _locate(self, text: str) -> None:
        try:
            tick = parse_position(text, self._bridges.project.project.meter_map)
        except UserInputError as error:
            self._bridges.status.say(str(error), "bad")
        else:
            self._bridges.player.locate(tick)

    def _type_tempo(self, text: str) -> None:
        try:
            bpm = float(text.lower().removesuffix("bpm").replace(",", ".").strip())
        except ValueError:
            self._bridges.status.say(self.tr("A tempo is a number of BPM, like 120 or 92.5."), "bad")
        else:
            self._set_tempo(bpm)

    def _step_tempo(self, direction: int, fine: bool) -> None:  # noqa: FBT001 - the field's own words
        project = self._bridges.project.project
        step = 0.1 if fine else 1.0
        self._set_tempo(round(project.tempo_map.bpm_at(self._tick) + direction * step, 2), merge_key="tempo")

    def _tap(self) -> None:
        bpm = self._taps.tap(time.monotonic())
        if bpm is not None:
            self._set_tempo(round(bpm, 1), merge_key="tap")

    def _set_tempo(self, bpm: float, merge_key: str | None = None) -> None:
        """Change the tempo that holds at the play head, from where it began to hold."""
        points = self._bridges.project.project.tempo_map.points
        begin = max(point.tick for point in points if point.tick <= self._tick)
        self._bridges.project.ask(set_tempo, begin, bpm, merge_key=merge_key)

    def _ask_here(self, command: object, text: str) -> None:
        bar = self._bridges.project.project.meter_map.bar_of(self._tick)
        self._bridges.project.ask(command, bar, text)  # type: ignore[arg-type]
