"""The open project and the clocks of other machines: sends ours, or follows theirs."""

import threading
from collections.abc import Callable
from contextlib import suppress
from itertools import count

from musicgen_desktop.document import Project
from musicgen_desktop.exchange.live_sync import (
    ClocksTaken,
    Event,
    LiveSyncClient,
    MidiDiedError,
    MidiProblem,
    PortsOpened,
    PortWish,
    SetClocks,
    SetMaster,
    SetPorts,
    SetSong,
)
from musicgen_desktop.exchange.live_sync.sync import FollowWish
from musicgen_desktop.session.controllers.playing import Player
from musicgen_desktop.timing import PPQ, MasterClock, MasterClockPage

from ._settings import OWN_PORT, SyncSettings

_pages = count(1)


class Sync:
    """Keeps a player together with other machines. Every method may be called from any thread.

    A process of its own sends and listens; it is started when something is wished for.

    Args:
        player: opened.
        project: what it plays.
        on_problem: told what the user should know, on a thread of the process's handle.
        on_ports: told the ports that clocks are sent on, likewise.
        on_clocks: told that clocks are sent as they were wished for last, or why not; likewise.
    """

    def __init__(
        self,
        player: Player,
        project: Project,
        *,
        on_problem: Callable[[str], None],
        on_ports: Callable[[PortsOpened], None] = lambda _ports: None,
        on_clocks: Callable[[ClocksTaken], None] = lambda _taken: None,
    ) -> None:
        self._player, self._project = player, project
        self._on_problem, self._on_ports, self._on_clocks = on_problem, on_ports, on_clocks
        self._lock = threading.Lock()
        self._settings = SyncSettings()
        self._client: LiveSyncClient | None = None
        self._path = player.clock_path.with_name(f"master-{next(_pages)}")
        self._page = MasterClockPage.create(self._path)

    @property
    def settings(self) -> SyncSettings:
        """What is wished for."""
        return self._settings

    @property
    def master(self) -> MasterClock:
        """What the followed machine says just now; `off` while none is followed."""
        return self._page.read() if self._settings.follow is not None else MasterClock()

    def set(self, settings: SyncSettings) -> None:
        """Send and follow this from now on.

        Raises:
            MidiDiedError: when the process cannot be started.
        """
        with self._lock:
            before, self._settings = self._settings, settings
            if settings == before:
                return
            if self._client is None:
                self._client = LiveSyncClient(self._player.clock_path, self._hear)
            client = self._client
            client.send(SetSong(self._project.tempo_map, self._project.meter_map))
            if _sent(settings) != _sent(before):
                names = dict.fromkeys((*settings.clock, *settings.timecode))
                ports = tuple(
                    PortWish(name, name or OWN_PORT, is_virtual=not name, offset_ms=settings.offset_ms)
                    for name in names
                )
                client.send(SetPorts(ports, "clocks"))
                client.send(
                    SetClocks(
                        settings.clock,
                        settings.timecode,
                        settings.timecode_rate,
                        settings.timecode_start_s,
                        settings.jack,
                    )
                )
            wish = _wish(settings, self._project)
            if wish != _wish(before, self._project):
                client.send(SetMaster(str(self._path), wish))
                self._player.follow(None if wish is None else self._path)

    def show(self, project: Project) -> None:
        """The project after an edit, or another one: its tempo is what is sent, its bar that of Link."""
        with self._lock:
            before, self._project = self._project, project
            same = before.tempo_map == project.tempo_map and before.meter_map == project.meter_map
            if not same and self._client is not None:
                with suppress(MidiDiedError):  # it was told already
                    self._client.send(SetSong(project.tempo_map, project.meter_map))
                    if self._settings.follow == "link" and _first_bar(project) != _first_bar(before):
                        self._client.send(SetMaster(str(self._path), _wish(self._settings, project)))

    def close(self) -> None:
        """Send and follow nothing; waits for the process. May be called again."""
        with self._lock:
            client, self._client = self._client, None
            if self._settings.follow is not None:
                self._player.follow(None)
            self._settings = SyncSettings()
        if client is not None:
            client.close()

    def _hear(self, event: Event) -> None:
        if isinstance(event, MidiProblem):
            self._on_problem(event.sentence)
        elif isinstance(event, ClocksTaken):
            self._on_clocks(event)
            if event.problem:
                self._on_problem(event.problem)
        elif isinstance(event, PortsOpened):
            self._on_ports(event)
            for port in event.ports:
                if port.problem:
                    self._on_problem(port.problem)


def _wish(settings: SyncSettings, project: Project) -> FollowWish | None:
    return settings.wish(project.tempo_map.bpm_at(0), _first_bar(project))


def _first_bar(project: Project) -> float:
    """In quarters."""
    return project.meter_map.tick_of_bar(2) / PPQ


def _sent(settings: SyncSettings) -> tuple[object, ...]:
    return (
        settings.clock,
        settings.timecode,
        settings.timecode_rate,
        settings.timecode_start_s,
        settings.jack,
        settings.offset_ms,
    )
