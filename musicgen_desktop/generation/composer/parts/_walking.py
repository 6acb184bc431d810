"""A walking bass: a note on every beat, chord tones and steps on the way to the next root."""

from musicgen_desktop.generation.composer._dice import Dice
from musicgen_desktop.timing import PPQ

from ._beats import pulse_ticks
from ._root_line import BassEvent, RootLine
from ._song import Bar, Song
from ._tones import chord_scale, pitches_in


class Walker:
    """Walks one bar after another between the roots of a line."""

    def __init__(self, song: Song, line: RootLine, dice: Dice) -> None:
        self._song = song
        self._line = line
        self._dice = dice

    def bar(self, bar: Bar) -> list[BassEvent]:
        """One bar of quarter notes, sometimes a skipped eighth before the bar line."""
        song, line = self._song, self._line
        ticks = [bar.start + tick for tick in pulse_ticks(song.meter)]
        events: list[BassEvent] = []
        before = line.at(bar.start)
        for tick, end in zip(ticks, [*ticks[1:], bar.end], strict=True):
            placed = song.chords[song.chord_index(tick)]
            changes = end % song.end == song.chords[song.chord_index(end)].start_ticks
            if tick == placed.start_ticks:
                pitch = line.at(tick)
            elif tick == bar.start:
                pitch = self._opening(tick)
            elif changes:
                pitch = self._leading(tick, before, line.at(end))
            else:
                pitch = self._passing(tick, before, line.at(end))
            if end == bar.end and end - tick == PPQ and self._dice.chance(0.12):
                events.append(BassEvent(tick, PPQ // 2, "1", pitch=pitch))
                pitch = self._leading(tick, pitch, line.at(end))
                events.append(BassEvent(tick + PPQ // 2, PPQ // 2, "1", pitch=pitch))
            else:
                events.append(BassEvent(tick, end - tick, "1", pitch=pitch))
            before = pitch
        return events

    def _opening(self, tick: int) -> int:
        """A bar within a chord begins on its root or another of its tones."""
        root = self._line.at(tick)
        if self._dice.chance(0.5):
            return root
        tones = pitches_in(
            frozenset(self._song.chord_at(tick).pitch_classes), self._line.low, self._line.high
        )
        return self._dice.choice([pitch for pitch in tones if abs(pitch - root) <= 9] or [root])

    def _leading(self, tick: int, before: int, target: int) -> int:
        """A half step, a scale step or a fifth from the target; the nearer to the hand, the likelier."""
        scale = chord_scale(self._song.plan.key, self._song.chord_at(tick))
        options = [(target - 1, 3.0), (target + 1, 3.0), (target + 7, 1.0), (target - 5, 1.0)]
        options += [(target + step, 2.0) for step in (2, -2) if (target + step) % 12 in scale]
        options = [(pitch, weight) for pitch, weight in options if self._line.low <= pitch <= self._line.high]
        usable = [
            (pitch, weight / (1 + abs(pitch - before)))
            for pitch, weight in options
            if 0 < abs(pitch - before) <= 9
        ]
        if not usable:
            near = [pitch for pitch, _ in options] or [target]
            return min(near, key=lambda pitch: (abs(pitch - before), pitch))
        return self._dice.choice([pitch for pitch, _ in usable], [weight for _, weight in usable])

    def _passing(self, tick: int, before: int, target: int) -> int:
        chord = self._song.chord_at(tick)
        tones = frozenset(chord.pitch_classes)
        scale = chord_scale(self._song.plan.key, chord)
        near = range(max(self._line.low, before - 7), min(self._line.high, before + 7) + 1)
        options = [pitch for pitch in near if pitch % 12 in scale and pitch != before]
        if not options:
            return before
        weights = []
        for pitch in options:
            weight = 3.0 if pitch % 12 in tones else 1.0
            weight *= 2.0 if abs(pitch - before) <= 4 else 0.7
            weight *= 1.5 if (pitch - before) * (target - before) > 0 else 1.0
            # Stay where the next root is within a hand's reach.
            weight *= 0.1 if abs(pitch - target) > 8 and abs(pitch - target) >= abs(before - target) else 1.0
            weights.append(weight)
        return self._dice.choice(options, weights)
