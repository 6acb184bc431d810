"""The drummer: a beat chosen by intensity, varied from bar to bar, with fills, crashes and builds."""

from musicgen_desktop.generation.composer._dice import Dice
from musicgen_desktop.generation.composer._parts_style import DrumPattern, DrumsStyle
from musicgen_desktop.music import DRUM, Note

from ._beats import pulse_ticks, steps_in_bar, strong_ticks
from ._builds import build_bar
from ._fills import Hit, fill_start, written_or_made_fill
from ._hands import Hands, tidy
from ._part_notes import Others, PartNotes
from ._song import Bar, Song

ROLE = "drums"

VELOCITIES = {"X": 116.0, "x": 98.0, "o": 76.0, "g": 46.0, "?": 70.0, "r": 84.0, "t": 80.0}
_KICKS = ("kick", "acoustic_kick")
_SNARES = ("snare", "electric_snare", "clap", "rim")
_RINGING = {"crash": 1920, "crash_2": 1920, "china": 1440, "open_hat": 420, "ride": 480, "splash": 960}
_SHORT = 110
# A long section is marked again after so many bars.
_SPELL = 8


def write_drums(song: Song, others: Others, seed: int) -> PartNotes:
    """All drums of the song; nothing is looked at but the plan."""
    del others
    dice = Dice(seed, ROLE)
    style = song.style.drums
    hands = Hands(song, ROLE, dice)
    notes: list[Note] = []
    bars = song.bars_of(ROLE)
    for before, bar in zip([None, *bars[:-1]], bars, strict=True):
        hits = _bar_hits(song, style, bar, dice)
        if _opens_with_crash(song, style, before, bar, dice):
            hits = [hit for hit in hits if hit.tick or hit.drum not in ("closed_hat", "open_hat", "ride")]
            hits.append(Hit(0, style.crash_drum, 112.0))
        level = 0.84 + 0.16 * song.intensity(bar)
        for hit in hits:
            tight = hit.drum in _KICKS
            tick = hands.placed(bar.start + hit.tick, bar, who=hit.drum, swings=hit.swings, tight=tight)
            length = _RINGING.get(hit.drum, _SHORT)
            notes.append(Note(tick, length, DRUM[hit.drum], hands.velocity(hit.velocity * level)))
    return PartNotes(tidy(_hats_choked(notes), song.end))


def _bar_hits(song: Song, style: DrumsStyle, bar: Bar, dice: Dice) -> list[Hit]:
    """The hits of one bar in straight ticks from its start."""
    if song.ends_here(bar) and style.ending == "hit":
        return [Hit(0, "kick", 112.0), Hit(0, style.crash_drum, 110.0)]
    if bar.section.name == "build" and style.build != "none":
        return build_bar(song, style, bar, dice)
    pattern = song.pattern(style.patterns, bar, dice.child("pattern"))
    if pattern is None:
        return []
    again = dice.child("bar", bar.section.letter, bar.within)
    hits = pattern_hits(song, pattern, bar, again)
    if pattern.meter != str(song.meter):
        hits = _with_group_kicks(song, hits)
    hits = _varied(song, style, hits, bar, again)
    return _with_fill(song, style, hits, bar, dice)


def pattern_hits(song: Song, pattern: DrumPattern, bar: Bar, dice: Dice) -> list[Hit]:
    """The written beat of one bar, chances taken."""
    bars, times = _stretched(song, pattern.bars)
    hits = []
    for drum, steps in pattern.lines.items():
        for step in steps_in_bar(steps * times, bars, pattern.meter, song.meter, bar.within):
            if step.sign == "?" and not dice.chance(0.5):
                continue
            velocity = VELOCITIES[step.sign]
            pieces = {"r": 2, "t": 3}.get(step.sign, 1)
            for piece in range(pieces):
                tick = step.tick + piece * step.length // pieces
                hits.append(Hit(tick, drum, velocity + (8.0 * piece if pieces > 1 else 0.0), step.swings))
    return hits


def _with_group_kicks(song: Song, hits: list[Hit]) -> list[Hit]:
    """In a meter the beat was not written for, the kick marks every group that nothing else marks."""
    marked = [hit.tick for hit in hits if hit.drum in (*_KICKS, *_SNARES) and hit.velocity > 80]
    if 0 not in marked:  # a beat that leaves the one out, as in reggae, leaves out the others too
        return hits
    missing = [tick for tick in strong_ticks(song.meter) if tick not in marked]
    return hits + [Hit(tick, "kick", 98.0) for tick in missing]


def _stretched(song: Song, bars: int) -> tuple[int, int]:
    """How many bars a pattern fills and how often it is said in them: the prompt may halve or double time.

    A style that is always in half time writes its patterns so.
    """
    hints, own = song.plan.hints, song.plan.style.feel.hints
    if "half_time" in hints and "half_time" not in own:
        return bars * 2, 1
    if "double_time" in hints and "double_time" not in own:
        return bars, 2
    return bars, 1


