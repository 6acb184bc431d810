"""The open project over MIDI: every edit is sent, and ports are open as long as tracks go to them."""

import logging
import threading
from collections.abc import Mapping

from musicgen_desktop.document import Project, Track
from musicgen_desktop.exchange.live_sync import (
    LiveSyncClient,
    MidiDiedError,
    Part,
    SetParts,
    SetPorts,
    SetSong,
    SetThru,
)

from ._parts import part_of
from ._routing import SONG_PORT, Route, Routing, Virtual, routing_of


class LiveMidi:
    """What the tracks of a project send. Every method may be called from any thread and none waits.

    The MIDI process is started by the first track that goes to a port.

    Args:
        client: the handle of the MIDI process; closed by whoever made it, after this.
        virtual: whether one port is offered for all tracks, or one for each.
        offsets_ms: port → how much later its messages are sent; the empty name is for those that we offer.
        song_port: how the one port for all tracks is called.
    """

    def __init__(
        self,
        client: LiveSyncClient,
        *,
        virtual: Virtual = "one",
        offsets_ms: Mapping[str, float] | None = None,
        song_port: str = SONG_PORT,
    ) -> None:
        self._client = client
        self._virtual: Virtual = virtual
        self._offsets_ms = dict(offsets_ms or {})
        self._song_port = song_port
        self._project: Project | None = None
        self._routing = Routing()
        self._sent: dict[str, tuple[Track, Route]] = {}
        self._song: SetSong | None = None
        self._changed = threading.Condition()
        self._is_due = self._is_closing = False
        self._thread = threading.Thread(target=self._send_edits, name="live midi", daemon=True)
        self._thread.start()

    def show(self, project: Project) -> None:
        """Let this be what is sent: the project after an edit, or another one."""
        with self._changed:
            self._project, self._is_due = project, True
            self._changed.notify()

    def set_ways(self, virtual: Virtual, offsets_ms: Mapping[str, float]) -> None:
        """Offer other ports, or send earlier or later."""
        with self._changed:
            self._virtual, self._offsets_ms, self._is_due = virtual, dict(offsets_ms), True
            self._changed.notify()

    def set_thru(self, input_name: str, port: str = "", channel: int | None = None) -> None:
        """Send on what comes in at an input.

        Args:
            input_name: its name or a part of it; empty ends it.
            port: the key of an output port: the name of one that exists, or empty for the one that we offer.
            channel: 0 … 15 that it is sent on; None leaves it as it comes.

        Raises:
            MidiDiedError: when the MIDI process cannot be started.
        """
        self._client.send(SetThru(input_name, port, channel))

    def close(self) -> None:
        """Send no more edits. The ports stay as they are until the client closes; may be called again."""
        with self._changed:
            self._is_closing = True
            self._changed.notify()
        self._thread.join()

    def _send_edits(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._is_due or self._is_closing)
                if self._is_closing:
                    return
                project, virtual, offsets = self._project, self._virtual, self._offsets_ms
                self._is_due = False
            if project is None:
                continue
            try:
                self._send(project, routing_of(project, virtual, offsets, self._song_port))
            except MidiDiedError:
                # The client told of it; the next edit tries again.
                self._routing, self._song = Routing(), None
                self._sent.clear()
            except Exception:
                # A bug in one edit must not keep all later ones from being sent.
                logging.getLogger(__name__).exception("Live MIDI failed")

    def _send(self, project: Project, routing: Routing) -> None:
        if not routing.ports and not self._routing.ports:
            return
        song = SetSong(project.tempo_map, project.meter_map)
        if song != self._song:
            self._song = song
            self._client.send(song)
        if routing.ports != self._routing.ports:
            self._client.send(SetPorts(routing.ports))
        self._routing = routing
        parts: list[Part] = []
        sent: dict[str, tuple[Track, Route]] = {}
        for track in project.tracks:
            route = routing.routes.get(track.id)
            if route is None:
                continue
            sent[track.id] = (track, route)
            before = self._sent.get(track.id)
            if before is None or before[1] != route or not _plays_the_same(before[0], track):
                parts.append(part_of(project, track, route))
        gone = tuple(track_id for track_id in self._sent if track_id not in sent)
        self._sent = sent
        if parts or gone:
            self._client.send(SetParts(tuple(parts), gone))


def _plays_the_same(before: Track, after: Track) -> bool:
    return before is after or (before.clips is after.clips and before.patch == after.patch)
