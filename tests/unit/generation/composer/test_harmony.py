import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicgen_desktop.generation import Request
from musicgen_desktop.generation.composer import load_styles
from musicgen_desktop.generation.composer._colour import borrowed_chord, coloured, key_of_chords
from musicgen_desktop.generation.composer._harmony import chord_starts, given_chords
from musicgen_desktop.generation.composer._make_plan import make_plan
from musicgen_desktop.music import Chord, Key, parse_progression, parse_progression_bars
from musicgen_desktop.timing import Meter

_STYLES = load_styles()


def plan_of(**fields):
    return make_plan(Request(**fields), _STYLES)[0]


def symbols(plan):
    return [str(placed.chord) for placed in plan.chords]


@pytest.mark.parametrize(
    ("meter", "count", "starts"),
    [
        ("4/4", 2, [0, 1920]),
        ("4/4", 3, [0, 1920, 2880]),
        ("3/4", 2, [0, 1920]),
        ("6/8", 2, [0, 1440]),
        ("5/4", 2, [0, 2880]),
        ("7/8", 2, [0, 1920]),
        ("7/8", 3, [0, 960, 1920]),
        ("4/4", 8, [0, 480, 960, 1440, 1920, 2400, 2880, 3360]),
    ],
)
def test_chords_of_one_bar_begin_where_the_meter_is_felt(meter, count, starts):
    assert chord_starts(Meter.parse(meter), count) == starts


@given(st.integers(1, 32), st.sampled_from([1, 2, 4, 8, 16]), st.integers(1, 12))
def test_chord_starts_ascend_in_every_meter(numerator, denominator, count):
    meter = Meter(numerator, denominator)

    starts = chord_starts(meter, count)

    assert starts[0] == 0
    assert starts == sorted(set(starts))
    assert starts[-1] < meter.bar_ticks
    assert len(starts) == count


def test_given_chords_are_kept_exactly_and_repeat():
    bars = parse_progression_bars("Am7 | F/C G13 | C6/9")

    placed = given_chords(bars, 5, Meter(4, 4))

    assert [str(p.chord) for p in placed] == ["Am7", "F/C", "G13", "C6/9", "Am7", "F/C", "G13"]
    assert [p.start_ticks for p in placed] == [0, 3840, 5760, 7680, 11520, 15360, 17280]
    assert sum(p.length_ticks for p in placed) == 5 * 3840


@pytest.mark.parametrize("style", ["lofi", "jazz", "punk", "blues", "techno"])
def test_chords_of_a_request_beat_every_habit_of_the_style(style):
    bars = parse_progression_bars("C | Am | Dm7b5 | Gaug7")

    plan = plan_of(style=style, bars=8, chords=bars, prompt="over Em7 A7")

    assert symbols(plan) == [str(chord) for bar in bars for chord in bar] * 2


@pytest.mark.parametrize(
    ("chords", "key"),
    [
        ("Am F C G", "A minor"),
        ("C G Am F", "C major"),
        ("Dm7 G7 Cmaj7", "C major"),
        ("Em C G D", "E minor"),
        ("F#m D A E", "F# minor"),
        ("Bb Gm Eb F", "Bb major"),
        ("Cm Ab Eb Bb", "C minor"),
        ("Am Dm E7 Am", "A minor"),
        ("G D Em C", "G major"),
        ("Bm7b5 E7 Am", "A minor"),
        ("Fm Db Ab Eb", "F minor"),
    ],
)
def test_the_key_of_given_chords_is_the_one_a_musician_hears(chords, key):
    assert str(key_of_chords(parse_progression(chords))) == key


@pytest.mark.parametrize(
    ("chord", "key", "colour", "expected"),
    [
        ("C", "C major", "sevenths", "Cmaj7"),
        ("G", "C major", "sevenths", "G7"),
        ("Dm", "C major", "ninths", "Dm9"),
        ("Em", "C major", "ninths", "Em7"),  # its ninth, F sharp, is not in the key
        ("E", "A minor", "sevenths", "E7"),
        ("Bb", "C major", "sevenths", "Bb7"),
        ("Ab", "C major", "sevenths", "Abmaj7"),
        ("Bdim", "C major", "sevenths", "Bm7b5"),
        ("C", "C major", "power", "C5"),
        ("G7", "C major", "power", "G7"),
        ("G", "C major", "sus", "Gsus4"),
        ("F", "C major", "sus", "Fadd9"),
        ("Am", "C major", "triads", "Am"),
        ("C/E", "C major", "ninths", "C/E"),
    ],
)
def test_colour_adds_what_belongs_to_the_key(chord, key, colour, expected):
    assert str(coloured(Chord.parse(chord), Key.parse(key), colour)) == expected


