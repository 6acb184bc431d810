"""Send a project over MIDI from the command line, in time, until its end or until it is stopped."""

import queue
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from musicgen_desktop.document import MidiOutput, NotesClip, Project, Track
from musicgen_desktop.exchange.live_sync import (
    Event,
    LiveSyncClient,
    MidiProblem,
    OpenedPort,
    PartsTaken,
    PortsOpened,
    Sent,
)
from musicgen_desktop.foundation import MusicgenDesktopError, Report, StopFlag, UserInputError, no_report
from musicgen_desktop.playback.host import OpenSpeaker
from musicgen_desktop.playback.speaker import SpeakerSettings
from musicgen_desktop.session.controllers._named_tracks import tracks_named
from musicgen_desktop.session.controllers.playing import Player, PlayProject

from ._live_midi import LiveMidi
from ._routing import SONG_PORT, Routing, Virtual, routing_of

_OPEN_S, _LOOK_S = 20.0, 0.05


class SendReport(msgspec.Struct, frozen=True):
    """What was sent, and through what.

    Attributes:
        ports: as others see them.
        first_bar: where it began.
        played_s: how long the song ran.
        messages: that were sent on all ports.
        late: of them, more than 3 ms after they were due.
        lost: that a port had no room for.
        notes: what a person should know.
    """

    ports: tuple[OpenedPort, ...]
    first_bar: int
    played_s: float
    messages: int
    late: int
    lost: int
    notes: tuple[str, ...]


def _unseen(_ports: tuple[OpenedPort, ...]) -> None:
    """For callers who read the report."""


