"""The clocks that the song sends, as the sending thread asks for them."""

from collections.abc import Sequence

from musicgen_desktop.exchange.live_sync._source import Due
from musicgen_desktop.timing import Passage, TempoMap

from ._clock_sender import ClockSender
from ._midi import STOP
from ._stretch import Timed, stretches_of
from ._timecode import TimecodeRate
from ._timecode_sender import TimecodeSender


class ClockSource:
    """MIDI clock on some ports.

    Args:
        ports: their keys.
        tempo_map: of the song.
    """

    def __init__(self, ports: tuple[str, ...], tempo_map: TempoMap) -> None:
        self._ports = ports
        self._sender = ClockSender(tempo_map)

    def set_tempo(self, tempo_map: TempoMap) -> None:
        """The song's tempo is another from now on."""
        self._sender.change_tempo(tempo_map)

    def due(self, passages: Sequence[Passage]) -> list[Due]:
        """What comes in this time."""
        if not passages:
            return []
        return _on(self._ports, self._sender.advance(stretches_of(passages), passages[-1].end_s))

    def ending(self, now_s: float, port: str | None = None) -> list[Due]:
        """A stop, where it runs."""
        if port is None:
            return _on(self._ports, self._sender.stop(now_s))
        mine = tuple(each for each in self._ports if each == port)
        return _on(mine, [Timed(now_s, STOP)] if self._sender.is_running else [])


class TimecodeSource:
    """MIDI time code on some ports.

    Args:
        ports: their keys.
        rate: of the time code.
        start_s: the time code that bar 1 has.
    """

    def __init__(self, ports: tuple[str, ...], rate: TimecodeRate, start_s: float) -> None:
        self._ports = ports
        self._sender = TimecodeSender(rate, start_s)

    def due(self, passages: Sequence[Passage]) -> list[Due]:
        """What comes in this time."""
        if not passages:
            return []
        found = self._sender.advance(stretches_of(passages), passages[-1].end_s)
        for each in passages:
            if each.begins and not each.is_rolling and each.rate:
                found += self._sender.locate(each.place / each.rate, each.at_s)
        return _on(self._ports, found)

    def ending(self, now_s: float, port: str | None = None) -> list[Due]:
        """Nothing: time code stops by staying away."""
        del now_s, port
        return []


def _on(ports: tuple[str, ...], messages: list[Timed]) -> list[Due]:
    return [Due(at_s, 0, port, data) for at_s, data in messages for port in ports]
