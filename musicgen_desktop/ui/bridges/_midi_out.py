"""Live MIDI as Qt sees it: the ports that tracks send to, and what is wrong with them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, Signal

from musicgen_desktop.document import Project
from musicgen_desktop.foundation import MusicgenDesktopError
from musicgen_desktop.session.controllers.live_midi import (
    LiveMidi,
    LiveSyncClient,
    MidiEvent,
    MidiProblem,
    OpenedPort,
    PortsOpened,
    routing_of,
)


class MidiOutBridge(QObject):
    """Sends what plays, as long as a playback process runs. Edits are sent by themselves."""

    ports_changed = Signal()
    """Other ports are open, or one was lost or has come back."""
    problem = Signal(str)
    told = Signal(object)
    """Any other `MidiEvent`."""
    _event = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.ports: tuple[OpenedPort, ...] = ()
        """All that are wished for; those that are not open say why."""
        self.client: LiveSyncClient | None = None
        """The handle of the MIDI process, also for clocks; None while nothing is open."""
        self._live: LiveMidi | None = None
        self._virtual: Literal["one", "tracks"] = "one"
        self._offsets_ms: Mapping[str, float] = {}
        self._thru: tuple[str, str, int | None] = ("", "", None)
        self._event.connect(self._take)

    def open(self, clock_path: Path, project: Project) -> None:
        """Keep time by this clock from now on; ports are opened when a track sends to one."""
        self.close()
        # The signal carries each event from the client's thread to this one.
        self.client = LiveSyncClient(clock_path, self._event.emit)
        self._live = LiveMidi(self.client, virtual=self._virtual, offsets_ms=self._offsets_ms)
        self._live.show(project)
        if self._thru[0]:
            self.set_thru(*self._thru)

    def show(self, project: Project) -> None:
        """Let this be what is sent."""
        if self._live is not None:
            self._live.show(project)

    def set_ways(self, virtual: Literal["one", "tracks"], offsets_ms: Mapping[str, float]) -> None:
        """Offer one port for all tracks or one for each; send later, or sooner.

        Args:
            virtual: “one” or “tracks”.
            offsets_ms: port → how much later; the empty name is for those that we offer.
        """
        self._virtual, self._offsets_ms = virtual, dict(offsets_ms)
        if self._live is not None:
            self._live.set_ways(virtual, offsets_ms)

    def set_thru(self, input_name: str, port: str = "", channel: int | None = None) -> None:
        """Send on what comes in at an input to an open output; an empty input ends it."""
        self._thru = (input_name, port, channel)
        if self._live is not None:
            try:
                self._live.set_thru(input_name, port, channel)
            except MusicgenDesktopError as error:
                self.problem.emit(str(error))

    def send_keys(self, keyboard: str, project: Project, track_id: str) -> None:
        """Send what is played on a keyboard on to where a track's notes go; else, end that.

        Args:
            keyboard: the name of a MIDI input; empty for none.
            project: as it is.
            track_id: of the track; one that is muted, or sends nowhere, ends it.
        """
        route = routing_of(project, self._virtual, self._offsets_ms).routes.get(track_id)
        is_sent = bool(keyboard) and route is not None and route.is_heard
        wish = (keyboard, route.port, route.channel) if route is not None and is_sent else ("", "", None)
        if wish != self._thru:
            self.set_thru(*wish)

    def close(self) -> None:
        """Let go of every note, then of all ports."""
        live, client = self._live, self.client
        self._live = self.client = None
        if live is not None:
            live.close()
        if client is not None:
            client.close()
        if self.ports:
            self.ports = ()
            self.ports_changed.emit()

    def _take(self, event: MidiEvent) -> None:
        match event:
            case PortsOpened():
                known = {port.problem for port in self.ports}
                self.ports = event.ports
                for port in event.ports:
                    if port.problem and port.problem not in known:
                        self.problem.emit(port.problem)
                self.ports_changed.emit()
            case MidiProblem():
                self.problem.emit(event.sentence)
            case _:
                self.told.emit(event)
