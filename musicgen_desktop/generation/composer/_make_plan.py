"""Request and prompt become a plan: every decision before the first note."""

import contextlib
import difflib

import msgspec

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.generation.request import MAX_BARS, Request, check_request
from musicgen_desktop.generation.result import PlacedChord
from musicgen_desktop.music import SCALES, Chord, Key, parse_progression_bars
from musicgen_desktop.timing import Meter, MeterMap, TempoMap

from ._colour import key_of_chords
from ._dice import Dice
from ._form import bars_of_order, make_form
from ._harmony import Colouring, given_chords, make_chords
from ._mix import choose_roles, handy_tonics, plan_returns, plan_stems
from ._plan import Plan, SectionPlan, StemPlan
from ._style import Style
from ._style_files import BadStyleFileError, Styles
from ._telling import Told, told
from .prompt import Reading, read_prompt

_USUAL_BARS = 16
_SONG_BARS = 64
_USUAL_STYLES = ("lofi", "synthwave", "pop", "soul", "deep_house", "funk")
_RICHER = ("power", "triads", "as written", "sus", "sixths", "sevenths", "ninths")  # by number of notes


def make_plan(request: Request, styles: Styles) -> tuple[Plan, Told]:
    """The plan of the song that a request asks for, and what came of the words of its prompt.

    What the request says beats the prompt, and the prompt beats the style.

    Raises:
        UserInputError: when the request or its prompt asks for what cannot be.
    """
    check_request(request)
    reading = read_prompt(request.prompt, ((n.id, n.name, n.words) for n in styles.namings()))
    style = _choose_style(request, reading, styles, Dice(request.seed, "style", request.prompt))
    dice = Dice(request.seed, "plan", style.id)
    # One seed is not one key and one title for every prompt; the rest stays when a word changes.
    own = dice.child(request.prompt)
    flavours = tuple(styles[name] for name in reading.flavours if name in styles and name != style.id)
    meter = request.meter or reading.meter or Meter.parse(style.meter.usual)
    tempo_bpm = _choose_tempo(request, reading, style, dice)
    bars = _choose_bars(request, reading, style, meter, tempo_bpm)
    chords = request.chords if request.chords is not None else reading.chords
    roles = choose_roles(style, reading, request.stems, dice.child("stems"))
    stems = plan_stems(style, reading, roles, dice.child("sounds"), flavours)
    key = _choose_key(request, reading, style, chords, stems, own)
    energy = max(0.0, min(1.0, style.feel.energy + reading.energy))
    sections, loop = make_form(style, bars, reading, roles, energy, dice.child("form"))
    if "no_fills" in reading.features:
        sections = tuple(msgspec.structs.replace(section, fill=False) for section in sections)
    title = _title(style, reading, own.child("title"))
    plan = Plan(
        style=style,
        title=title,
        seed=request.seed,
        tempo_map=TempoMap.constant(tempo_bpm),
        meter_map=MeterMap.constant(meter),
        meter=meter,
        key=key,
        bars=bars,
        sections=sections,
        chords=_choose_chords(chords, reading, style, flavours, key, meter, sections, bars, dice, loop=loop),
        swing=_choose_swing(reading, style, flavours, dice),
        energy=energy,
        stems=stems,
        returns=plan_returns(style, stems),
        master=style.master,
        hints=tuple(sorted({*style.feel.hints, *reading.hints})),
        loop=loop,
    )
    return plan, told(reading, request, style.name, title)


def _choose_style(request: Request, reading: Reading, styles: Styles, dice: Dice) -> Style:
    if request.style is not None:
        return styles.find(request.style)
    if reading.style is not None:
        return styles[reading.style]
    if "blues12" in reading.features and "blues" in styles:
        return styles["blues"]
    for names in (reading.suggested, _USUAL_STYLES, tuple(styles)):
        for name in dice.shuffled(names):
            with contextlib.suppress(BadStyleFileError, KeyError):  # nobody asked for those
                return styles[name]
    raise UserInputError("There are no styles; the installation is incomplete: install the program again.")


def _choose_tempo(request: Request, reading: Reading, style: Style, dice: Dice) -> float:
    given = request.tempo_bpm if request.tempo_bpm is not None else reading.tempo_bpm
    if given is not None:
        return float(given)
    tempo = style.tempo
    if reading.tempo_place is not None:
        place = reading.tempo_place
        low, high = (tempo.low, tempo.usual) if place < 0.5 else (tempo.usual, tempo.high)
        wanted = low + (high - low) * (place * 2 if place < 0.5 else place * 2 - 1)
    else:
        wanted = tempo.usual
    wanted += dice.child("tempo").spread((tempo.high - tempo.low) * 0.05)
    return float(round(max(tempo.low, min(tempo.high, wanted))))


def _choose_bars(request: Request, reading: Reading, style: Style, meter: Meter, tempo_bpm: float) -> int:
    if request.bars is not None:
        return request.bars
    seconds = request.seconds
    if seconds is None:
        if reading.bars is not None:
            return reading.bars
        seconds = reading.seconds
    if seconds is None:
        return _bars_when_unsaid(reading, style)
    # Rounded half up by hand: round() would make 2.5 bars 2 and 3.5 bars 4.
    bars = max(1, int(seconds * tempo_bpm / 60.0 * 960.0 / meter.bar_ticks + 0.5))
    if bars > MAX_BARS:
        raise UserInputError(
            f"{seconds:g} seconds at {tempo_bpm:g} BPM are {bars} bars; ask for at most {MAX_BARS} bars."
        )
    return bars


