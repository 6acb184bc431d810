"""What the drums do in a build: a roll that tightens and swells, the kick gone before the drop."""

from musicgen_desktop.generation.composer._dice import Dice
from musicgen_desktop.generation.composer._parts_style import DrumsStyle
from musicgen_desktop.timing import PPQ

from ._beats import pulse_ticks
from ._fills import Hit
from ._song import Bar, Song


def build_bar(song: Song, style: DrumsStyle, bar: Bar, dice: Dice) -> list[Hit]:
    """One bar of the way up: quarters, eighths, sixteenths, then thirty-seconds in the last half."""
    bars = bar.section.bars
    left = bars - bar.within
    ticks = song.meter.bar_ticks
    if left > bars // 2 and bars > 2:
        step = PPQ
    elif left > max(1, bars // 4):
        step = PPQ // 2
    else:
        step = PPQ // 4
    hits = []
    tick = 0
    while tick < ticks:
        done = (bar.within + tick / ticks) / bars
        accent = 10.0 if tick % PPQ == 0 else 0.0
        drum = "snare"
        if style.build == "toms" and step < PPQ and dice.child("toms", bar.index, tick).chance(0.6):
            drum = ("low_floor_tom", "low_tom", "mid_tom", "high_tom")[min(3, int(done * 4))]
        hits.append(Hit(tick, drum, 44.0 + 62.0 * done + accent, swings=step >= PPQ // 2))
        tick += step // 2 if left == 1 and tick >= ticks // 2 and step == PPQ // 4 else step
    if left > 1:
        hits += [Hit(tick, "kick", 104.0) for tick in pulse_ticks(song.meter)]
    return hits
