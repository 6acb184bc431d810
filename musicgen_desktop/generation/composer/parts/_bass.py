"""The bassist: roots where the chord changes, the style's figures between, and a step into the next root."""

from bisect import bisect_left
from itertools import pairwise

from musicgen_desktop.generation.composer._dice import Dice
from musicgen_desktop.music import DRUM, Control, Note
from musicgen_desktop.timing import PPQ

from ._beats import steps_in_bar
from ._hands import Hands, tidy
from ._part_notes import Others, PartNotes
from ._root_line import BassEvent, RootLine
from ._song import Bar, Song
from ._tones import chord_scale, degree, nearest_pitch, reach
from ._walking import Walker

ROLE = "bass"
_KICKS = (DRUM["kick"], DRUM["acoustic_kick"])
_BEND_TICKS = 180
# A kick this near to a step is the one the step means: swing moves it at most so far.
_SAME_PLACE = 90


def write_bass(song: Song, others: Others, seed: int) -> PartNotes:
    """The bass line; it listens to the drums' kick."""
    return _Bassist(song, others, seed).part()


class _Bassist:
    def __init__(self, song: Song, others: Others, seed: int) -> None:
        self._song = song
        self._style = song.style.bass
        self._dice = Dice(seed, ROLE)
        stem = song.plan.stem_of(ROLE)
        low, high = reach(stem.patch if stem else None, self._style.low, self._style.high)
        self._line = RootLine(song, low, high)
        self._hands = Hands(song, ROLE, self._dice)
        drums = others.get("drums")
        kicks = {note.start_ticks for note in drums.notes if note.pitch in _KICKS} if drums else set[int]()
        self._kicks = sorted(kicks)

    def part(self) -> PartNotes:
        song, hands, notes = self._song, self._hands, list[Note]()
        staccato = 0.6 if "staccato" in song.plan.hints else 1.0
        kicks = frozenset(self._kicks)
        for bar in song.bars_of(ROLE):
            again = self._dice.child("bar", bar.section.letter, bar.within)
            events = self._events(bar, again)
            level = 0.86 + 0.14 * song.intensity(bar)
            for at, event in enumerate(events):
                pitch = event.pitch or self._pitch(bar, events, at, again)
                start = hands.placed(event.tick, bar, swings=event.swings, tight=event.tick in kicks)
                gate = min(1.0, self._style.gate + 0.06 * (event.length >= 2 * PPQ)) * staccato
                end = event.tick + max(60, round(event.length * (0.35 if event.sign == "g" else gate)))
                length = max(40, hands.swung(end, bar.start) - hands.swung(event.tick, bar.start))
                velocity = 46.0 if event.sign == "g" else 95.0 + hands.accent(event.tick, bar)
                notes.append(Note(start, length, pitch, hands.velocity(velocity * level)))
        whole = tidy(one_voice(notes), song.end)
        return PartNotes(whole, tuple(self._slides(whole)))

    def _events(self, bar: Bar, again: Dice) -> list[BassEvent]:
        """The rhythm of one bar, with a fresh note wherever the chord changes under a sounding one."""
        style = self._style
        if self._song.ends_here(bar):
            return [BassEvent(bar.start, bar.end - bar.start, "1")]
        if style.manner == "walking" and self._song.intensity(bar) >= 0.3:
            return Walker(self._song, self._line, again).bar(bar)
        kicks = self._kicks[bisect_left(self._kicks, bar.start) : bisect_left(self._kicks, bar.end)]
        if style.manner == "lock" and kicks:
            ends = [*kicks[1:], bar.end]
            locked = zip(kicks, ends, strict=True)
            events = [BassEvent(tick, end - tick, "1", swings=False) for tick, end in locked]
        else:
            events = self._written(bar, kicks, again)
        return _with_changes(bar, events)

    def _written(self, bar: Bar, kicks: list[int], again: Dice) -> list[BassEvent]:
        song, style = self._song, self._style
        pattern = song.pattern(style.patterns, bar, self._dice.child("pattern"))
        if pattern is None:
            return [BassEvent(bar.start, bar.end - bar.start, "1")]
        steps = steps_in_bar(pattern.steps, pattern.bars, pattern.meter, song.meter, bar.within)
        ends = [*(step.tick for step in steps[1:]), bar.end - bar.start]
        events = []
        for step, end in zip(
            steps, ends, strict=False
        ):  # a bar that a folded pattern leaves empty has one end
            start = bar.start + step.tick
            if step.sign == "k" and not any(abs(kick - start) <= _SAME_PLACE for kick in kicks):
                continue
            length = max(60, min(step.length, end - step.tick))
            events.append(BassEvent(start, length, "1" if step.sign == "k" else step.sign, step.swings))
        if events and again.chance(style.variation):
            events = _varied(events, again)
        if style.ghosts > 0.0:
            events = _with_ghosts(events, style.ghosts, again)
        return events

    def _pitch(self, bar: Bar, events: list[BassEvent], at: int, dice: Dice) -> int:
        """The root first after a change, an approach last before one, else as written."""
        song, line, event = self._song, self._line, events[at]
        root = line.at(event.tick)
        change = song.chords[song.chord_index(event.tick)].start_ticks
        first = not any(other.tick >= change and other.sign != "g" for other in events[:at])
        if event.sign == "g" or (first and change >= bar.start):
            return root
        after = events[at + 1].tick if at + 1 < len(events) else bar.end
        target = line.at(after)
        leads = after % song.end == song.chords[song.chord_index(after)].start_ticks
        short = event.length <= PPQ
        if event.sign == "a" or (leads and target != root and short and dice.chance(self._style.approach)):
            return self._approach(event, root, target, dice)
        jumps = event.sign == "1" and event.length <= PPQ // 2 and dice.chance(self._style.octaves)
        return self._degree(event, root + 12 if jumps and root + 12 <= line.high else root)

    def _degree(self, event: BassEvent, root: int) -> int:
        line = self._line
        if event.sign == "8":
            return root + 12 if root + 12 <= line.high else root
        if event.sign == "1":
            return root
        chord = self._song.chord_at(event.tick)
        number = 5 if event.sign == "v" else int(event.sign)
        pitch_class = (chord.root + degree(self._song.plan.key, chord, number)) % 12
        up = root + (pitch_class - root) % 12
        if (event.sign == "v" or up > line.high) and up - 12 >= line.low:
            return up - 12
        return up if up <= line.high else root

    def _approach(self, event: BassEvent, root: int, target: int, dice: Dice) -> int:
        """A note that wants to go to the target: a half step, a scale step or its fifth away."""
        line = self._line
        chord = self._song.chord_at(event.tick)
        if target == root:
            fifth = (chord.root + degree(self._song.plan.key, chord, 5)) % 12
            return nearest_pitch(fifth, root, line.low, line.high)
        kind = dice.choice(self._style.approach_kind or ("scale",))
        side = -1 if target > root else 1
        if dice.chance(0.25):
            side = -side
        if kind == "fifth":
            options = [target + 7, target - 5]
        elif kind == "chromatic":
            options = [target + side]
        else:
            scale = chord_scale(self._song.plan.key, chord)
            near, far = target + side, target + 2 * side
            options = [far if near % 12 not in scale and far % 12 in scale else near]
        usable = [pitch for pitch in options if line.low <= pitch <= line.high] or [root]
        return min(usable, key=lambda pitch: (abs(pitch - root), pitch))

    def _slides(self, notes: tuple[Note, ...]) -> list[Control]:
        """Long notes that glide up to two half steps towards the next (bend range ±2), then snap back."""
        controls: list[Control] = []
        if self._style.slides == 0.0:
            return controls
        die = self._dice.child("slides")
        for note, following in pairwise(notes):
            gap = following.start_ticks - note.end_ticks
            wanted = note.length_ticks >= PPQ and gap <= PPQ // 4 and note.pitch != following.pitch
            if not wanted or not die.chance(self._style.slides):
                continue
            way = max(-2, min(2, following.pitch - note.pitch))
            start = note.end_ticks - _BEND_TICKS
            for step in range(1, 7):
                value = max(-8192, min(8191, way * 4096 * step // 6))
                controls.append(Control(start + step * _BEND_TICKS // 6 - 1, "pitch_bend", 0, value))
            controls.append(Control(following.start_ticks, "pitch_bend", 0, 0))
        return controls


def _varied(events: list[BassEvent], dice: Dice) -> list[BassEvent]:
    """One long note is struck twice, or one short note after the first is left out."""
    at = dice.integer(len(events))
    event = events[at]
    if event.sign != "g" and event.length >= PPQ // 2 and event.length % (PPQ // 2) == 0:
        most = event.length - PPQ // 4
        return [
            *events[:at],
            BassEvent(event.tick, most, event.sign, event.swings),
            BassEvent(event.tick + most, PPQ // 4, dice.choice("158"), event.swings),
            *events[at + 1 :],
        ]
    if at > 0 and len(events) > 3:
        return events[:at] + events[at + 1 :]
    return events


def _with_ghosts(events: list[BassEvent], chance: float, dice: Dice) -> list[BassEvent]:
    out = []
    for event, following in zip(events, [*events[1:], None], strict=True):
        out.append(event)
        if following is None or following.tick - event.tick - event.length < PPQ // 4:
            continue
        if event.swings and dice.chance(chance):
            out.append(BassEvent(following.tick - PPQ // 4, 120, "g", event.swings))
    return out


def _with_changes(bar: Bar, events: list[BassEvent]) -> list[BassEvent]:
    for placed in bar.chords:
        change = placed.start_ticks
        if change <= bar.start:
            continue
        for at, event in enumerate(events):
            if event.tick < change < event.tick + event.length:
                left = BassEvent(event.tick, change - event.tick, event.sign, event.swings)
                right = BassEvent(change, event.tick + event.length - change, "1", event.swings)
                events = [*events[:at], left, right, *events[at + 1 :]]
                break
    return events


def one_voice(notes: list[Note]) -> list[Note]:
    """One note at a time: each ends where the next begins; of two that begin together one is dropped."""
    notes = sorted(notes, key=lambda note: note.start_ticks)
    out: list[Note] = []
    for note in notes:
        if out:
            room = note.start_ticks - out[-1].start_ticks
            if room == 0:
                continue
            before = out[-1]
            out[-1] = Note(before.start_ticks, min(before.length_ticks, room), before.pitch, before.velocity)
        out.append(note)
    return out