def _bars_when_unsaid(reading: Reading, style: Style) -> int:
    if reading.order:
        return min(MAX_BARS, sum(bars_of_order(reading.order, style)))
    if reading.letters:
        return 8 * len(reading.letters)
    if "blues12" in reading.features or style.form.phrase == 12:
        return 36 if "solo" in reading.features else 24
    song_words = {"song", "verse", "chorus", "bridge", "breakdown", "build", "drop", "solo", "intro", "outro"}
    if "loop" not in reading.features and (song_words & set(reading.features) or reading.section_bars):
        return _SONG_BARS if "song" in reading.features or style.form.long else 2 * _USUAL_BARS
    return _USUAL_BARS


def _choose_key(
    request: Request,
    reading: Reading,
    style: Style,
    chords: tuple[tuple[Chord, ...], ...] | None,
    stems: tuple[StemPlan, ...],
    dice: Dice,
) -> Key:
    if request.key is not None:
        return request.key
    if reading.tonic is None and reading.scale is None and chords is not None:
        return key_of_chords([chord for bar in chords for chord in bar])
    scale = reading.scale or _choose_scale(reading, style, dice)
    if reading.tonic is None and chords is not None:
        inferred = key_of_chords([chord for bar in chords for chord in bar])
        return Key.of(inferred.tonic, scale)
    if reading.tonic is not None:
        usual = Key.of(reading.tonic, scale)
        black = reading.tonic in (1, 3, 6, 8, 10)
        return Key(reading.tonic, scale, bool(reading.prefer_flats)) if black else usual
    if style.harmony.tonics:
        return Key.parse(f"{dice.child('tonic').choice(style.harmony.tonics)} {scale}")
    return Key.of(dice.child("tonic").choice(handy_tonics(stems, minor=SCALES[scale].is_minor)), scale)


def _choose_scale(reading: Reading, style: Style, dice: Dice) -> str:
    """A scale of the style, of the gender that the mood or the numerals ask for where the style has one."""
    gender = reading.gender
    if reading.numerals:
        gender = _gender_of_numerals(reading.numerals)
    modes = list(style.harmony.modes.items())
    if "blues12" in reading.features and gender != "minor" and style.form.phrase != 12:
        return "mixolydian"
    if gender is not None:
        modes = [(name, weight) for name, weight in modes if SCALES[name].is_minor == (gender == "minor")]
        if not modes:
            return gender
    return dice.child("mode").choice([name for name, _ in modes], [weight for _, weight in modes])


def _gender_of_numerals(numerals: str) -> str:
    """Minor when the first chord on the tonic is a minor one."""
    for bar in parse_progression_bars(numerals, Key.of(0)):
        for chord in bar:
            if chord.root == 0:
                return "minor" if chord.is_minor else "major"
    return "major"


def _choose_chords(
    chords: tuple[tuple[Chord, ...], ...] | None,
    reading: Reading,
    style: Style,
    flavours: tuple[Style, ...],
    key: Key,
    meter: Meter,
    sections: tuple[SectionPlan, ...],
    bars: int,
    dice: Dice,
    *,
    loop: bool,
) -> tuple[PlacedChord, ...]:
    if chords is not None:
        return given_chords(chords, bars, meter)
    colouring = Colouring(style.harmony.colour, style.harmony.colour_chance)
    for flavour in flavours:
        if _RICHER.index(flavour.harmony.colour) > _RICHER.index(colouring.colour):
            colouring = Colouring(flavour.harmony.colour, max(0.6, flavour.harmony.colour_chance * 0.8))
    return make_chords(
        style.harmony,
        key,
        meter,
        sections,
        dice.child("harmony"),
        colouring=colouring,
        numerals=reading.numerals,
        blues="blues12" in reading.features and style.form.phrase != 12,
        loop=loop,
    )


def _choose_swing(reading: Reading, style: Style, flavours: tuple[Style, ...], dice: Dice) -> float:
    if reading.swing is not None:
        return reading.swing
    swing = style.feel.swing
    for flavour in flavours:
        swing = max(swing, (swing + flavour.feel.swing) / 2)
    if swing > 0:
        swing += dice.child("swing").spread(0.05)
    return round(max(0.0, min(1.0, swing)), 3)


def _title(style: Style, reading: Reading, dice: Dice) -> str:
    """Two or three words fit for a file name: a mood of the prompt, and a thing of the style's world."""
    words = style.naming.title_words or ("Quiet", "Bright", "Second", "Open")
    things = style.naming.title_things or (style.name,)
    thing = dice.choice(things)
    mood = [
        word for word in reading.title_words if word.isascii() and word.isalpha() and 3 <= len(word) <= 14
    ]
    word = dice.choice(mood) if mood else dice.choice(words)
    if difflib.SequenceMatcher(None, word.lower(), thing.lower()).ratio() > 0.7:
        word = next(other for other in (*words, "Another") if other.lower() not in thing.lower())
    return f"{word} {thing}"
