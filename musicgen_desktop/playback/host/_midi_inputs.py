"""The MIDI inputs of the process, each opened once: for keys that sound and controllers that are told."""

from collections.abc import Callable, Iterable, Sequence
from queue import SimpleQueue
from typing import Protocol

from musicgen_desktop.foundation import MusicgenDesktopError
from musicgen_desktop.playback.live import (
    CONTROL,
    JACK,
    NOTE_OFF,
    NOTE_ON,
    MidiEvent,
    MidiInput,
    MidiPort,
    find_midi_input,
    list_midi_inputs,
)

from ._commands import ListenToMidi
from ._events import ControlMove, ControlsMoved, MidiInputsOpened, Problem

_LOOK_S = 2.0
_SEARCH_S = 4.0
_MOST_INPUTS = 8
"""So many are opened when none is chosen: each is a client of its own to JACK, which has few places."""
_MOST_MOVES = 512
"""More of one look are not told: nobody turns so many knobs."""

Hear = Callable[[MidiEvent], None]


class OpenInput(Protocol):
    """A `MidiInput`."""

    def check(self) -> None:
        """See whether it is still there.

        Raises:
            MidiPortLostError: it is not.
        """

    def neighbours(self) -> tuple[MidiPort, ...]:
        """All inputs of its system."""

    def let_go(self) -> None:
        """Tell all keys that are down to come up."""

    def close(self) -> None:
        """No more messages."""


def _quiet_inputs() -> tuple[MidiPort, ...]:
    return list_midi_inputs(quietly=True)


