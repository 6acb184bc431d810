"""Shakers, congas, claps: written patterns with a loose hand."""

from musicgen_desktop.generation.composer._dice import Dice
from musicgen_desktop.music import DRUM, Note

from ._drums import VELOCITIES, pattern_hits
from ._hands import Hands, tidy
from ._part_notes import Others, PartNotes
from ._song import Song

ROLE = "percussion"


def write_percussion(song: Song, others: Others, seed: int) -> PartNotes:
    """All percussion of the song."""
    del others
    dice = Dice(seed, ROLE)
    style = song.style.percussion
    hands = Hands(song, ROLE, dice)
    notes = []
    for bar in song.bars_of(ROLE):
        pattern = song.pattern(style.patterns, bar, dice.child("pattern"))
        if pattern is None:
            continue
        if song.ends_here(bar):
            notes += [Note(bar.start, 110, DRUM[drum], 90) for drum in list(pattern.lines)[:1]]
            continue
        again = dice.child("bar", bar.section.letter, bar.within)
        level = 0.8 + 0.2 * song.intensity(bar)
        for hit in pattern_hits(song, pattern, bar, again):
            soft = hit.velocity <= VELOCITIES["o"]
            if soft and again.chance(style.variation):
                continue
            tick = hands.placed(bar.start + hit.tick, bar, who=hit.drum, swings=hit.swings)
            notes.append(Note(tick, 110, DRUM[hit.drum], hands.velocity(hit.velocity * level * 0.92)))
    return PartNotes(tidy(notes, song.end))
