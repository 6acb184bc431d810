"""The melody: a theme's line, sung on the harmony and played with the hands of its instrument."""

from musicgen_desktop.generation.composer._dice import Dice
from musicgen_desktop.music import Note
from musicgen_desktop.timing import PPQ

from ._beats import pulse_ticks, strong_ticks
from ._fit import Wanted, fit_line
from ._hands import Hands, tidy
from ._part_notes import Others, PartNotes
from ._song import Bar, Song
from ._themes import LineNote, Phrases, theme_of
from ._tones import chord_scale, pitches_in, reach

ROLE = "melody"

_PHRASE = 4
# What a note outside the chord costs, by where it stands (see `_fit.Wanted`).
_ON_STRONG, _AT_REST, _LONG, _ON_BEAT, _PASSING = 60, 40, 16, 8, 3


def write_melody(song: Song, others: Others, seed: int) -> PartNotes:
    """The lead line."""
    del others
    return _Singer(song, seed).part()


def _go_on(run: list[Bar] | None, following: list[Bar] | None) -> bool:
    """Whether a run follows on another of its letter without a rest."""
    if run is None or following is None:
        return False
    return run[-1].end == following[0].start and run[0].section.letter == following[0].section.letter


class _Singer:
    def __init__(self, song: Song, seed: int) -> None:
        self._song = song
        self._style = song.style.melody
        self._dice = Dice(seed, ROLE)
        stem = song.plan.stem_of(ROLE)
        self._low, self._high = reach(stem.patch if stem else None, self._style.low, self._style.high)
        self._hands = Hands(song, ROLE, self._dice)

    def part(self) -> PartNotes:
        phrases = Phrases(self._song, self._style, self._dice)
        notes: list[Note] = []
        last: int | None = None
        runs = self._song.runs_of(ROLE)
        unit = 0
        for before, run, after in zip([None, *runs], runs, [*runs[1:], None], strict=False):
            # A short section that comes twice in a row asks, then answers.
            unit = unit if _go_on(before, run) and unit < _PHRASE else 0
            units = unit + -(-len(run) // self._style.motif_bars)
            goes_on = _go_on(run, after) and units < _PHRASE
            theme = theme_of(self._song, self._style, run[0], self._dice)
            line = phrases.line(run, theme, unit, goes_on=goes_on)
            unit = units
            if line:
                pitches = fit_line(self._wants(line, run), self._low, self._high, last)
                last = pitches[-1]
                notes += self._played(line, pitches, run)
        return PartNotes(tidy(notes, self._song.end))

    def _wants(self, line: list[LineNote], run: list[Bar]) -> list[Wanted]:
        """What each note of the line should be: the contour on the key's scale, the chord where it counts."""
        song, key = self._song, self._song.plan.key
        ladder = pitches_in(frozenset(key.pitch_classes), self._low, self._high)
        room = self._high - self._low
        centre = self._low + room * 0.42 + min(5.0, room * 0.25) * song.intensity(run[0])
        middle = min(range(len(ladder)), key=lambda at: (abs(ladder[at] - centre), at))
        home = frozenset((key.tonic, (key.tonic + (3 if key.is_minor else 4)) % 12))
        tonic = frozenset((key.tonic, (key.tonic + 7) % 12))
        wants = []
        for note in line:
            heard = self._heard_at(note)
            chord = song.chord_at(heard)
            tones = frozenset(chord.pitch_classes)
            target = ladder[max(0, min(len(ladder) - 1, middle + note.rise))]
            goal = (home & tones or tones) if note.closes else frozenset[int]()
            scale = chord_scale(key, chord, self._style.scale)
            outside = self._outside(note, heard)
            wants.append(Wanted(target, scale, tones, outside, goal=goal, home=tonic))
        return wants

    def _outside(self, note: LineNote, heard: int) -> int:
        place = note.tick % self._song.meter.bar_ticks
        if place in strong_ticks(self._song.meter) or heard != note.tick:
            return _ON_STRONG
        if note.closes:
            return _AT_REST
        if note.length >= PPQ:
            return _LONG
        return _ON_BEAT if place in pulse_ticks(self._song.meter) else _PASSING

    def _heard_at(self, note: LineNote) -> int:
        """An off-beat note held into a strong beat belongs to the chord there."""
        bar_ticks = self._song.meter.bar_ticks
        place = note.tick % bar_ticks
        for tick in (*strong_ticks(self._song.meter), bar_ticks):
            if place < tick <= place + PPQ // 2 and place + note.length >= tick + PPQ // 4:
                return note.tick - place + tick
        return note.tick

    def _played(self, line: list[LineNote], pitches: list[int], run: list[Bar]) -> list[Note]:
        song, notes = self._song, list[Note]()
        level = 0.84 + 0.16 * song.intensity(run[0])
        top = max(pitches)
        gate = self._style.gate * (0.6 if "staccato" in song.plan.hints else 1.0)
        ends = [*(note.tick for note in line[1:]), song.end]
        for note, pitch, room in zip(line, pitches, ends, strict=True):
            bar = song.bars[note.tick // song.meter.bar_ticks]
            start = self._hands.placed(note.tick, bar, swings=note.swings)
            end = min(note.tick + note.length, room, song.end)
            velocity = 88.0 + 5.0 * note.accent + 6.0 * (pitch == top) - 8.0 * note.closes
            velocity += 0.7 * self._hands.accent(note.tick, bar)
            length = max(60, round((end - note.tick) * gate))
            sung = Note(start, length, pitch, self._hands.velocity(velocity * level))
            notes += self._ornamented(sung, note.tick, bar)
        return notes

    def _ornamented(self, note: Note, tick: int, bar: Bar) -> list[Note]:
        """Sometimes a grace note before the beat or a turn in a long note, with the scale's neighbours."""
        song = self._song
        die = self._dice.child("ornament", bar.section.letter, bar.within, tick - bar.start)
        if not die.chance(self._style.ornaments):
            return [note]
        kind = "key" if self._style.scale == "chord" else self._style.scale
        scale = chord_scale(song.plan.key, song.chord_at(tick), kind)
        above = next(
            (note.pitch + step for step in (1, 2, 3) if (note.pitch + step) % 12 in scale), note.pitch
        )
        below = next(
            (note.pitch - step for step in (1, 2, 3) if (note.pitch - step) % 12 in scale), note.pitch
        )
        if note.length_ticks >= PPQ * 3 // 2 and die.chance(0.6) and above <= self._high:
            last = note.length_ticks - PPQ // 2
            turn = die.choice((above, max(below, self._low)))
            return [
                Note(note.start_ticks, last, note.pitch, note.velocity),
                Note(note.start_ticks + last, PPQ // 4, turn, max(1, note.velocity - 14)),
                Note(note.start_ticks + last + PPQ // 4, PPQ // 4, note.pitch, max(1, note.velocity - 10)),
            ]
        grace = song.ticks_of_ms(55.0)
        if note.start_ticks - grace > bar.start and below >= self._low and tick > bar.start:
            return [Note(note.start_ticks - grace, grace, below, max(1, note.velocity - 22)), note]
        return [note]
