"""MIDI messages become notes and controls, round by round."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from musicgen_desktop.music import Control, Note, note_order
from musicgen_desktop.timing import TempoMap

from ._values import NotesSpan
from ._window import Round

EARLY_S = 0.1
"""A key struck so shortly before the recording begins, and still held then, is a player ahead of the beat."""

_SUSTAIN, _SOSTENUTO, _SOFT, _MODULATION, _EXPRESSION = 64, 66, 67, 1, 11
_RESTING_AT_0 = {_MODULATION, _SUSTAIN, 65, _SOSTENUTO, _SOFT}
_SOUND_OFF, _RESET, _NOTES_OFF = 120, 121, 123

Kind = Literal["cc", "pitch_bend", "pressure"]


class Message(NamedTuple):
    """A channel message and the frame of the stream that was heard when it came."""

    clock: int
    data: bytes


def notes_of_rounds(
    messages: Sequence[Message], rounds: Sequence[Round], rate: int, tempo_map: TempoMap
) -> tuple[NotesSpan, ...]:
    """What was played in each round; rounds in which nothing happened are left out.

    A key still down when a round ends is let go there. A key struck again while it is down ends the note
    before. Pedals and bends that are held when a round ends are released in its last tick, so that they do
    not reach into what follows; those held when it begins are pressed in its first.

    Args:
        messages: in the order of their clocks.
        rounds: in order, none overlapping.
        rate: frames per second of the clocks.
        tempo_map: the song's.
    """
    player = _Player(rate, tempo_map)
    found: list[NotesSpan] = []
    at = 0
    for index, each in enumerate(rounds):
        if at == len(messages) or messages[at].clock >= each.clock + each.frames:
            continue  # all keys were let go when the round before ended
        while at < len(messages) and messages[at].clock < each.clock:
            player.hear(messages[at])
            at += 1
        follows = index > 0 and rounds[index - 1].clock + rounds[index - 1].frames == each.clock
        player.begin(each, early_frames=0 if follows else round(EARLY_S * rate))
        while at < len(messages) and messages[at].clock < each.clock + each.frames:
            player.hear(messages[at])
            at += 1
        span = player.end()
        if span is not None:
            found.append(span)
    return tuple(found)


class _Player:
    """Knows which keys and pedals are down."""

    def __init__(self, rate: int, tempo_map: TempoMap) -> None:
        self._rate, self._tempo = rate, tempo_map
        self._keys: dict[tuple[int, int], tuple[int, int]] = {}  # (channel, pitch) → (clock, velocity)
        self._held: dict[tuple[Kind, int], int] = {}
        self._round: Round | None = None
        self._first_tick = self._length_ticks = 0
        self._notes: list[Note] = []
        self._controls: list[Control] = []
        self._touched = False

    def begin(self, round_: Round, early_frames: int) -> None:
        """From here on what is heard is kept."""
        rate, tempo = self._rate, self._tempo
        end_place = round_.place + round_.frames
        first, end = tempo.tick_at_frame(round_.place, rate), tempo.tick_at_frame(end_place, rate)
        # A tick lies between frames: the round's first and last tick are those that still hold its ends.
        self._first_tick = max(first - (tempo.frame_at(first, rate) > round_.place), 0)
        end += tempo.frame_at(end, rate) < end_place
        self._length_ticks = max(end - self._first_tick, 1)
        self._round = round_
        self._notes, self._touched = [], False
        self._controls = [
            Control(0, kind, number, value)
            for (kind, number), value in self._held.items()
            if value or (kind == "cc" and number not in _RESTING_AT_0)
        ]
        # Keys that were struck long before belong to what came before.
        self._keys = {
            key: (round_.clock, velocity)
            for key, (clock, velocity) in self._keys.items()
            if clock >= round_.clock - early_frames
        }

    def hear(self, message: Message) -> None:
        """Keys and controllers move."""
        status, *values = message.data
        kind, channel = status & 0xF0, status & 0x0F
        if kind == 0x90 and values[1]:
            self._let_go((channel, values[0]), message.clock)
            self._keys[channel, values[0]] = (message.clock, values[1])
            self._touched = True
        elif kind in {0x80, 0x90}:
            self._let_go((channel, values[0]), message.clock)
        elif kind == 0xB0 and values[0] == _RESET:
            self._reset(message.clock)
        elif kind == 0xB0 and values[0] >= _SOUND_OFF:
            if values[0] == _SOUND_OFF or values[0] >= _NOTES_OFF:
                for key in tuple(self._keys):
                    self._let_go(key, message.clock)
        elif kind == 0xB0:
            self._move("cc", values[0], values[1], message.clock)
        elif kind == 0xE0:
            self._move("pitch_bend", 0, values[0] + 128 * values[1] - 8192, message.clock)
        elif kind == 0xD0:
            self._move("pressure", 0, values[0], message.clock)

    def end(self) -> NotesSpan | None:
        """The round, with nothing left hanging; None when nothing happened in it."""
        if self._round is None:
            return None
        end = self._round.clock + self._round.frames
        held = dict(self._keys)
        for key in held:
            self._let_go(key, end)
        last = self._length_ticks - 1
        for kind, number in self._off_rest():
            self._controls.append(Control(last, kind, number, 0))
        span = None
        if self._notes or self._touched:
            notes = tuple(sorted(self._notes, key=note_order))
            controls = tuple(sorted(self._controls, key=lambda control: control.tick))
            span = NotesSpan(self._first_tick, self._length_ticks, notes, controls)
        self._round = None
        return span

    def _let_go(self, key: tuple[int, int], clock: int) -> None:
        struck = self._keys.pop(key, None)
        if struck is None or self._round is None:
            return
        start = min(self._tick(struck[0]), self._length_ticks - 1)
        end = min(max(self._tick(clock), start + 1), self._length_ticks)
        self._notes.append(Note(start, end - start, key[1], struck[1]))

    def _off_rest(self) -> list[tuple[Kind, int]]:
        """Bends, pressures and pedals that are not where they rest, at 0."""
        return [
            (kind, number)
            for (kind, number), value in self._held.items()
            if value and (kind != "cc" or number in _RESTING_AT_0)
        ]

    def _reset(self, clock: int) -> None:
        """Reset all controllers, as MIDI's RP-015 means it: volume, pan and bank stay."""
        for kind, number in self._off_rest():
            self._move(kind, number, 0, clock)
        if self._held.get(("cc", _EXPRESSION), 127) != 127:
            self._move("cc", _EXPRESSION, 127, clock)

    def _move(self, kind: Kind, number: int, value: int, clock: int) -> None:
        self._held[kind, number] = value
        if self._round is not None:
            self._touched = True
            tick = min(self._tick(clock), self._length_ticks - 1)
            self._controls.append(Control(tick, kind, number, value))

    def _tick(self, clock: int) -> int:
        """Ticks from the round's start to a frame of the stream inside it."""
        if self._round is None:
            return 0
        place = self._round.place + clock - self._round.clock
        return max(self._tempo.tick_at_frame(place, self._rate) - self._first_tick, 0)
