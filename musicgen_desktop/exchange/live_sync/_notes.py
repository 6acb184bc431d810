"""The notes and controllers of a song, sent as it is heard; nothing that begins is left without its end."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from musicgen_desktop.timing import Passage, TempoMap

from ._messages import Part
from ._score import Score, is_note_off, is_note_on, state_of
from ._source import Due

_RELEASE, _STATE, _LET_GO, _STRIKE = 0, 1, 2, 3
_NOTE_OFF, _CONTROL = 0x80, 0xB0
_SUSTAIN = 64


class _Key(NamedTuple):
    port: str
    channel: int
    pitch: int


class NotesSource:
    """All parts of a song. Belongs to the sending thread.

    A key that two tracks strike on one channel is let go when it is struck again, and ends with the last.
    """

    def __init__(self) -> None:
        self._tempo = TempoMap.constant(120.0)
        self._parts: dict[str, Part] = {}
        self._scores: dict[str, Score] = {}
        self._rate = 0
        self._held: dict[_Key, str] = {}
        """Key → the part that struck it last."""
        self._states: dict[str, dict[tuple[int, ...], bytes]] = {}
        """Port → what its receiver was set to."""
        self._told: list[Due] = []
        self._last: Passage | None = None

    @property
    def count(self) -> int:
        """How many parts there are."""
        return len(self._parts)

    def set_tempo(self, tempo_map: TempoMap) -> None:
        """Times lie elsewhere from now on."""
        if tempo_map != self._tempo:
            self._tempo = tempo_map
            self._scores.clear()

    def set_parts(self, parts: Iterable[Part], gone: Iterable[str], now_s: float) -> None:
        """Take new and changed parts; what they no longer hold is let go, the rest sounds on."""
        for part_id in gone:
            before = self._parts.pop(part_id, None)
            self._scores.pop(part_id, None)
            self._let_go(part_id, before, now_s)
        for part in parts:
            before = self._parts.get(part.id)
            self._parts[part.id] = part
            self._scores.pop(part.id, None)
            self._let_go(part.id, before, now_s)
            last = self._last
            if last is not None and last.is_rolling:  # its sound may be another one
                self._told += self._set_up(part, now_s)

    def forget_port(self, port: str) -> None:
        """A port was opened anew or is gone: its receiver knows nothing of what was sent before."""
        self._states.pop(port, None)
        for key in [key for key in self._held if key.port == port]:
            del self._held[key]

    def due(self, passages: Sequence[Passage]) -> list[Due]:
        """What has to be sent while these passages are heard."""
        found, self._told = self._told, []
        for passage in passages:
            if passage.rate != self._rate:
                self._rate = passage.rate
                self._scores.clear()
            if passage.begins:
                found += self._all_let_go(passage.at_s)
                if passage.is_rolling:
                    found += self._begun(passage, is_fresh=self._last is None or not self._last.is_rolling)
            if passage.is_rolling and not passage.counts_in:
                found += self._played(passage)
            self._last = passage
        return found

    def ending(self, now_s: float, port: str | None = None) -> list[Due]:
        """Every key that is down is let go, and every pedal."""
        if port is not None:
            return self._all_let_go(now_s, port)
        found, self._told = self._told, []
        return [*found, *self._all_let_go(now_s)]

    def _all_scores(self) -> list[Score]:
        for part_id, part in self._parts.items():
            if part_id not in self._scores:
                self._scores[part_id] = Score(part, self._tempo, self._rate)
        return list(self._scores.values())

    def _begun(self, passage: Passage, *, is_fresh: bool) -> list[Due]:
        """The song starts or comes from elsewhere: controllers stand as they would, held notes sound."""
        found: list[Due] = []
        if is_fresh:  # receivers may have been set otherwise meanwhile
            self._states.clear()
        for score in self._all_scores():
            part = score.part
            if is_fresh:
                found += self._set_up(part, passage.at_s)
            for data in score.states_before(passage.place):
                found += self._set(part.port, data, passage.at_s)
            if not passage.counts_in:
                for data in score.held_at(passage.place):
                    found += self._struck(part, data, passage.at_s)
        return found

    def _set_up(self, part: Part, at_s: float) -> list[Due]:
        return [due for data in part.setup for due in self._set(part.port, data, at_s)]

    def _set(self, port: str, data: bytes, at_s: float) -> list[Due]:
        """A controller's message, unless its receiver stands there already."""
        state, known = state_of(data), self._states.setdefault(port, {})
        if state is not None and known.get(state) == data:
            return []
        if state is not None:
            known[state] = data
        return [Due(at_s, _STATE, port, data)]

    def _played(self, passage: Passage) -> list[Due]:
        """In the order of time across all parts: they may share a channel, and so its keys."""
        end = passage.place + passage.frames
        played = [
            (frame, _rank(data), number, score.part, data)
            for number, score in enumerate(self._all_scores())
            for frame, data in score.between(passage.place, end)
        ]
        played.sort(key=lambda each: each[:3])
        found: list[Due] = []
        for frame, _, _, part, data in played:
            at_s = passage.moment_of(frame)
            if is_note_on(data):
                found += self._struck(part, data, at_s)
            elif is_note_off(data):
                key = _Key(part.port, data[0] & 0x0F, data[1])
                if self._held.get(key) == part.id:
                    del self._held[key]
                    found.append(Due(at_s, _RELEASE, part.port, data))
            else:
                state = state_of(data)
                if state is not None:
                    self._states.setdefault(part.port, {})[state] = data
                found.append(Due(at_s, _STATE, part.port, data))
        return found

    def _struck(self, part: Part, data: bytes, at_s: float) -> list[Due]:
        key = _Key(part.port, data[0] & 0x0F, data[1])
        found = [Due(at_s, _LET_GO, part.port, _off(key))] if key in self._held else []
        self._held[key] = part.id
        return [*found, Due(at_s, _STRIKE, part.port, data)]

    def _all_let_go(self, at_s: float, port: str | None = None) -> list[Due]:
        """On one port, or on all."""
        keys = [key for key in self._held if port in (None, key.port)]
        found = [Due(at_s, _RELEASE, key.port, _off(key)) for key in keys]
        for key in keys:
            del self._held[key]
        for at, states in self._states.items():
            if port not in (None, at):
                continue
            for state, data in states.items():
                if _is_pedal_down(data):
                    states[state] = bytes((data[0], _SUSTAIN, 0))
                    found.append(Due(at_s, _RELEASE, at, states[state]))
        return found

    def _let_go(self, part_id: str, before: Part | None, now_s: float) -> None:
        """What a part that was changed holds no longer; it is told with what is due next.

        Args:
            part_id: of the part.
            before: what it was.
            now_s: on `time.monotonic()`.
        """
        if before is not None:
            self._lift_pedal(before.port, before.channel, now_s)
        part, last = self._parts.get(part_id), self._last
        score: Score | None = None
        if part is not None and last is not None and last.is_rolling and self._rate:
            score = self._scores.setdefault(part_id, Score(part, self._tempo, self._rate))
        for key in [key for key, owner in self._held.items() if owner == part_id]:
            if part is not None and score is not None and last is not None:
                is_same = (key.port, key.channel) == (part.port, part.channel)
                if is_same and score.holds(key.pitch, last.place + last.frames - 1):
                    continue
            del self._held[key]
            at_s = now_s if last is None else max(now_s, last.end_s)
            self._told.append(Due(at_s, _RELEASE, key.port, _off(key)))

    def _lift_pedal(self, port: str, channel: int, now_s: float) -> None:
        """Unless a part that is there holds it down."""
        states, state, last = self._states.get(port, {}), (_CONTROL | channel, _SUSTAIN), self._last
        if last is None or not _is_pedal_down(states.get(state, b"\x00\x00\x00")):
            return
        for score in self._all_scores():
            is_there = (score.part.port, score.part.channel) == (port, channel)
            if is_there and any(
                state_of(data) == state and _is_pedal_down(data)
                for data in score.states_before(last.place + last.frames)
            ):
                return
        states[state] = bytes((*state, 0))
        self._told.append(Due(max(now_s, last.end_s), _RELEASE, port, states[state]))


def _is_pedal_down(data: bytes) -> bool:
    return data[0] & 0xF0 == _CONTROL and data[1] == _SUSTAIN and data[2] > 0


def _rank(data: bytes) -> int:
    return _RELEASE if is_note_off(data) else _STRIKE if is_note_on(data) else _STATE


def _off(key: _Key) -> bytes:
    return bytes((_NOTE_OFF | key.channel, key.pitch, 0))
