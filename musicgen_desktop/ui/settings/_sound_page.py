"""Which device plays, and how far ahead."""

import math

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSlider, QWidget

from musicgen_desktop.session.controllers.playing import DeviceList
from musicgen_desktop.session.preferences import Preferences
from musicgen_desktop.ui.bridges import Finder
from musicgen_desktop.ui.widgets import NoticeBar, NumberField, TextButton, text_label

from ._form import Form, choose
from ._loaders import DevicesLoader

_FRAMES = (64, 128, 256, 512, 1024, 2048)
_RATES = (44_100, 48_000, 88_200, 96_000)
_LEAST_MS, _MOST_MS = 10.0, 2000.0
_SLIDER = 100


class SoundPage(Form):
    """Device, buffer, look-ahead, and the sample rate of new projects."""

    latency_requested = Signal()
    """Measure how long sound takes out through a cable and back in."""

    def __init__(self, devices_loader: DevicesLoader, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Sound"), parent)
        self._finder = Finder(devices_loader, self)
        self._finder.found.connect(self._show_devices)
        self._finder.failed.connect(self._tell_no_devices)
        self._devices: DeviceList | None = None
        self.notice = NoticeBar(self)
        self.column.insertWidget(1, self.notice)
        self._add_devices()
        self._add_timing()
        self._add_latency()
        self.show_preferences(Preferences())

    def showEvent(self, event: QShowEvent) -> None:
        """The devices are looked for when somebody wants to see them."""
        super().showEvent(event)
        if self._devices is None:
            self.look()

    def look(self) -> None:
        """Ask the system for its devices."""
        self.notice.hide()
        self.state.setText(self.tr("Looking for devices…"))
        self.again.setEnabled(False)
        self._finder.look()

    def show_preferences(self, preferences: Preferences) -> None:
        """Let every field say what is set."""
        self._fill_devices(preferences.host_api, preferences.device)
        self._fill_frames(preferences.rate)
        frames = preferences.device_frames
        choose(self.frames, frames, self._frames_text(frames or 0, preferences.rate))
        choose(self.rate, preferences.rate)
        self._show_look_ahead(preferences.look_ahead_ms)

    def read(self, preferences: Preferences) -> Preferences:
        """These preferences with what this page says."""
        return msgspec.structs.replace(
            preferences,
            host_api=self.way.currentData(),
            device=self.device.currentData(),
            device_frames=self.frames.currentData(),
            look_ahead_ms=self.look_ahead.value,
            rate=self.rate.currentData(),
        )

    def say_latency(self, sentence: str, *, failed: bool = False) -> None:
        """What the measurement found, or why it found nothing."""
        self.measure.setEnabled(True)
        self.notice.say(sentence, mood="bad" if failed else "info")

    def _add_devices(self) -> None:
        self.way = self.choice([("", self.tr("The usual one"))])
        self.add(self.tr("Driver"), self.way, hint=self.tr("The way to the device, such as JACK or ASIO."))
        self.way.activated.connect(lambda _index: self._fill_devices(self.way.currentData(), ""))
        self.device = self.choice([("", self.tr("The system’s choice"))])
        self.again = TextButton(self.tr("Look again"), self, icon_name="retry")
        self.again.clicked.connect(self.look)
        self.add(self.tr("Output device"), self.device, self.again)
        self.state = text_label("", self, kind="soft")
        row = self._grid.rowCount() - 2
        self._grid.addWidget(self.state, row, 1)
        self.frames = self.choice([])
        self.add(
            self.tr("Buffer"),
            self.frames,
            hint=self.tr("How much the device asks for at once. Smaller reacts faster, larger is safer."),
        )

    def _add_timing(self) -> None:
        self.look_ahead = NumberField(
            self.tr("Look-ahead"), _LEAST_MS, _MOST_MS, step=10, fine=1, default=100.0, unit="ms", digits=0
        )
        self.look_ahead.setFixedWidth(84)
        self.look_ahead.value_requested.connect(self._turn_look_ahead)
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setRange(0, _SLIDER)
        self.slider.setAccessibleName(self.tr("Look-ahead, from faster to safer"))
        self.slider.setMinimumWidth(130)
        self.slider.valueChanged.connect(lambda at: self._turn_look_ahead(_ms_at(at)))
        holder = QWidget(self)
        holder.setAccessibleName(self.tr("Look-ahead"))
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(text_label(self.tr("faster"), holder, kind="soft"))
        row.addWidget(self.slider, 1)
        row.addWidget(text_label(self.tr("safer"), holder, kind="soft"))
        row.addWidget(self.look_ahead)
        self.add(
            self.tr("Look-ahead"),
            holder,
            hint=self.tr(
                "How far ahead music is rendered while it plays. Less lets edits be heard sooner,"
                " more keeps a busy machine from dropping out; it grows by itself when it must."
            ),
        )
        self.rate = self.choice([(rate, _rate_text(rate)) for rate in _RATES])
        self.rate.activated.connect(lambda _index: self._fill_frames(self.rate.currentData()))
        self.add(
            self.tr("Sample rate"), self.rate, hint=self.tr("Of new projects; those that exist keep theirs.")
        )

    def _add_latency(self) -> None:
        self.measure = TextButton(self.tr("Measure latency"), self, icon_name="tempo")
        self.measure.clicked.connect(self._ask_latency)
        self.add(
            self.tr("Recording"),
            self.measure,
            hint=self.tr(
                "Connect an output of the device to its first input with a cable. A short chirp is played,"
                " and recordings are placed by what comes back."
            ),
        )

    def _ask_latency(self) -> None:
        self.measure.setEnabled(False)
        self.notice.say(self.tr("Measuring…"), mood="info")
        self.latency_requested.emit()

    def _show_devices(self, devices: DeviceList) -> None:
        self._devices = devices
        self.again.setEnabled(True)
        count = sum(each.outputs > 0 for each in devices.devices)
        self.state.setText(
            self.tr("%n device(s) can play.", "", count)
            if count
            else self.tr("No device that plays was found.")
        )
        self._fill_devices(self.way.currentData(), self.device.currentData())

    def _tell_no_devices(self, sentence: str) -> None:
        self.again.setEnabled(True)
        self.state.setText("")
        self.notice.say(sentence, mend=self.tr("Look again"), on_mend=self.look)

    def _fill_devices(self, way: str, device: str) -> None:
        found = self._devices
        self.way.clear()
        self.way.addItem(self.tr("The usual one"), "")
        for name in found.host_apis if found is not None else ():
            self.way.addItem(name, name)
        choose(self.way, way, self._gone(way))
        self.device.clear()
        self.device.addItem(self._usual_device(), "")
        if found is not None:
            fitting = [each for each in found.devices if each.outputs and way in ("", each.host_api)]
            for name in dict.fromkeys(each.name for each in fitting):
                self.device.addItem(name, name)
        choose(self.device, device, self._gone(device))

    def _gone(self, name: str) -> str:
        """How a chosen one is called that is not among those found."""
        return name if self._devices is None else self.tr("{name} (not connected)").format(name=name)

    def _usual_device(self) -> str:
        found = self._devices
        usual = self.tr("The system’s choice")
        if found is None or found.default_output is None:
            return usual
        name = next((each.name for each in found.devices if each.index == found.default_output), "")
        return f"{usual} ({name})" if name else usual

    def _fill_frames(self, rate: int) -> None:
        kept = self.frames.currentData()
        self.frames.clear()
        self.frames.addItem(self.tr("As usual for the driver"), None)
        for frames in _FRAMES:
            self.frames.addItem(self._frames_text(frames, rate), frames)
        choose(self.frames, kept, self._frames_text(kept or 0, rate))

    def _frames_text(self, frames: int, rate: int) -> str:
        return self.tr("{frames} frames · {ms} ms").format(frames=frames, ms=f"{1000.0 * frames / rate:.1f}")

    def _turn_look_ahead(self, value: float) -> None:
        value = min(_MOST_MS, max(_LEAST_MS, round(value)))
        if value != self.look_ahead.value:
            self._show_look_ahead(value)
            self.edited.emit()

    def _show_look_ahead(self, value: float) -> None:
        self.look_ahead.show_value(value)
        self.slider.blockSignals(True)  # noqa: FBT003 - Qt's own
        self.slider.setValue(_slider_at(value))
        self.slider.blockSignals(False)  # noqa: FBT003


def _ms_at(at: int) -> float:
    """The slider is even in powers: 10 ms at the left, 2 s at the right."""
    ms = _LEAST_MS * (_MOST_MS / _LEAST_MS) ** (at / _SLIDER)
    return float(round(ms, -1) if ms >= 50 else round(ms))


def _slider_at(ms: float) -> int:
    return round(_SLIDER * math.log(ms / _LEAST_MS) / math.log(_MOST_MS / _LEAST_MS))


def _rate_text(rate: int) -> str:
    return f"{rate / 1000:g} kHz"
