"""The second voice: guide tones under the melody, answers in its rests; never in its way."""

from bisect import bisect_left, bisect_right

import msgspec

from musicgen_desktop.music import Note
from musicgen_desktop.timing import PPQ

from musicgen_desktop.generation.composer._dice import Dice
from musicgen_desktop.generation.composer._parts_style import CounterStyle
from ._beats import pulse_ticks, strong_ticks
from ._fit import Wanted, fit_line
from ._hands import Hands, tidy
from ._part_notes import Others, PartNotes
from ._song import Bar, Song
from ._tones import chord_scale, reach

ROLE = "counter"
_BREATH = PPQ // 4
_HEAD = 5


class _Place(msgspec.Struct, frozen=True):
    """Where a note of the counter line will be; `rise` is its contour in half steps."""

    tick: int
    length: int
    rise: int = 0


class _Lead:
    """The melody, asked what sounds when."""

    def __init__(self, others: Others) -> None:
        part = others.get("melody")
        self.notes = part.notes if part else ()
        self._starts = [note.start_ticks for note in self.notes]
        self._longest = max((note.length_ticks for note in self.notes), default=0)

    def sounding(self, start: int, end: int) -> list[Note]:
        """Melody notes that sound between two ticks."""
        first = bisect_left(self._starts, start - self._longest)
        last = bisect_left(self._starts, end)
        return [note for note in self.notes[first:last] if note.end_ticks > start]

    def gaps(self, start: int, end: int, least: int) -> list[tuple[int, int]]:
        """The rests of at least so many ticks."""
        gaps = []
        at = start
        for note in self.sounding(start, end):
            if note.start_ticks - at >= least:
                gaps.append((at, note.start_ticks))
            at = max(at, note.end_ticks)
        if end - at >= least:
            gaps.append((at, end))
        return gaps

    def pitch_near(self, tick: int) -> int | None:
        """The melody's pitch that began last."""
        at = bisect_right(self._starts, tick) - 1
        return self.notes[at].pitch if at >= 0 else None