def _varied(song: Song, style: DrumsStyle, hits: list[Hit], bar: Bar, dice: Dice) -> list[Hit]:
    """Small changes that keep a loop alive: kicks, ghosts, an opened hat, a rolled hat."""
    taken = {(hit.drum, hit.tick) for hit in hits}
    backbeats = [hit.tick for hit in hits if hit.drum in _SNARES and hit.velocity > 90]
    if dice.chance(style.variation):
        hits = _with_other_kicks(hits, song, dice)
    if style.ghosts > 0.0:
        for tick in range(240, song.meter.bar_ticks, 240):
            near = any(abs(tick - other) in (240, 720) for other in backbeats)
            if near and tick not in backbeats and ("snare", tick) not in taken and dice.chance(style.ghosts):
                hits.append(Hit(tick, "snare", 34.0 + 14.0 * dice.uniform()))
    if style.ratchet > 0.0:
        hits = _with_rolled_hats(hits, style.ratchet, dice)
    if (bar.within + 1) % 2 == 0 and dice.chance(style.open_hat):
        last = max((hit.tick for hit in hits if hit.drum == "closed_hat"), default=-1)
        if last >= song.meter.bar_ticks - 480:
            hits = [
                Hit(hit.tick, "open_hat", hit.velocity, hit.swings)
                if hit.drum == "closed_hat" and hit.tick == last
                else hit
                for hit in hits
            ]
    return hits


def _with_other_kicks(hits: list[Hit], song: Song, dice: Dice) -> list[Hit]:
    kicks = [hit for hit in hits if hit.drum in _KICKS and hit.tick > 0]
    if not any(hit.drum in _KICKS for hit in hits):
        return hits
    # A four-on-the-floor kick is never dropped: the pulse is the style.
    steady = all(tick in {hit.tick for hit in hits if hit.drum in _KICKS} for tick in pulse_ticks(song.meter))
    if kicks and not steady and dice.chance(0.35):
        dropped = dice.choice(kicks)
        return [hit for hit in hits if hit is not dropped]
    taken = {hit.tick for hit in hits if hit.drum in (*_KICKS, *_SNARES) and hit.velocity > 60}
    free = [tick for tick in range(480, song.meter.bar_ticks, 240) if tick not in taken and tick % 960]
    if free:
        late = [tick for tick in free if tick >= song.meter.bar_ticks // 2] or free
        return [*hits, Hit(dice.choice(late), "kick", 84.0)]
    return hits


def _with_rolled_hats(hits: list[Hit], chance: float, dice: Dice) -> list[Hit]:
    out = []
    for hit in hits:
        out.append(hit)
        if hit.drum != "closed_hat" or not hit.swings or not dice.chance(chance):
            continue
        pieces = dice.choice((2, 3, 4), (4, 2, 1))
        length = 240 if pieces < 4 else 480
        # The roll swells or dies away, as a trap producer draws it.
        slope = dice.choice((-7.0, 6.0))
        out += [
            Hit(
                hit.tick + piece * length // pieces,
                "closed_hat",
                hit.velocity - 10 + slope * piece,
                swings=False,
            )
            for piece in range(1, pieces)
        ]
    return out


def _with_fill(song: Song, style: DrumsStyle, hits: list[Hit], bar: Bar, dice: Dice) -> list[Hit]:
    """The end of a section gets a fill, the end of a phrase sometimes a small one."""
    level = song.intensity(bar)
    die = dice.child("fill", bar.index)
    if bar.section.fill and bar.closes_section:
        beats = die.choice((1, 2, 4), (2.0, 3.0, max(0.1, 3.0 * level - 0.9)))
    elif (bar.within + 1) % style.phrase_bars == 0 and not bar.closes_section and die.chance(0.55 * level):
        beats = 1
    else:
        return hits
    start = fill_start(song.meter, beats)
    fill = written_or_made_fill(song.meter, style, start, level, die)
    keep_kick = all(
        tick in {hit.tick for hit in hits if hit.drum in _KICKS} for tick in pulse_ticks(song.meter)
    )
    kept = [hit for hit in hits if hit.tick < start or (keep_kick and beats < 4 and hit.drum in _KICKS)]
    placed = {(hit.tick, hit.drum) for hit in kept}
    return kept + [hit for hit in fill if (hit.tick, hit.drum) not in placed]


def _opens_with_crash(song: Song, style: DrumsStyle, before: Bar | None, bar: Bar, dice: Dice) -> bool:
    if bar.section.name in ("breakdown", "build", "intro") or song.intensity(bar) < 0.35:
        return False
    if bar.within % _SPELL == 0 and bar.within > 0:
        return dice.child("crash", bar.index).chance(style.crash * song.intensity(bar) * 0.7)
    if bar.within != 0:
        return False
    if before is None and bar.index == 0:
        return dice.child("crash", bar.index).chance(style.crash * 0.4)
    return dice.child("crash", bar.index).chance(style.crash)


def _hats_choked(notes: list[Note]) -> list[Note]:
    """An open hat rings until the next hat closes it."""
    hats = sorted(note.start_ticks for note in notes if note.pitch in (DRUM["closed_hat"], DRUM["pedal_hat"]))
    out = []
    at = 0
    for note in sorted(notes, key=lambda note: note.start_ticks):
        if note.pitch != DRUM["open_hat"]:
            out.append(note)
            continue
        while at < len(hats) and hats[at] <= note.start_ticks:
            at += 1
        length = min(note.length_ticks, hats[at] - note.start_ticks) if at < len(hats) else note.length_ticks
        out.append(Note(note.start_ticks, max(30, length), note.pitch, note.velocity))
    return out