class MidiInputs:
    """Opens inputs and hands on what they hear. Belongs to the control thread.

    Windows opens an input only once, so those who play keys and those who turn knobs share it.

    Args:
        now: seconds, only forward.
        there: all inputs of the machine.
        there_quietly: those that can be asked for again and again.
        open_input: opens one of them; it hands each message on.
    """

    def __init__(
        self,
        now: Callable[[], float],
        *,
        there: Callable[[], tuple[MidiPort, ...]] = list_midi_inputs,
        there_quietly: Callable[[], tuple[MidiPort, ...]] = _quiet_inputs,
        open_input: Callable[[MidiPort, Hear], OpenInput] = MidiInput,
    ) -> None:
        self._now, self._open_input = now, open_input
        self._there, self._there_quietly = there, there_quietly
        self._wish: ListenToMidi | None = None
        self._reserved: frozenset[tuple[int, int, int]] = frozenset()
        self._open: dict[MidiPort, OpenInput] = {}
        self._told: frozenset[MidiPort] = frozenset()
        """Those whose controllers are told."""
        self._played: tuple[frozenset[MidiPort], Hear | None] = (frozenset(), None)
        self._plays_any = False
        """Whether the keys of all inputs that are listened to sound, and not those of a certain one."""
        self._moves: SimpleQueue[ControlMove] = SimpleQueue()
        self._look_at = self._search_at = 0.0

    def listen(self, wish: ListenToMidi) -> MidiInputsOpened:
        """Tell of these inputs' controllers from now on. One that does not open is left out, in words."""
        before, self._wish = self._wish or ListenToMidi(), wish
        if before.reserved != wish.reserved:
            self._let_go(self._played[0])  # the end of a note that sounds may be reserved from now on
            self._reserved = frozenset(wish.reserved)
            if self._told and (before.is_on, before.inputs) == (wish.is_on, wish.inputs):
                return MidiInputsOpened(self._names)  # a search would let JACK's clients wait for nothing
        if not wish.is_on and not self._plays_any:
            self._told = frozenset()
            self._settle()
            return MidiInputsOpened()
        try:
            return self._open_all(wish, self._there())
        except MusicgenDesktopError as error:
            return MidiInputsOpened(self._names, str(error))

    def play(self, port: str, hear: Hear) -> tuple[str, ...]:
        """Let the keys of an input sound.

        Args:
            port: its name or a part of it; empty for all that are listened to, or the first one where nothing
                was said of that.
            hear: gets each message, on the MIDI system's thread.

        Returns:
            What they are called.

        Raises:
            NoMidiError: when python-rtmidi is not installed.
            NoSuchMidiPortError: when there is none, or it does not open.
        """
        there, wish = self._there(), self._wish
        self._plays_any = False
        if port or wish is None:
            ports = [find_midi_input(port or None, there)]
            if ports[0] not in self._open:
                self._open[ports[0]] = self._opened(ports[0])
        else:
            ports = _chosen(there, wish)
            find_midi_input(None, ports)  # one at least
            ports, failure = self._open_some(ports)
            if failure is not None and not ports:
                raise failure
            self._plays_any = True
        self._played = frozenset(ports), hear
        return tuple(sorted(each.name for each in ports))

    def rest(self) -> None:
        """Let no key sound any more; those that are down come up."""
        ports, hear = self._played
        if hear is None:
            return
        self._let_go(ports)
        self._played, self._plays_any = (frozenset(), None), False
        self._settle()

    def moved(self) -> ControlsMoved | None:
        """What moved since the last time; None when nothing did."""
        moves: list[ControlMove] = []
        while not self._moves.empty() and len(moves) < _MOST_MOVES:
            moves.append(self._moves.get())
        return ControlsMoved(tuple(moves)) if moves else None

    def look_around(self) -> list[MidiInputsOpened | Problem]:
        """See which inputs are still there, and, now and then, which have come.

        Returns:
            Those that are listened to, when they are others now, and what a person should know of that.

        Raises:
            MidiPortLostError: one is gone, and is not looked for.
        """
        now = self._now()
        if now >= self._look_at:
            self._look_at = now + _LOOK_S
            gone = self._gone()
            if gone:
                return [MidiInputsOpened(self._names, gone), Problem(gone)]
        wish = self._wish
        if wish is None or not self._is_searching or now < self._search_at:
            return []
        self._search_at = now + _SEARCH_S
        before = self._told
        try:
            found = self._open_all(wish, self._searched())
        except MusicgenDesktopError:
            return []
        return [found] if self._told != before else []

    @property
    def _is_searching(self) -> bool:
        """Whether inputs that come are opened by themselves."""
        return self._wish is not None and (self._wish.is_on or self._plays_any)

    def _gone(self) -> str:
        """Forget what is not there any more; a sentence for each of it."""
        sentences: list[str] = []
        for port, opened in tuple(self._open.items()):
            is_found_again = self._is_searching and (port in self._told or self._plays_any)
            try:
                opened.check()
            except MusicgenDesktopError:
                self._forget(port)
                if not is_found_again:
                    raise
                sentences.append(
                    f"The MIDI input “{port.name}” is gone; it is used again as soon as it is back."
                )
        return " ".join(sentences)

    def _searched(self) -> tuple[MidiPort, ...]:
        """All inputs, those of JACK only where one of its is open, which knows the others."""
        jack = next((opened for port, opened in self._open.items() if port.system == JACK), None)
        return (*self._there_quietly(), *(() if jack is None else jack.neighbours()))

    def close(self) -> None:
        """Close all."""
        self._wish, self._told = None, frozenset()
        self._played, self._plays_any = (frozenset(), None), False
        self._settle()

    @property
    def _names(self) -> tuple[str, ...]:
        return tuple(sorted(port.name for port in self._told))

    def _open_all(self, wish: ListenToMidi, there: Sequence[MidiPort]) -> MidiInputsOpened:
        opened, failure = self._open_some(_chosen(there, wish))
        self._told = frozenset(opened) if wish.is_on else frozenset()
        ports, hear = self._played
        if self._plays_any and opened:
            self._let_go(ports - frozenset(opened))
            self._played = frozenset(opened), hear
        self._settle()
        self._search_at = self._now() + _SEARCH_S
        return MidiInputsOpened(self._names, _passed_over(there, wish) if failure is None else str(failure))

    def _open_some(self, ports: Iterable[MidiPort]) -> tuple[list[MidiPort], MusicgenDesktopError | None]:
        """Those that are open now, and why another one is not: other programs may have it for themselves."""
        opened: list[MidiPort] = []
        failure: MusicgenDesktopError | None = None
        for port in ports:
            try:
                if port not in self._open:
                    self._open[port] = self._opened(port)
                opened.append(port)
            except MusicgenDesktopError as error:
                failure = error
        return opened, failure

    def _let_go(self, ports: Iterable[MidiPort]) -> None:
        for port in ports:
            if port in self._open:
                self._open[port].let_go()

    def _settle(self) -> None:
        """Close what nobody wants any more."""
        for port in tuple(self._open):
            if port not in self._told and port not in self._played[0]:
                self._open.pop(port).close()

    def _forget(self, port: MidiPort) -> None:
        self._open.pop(port, None)
        self._told -= {port}
        self._played = self._played[0] - {port}, self._played[1]

    def _opened(self, port: MidiPort) -> OpenInput:
        return self._open_input(port, lambda event: self._hear(port, event))

    def _hear(self, port: MidiPort, event: MidiEvent) -> None:
        """On the MIDI system's thread."""
        kind = NOTE_ON if event.kind == NOTE_OFF else event.kind
        what = kind, event.channel, event.data[1]
        ports, hear = self._played
        if hear is not None and port in ports and what not in self._reserved:
            hear(event)
        if port in self._told and kind in (CONTROL, NOTE_ON):
            value = 0 if event.kind == NOTE_OFF else event.data[2]
            self._moves.put(ControlMove(port.name, *what, value))


def _chosen(there: Sequence[MidiPort], wish: ListenToMidi) -> list[MidiPort]:
    if not wish.inputs:
        return list(there[:_MOST_INPUTS])
    return [port for port in there if port.name in wish.inputs]


def _passed_over(there: Sequence[MidiPort], wish: ListenToMidi) -> str:
    if wish.inputs or len(there) <= _MOST_INPUTS:
        return ""
    heard = f"There are {len(there)} MIDI inputs; the first {_MOST_INPUTS} are heard."
    return f"{heard} Choose others in Settings ▸ MIDI."
