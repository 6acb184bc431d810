"""Broken chords: a figure climbs through the chord's tones on the style's steps."""

from musicgen_desktop.generation.composer._dice import Dice
from musicgen_desktop.music import Note

from ._beats import steps_in_bar, strong_ticks
from ._hands import Hands, tidy
from ._part_notes import Others, PartNotes
from ._song import Bar, Song
from ._tones import nearest_pitch, reach

ROLE = "arp"
_LOUD = {"X": 104.0, "x": 88.0, "o": 70.0}
# Figures whose length is no power of two begin anew with each half of the bar, so that they keep its beat.
_TURNING = frozenset({"up_down", "converge", "thumb", "pedal"})


def write_arp(song: Song, others: Others, seed: int) -> PartNotes:
    """The arpeggio; the figure begins anew with every bar and chord: it is heard as one with the harmony."""
    del others
    return _Arpeggist(song, seed).part()


class _Arpeggist:
    def __init__(self, song: Song, seed: int) -> None:
        self._song = song
        self._style = song.style.arp
        self._dice = Dice(seed, ROLE)
        stem = song.plan.stem_of(ROLE)
        self._low, self._high = reach(stem.patch if stem else None, self._style.low, self._style.high)
        self._hands = Hands(song, ROLE, self._dice)

    def part(self) -> PartNotes:
        notes: list[Note] = []
        for bar in self._song.bars_of(ROLE):
            notes += self._bar(bar)
        return PartNotes(tidy(notes, self._song.end))

    def _bar(self, bar: Bar) -> list[Note]:
        song, style, hands = self._song, self._style, self._hands
        octaves = style.octaves
        if bar.section.name == "build":
            octaves = min(4, octaves + bar.within * 2 // max(1, bar.section.bars))
        level = 0.8 + 0.2 * song.intensity(bar)
        if song.ends_here(bar):
            lowest = self._ladder(bar.start, octaves)[0]
            return [Note(bar.start, bar.end - bar.start, lowest, hands.velocity(80.0 * level))]
        pattern = song.pattern(style.patterns, bar, self._dice.child("pattern"))
        if pattern is None:
            return []
        shape = self._dice.child("shape", bar.section.letter).choice(style.shapes or ("up",))
        fresh = {bar.start, *(placed.start_ticks for placed in bar.chords)}
        if shape in _TURNING:
            fresh.update(bar.start + tick for tick in strong_ticks(song.meter))
        turns = sorted(fresh)
        notes: list[Note] = []
        place = turn = 0
        for step in steps_in_bar(pattern.steps, pattern.bars, pattern.meter, song.meter, bar.within):
            tick = bar.start + step.tick
            while turn < len(turns) and turns[turn] <= tick:
                place, turn = 0, turn + 1
            ladder = self._ladder(tick, octaves)
            die = self._dice.child("random", bar.section.letter, bar.within, step.tick)
            pitch = ladder[_place_on(shape, place, len(ladder), die)]
            end = hands.swung(tick + step.length, bar.start) if step.swings else tick + step.length
            begin = hands.swung(tick, bar.start) if step.swings else tick
            start = hands.placed(tick, bar, swings=step.swings)
            velocity = (_LOUD[step.sign] + hands.accent(tick, bar)) * level
            length = max(40, round((end - begin) * style.gate))
            notes.append(Note(start, length, pitch, hands.velocity(velocity)))
            place += 1
        return notes

    def _ladder(self, tick: int, octaves: int) -> list[int]:
        """The chord's tones upwards: four rungs an octave, three where beats are divided by three."""
        chord = self._song.chord_at(tick)
        classes = list(dict.fromkeys(chord.pitch_classes))
        classes = classes[: 4 if self._style.seventh else 3]
        first = nearest_pitch(classes[0], self._low + 5, self._low, self._low + 11)
        above = sorted((pitch - first) % 12 for pitch in classes)
        rungs = octaves * (3 if self._song.meter.is_compound else 4)
        octave_up = ((rung // len(above)) * 12 + above[rung % len(above)] for rung in range(rungs))
        return [first + step for step in octave_up if first + step <= self._high] or [first]


def _place_on(shape: str, place: int, rungs: int, dice: Dice) -> int:
    """Which rung the figure stands on; `thumb` strikes the lowest between all others, `pedal` the highest."""
    if rungs == 1:
        return 0
    turn = place % rungs
    there_and_back = place % (2 * rungs - 2)
    places = {
        "up": turn,
        "down": rungs - 1 - turn,
        "up_down": min(there_and_back, 2 * rungs - 2 - there_and_back),
        "converge": rungs - 1 - turn // 2 if turn % 2 else turn // 2,
        "random": dice.integer(rungs),
        "thumb": 1 + (place // 2) % (rungs - 1) if place % 2 else 0,
        "pedal": rungs - 1 if place % 2 else (place // 2) % (rungs - 1),
    }
    return places[shape]
