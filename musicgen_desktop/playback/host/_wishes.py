"""What the client wished for so far: all that a new playback process has to be told."""

import msgspec

from musicgen_desktop.playback.board import BoardReading

from ._commands import (
    Command,
    FollowMaster,
    ListenToMidi,
    Locate,
    OpenSpeaker,
    Play,
    Return,
    Scrub,
    SetLive,
    SetLoop,
    SetMetronome,
    SetPlan,
    SetRecording,
    Stop,
)
from ._events import Event, StateChanged

_LASTING = (OpenSpeaker, SetLoop, SetMetronome, SetRecording, ListenToMidi, SetLive, FollowMaster)


class Wishes:
    """Remembers. Belongs to whoever holds the client's lock."""

    def __init__(self) -> None:
        self._known: dict[type[Command], Command] = {}
        self._playing: Play | None = None
        self._asked_tick: float | None = None
        self._is_answered = True

    def note(self, command: Command) -> None:
        """A command is sent."""
        match command:
            case (
                OpenSpeaker()
                | SetLoop()
                | SetMetronome()
                | SetRecording()
                | SetLive()
                | ListenToMidi()
                | FollowMaster()
            ):
                self._known[type(command)] = command
            case Play():
                self._playing, self._is_answered = command, False
                self._asked_tick = command.tick if command.tick is not None else self._asked_tick
            case Locate():
                self._asked_tick = command.tick
            case Return():
                self._asked_tick = 0.0
            case Stop() | Scrub():
                self._playing = None

    def hear(self, event: Event) -> None:
        """An event came: what was asked for has happened, or is over."""
        if not isinstance(event, StateChanged):
            return
        if event.state == "locating":
            self._is_answered = True
        elif event.state == "stopped":
            # The end of what played before is not the end of what was asked for since.
            self._playing = self._playing if not self._is_answered else None
            self._asked_tick = None if self._is_answered else self._asked_tick
        elif event.state in ("playing", "recording"):
            self._asked_tick = None

    def again(self, plan: SetPlan | None, place: BoardReading, *, died: bool) -> list[Command]:
        """All that a new process has to know, in order.

        Args:
            plan: the whole of it; None when there was none.
            place: what was heard last.
            died: whether the process before failed; else only its device went away, and the song rests.
        """
        told: list[Command] = []
        for kind in _LASTING:
            wish = self._known.get(kind)
            if isinstance(wish, OpenSpeaker):
                wish = msgspec.structs.replace(wish, is_patient=not died)
            if wish is not None:
                told.append(wish)
        if plan is None:
            return told
        told.append(plan)
        tick = self._asked_tick
        if tick is None:
            tick = plan.tempo_map.tick_at(max(place.place, 0) / (place.rate or plan.rate))
        told.append(Locate(tick))
        if self._playing is not None:
            told.append(msgspec.structs.replace(self._playing, tick=tick, count_in_bars=0))
        return told