@dataclass(frozen=True)
class SendMidi:
    """Send a project's notes while it plays.

    Attributes:
        project: its folder.
        port: the name of an output, or a part of it, that all tracks go to.
        virtual: the name of a port of our own that all tracks go to. Without both, tracks go where the song
            says; when it says so of none, all go to a port of our own.
        each: a port of our own for each track instead of one for all.
        tracks: names, roles or numbers of the tracks to be sent; empty for all.
        first_bar: where to begin; bar 1 when None.
        last_bar: where to end, included; the song's end when None.
        loop: send these bars again and again until stopped.
        delay_s: waited before it begins, for others to connect to ports of our own.
        offset_ms: how much later messages are sent, −500 to 500.
        speaker: the device that the song is heard through as well; None sends without sound.
        on_ports: told the open ports before it begins.
    """

    project: Path
    port: str = ""
    virtual: str = ""
    each: bool = False
    tracks: tuple[str, ...] = ()
    first_bar: int | None = None
    last_bar: int | None = None
    loop: bool = False
    delay_s: float = 0.0
    offset_ms: float = 0.0
    speaker: OpenSpeaker | None = None
    on_ports: Callable[[tuple[OpenedPort, ...]], None] = _unseen
    _events: "queue.SimpleQueue[Event]" = field(default_factory=queue.SimpleQueue, init=False)

    def run(self, report: Report = no_report, stop: StopFlag | None = None) -> SendReport:
        """Do it; being stopped is a way to end, not a failure. No note is left hanging.

        Raises:
            UserInputError: when the project cannot be opened, lacks the bars, or there is no such port.
            MusicgenDesktopError: when MIDI does not work here.
        """
        stop = stop or StopFlag()
        if self.port and (self.virtual or self.each):
            raise UserInputError("Send either to a port that exists or to one of our own, not to both.")
        ports: list[OpenedPort] = []

        @contextmanager
        def midi(player: Player, project: Project) -> Iterator[None]:
            client = LiveSyncClient(player.clock_path, self._events.put)
            way: Virtual = "tracks" if self.each else "one"
            song_port = self.virtual or SONG_PORT
            routed = self._routed(project)
            offsets = dict.fromkeys(_port_names(routed), self.offset_ms)
            live = LiveMidi(client, virtual=way, offsets_ms=offsets, song_port=song_port)
            try:
                report(0.0, "Opening MIDI ports")
                live.show(routed)
                ports.extend(self._ready(routing_of(routed, way, offsets, song_port), stop))
                self.on_ports(tuple(ports))
                _wait(self.delay_s, stop)
                yield
            finally:
                live.close()
                client.close()

        speaker = self.speaker or OpenSpeaker(SpeakerSettings(device="silent"))
        played = PlayProject(
            self.project,
            speaker,
            first_bar=self.first_bar,
            last_bar=self.last_bar,
            loop=self.loop,
            beside=midi,
        ).run(report, stop)
        sent, problems = self._told()
        notes = [*(() if self.speaker is None else played.notes), *problems]
        return SendReport(
            ports=tuple(ports),
            first_bar=played.first_bar,
            played_s=played.played_s,
            messages=sent.messages,
            late=sent.late,
            lost=sent.lost,
            notes=tuple(notes),
        )

    def _routed(self, project: Project) -> Project:
        """The project with every track's MIDI output as it is wished for; nothing of it is saved."""
        melodic = [track for track in project.tracks if track.kind == "notes"]
        wanted = tracks_named(project, self.tracks) if self.tracks else melodic
        chosen = [track for track in wanted if track.kind == "notes"]
        if not chosen:
            raise UserInputError("None of these tracks has notes to send: choose instrument tracks.")
        own = [track for track in chosen if track.midi_output is not None]
        if own and not (self.port or self.virtual or self.each):
            chosen = own
        kept = {track.id for track in chosen}
        for track in melodic:
            output = None
            if track.id in kept:
                output = track.midi_output
                if output is None or self.port or self.virtual or self.each:
                    output = MidiOutput(self.port, None if output is None else output.channel)
            sent = track.sent_to(output)
            if self.last_bar is not None:
                sent = _ended(sent, project.meter_map.tick_of_bar(self.last_bar + 1))
            project = project.with_track(sent)
        return project

    def _ready(self, routing: Routing, stop: StopFlag) -> tuple[OpenedPort, ...]:
        """Wait until the ports are open, and what is sent is known: a long song takes a while to get there.

        Raises:
            UserInputError: when one of them is not there.
            MusicgenDesktopError: when there is no answer.
        """
        give_up = time.monotonic() + _OPEN_S
        ports: tuple[OpenedPort, ...] | None = None
        has_parts = False
        while time.monotonic() < give_up and not stop.is_set:
            if ports is not None and has_parts:
                return ports
            try:
                event = self._events.get(timeout=_LOOK_S)
            except queue.Empty:
                continue
            if isinstance(event, MidiProblem):
                raise MusicgenDesktopError(event.sentence)
            if isinstance(event, PartsTaken):
                has_parts = event.count == len(routing.routes)
            if isinstance(event, PortsOpened) and len(event.ports) == len(routing.ports):
                for port in event.ports:
                    if port.problem:
                        raise UserInputError(port.problem)
                ports = event.ports
        if stop.is_set:
            return ()
        raise MusicgenDesktopError("The MIDI process does not answer; try again.")

    def _told(self) -> tuple[Sent, list[str]]:
        """The last count, and every problem that came up."""
        sent, problems = Sent(0, 0, 0), []
        while not self._events.empty():
            event = self._events.get()
            if isinstance(event, Sent):
                sent = event
            elif isinstance(event, MidiProblem):
                problems.append(event.sentence)
            elif isinstance(event, PortsOpened):
                problems += [port.problem for port in event.ports if port.problem]
        return sent, problems


def _ended(track: Track, tick: int) -> Track:
    """The track without what begins at a tick or later: the song is a moment behind it before it stops."""
    clips = tuple(
        clip if clip.end_ticks <= tick else clip.trimmed_to(clip.start_ticks, tick - clip.start_ticks)
        for clip in track.clips
        if clip.start_ticks < tick and isinstance(clip, NotesClip)
    )
    return msgspec.structs.replace(track, clips=clips)


def _port_names(project: Project) -> Mapping[str, None]:
    return dict.fromkeys(track.midi_output.port for track in project.tracks if track.midi_output is not None)


def _wait(seconds: float, stop: StopFlag) -> None:
    give_up = time.monotonic() + seconds
    while time.monotonic() < give_up and not stop.is_set:
        time.sleep(min(_LOOK_S, seconds))
