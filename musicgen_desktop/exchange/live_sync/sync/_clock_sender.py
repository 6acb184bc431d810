"""MIDI clock out: 24 ticks to the quarter note, start, stop, continue and song position."""

import math
from collections.abc import Iterable

from musicgen_desktop.timing import PPQ, TempoMap

from ._midi import CLOCK, CONTINUE, LAST_POSITION, START, STOP, song_position
from ._stretch import APART_S, Stretch, Timed

_CLOCK_TICKS = PPQ // 24
_SIXTEENTH_TICKS = PPQ // 4
_BEFORE_S = 0.001
"""Start and continue come this long before the first clock: some receivers need it."""
_ROUND = 0.01
"""Of a sixteenth: so little behind one is on it."""


class ClockSender:
    """What a slave has to be sent so that it runs with the song, also across jumps and changes of tempo.

    Song positions are whole sixteenths: where the song begins between two of them, the slave waits for the
    next.

    Args:
        tempo_map: of the song.
    """

    def __init__(self, tempo_map: TempoMap) -> None:
        self._tempo = tempo_map
        self._end: tuple[float, float] | None = None
        """(moment, seconds of the timeline) that was reached; None while it stands."""
        self._next = 0
        """The next clock, counted from bar 1."""
        self._begins_with = b""
        """Comes before the next clock."""

    @property
    def is_running(self) -> bool:
        """Whether slaves run."""
        return self._end is not None

    def change_tempo(self, tempo_map: TempoMap) -> None:
        """The song's tempo is another from now on."""
        if tempo_map != self._tempo:
            self._tempo = tempo_map
            if self._end is not None:
                self._end = (self._end[0], math.inf)  # places lie elsewhere: the slave is told anew

    def advance(self, stretches: Iterable[Stretch], until_s: float) -> list[Timed]:
        """All messages from where the last call ended until this moment, in order.

        Args:
            stretches: how the song runs in this time, in order; nothing where it stands.
            until_s: on the monotonic clock.
        """
        sent: list[Timed] = []
        for stretch in stretches:
            end = self._end
            if end is None or abs(end[0] - stretch.from_s) > APART_S:
                sent += self._stopped()
                sent += self._started(stretch)
            elif abs(end[1] - stretch.place_s) > APART_S:
                sent.append(Timed(stretch.from_s, STOP))
                sent += self._started(stretch)
            sent += self._clocks(stretch)
            self._end = (stretch.until_s, stretch.end_s)
        if self._end is not None and until_s - self._end[0] > APART_S:
            sent += self._stopped()
        return sent

    def stop(self, at_s: float) -> list[Timed]:
        """What ends it at once; nothing where it stands."""
        if self._end is None:
            return []
        self._end = None
        return [Timed(at_s, STOP)]

    def _stopped(self) -> list[Timed]:
        return [] if self._end is None else self.stop(self._end[0])

    def _started(self, stretch: Stretch) -> list[Timed]:
        tick = self._tempo.tick_at(stretch.place_s)
        sixteenth = max(math.ceil(tick / _SIXTEENTH_TICKS - _ROUND), 0)
        self._next = sixteenth * _SIXTEENTH_TICKS // _CLOCK_TICKS
        self._begins_with = START if sixteenth == 0 else CONTINUE
        if sixteenth == 0:
            return []
        return [Timed(stretch.from_s - _BEFORE_S, song_position(min(sixteenth, LAST_POSITION)))]

    def _clocks(self, stretch: Stretch) -> list[Timed]:
        sent: list[Timed] = []
        while (due_s := self._moment(stretch, self._next)) < stretch.until_s:
            # A clock that was due a moment ago when the song was measured again is sent all the same.
            at_s = max(due_s, stretch.from_s)
            if self._begins_with:
                sent.append(Timed(at_s - _BEFORE_S, self._begins_with))
                self._begins_with = b""
            sent.append(Timed(at_s, CLOCK))
            self._next += 1
        return sent

    def _moment(self, stretch: Stretch, clock: int) -> float:
        return stretch.moment(self._tempo.seconds_at(clock * _CLOCK_TICKS))
