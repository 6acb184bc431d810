"""What opens over the window: settings, help, sending, and the questions after a crash or a lost file."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal, cast, get_args

import msgspec
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow

from musicgen_desktop.foundation import MusicgenDesktopError
from musicgen_desktop.session.controllers.live_midi import list_midi_ports
from musicgen_desktop.session.controllers.playing import (
    DeviceList,
    OpenSpeaker,
    SpeakerSettings,
    list_sound_devices,
)
from musicgen_desktop.session.controllers.sync import SyncSettings
from musicgen_desktop.session.preferences import Preferences, save_preferences
from musicgen_desktop.session.workspace import LeftBehind, missing_media
from musicgen_desktop.ui.start import StartPage
from musicgen_desktop.ui.theme import apply_theme, languages

from ._desk import Way
from ._latency import LatencyMeasurement
from ._palette import CommandPalette
from ._services import Services
from ._shortcuts import ShortcutSheet


class Dialogs(QObject):
    """Each is built when it is asked for."""

    applied = Signal(object)
    """The new `Preferences`."""

    def __init__(
        self,
        window: QMainWindow,
        services: Services,
        open_folder: Callable[[Path, LeftBehind, Way], object],
    ) -> None:
        super().__init__(window)
        self._open = open_folder
        self._window = window
        self._services = services
        self.preferences = services.preferences
        self._latency = LatencyMeasurement(services.bridges.player, services.jobs, self)
        services.bridges.learning.actions_changed.connect(self._keep_actions)
        services.bridges.player.sync.chosen.connect(self._keep_sync)
        self._use_midi()

    def palette(self) -> None:
        """The command palette."""
        _run(CommandPalette(self._services.bridges.actions, self._window))

    def shortcuts(self) -> None:
        """The shortcut sheet."""
        _run(ShortcutSheet(self._services.bridges.actions, self._window))

    def settings(self) -> None:
        """The settings; what is applied is worn at once."""
        self._show_settings()

    def midi_settings(self) -> None:
        """The settings, opened at MIDI."""
        self._show_settings("midi")

    def exchange_settings(self) -> None:
        """The settings, opened at the exchange folder."""
        self._show_settings("files")

    def _show_settings(self, page: Literal["midi", "files"] | None = None) -> None:
        from musicgen_desktop.ui.settings import SettingsDialog

        dialog = SettingsDialog(
            self.preferences,
            _devices,
            list_midi_ports,
            self._services.bridges.learning,
            self._window,
            languages=languages(),
        )
        if page is not None:
            dialog.show_page(dialog.midi if page == "midi" else dialog.files)
        dialog.applied.connect(self.apply)
        self._latency.measured.connect(dialog.say_latency)
        self._latency.failed.connect(dialog.say_no_latency)  # its own slot: it may be closed before
        dialog.latency_requested.connect(
            lambda: self._latency.measure(_speaker(dialog.preferences), _speaker(self.preferences))
        )
        dialog.shortcuts_requested.connect(self.shortcuts)
        dialog.reset_layout_requested.connect(self._services.bridges.actions["view.reset"].trigger)
        _run(dialog)

    def about(self) -> None:
        """Version and licences."""
        from ._about import AboutDialog

        _run(AboutDialog(self._services.jobs, self._window))

    def send(self) -> None:
        """Hand the song over to a DAW."""
        from musicgen_desktop.ui.handover import SendDialog

        bits = self.preferences.export_bits
        _run(SendDialog(self._services.bridges, self._services.jobs, self._window, bits=bits))

    def apply(self, preferences: Preferences) -> None:
        """Wear new settings."""
        before, self.preferences = self.preferences, preferences
        application = QApplication.instance()
        if preferences.theme != before.theme and isinstance(application, QApplication):
            apply_theme(application, preferences.theme)
        player = self._services.bridges.player
        if _speaker(preferences) != _speaker(before):
            player.change_device(_speaker(preferences))
        player.returns_on_stop = preferences.stop_returns_to_start
        if preferences.metronome_db != before.metronome_db:
            player.set_metronome(enabled=player.metronome, gain_db=preferences.metronome_db)
        self._services.bridges.snap.choose(preferences.snap)
        self._services.desk.rate = preferences.rate
        if preferences.language != before.language:
            self._services.bridges.status.say(
                self.tr("The other language is there when the program is started the next time.")
            )
        self._use_midi()
        self.applied.emit(preferences)

    def _use_midi(self) -> None:
        worn = self.preferences
        self._services.bridges.learning.use(worn.midi_actions, worn.midi_inputs, worn.midi_takeover)
        self._services.bridges.player.midi_out.set_ways(worn.midi_virtual, worn.midi_offsets_ms)
        self._services.bridges.player.sync.use(
            SyncSettings(
                clock=worn.sync_clock_to,
                timecode=worn.sync_timecode_to,
                timecode_rate=worn.sync_timecode_rate,
                jack=worn.sync_jack,
                follow=worn.sync_follow or None,
                follow_port=worn.sync_follow_port,
                offset_ms=worn.sync_offset_ms,
            )
        )

    def _keep_actions(self, actions: dict[str, str]) -> None:
        """Actions were learned or forgotten."""
        self._keep(midi_actions=actions)

    def _keep_sync(self, settings: SyncSettings) -> None:
        """Other clocks are sent or followed."""
        self._keep(
            sync_clock_to=settings.clock,
            sync_timecode_to=settings.timecode,
            sync_timecode_rate=settings.timecode_rate,
            sync_jack=settings.jack,
            sync_follow=settings.follow or "",
            sync_follow_port=settings.follow_port,
            sync_offset_ms=settings.offset_ms,
        )

    def _keep(self, **changes: object) -> None:
        self.preferences = msgspec.structs.replace(self.preferences, **changes)
        try:
            save_preferences(self.preferences)
        except MusicgenDesktopError as error:
            self._services.bridges.status.say(str(error), "bad")

    def open_sound(self) -> None:
        """Start the playback process with the device of the settings."""
        player = self._services.bridges.player
        player.metronome_db = self.preferences.metronome_db
        player.returns_on_stop = self.preferences.stop_returns_to_start
        player.open(_speaker(self.preferences))

    def tell_left_behind(self, found: Sequence[LeftBehind], start: StartPage) -> None:
        """Ask once about projects that a crash left open: on the start page, or over the window."""
        if start.isVisible() and not any(left.wants_safe_mode for left in found):
            start.show_left_behind(found)
            return
        from ._recovery import RecoveryDialog

        dialog = RecoveryDialog(found, self._window)
        dialog.answered.connect(self.recover)
        _run(dialog)

    def recover(self, left: LeftBehind, choice: str) -> None:
        """Open what a crash left, as it was chosen; nobody is asked about it again."""
        if choice == "later":
            left.forget()
            self._services.desk.keep_in_sight(left.folder)
        elif choice in get_args(Way):
            self._open(left.folder, left, cast("Way", choice))

    def ask_for_missing_media(self) -> None:
        """Say which audio files are gone, and offer to find them."""
        project = self._services.bridges.project
        missing = missing_media(project.project, project.folder) if project.folder is not None else ()
        if missing:
            from ._missing_media import MissingMediaDialog

            _run(MissingMediaDialog(self._services.bridges, self._services.jobs, missing, self._window))


def _run(dialog: QDialog) -> None:
    dialog.exec()
    dialog.deleteLater()


def _devices() -> DeviceList:
    return list_sound_devices().devices


def _speaker(preferences: Preferences) -> OpenSpeaker:
    return OpenSpeaker(
        SpeakerSettings(
            device=preferences.device or None,
            host_api=preferences.host_api or None,
            device_frames=preferences.device_frames,
        ),
        look_ahead_ms=preferences.look_ahead_ms,
    )
