"""Follows commands: hands ports, parts and clocks to the sending thread."""

import time
from collections.abc import Callable

from musicgen_desktop.timing import PlayClock

from ._messages import (
    ClocksTaken,
    Close,
    Command,
    Event,
    PartsTaken,
    Sent,
    SetClocks,
    SetMaster,
    SetParts,
    SetPorts,
    SetSong,
    SetThru,
)
from ._notes import NotesSource
from ._opener import Opener
from ._sender import Sender
from ._thru import Thru
from .sync import SyncHands

_TELL_S = 0.5


class Conductor:
    """The MIDI process's work. All calls come from the control thread.

    Args:
        clock: tells what is heard when.
        tell: takes events for the client.
    """

    def __init__(self, clock: PlayClock, tell: Callable[[Event], None]) -> None:
        self._tell = tell
        self._notes = NotesSource()
        self._sender = Sender(clock, [self._notes])
        self._opener = Opener(self._sender, self._notes, tell)
        self._thru = Thru(self._sender, tell)
        self._sync = SyncHands(self._sender, clock)
        self._sent = Sent(0, 0, 0)
        self._tell_at = 0.0
        self._sender.start()

    def follow(self, command: Command) -> None:
        """Do what the client wishes."""
        match command:
            case SetPorts():
                self._sender.post(lambda: self._opener.open(command.owner, command.ports))
            case SetSong():
                self._sender.post(lambda: self._notes.set_tempo(command.tempo_map))
                self._sync.set_tempo(command.tempo_map)
            case SetParts():
                self._sender.post(lambda: self._set_parts(command))
            case SetThru():
                self._thru.set(command)
            case SetClocks():
                problem = self._sync.send(
                    command.clock, command.timecode, command.rate, command.start_s, jack=command.jack
                )
                self._tell(ClocksTaken(problem))
            case SetMaster():
                self._sync.follow(command.page, command.wish)
            case Close():
                return

    def look_around(self) -> None:
        """Notice ports that came or went, and tell how much was sent.

        Raises:
            RuntimeError: when the sending thread failed; it has let go of all that it held.
        """
        if not self._sender.is_running:
            raise RuntimeError("The sending thread failed.")
        self._sender.post(self._opener.look_around)
        self._thru.look_around()
        now = time.monotonic()
        if now >= self._tell_at:
            self._tell_at = now + _TELL_S
            self._tell_sent()

    def close(self) -> None:
        """Let go of every note, then of everything."""
        self._sync.close()
        self._thru.close()
        self._sender.end()
        self._tell_sent()
        self._opener.close()

    def _set_parts(self, command: SetParts) -> None:
        """On the sending thread."""
        self._notes.set_parts(command.parts, command.gone, time.monotonic())
        self._tell(PartsTaken(self._notes.count))

    def _tell_sent(self) -> None:
        sent = Sent(self._sender.messages, self._sender.late, self._sender.lost)
        if sent != self._sent:
            self._sent = sent
            self._tell(sent)