def write_counter(song: Song, others: Others, seed: int) -> PartNotes:
    """The counter line; it listens to the melody."""
    dice = Dice(seed, ROLE)
    style = song.style.counter
    stem = song.plan.stem_of(ROLE)
    low, high = reach(stem.patch if stem else None, style.low, style.high)
    lead = _Lead(others)
    hands = Hands(song, ROLE, dice)
    notes: list[Note] = []
    last: int | None = None
    for run in song.runs_of(ROLE):
        letter = dice.child("letter", run[0].section.letter)
        manner = letter.choice(style.manners or ("line",))
        if manner == "answer" and not lead.sounding(run[0].start, run[-1].end):
            manner = "line"
        places = _PLACES[manner](song, style, run, lead, letter)
        if not places:
            continue
        wants = [_want(song, style, place, lead, low, high) for place in places]
        pitches = fit_line(wants, low, high, last)
        last = pitches[-1]
        level = 0.82 + 0.18 * song.intensity(run[0])
        for at, (place, pitch) in enumerate(zip(places, pitches, strict=True)):
            bar = song.bars[place.tick // song.meter.bar_ticks]
            following = places[at + 1].tick if at + 1 < len(places) else song.end
            room = min(place.length, following - place.tick, song.end - place.tick)
            start = hands.placed(place.tick, bar)
            length = max(60, round(room * style.gate))
            notes.append(Note(start, length, pitch, hands.velocity(78.0 * level)))
    return PartNotes(tidy(notes, song.end))


def _line_places(song: Song, style: CounterStyle, run: list[Bar], lead: _Lead, dice: Dice) -> list[_Place]:
    """A note for each chord, with a step between where the melody holds or rests."""
    places = []
    for bar in run:
        die = dice.child("line", bar.within)
        ticks = {max(bar.start, placed.start_ticks) for placed in bar.chords}
        for place in (*strong_ticks(song.meter)[1:], *pulse_ticks(song.meter)[-1:]):
            busy = any(
                abs(note.start_ticks - bar.start - place) < PPQ // 2
                for note in lead.sounding(bar.start, bar.end)
            )
            if die.chance(style.density * (0.35 if busy else 0.9)):
                ticks.add(bar.start + place)
        every = sorted(ticks)
        rise = 0
        for tick, end in zip(every, [*every[1:], bar.end], strict=True):
            places.append(_Place(tick, end - tick, rise))
            rise += die.choice((-2, 2, 3, -3, 0))
    if song.ends_here(run[-1]):
        places = [place for place in places if place.tick <= run[-1].start]
        if places:
            places[-1] = _Place(places[-1].tick, run[-1].end - places[-1].tick)
    return places


def _answer_places(song: Song, style: CounterStyle, run: list[Bar], lead: _Lead, dice: Dice) -> list[_Place]:
    """Two to five short notes in each of the melody's rests, ending on a longer one."""
    places = []
    for number, (start, end) in enumerate(lead.gaps(run[0].start, run[-1].end, PPQ)):
        die = dice.child("answer", number % 4)
        begin = -(-(start + _BREATH) // (PPQ // 2)) * (PPQ // 2)
        stop = end - _BREATH
        if stop - begin < PPQ // 2 or not die.chance(0.45 + style.density):
            continue
        direction = die.choice((1, -1))
        count = die.between(2, 3 + round(2 * style.density))
        tick, rise = begin, 0
        for at in range(count):
            left = stop - tick
            if left < PPQ // 2:
                break
            is_last = at == count - 1 or left < PPQ
            length = min(left, 2 * PPQ) if is_last else PPQ // 2 if die.chance(0.75) else PPQ
            places.append(_Place(tick, min(length, left), rise))
            if is_last:
                break
            tick += length
            rise += direction * die.choice((2, 2, 3, -2))
    return places


def _riff_places(song: Song, style: CounterStyle, run: list[Bar], lead: _Lead, dice: Dice) -> list[_Place]:
    """A short figure that comes back every two bars, on off-beats."""
    del lead
    spots = [
        tick for tick in range(PPQ // 2, song.meter.bar_ticks, PPQ // 2) if tick % PPQ or dice.chance(0.3)
    ]
    chosen = sorted(dice.shuffled(spots)[: 2 + round(3 * style.density)])
    rises = [dice.choice((-3, 0, 2, 4)) for _ in chosen]
    return [
        _Place(bar.start + tick, PPQ // 2, rise)
        for bar in run
        if bar.within % 2 == 1 or style.density > 0.6
        for tick, rise in zip(chosen, rises, strict=True)
    ]


_PLACES = {"line": _line_places, "answer": _answer_places, "riff": _riff_places}


def _want(song: Song, style: CounterStyle, place: _Place, lead: _Lead, low: int, high: int) -> Wanted:
    """Thirds and sevenths in its own register; costs for what would rub against the melody."""
    chord = song.chord_at(place.tick)
    tones = frozenset(chord.pitch_classes)
    melody = lead.sounding(place.tick, place.tick + place.length)
    near = lead.pitch_near(place.tick)
    centre = (low + high) // 2
    if near is not None:
        centre = min(centre, near - 8) if style.below else max(centre, near + 8)
    avoid: dict[int, int] = {}
    for note in melody:
        for pitch in range(low, high + 1):
            distance = abs(pitch - note.pitch)
            if distance in (1, 2, 13):
                avoid[pitch] = avoid.get(pitch, 0) + (80 if distance != 2 else 30)
            elif distance == 0:
                avoid[pitch] = avoid.get(pitch, 0) + 40
            elif (pitch > note.pitch - 3) == style.below:
                avoid[pitch] = avoid.get(pitch, 0) + 50
    guides = frozenset((chord.root + step) % 12 for step in chord.intervals if step % 12 in (3, 4, 9, 10, 11))
    outside = (
        60
        if place.length >= PPQ or place.tick in (song.chords[song.chord_index(place.tick)].start_ticks,)
        else 6
    )
    goal = guides if place.length >= 2 * PPQ else frozenset[int]()
    scale = chord_scale(song.plan.key, chord)
    return Wanted(centre + place.rise, scale, tones, outside, tuple(sorted(avoid.items())), goal)


__all__ = ["ROLE", "write_counter"]
