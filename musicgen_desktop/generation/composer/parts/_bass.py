"""The bassist: roots where the chord changes, the style's figures between, and a step into the next root."""

from bisect import bisect_left, bisect_right

from musicgen_desktop.music import DRUM, Chord, Control, Note
from musicgen_desktop.timing import PPQ

from musicgen_desktop.generation.composer._dice import Dice
from musicgen_desktop.generation.composer._parts_style import BassStyle
from ._beats import steps_in_bar
from ._hands import Hands, tidy
from ._part_notes import Others, PartNotes
from ._root_line import BassEvent, RootLine
from ._song import Bar, Song
from ._tones import chord_scale, degree, nearest_pitch, reach
from ._walking import walking_bar

ROLE = "bass"
_KICKS = (DRUM["kick"], DRUM["acoustic_kick"])
_BEND_TICKS = 180


def write_bass(song: Song, others: Others, seed: int) -> PartNotes:
    """The bass line; it listens to the drums' kick."""
    dice = Dice(seed, ROLE)
    style = song.style.bass
    stem = song.plan.stem_of(ROLE)
    low, high = reach(stem.patch if stem else None, style.low, style.high)
    line = RootLine(song, low, high)
    kicks = _kick_ticks(others)
    hands = Hands(song, ROLE, dice)
    notes: list[Note] = []
    controls: list[Control] = []
    for bar in song.bars_of(ROLE):
        again = dice.child("bar", bar.section.letter, bar.within)
        events = _events(song, style, bar, line, kicks, dice, again)
        played = [_pitched(song, style, bar, line, events, at, again) for at in range(len(events))]
        level = 0.86 + 0.14 * song.intensity(bar)
        for event, pitch in zip(events, played, strict=True):
            start = hands.placed(event.tick, bar, swings=event.swings, tight=event.tick in kicks)
            gate = 0.35 if event.sign == "g" else _gate(song, style, event)
            end = event.tick + max(60, round(event.length * gate))
            length = max(40, hands.swung(end, bar.start) - hands.swung(event.tick, bar.start))
            velocity = 46.0 if event.sign == "g" else 100.0 if event.tick == bar.start else 92.0
            notes.append(Note(start, length, pitch, hands.velocity(velocity * level)))
    whole = tidy(_one_voice(notes), song.end)
    if style.slides > 0.0:
        controls = _slides(whole, style.slides, dice)
    return PartNotes(whole, tuple(controls))


def _gate(song: Song, style: BassStyle, event: BassEvent) -> float:
    gate = style.gate
    if "staccato" in song.plan.hints:
        gate *= 0.6
    return min(1.0, gate + 0.06) if event.length >= 2 * PPQ else gate


def _kick_ticks(others: Others) -> list[int]:
    drums = others.get("drums")
    if drums is None:
        return []
    return sorted({note.start_ticks for note in drums.notes if note.pitch in _KICKS})


def _events(
    song: Song, style: BassStyle, bar: Bar, line: RootLine, kicks: list[int], dice: Dice, again: Dice
) -> list[BassEvent]:
    """The rhythm of one bar, with a fresh note wherever the chord changes under a sounding one."""
    if song.ends_here(bar):
        return [BassEvent(bar.start, bar.end - bar.start, "1")]
    if style.manner == "walking" and song.intensity(bar) >= 0.3:
        return walking_bar(song, bar, line, again)
    in_bar = [tick for tick in kicks[bisect_left(kicks, bar.start) : bisect_right(kicks, bar.end - 1)]]
    if style.manner == "lock" and in_bar:
        ends = [*in_bar[1:], bar.end]
        events = [
            BassEvent(tick, end - tick, "1", swings=False) for tick, end in zip(in_bar, ends, strict=True)
        ]
    else:
        events = _written(song, style, bar, in_bar, dice, again)
    return _with_changes(bar, events)


def _written(
    song: Song, style: BassStyle, bar: Bar, kicks: list[int], dice: Dice, again: Dice
) -> list[BassEvent]:
    pattern = song.pattern(style.patterns, bar, dice.child("pattern"))
    if pattern is None:
        return [BassEvent(bar.start, bar.end - bar.start, "1")]
    steps = steps_in_bar(pattern.steps, pattern.bars, pattern.meter, song.meter, bar.within)
    events = []
    for step, following in zip(steps, [*steps[1:], None], strict=True):
        start = bar.start + step.tick
        room = (following.tick if following else bar.end - bar.start) - step.tick
        sign = step.sign
        if sign == "k":
            if not any(abs(kick - start) <= 80 for kick in kicks):
                continue
            sign = "1"
        events.append(BassEvent(start, max(60, min(step.length, room)), sign, step.swings))
    if events and again.chance(style.variation):
        events = _varied(events, again)
    if style.ghosts > 0.0:
        events = _with_ghosts(events, bar, style.ghosts, again)
    return events


def _varied(events: list[BassEvent], dice: Dice) -> list[BassEvent]:
    """One long note is struck twice, or one short note in the second half is left out."""
    at = dice.integer(len(events))
    event = events[at]
    if event.sign != "g" and event.length >= 480 and event.length % 480 == 0:
        half = event.length - 240
        return [
            *events[:at],
            BassEvent(event.tick, half, event.sign, event.swings),
            BassEvent(event.tick + half, 240, dice.choice("158"), event.swings),
            *events[at + 1 :],
        ]
    if at > 0 and len(events) > 3:
        return events[:at] + events[at + 1 :]
    return events


