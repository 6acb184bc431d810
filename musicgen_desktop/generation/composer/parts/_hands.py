"""From the grid to hands: swing, lateness, jitter, velocity; and the last tidying of a part."""

from collections.abc import Iterable

from musicgen_desktop.generation.composer._dice import Dice
from musicgen_desktop.music import Note

from ._beats import pulse_ticks
from ._song import Bar, Song

_OFF_BEAT = -9.0
_STEP_TICKS = {"1/8": 480, "1/16": 240}


class Hands:
    """Plays one part's notes: moves them off the grid as the style's groove says, always within their bar."""

    def __init__(self, song: Song, role: str, dice: Dice) -> None:
        groove = song.style.groove
        self._dice = dice.child("hands")
        self._ms = song.plan.tempo_map.bpm_at(0) * 960 / 60000
        self._jitter = groove.jitter_ms * self._ms
        self._spread = groove.velocity_spread
        self._late = groove.late_ms
        self._role = role
        self._extra = 6.0 if "laid_back" in song.plan.hints else 0.0
        self._pair = 2 * _STEP_TICKS[groove.swing_step]
        swings = not song.meter.is_compound and song.plan.swing > 0.0
        self._middle = (
            self._pair // 2 + round(song.plan.swing * self._pair / 6) if swings else self._pair // 2
        )
        self._pulses = frozenset(pulse_ticks(song.meter))
        self._whole_pairs = song.meter.bar_ticks // self._pair * self._pair

    def swung(self, tick: int, bar_start: int) -> int:
        """Where a straight tick falls when pairs of steps swing."""
        within = tick - bar_start
        half = self._pair // 2
        if self._middle == half or not 0 <= within < self._whole_pairs:
            return tick
        pair, rest = divmod(within, self._pair)
        if rest <= half:
            moved = rest * self._middle // half
        else:
            moved = self._middle + (rest - half) * (self._pair - self._middle) // half
        return bar_start + pair * self._pair + moved

    def placed(self, tick: int, bar: Bar, *, who: str = "", swings: bool = True, tight: bool = False) -> int:
        """Where a hit on the straight grid is played.

        It stays in its bar, and on a bar line it is never early: the downbeat is what all listen for.
        `tight` leaves it exactly on the swung grid.
        """
        grid = self.swung(tick, bar.start) if swings else tick
        if tight:
            return grid
        late = self._late.get(who, self._late.get(self._role, 0.0))
        if late > 0.0 or self._extra == 0.0:
            late += self._extra * (late > 0.0)
        offset = round(late * self._ms + self._jitter * (self._dice.uniform(-1.0, 1.0)))
        if tick == bar.start:
            return grid + max(0, min(offset, round(6.0 * self._ms)))
        return max(bar.start, min(bar.end - 1, grid + offset))

    def accent(self, tick: int, bar: Bar) -> float:
        """What a straight tick's place in the bar adds to a velocity: the beat is felt, not only counted."""
        within = tick - bar.start
        if within == 0:
            return 5.0
        return 0.0 if within in self._pulses else _OFF_BEAT

    def velocity(self, wanted: float) -> int:
        """A velocity near the wanted one."""
        return max(1, min(127, round(wanted + self._spread * self._dice.uniform(-1.0, 1.0))))


def tidy(notes: Iterable[Note], end: int) -> tuple[Note, ...]:
    """Notes in order, inside the song, none empty, none over another of its pitch (the earlier is cut).

    Of two that begin together on a pitch, the louder stays.
    """
    by_pitch: dict[int, list[Note]] = {}
    for note in sorted(notes, key=lambda note: (note.start_ticks, -note.velocity)):
        if not 0 <= note.start_ticks < end:
            continue
        length = min(note.length_ticks, end - note.start_ticks)
        line = by_pitch.setdefault(note.pitch, [])
        if line:
            before = line[-1]
            gap = note.start_ticks - before.start_ticks
            if gap == 0:
                continue
            if before.length_ticks > gap:
                line[-1] = Note(before.start_ticks, gap, before.pitch, before.velocity)
        line.append(Note(note.start_ticks, max(1, length), note.pitch, max(1, min(127, note.velocity))))
    every = [note for line in by_pitch.values() for note in line]
    every.sort(key=lambda note: (note.start_ticks, note.pitch))
    return tuple(every)
