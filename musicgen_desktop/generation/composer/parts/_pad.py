"""The pad: chords as long as they last, common tones tied, breathing through expression (CC 11)."""

from musicgen_desktop.generation.composer._dice import Dice
from musicgen_desktop.generation.composer._parts_style import PadStyle
from musicgen_desktop.music import Control, Note
from musicgen_desktop.timing import PPQ

from ._beats import pulse_ticks
from ._hands import Hands, tidy
from ._part_notes import Others, PartNotes
from ._song import Bar, Song
from ._tones import reach
from ._voicings import song_voicings

ROLE = "pad"
_EXPRESSION = 11


def write_pad(song: Song, others: Others, seed: int) -> PartNotes:
    """Long chords for every run of bars with a pad."""
    del others
    dice = Dice(seed, ROLE)
    style = song.style.pad
    stem = song.plan.stem_of(ROLE)
    low, high = reach(stem.patch if stem else None, style.low, style.high)
    # Another seed stands a little higher or lower: the same harmony in another light.
    shift = dice.choice((-3, 0, 0, 2)) if high - low >= 18 else 0
    voicings = song_voicings(song, low + min(0, shift), high + min(0, shift), style.voices)
    hands = Hands(song, ROLE, dice)
    notes: list[Note] = []
    controls: list[Control] = []
    for run in song.runs_of(ROLE):
        notes += _held(song, style, run, voicings, hands)
        controls += _swells(song, style, run, dice.child(run[0].index))
    return PartNotes(tidy(notes, song.end), tuple(controls))


def _held(
    song: Song, style: PadStyle, run: list[Bar], voicings: list[tuple[int, ...]], hands: Hands
) -> list[Note]:
    start, end = run[0].start, run[-1].end
    velocity = 62.0 + 26.0 * song.intensity(run[0])
    first, last = song.chord_index(start), song.chord_index(end - 1)
    sounding: dict[int, tuple[int, int]] = {}
    notes: list[Note] = []
    for index in range(first, last + 1):
        placed = song.chords[index]
        begin = max(start, placed.start_ticks)
        over = min(end, placed.start_ticks + placed.length_ticks)
        kept: dict[int, tuple[int, int]] = {}
        for pitch in voicings[index]:
            if style.tie and pitch in sounding and begin - sounding[pitch][0] < 8 * song.meter.bar_ticks:
                kept[pitch] = (sounding[pitch][0], over)
            else:
                kept[pitch] = (begin, over)
        for pitch, (since, until) in sounding.items():
            if kept.get(pitch, (-1, 0))[0] != since:
                notes.append(Note(since, max(1, until - since), pitch, hands.velocity(velocity)))
        sounding = kept
    notes += [
        Note(since, max(1, until - since), pitch, hands.velocity(velocity))
        for pitch, (since, until) in sounding.items()
    ]
    return notes


def _swells(song: Song, style: PadStyle, run: list[Bar], dice: Dice) -> list[Control]:
    start, end = run[0].start, run[-1].end
    full = 116
    floor = round(full - style.depth * 90)
    if style.swell == "none":
        return [Control(start, "cc", _EXPRESSION, full)]
    if style.swell == "pump":
        # Down on the beat, up after it, as if a compressor listened to the kick.
        shape = (floor, floor + (full - floor) // 3, floor + 2 * (full - floor) // 3, full)
        return [
            Control(bar.start + pulse + part * song.meter.pulse_ticks // 4, "cc", _EXPRESSION, value)
            for bar in run
            for pulse in pulse_ticks(song.meter)
            for part, value in enumerate(shape)
        ]
    if style.swell == "section":
        top = dice.uniform(0.6, 0.95)
        return _ramp(start, end, floor, full, top)
    controls = []
    for index in range(song.chord_index(start), song.chord_index(end - 1) + 1):
        placed = song.chords[index]
        begin = max(start, placed.start_ticks)
        over = min(end, placed.start_ticks + placed.length_ticks)
        controls += _ramp(begin, over, floor, full, dice.uniform(0.4, 0.65))
    return controls


def _ramp(start: int, end: int, floor: int, full: int, top: float) -> list[Control]:
    """Up from the floor to full at `top` of the way, and half way down again; a value every eighth or so."""
    step = max(PPQ // 2, (end - start) // 32)
    controls = []
    for tick in range(start, end, step):
        way = (tick - start) / (end - start)
        part = way / top if way < top else 1.0 - 0.5 * (way - top) / (1.0 - top)
        controls.append(Control(tick, "cc", _EXPRESSION, floor + round((full - floor) * part)))
    return controls