def _with_ghosts(events: list[BassEvent], bar: Bar, chance: float, dice: Dice) -> list[BassEvent]:
    out = []
    for event, following in zip(events, [*events[1:], None], strict=True):
        end = following.tick if following else bar.end
        gap = end - event.tick - event.length
        if following and gap >= 240 and event.swings and dice.chance(chance):
            out += [event, BassEvent(end - 240, 120, "g", event.swings)]
        else:
            out.append(event)
    return out


def _with_changes(bar: Bar, events: list[BassEvent]) -> list[BassEvent]:
    for placed in bar.chords:
        change = placed.start_ticks
        if not bar.start < change < bar.end:
            continue
        for at, event in enumerate(events):
            if event.tick < change < event.tick + event.length:
                left = BassEvent(event.tick, change - event.tick, event.sign, event.swings)
                right = BassEvent(change, event.tick + event.length - change, "1", event.swings)
                events = [*events[:at], left, right, *events[at + 1 :]]
                break
    return events


def _pitched(
    song: Song, style: BassStyle, bar: Bar, line: RootLine, events: list[BassEvent], at: int, dice: Dice
) -> int:
    """The pitch of one event: the root first after a change, an approach last before one, else as written."""
    event = events[at]
    if event.pitch:
        return event.pitch
    root = line.at(event.tick)
    index = song.chord_index(event.tick)
    change = song.chords[index].start_ticks
    first = not any(other.tick >= change and other.sign != "g" for other in events[:at])
    if event.sign == "g" or (first and change >= bar.start):
        return root
    after = events[at + 1].tick if at + 1 < len(events) else bar.end
    target = line.at(after)
    leads = after % song.end == song.chords[song.chord_index(after)].start_ticks
    if event.sign == "a" or (
        leads and target != root and event.length <= PPQ and dice.chance(style.approach)
    ):
        return _approach(song, style, event, root, target, line, dice)
    chord = song.chords[index].chord
    pitch = _degree_pitch(song, chord, event.sign, root, line)
    if event.sign == "1" and event.length <= 480 and dice.chance(style.octaves) and root + 12 <= line.high:
        return root + 12
    return pitch


def _degree_pitch(song: Song, chord: Chord, sign: str, root: int, line: RootLine) -> int:
    if sign == "8":
        return root + 12 if root + 12 <= line.high else root
    if sign in ("1", "k", "a"):
        return root
    number = 5 if sign == "v" else int(sign)
    pitch_class = (chord.root + degree(song.plan.key, chord, number)) % 12
    up = root + (pitch_class - root) % 12
    if sign == "v" or up > line.high:
        return up - 12 if up - 12 >= line.low else up if up <= line.high else root
    return up


def _approach(
    song: Song, style: BassStyle, event: BassEvent, root: int, target: int, line: RootLine, dice: Dice
) -> int:
    """A note that wants to go to the target: a half step, a scale step or its fifth away."""
    chord = song.chord_at(event.tick)
    if target == root:
        fifth = (chord.root + degree(song.plan.key, chord, 5)) % 12
        return nearest_pitch(fifth, root, line.low, line.high)
    kind = dice.choice(style.approach_kind or ("scale",))
    side = -1 if target > root else 1
    if dice.chance(0.25):
        side = -side
    if kind == "fifth":
        pitch = target + 7 if target + 7 <= line.high else target - 5
    elif kind == "chromatic":
        pitch = target + side
    else:
        scale = chord_scale(song.plan.key, chord)
        pitch = target + side
        if pitch % 12 not in scale and (target + 2 * side) % 12 in scale:
            pitch = target + 2 * side
    return pitch if line.low <= pitch <= line.high else target + 1 if target + 1 <= line.high else root


def _one_voice(notes: list[Note]) -> list[Note]:
    """A bass plays one note at a time: each ends where the next begins."""
    notes = sorted(notes, key=lambda note: note.start_ticks)
    out = []
    for note, following in zip(notes, [*notes[1:], None], strict=True):
        room = following.start_ticks - note.start_ticks if following else note.length_ticks
        if room > 0:
            out.append(Note(note.start_ticks, min(note.length_ticks, room), note.pitch, note.velocity))
    return out


def _slides(notes: tuple[Note, ...], chance: float, dice: Dice) -> list[Control]:
    """Long notes that glide up to two half steps towards the next (bend range ±2), then snap back."""
    die = dice.child("slides")
    controls: list[Control] = []
    for note, following in zip(notes, notes[1:], strict=False):
        gap = following.start_ticks - note.end_ticks
        if note.length_ticks < PPQ or gap > 240 or note.pitch == following.pitch or not die.chance(chance):
            continue
        way = max(-2, min(2, following.pitch - note.pitch))
        start = note.end_ticks - _BEND_TICKS
        for step in range(1, 7):
            value = max(-8192, min(8191, way * 4096 * step // 6))
            controls.append(Control(start + step * _BEND_TICKS // 6 - 1, "pitch_bend", 0, value))
        controls.append(Control(following.start_ticks, "pitch_bend", 0, 0))
    return controls
