"""Broken chords: a figure climbs through the chord's tones on the style's steps."""

from musicgen_desktop.generation.composer._dice import Dice
from musicgen_desktop.generation.composer._parts_style import ArpStyle
from musicgen_desktop.music import Note

from ._beats import steps_in_bar
from ._hands import Hands, tidy
from ._part_notes import Others, PartNotes
from ._song import Song
from ._tones import nearest_pitch, reach

ROLE = "arp"
_LOUD = {"X": 104.0, "x": 88.0, "o": 70.0}


def write_arp(song: Song, others: Others, seed: int) -> PartNotes:
    """The arpeggio; the figure begins anew with every chord, so that it is heard as one with the harmony."""
    del others
    dice = Dice(seed, ROLE)
    style = song.style.arp
    stem = song.plan.stem_of(ROLE)
    low, high = reach(stem.patch if stem else None, style.low, style.high)
    hands = Hands(song, ROLE, dice)
    notes: list[Note] = []
    place, chord_index = 0, -1
    for bar in song.bars_of(ROLE):
        letter = dice.child("shape", bar.section.letter)
        shape = letter.choice(style.shapes or ("up",))
        octaves = style.octaves
        if bar.section.name == "build":
            octaves = min(4, octaves + bar.within * 2 // max(1, bar.section.bars))
        level = 0.8 + 0.2 * song.intensity(bar)
        if song.ends_here(bar):
            ladder = _ladder(song, style, bar.start, low, high, octaves)
            notes.append(Note(bar.start, bar.end - bar.start, ladder[0], hands.velocity(80.0 * level)))
            continue
        pattern = song.pattern(style.patterns, bar, dice.child("pattern"))
        if pattern is None:
            continue
        for step in steps_in_bar(pattern.steps, pattern.bars, pattern.meter, song.meter, bar.within):
            tick = bar.start + step.tick
            index = song.chord_index(tick)
            if index != chord_index:
                place, chord_index = 0, index
            ladder = _ladder(song, style, tick, low, high, octaves)
            die = dice.child("random", bar.section.letter, bar.within, step.tick)
            pitch = ladder[_place_on(shape, place, len(ladder), die)]
            place += 1
            start = hands.placed(tick, bar, swings=step.swings)
            end = hands.swung(tick + step.length, bar.start) if step.swings else tick + step.length
            length = max(40, round((end - hands.swung(tick, bar.start)) * style.gate))
            accent = 8.0 if place == 1 else 0.0
            notes.append(Note(start, length, pitch, hands.velocity((_LOUD[step.sign] + accent) * level)))
    return PartNotes(tidy(notes, song.end))


def _ladder(song: Song, style: ArpStyle, tick: int, low: int, high: int, octaves: int) -> list[int]:
    """The chord's tones from its lowest place upwards."""
    chord = song.chord_at(tick)
    classes = list(dict.fromkeys(chord.pitch_classes))
    if len(classes) > 3 and not style.seventh:
        classes = classes[:3]
    elif len(classes) > 4:
        classes = classes[:4]
    first = nearest_pitch(classes[0], low + 5, low, low + 11)
    pitches = sorted(
        {first + (pitch - first) % 12 + 12 * octave for pitch in classes for octave in range(octaves)}
    )
    pitches = [pitch for pitch in pitches if pitch <= high]
    return pitches or [first]


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
