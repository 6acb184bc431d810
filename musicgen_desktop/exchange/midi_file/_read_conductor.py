"""Meta events of a file → tempo, meter, keys and markers."""

from collections.abc import Sequence
from typing import TypeVar

from musicgen_desktop.document import KeyChange
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.music import Key
from musicgen_desktop.timing import Meter, MeterChange, MeterMap, TempoMap, TempoPoint

from ._read_tracks import Event
from ._read_values import MidiMarker
from ._timeline import clean_text

_Change = TypeVar("_Change")

_DEFAULT_BPM = 120.0
_SLOWEST_BPM, _FASTEST_BPM = 5.0, 999.0
_MOST = 10_000
"""Changes of a kind that a project can hold."""
_LAST_BAR = 1_000_000
_LONGEST_RIGHTS = 1_000


class ConductorReader:
    """Collects what a file says about the whole song; it may stand on any track."""

    def __init__(self) -> None:
        self._tempos: dict[int, float] = {}
        self._meters: dict[int, Meter] = {}
        self._keys: dict[int, str] = {}
        self._markers: list[MidiMarker] = []
        self._rights: dict[str, None] = {}
        self.remarks: list[str] = []

    def read(self, events: Sequence[Event]) -> None:
        """Take one track's meta events in; of two at one tick the later one holds."""
        for tick, message in events:
            match message.type:
                case "set_tempo" if message.tempo > 0:
                    self._tempos[tick] = _bpm_of(message.tempo)
                case "time_signature":
                    self._take_meter(tick, message.numerator, message.denominator)
                case "key_signature":
                    self._take_key(tick, message.key)
                case "marker" | "cue_marker":
                    self._markers.append(MidiMarker(tick, clean_text(message.text)))
                case "copyright":
                    self._rights[clean_text(message.text, _LONGEST_RIGHTS)] = None

    def rights(self) -> str:
        """What the file says of its copyright, each sentence once."""
        return " ".join(filter(None, self._rights))[:_LONGEST_RIGHTS]

    def tempo_map(self) -> TempoMap:
        """120 BPM until the file says otherwise, as the standard has it."""
        tempos = {0: _DEFAULT_BPM} | self._tempos
        points: list[TempoPoint] = []
        for tick, bpm in sorted(tempos.items()):
            if not points or bpm != points[-1].bpm:
                points.append(TempoPoint(tick, bpm))
        return TempoMap(tuple(self._most(points, "tempo changes")))

    def meter_map(self) -> MeterMap:
        """4/4 until the file says otherwise. A change inside a bar holds from the next bar line on."""
        meter = self._meters.get(0, Meter(4, 4))
        changes = [MeterChange(1, meter)]
        bar, start = 1, 0  # from where on the meter holds
        for tick, wanted in self._most(sorted(self._meters.items()), "meter changes"):
            if wanted == meter:
                continue
            bars = -(-max(0, tick - start) // meter.bar_ticks)
            bar, start = bar + bars, start + bars * meter.bar_ticks
            if bar > _LAST_BAR:
                break
            if start != tick:
                self.remarks.append(f"A change to {wanted} inside a bar was moved to bar {bar}.")
            if changes[-1].bar == bar:
                changes.pop()
            changes.append(MeterChange(bar, wanted))
            meter = wanted
        return MeterMap(tuple(changes))

    def keys(self) -> tuple[KeyChange, ...]:
        """The keys by tick."""
        changes = [KeyChange(tick, key) for tick, key in sorted(self._keys.items())]
        return tuple(self._most(changes, "key changes"))

    def markers(self) -> tuple[MidiMarker, ...]:
        """The markers by tick."""
        return tuple(self._most(sorted(self._markers, key=lambda marker: marker.tick), "markers"))

    def _take_meter(self, tick: int, numerator: int, denominator: int) -> None:
        try:
            self._meters[tick] = Meter(numerator, denominator)
        except ValueError:
            self.remarks.append(f"The meter {numerator}/{denominator} cannot be counted and was left out.")

    def _take_key(self, tick: int, key: str) -> None:
        try:
            self._keys[tick] = str(Key.parse(key))
        except UserInputError:
            self.remarks.append("A key signature is unknown and was left out.")

    def _most(self, items: list[_Change], what: str) -> list[_Change]:
        if len(items) > _MOST:
            self.remarks.append(f"Of {len(items):,} {what} the first {_MOST:,} were kept.")
        return items[:_MOST]


def _bpm_of(microseconds: int) -> float:
    """The roundest tempo that is written with so many microseconds a beat: 666 667 stands for 90 BPM."""
    exact = min(_FASTEST_BPM, max(_SLOWEST_BPM, 60_000_000 / microseconds))
    for digits in range(4):
        bpm = round(exact, digits)
        if round(60_000_000 / bpm) == microseconds:
            return bpm
    return exact
