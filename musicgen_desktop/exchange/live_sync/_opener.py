"""Opens the ports that are wished for, and again what was lost."""

import time
from collections.abc import Callable

from musicgen_desktop.foundation import JACK, MusicgenDesktopError, NoMidiError

from ._jack_client import JackOutputs, jack_module
from ._messages import OpenedPort, PortsOpened, PortWish
from ._notes import NotesSource
from ._ports import MidiOutputLostError, NoSuchMidiOutputError, OutputPort
from ._rtmidi_port import RtMidiPort
from ._sender import Sender

_CHECK_S = 1.0


class Opener:
    """Keeps the ports open. All methods belong to the sending thread.

    Args:
        sender: sends through them.
        notes: told when a port knows nothing any more of what it was sent.
        tell: told what is open, whenever it is another.
    """

    def __init__(self, sender: Sender, notes: NotesSource, tell: Callable[[PortsOpened], None]) -> None:
        self._sender, self._notes, self._tell = sender, notes, tell
        self._owned: dict[str, tuple[PortWish, ...]] = {}
        self._wishes: dict[str, PortWish] = {}
        self._problems: dict[str, str] = {}
        self._jack: JackOutputs | None = None
        self._told = PortsOpened(())
        self._check_at = 0.0

    def open(self, owner: str, wishes: tuple[PortWish, ...]) -> None:
        """Have these open for somebody; what is open already and wished for as before stays."""
        self._owned[owner] = wishes
        wanted: dict[str, PortWish] = {}
        for each in self._owned.values():
            for wish in each:
                wanted.setdefault(wish.key, wish)
        for key, before in list(self._wishes.items()):
            after = wanted.get(key)
            if after is None or _unlike(before, after):
                self._close(key)
        self._wishes = wanted
        for key, wish in wanted.items():
            port = self._sender.ports.get(key)
            if port is not None:
                self._sender.add_port(key, port, wish.offset_ms / 1000.0)
            else:
                self._try(wish)
        self._report(always=True)

    def look_around(self) -> None:
        """Notice ports that are gone, and try those that are not open; does so once a second."""
        now = time.monotonic()
        if now < self._check_at:
            return
        self._check_at = now + _CHECK_S
        for key, port in self._sender.ports.items():
            try:
                port.check()
            except MidiOutputLostError as error:
                self._problems[key] = str(error)
                self._close(key)
        if self._jack is not None and self._jack.is_lost:
            self._jack = None
        for key, wish in self._wishes.items():
            if key not in self._sender.ports:
                self._try(wish)
        self._report()

    def close(self) -> None:
        """Let go of the JACK server; the ports are closed by the sender."""
        if self._jack is not None:
            self._jack.close()

    def _close(self, key: str) -> None:
        self._sender.drop_port(key)
        self._notes.forget_port(key)

    def _try(self, wish: PortWish) -> None:
        try:
            port = self._opened(wish)
        except MusicgenDesktopError as error:
            # A port that was lost is still named so.
            self._problems.setdefault(wish.key, str(error))
            return
        self._problems.pop(wish.key, None)
        self._notes.forget_port(wish.key)
        self._sender.add_port(wish.key, port, wish.offset_ms / 1000.0)

    def _opened(self, wish: PortWish) -> OutputPort:
        """Through JACK where it runs, for there each message has its frame."""
        jack = self._jack_outputs() if wish.system in ("", JACK) else None
        if jack is None:
            return RtMidiPort(wish)
        try:
            return jack.open(wish)
        except NoSuchMidiOutputError as missing:
            if wish.is_virtual or wish.system == JACK:
                raise
            try:
                return RtMidiPort(wish, but=JACK)
            except (NoSuchMidiOutputError, NoMidiError):
                raise missing from None

    def _jack_outputs(self) -> JackOutputs | None:
        if self._jack is None or self._jack.is_lost:
            self._jack = None
            module = jack_module()
            if module is not None:
                try:
                    self._jack = JackOutputs(module)
                except ConnectionError:
                    return None
        return self._jack

    def _report(self, *, always: bool = False) -> None:
        ports = self._sender.ports
        found = PortsOpened(
            tuple(
                OpenedPort(key, ports[key].name, ports[key].system)
                if key in ports
                else OpenedPort(key, "", wish.system, self._problems.get(key, ""))
                for key, wish in self._wishes.items()
            )
        )
        if always or found != self._told:
            self._told = found
            self._tell(found)


def _unlike(before: PortWish, after: PortWish) -> bool:
    """Whether it is another port, not only sent to at other times."""
    return (before.name, before.is_virtual, before.system) != (after.name, after.is_virtual, after.system)