@pytest.mark.parametrize(
    ("chord", "key", "expected"),
    [
        ("F", "C major", "Fm"),
        ("Am7", "C major", "Abmaj7"),
        ("Dm", "A minor", "D"),
        ("F", "A minor", "Bb"),
        ("C", "C major", None),
        ("G7sus4", "C major", None),
    ],
)
def test_what_may_be_borrowed_from_the_parallel_mode(chord, key, expected):
    borrowed = borrowed_chord(Chord.parse(chord), Key.parse(key))

    assert (borrowed and str(borrowed)) == expected


@pytest.mark.parametrize("style", list(_STYLES))
def test_harmony_rests_on_the_key(style):
    plans = [plan_of(style=style, bars=16, seed=seed) for seed in range(8)]

    shares = [
        placed.length_ticks / plan.length_ticks * sum(map(plan.key.contains, tones)) / len(tones)
        for plan in plans
        for placed in plan.chords
        for tones in [placed.chord.pitch_classes]
    ]

    assert sum(shares) / len(plans) > 0.8
    for plan in plans:
        assert any(placed.chord.root == plan.key.tonic for placed in plan.chords)


def test_a_song_that_ends_ends_at_home():
    for seed in range(8):
        plan = plan_of(style="pop", bars=64, seed=seed)

        assert plan.chords[-1].chord.root == plan.key.tonic


def test_contrasting_sections_have_other_chords():
    plan = plan_of(style="pop", bars=64, seed=3)

    by_letter = {}
    for section in plan.sections:
        start, end = plan.tick_of_bar(section.first_bar), plan.tick_of_bar(section.last_bar + 1)
        inside = [str(p.chord) for p in plan.chords if start <= p.start_ticks < end]
        by_letter.setdefault(section.letter, inside[:4])

    assert by_letter["A"] != by_letter["B"]


def test_chords_are_spelled_as_their_key_is():
    for seed in range(6):
        plan = plan_of(style="house", key=Key.parse("G# minor"), bars=16, seed=seed)

        assert not any("b" in symbol[:2] for symbol in symbols(plan))


def test_twelve_bars_of_blues_are_the_twelve_bars():
    plan = plan_of(prompt="12-bar blues in A, 12 bars", style="funk", seed=2)

    assert [chord.rstrip("79") for chord in symbols(plan)[:9]] == [
        "A",
        "D",
        "A",
        "A",
        "D",
        "D",
        "A",
        "A",
        "E",
    ]


def test_numerals_of_a_prompt_take_the_key_they_are_given():
    plan = plan_of(prompt="ii7-V7-Imaj7 in Bb major, jazz, 4 bars")

    assert symbols(plan) == ["Cm7", "F7", "Bbmaj7", "Cm7"]


@pytest.mark.parametrize(
    "scale", ["dorian", "phrygian", "lydian", "mixolydian", "locrian", "harmonic minor", "blues"]
)
def test_every_style_has_harmony_for_a_mode_it_does_not_know(scale):
    for style in _STYLES:
        plan = plan_of(style=style, key=Key.of(2, scale), bars=8)

        assert plan.key == Key.of(2, scale)
        assert plan.chords


@pytest.mark.parametrize("style", ["house", "deep_house", "trance", "soul", "funk", "pop", "disco"])
def test_most_songs_begin_at_home_and_often_return(style):
    begins, visits, bars = 0, 0, 0
    for seed in range(20):
        plan, _ = make_plan(Request(style=style, seed=seed, bars=16), _STYLES)
        home = [placed.chord.root == plan.key.tonic for placed in plan.chords]
        begins += home[0]
        visits += sum(home)
        bars += len(home)

    assert begins >= 12
    assert visits / bars > 0.25
