"""The second voice: guide tones under the melody, answers in its rests; never in its way."""

import msgspec

from musicgen_desktop.generation.composer._dice import Dice
from musicgen_desktop.music import Note
from musicgen_desktop.timing import PPQ

from ._beats import pulse_ticks, strong_ticks
from ._fit import Wanted, fit_line
from ._hands import Hands, tidy
from ._lead import Lead
from ._part_notes import Others, PartNotes
from ._song import Bar, Song
from ._tones import chord_scale, reach

ROLE = "counter"
_BREATH = PPQ // 4
_EIGHTH = PPQ // 2
# What it costs to sound so many half steps from a note of the melody.
_RUBS = {0: 40, 1: 90, 2: 30, 11: 25, 13: 90}
_CROSSING = 50
_CLOSEST = 3


class _Place(msgspec.Struct, frozen=True):
    """Where a note of the line will be; `rise` is its contour in half steps."""

    tick: int
    length: int
    rise: int = 0


def write_counter(song: Song, others: Others, seed: int) -> PartNotes:
    """The counter line; it listens to the melody."""
    return _Second(song, Lead(others.get("melody")), seed).part()


class _Second:
    def __init__(self, song: Song, lead: Lead, seed: int) -> None:
        self._song = song
        self._lead = lead
        self._style = song.style.counter
        self._dice = Dice(seed, ROLE)
        stem = song.plan.stem_of(ROLE)
        self._low, self._high = reach(stem.patch if stem else None, self._style.low, self._style.high)
        self._hands = Hands(song, ROLE, self._dice)

    def part(self) -> PartNotes:
        song, notes = self._song, list[Note]()
        last: int | None = None
        gate = self._style.gate * (0.6 if "staccato" in song.plan.hints else 1.0)
        for run in song.runs_of(ROLE):
            places = self._places(run)
            if not places:
                continue
            pitches = fit_line([self._want(place) for place in places], self._low, self._high, last)
            last = pitches[-1]
            level = 0.82 + 0.18 * song.intensity(run[0])
            ends = [*(place.tick for place in places[1:]), song.end]
            for place, pitch, room in zip(places, pitches, ends, strict=True):
                bar = song.bars[place.tick // song.meter.bar_ticks]
                start = self._hands.placed(place.tick, bar)
                length = max(60, round(min(place.length, room - place.tick) * gate))
                notes.append(Note(start, length, pitch, self._hands.velocity(78.0 * level)))
        return PartNotes(tidy(notes, song.end))

    def _places(self, run: list[Bar]) -> list[_Place]:
        die = self._dice.child("letter", run[0].section.letter)
        manner = die.choice(self._style.manners or ("line",))
        if manner == "answer" and self._lead.sounding(run[0].start, run[-1].end):
            places = self._answers(run, die)
            if 2 * len(places) < len(run):  # the melody leaves no room to answer
                places = self._long_line(run, die)
        elif manner == "riff":
            places = self._riff(run, die)
        else:
            places = self._long_line(run, die)
        if self._song.ends_here(run[-1]):
            places = [place for place in places if place.tick < run[-1].start]
            places.append(_Place(run[-1].start, run[-1].end - run[-1].start))
        return places

    def _long_line(self, run: list[Bar], dice: Dice) -> list[_Place]:
        """A note for each chord, and a step between where the melody holds or rests."""
        places = []
        for bar in run:
            die = dice.child("line", bar.within)
            ticks = {max(bar.start, placed.start_ticks) for placed in bar.chords}
            sung = [note.start_ticks - bar.start for note in self._lead.sounding(bar.start, bar.end)]
            for place in (*strong_ticks(self._song.meter)[1:], *pulse_ticks(self._song.meter)[-1:]):
                busy = any(abs(start - place) < _EIGHTH for start in sung)
                if die.chance(self._style.density * (0.35 if busy else 1.0)):
                    ticks.add(bar.start + place)
            every = sorted(ticks)
            rise = 0
            for tick, end in zip(every, [*every[1:], bar.end], strict=True):
                places.append(_Place(tick, end - tick, rise))
                rise += die.choice((-2, 2, 3, -3))
        return places

    def _answers(self, run: list[Bar], dice: Dice) -> list[_Place]:
        """Two to five short notes in each of the melody's rests, the last of them longer."""
        places = []
        density = self._style.density
        for number, (start, end) in enumerate(self._lead.gaps(run[0].start, run[-1].end, PPQ)):
            # The same figure for every second gap: an answer one comes to know.
            die = dice.child("answer", number % 2)
            tick = -(-(start + _BREATH) // _EIGHTH) * _EIGHTH
            stop = end - _BREATH
            if stop - tick < _EIGHTH or not dice.child("speaks", number).chance(0.45 + density):
                continue
            direction = die.choice((1, -1))
            left, rise = die.between(2, 3 + round(2 * density)), 0
            while stop - tick >= _EIGHTH:
                room = stop - tick
                is_last = left == 1 or room < PPQ
                length = min(room, 2 * PPQ) if is_last else _EIGHTH if die.chance(0.75) else PPQ
                places.append(_Place(tick, min(length, room), rise))
                if is_last:
                    break
                tick, left = tick + length, left - 1
                rise += direction * die.choice((2, 2, 3, -2))
        return places

    def _riff(self, run: list[Bar], dice: Dice) -> list[_Place]:
        """A short figure on off-beats that comes back every two bars, or every bar."""
        ticks = range(_EIGHTH, self._song.meter.bar_ticks, _EIGHTH)
        spots = [tick for tick in ticks if tick % PPQ or dice.chance(0.3)]
        chosen = sorted(dice.shuffled(spots)[: 2 + round(3 * self._style.density)])
        rises = [dice.choice((-3, 0, 2, 4)) for _ in chosen]
        return [
            _Place(bar.start + tick, _EIGHTH, rise)
            for bar in run
            if bar.within % 2 == 1 or self._style.density > 0.6
            for tick, rise in zip(chosen, rises, strict=True)
        ]

    def _want(self, place: _Place) -> Wanted:
        """Thirds and sevenths in its own register; costs for what would rub against the melody."""
        song, low, high = self._song, self._low, self._high
        chord = song.chord_at(place.tick)
        near = self._lead.pitch_near(place.tick)
        centre = (low + high) // 2
        if near is not None:
            centre = min(centre, near - 8) if self._style.below else max(centre, near + 8)
        avoid: dict[int, int] = {}
        for note in self._lead.sounding(place.tick, place.tick + place.length):
            for pitch in range(low, high + 1):
                cost = _RUBS.get(abs(pitch - note.pitch), 0)
                crosses = (
                    pitch > note.pitch - _CLOSEST if self._style.below else pitch < note.pitch + _CLOSEST
                )
                cost += _CROSSING if crosses else 0
                if cost:
                    avoid[pitch] = avoid.get(pitch, 0) + cost
        guides = frozenset(
            (chord.root + step) % 12 for step in chord.intervals if step % 12 in (3, 4, 9, 10, 11)
        )
        fresh = place.tick == song.chords[song.chord_index(place.tick)].start_ticks
        return Wanted(
            target=centre + place.rise,
            scale=chord_scale(song.plan.key, chord),
            chord=frozenset(chord.pitch_classes),
            outside=60 if fresh or place.length >= PPQ else 6,
            avoid=tuple(sorted(avoid.items())),
            goal=guides if place.length >= 2 * PPQ else frozenset(),
        )
