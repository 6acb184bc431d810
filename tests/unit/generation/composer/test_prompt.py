import contextlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.generation.composer import load_styles
from musicgen_desktop.generation.composer.prompt import Reading, read_prompt
from musicgen_desktop.timing import Meter

_STYLES = [(naming.id, naming.name, naming.words) for naming in load_styles().namings()]


def read(prompt):
    return read_prompt(prompt, _STYLES)


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        # styles
        ("lofi hip hop", {"style": "lofi"}),
        ("progressive rock in 13/8", {"style": "rock", "meter": Meter(13, 8)}),
        ("progressive house", {"style": "trance"}),
        ("Lo-Fi", {"style": "lofi"}),
        ("LO FI HIP-HOP beats", {"style": "lofi"}),
        ("drum & bass", {"style": "drum_and_bass"}),
        ("DnB", {"style": "drum_and_bass"}),
        ("r&b slow jam", {"style": "soul"}),
        ("8-bit video game music", {"style": "chiptune"}),
        ("bossa nova", {"style": "bossa_nova"}),
        ("boss nova", {"style": "bossa_nova"}),
        ("synthwve", {"style": "synthwave"}),
        ("dubstp with wobbles", {"style": "dubstep"}),
        ("90s hip hop", {"style": "boom_bap", "seconds": None}),
        ("jazzy lo-fi", {"style": "lofi", "flavours": ("jazz",)}),
        ("ambient techno", {"style": "techno", "flavours": ("ambient",)}),
        ("techno ambient", {"style": "techno", "flavours": ("ambient",)}),
        ("something jazzy", {"style": "jazz"}),
        ("funky disco", {"style": "disco", "flavours": ("funk",)}),
        ("cinematic trap", {"style": "trap", "flavours": ("cinematic",)}),
        ("jazz waltz", {"style": "jazz", "meter": Meter(3, 4)}),
        ("not jazz but blues", {"style": "blues", "flavours": ()}),
        # tempo
        ("82 bpm", {"tempo_bpm": 82.0}),
        ("at 120", {"tempo_bpm": 120.0}),
        ("techno, 130bpm", {"tempo_bpm": 130.0}),
        ("BPM: 97.5", {"tempo_bpm": 97.5}),
        ("tempo 70", {"tempo_bpm": 70.0}),
        ("80-90 bpm", {"tempo_bpm": 85.0}),
        ("@ 140", {"tempo_bpm": 140.0}),
        ("adagio", {"tempo_bpm": 70.0}),
        ("allegro con brio", {"tempo_bpm": 140.0}),
        ("slow", {"tempo_place": 0.12}),
        ("very fast", {"tempo_place": 1.0}),
        ("double time", {"hints": ("double_time",)}),
        ("half-time drums", {"hints": ("half_time",), "wanted": ("drums",)}),
        # decimal commas, lists without spaces
        ("house, tempo: 124,5 bpm", {"tempo_bpm": 124.5}),
        ("house 99,5 bpm", {"tempo_bpm": 99.5}),
        ("trap, 16,90 bpm", {"tempo_bpm": 90.0}),
        ("house, tempo 120,8 bars", {"tempo_bpm": 120.0, "bars": 8}),
        ("house, tempo 120,3/4", {"tempo_bpm": 120.0, "meter": Meter(3, 4)}),
        ("house, tempo 120,5 minor", {"tempo_bpm": 120.5}),
        # key
        ("house amin 4 bars", {"tonic": 9, "scale": "minor", "seconds": None, "bars": 4}),
        ("in F# minor", {"tonic": 6, "scale": "minor", "prefer_flats": False}),
        ("f minor", {"tonic": 5, "scale": "minor"}),
        ("Bb major", {"tonic": 10, "scale": "major", "prefer_flats": True}),
        ("in the key of B flat", {"tonic": 10, "scale": None}),
        ("E-flat major", {"tonic": 3, "scale": "major"}),
        ("c sharp minor", {"tonic": 1, "scale": "minor"}),
        ("in Am", {"tonic": 9, "scale": "minor"}),
        ("key: G", {"tonic": 7}),
        ("D dorian", {"tonic": 2, "scale": "dorian"}),
        ("in a minor", {"tonic": 9, "scale": "minor"}),
        ("in a minor key", {"tonic": None, "scale": "minor"}),
        ("a major scale", {"tonic": None, "scale": "major"}),
        ("major", {"tonic": None, "scale": "major"}),
        ("harmonic minor", {"tonic": None, "scale": "harmonic minor"}),
        ("sad", {"tonic": None, "scale": None, "gender": "minor"}),
        ("in a rush", {"tonic": None}),
        # meter
        ("in 7/8", {"meter": Meter(7, 8)}),
        ("6/8 time", {"meter": Meter(6, 8)}),
        ("in five", {"meter": Meter(5, 4)}),
        ("a waltz", {"style": "waltz", "meter": Meter(3, 4)}),
        ("24/7 vibes with 1/16 hats", {"meter": None}),
        # length
        ("16 bars", {"bars": 16}),
        ("sixteen bars", {"bars": 16}),
        ("an 8-bar loop", {"bars": 8, "features": ("loop",)}),
        ("30 seconds", {"seconds": 30.0}),
        ("a 2 minute song", {"seconds": 120.0}),
        ("two and a half minutes", {"seconds": 150.0}),
        ("1 minute 20 seconds", {"seconds": 80.0}),
        ("half a minute", {"seconds": 30.0}),
        ("1:30", {"seconds": 90.0}),
        ("2 min", {"seconds": 120.0}),
        ("45s", {"seconds": 45.0}),
        ("808s", {"seconds": None, "wanted": ("bass",), "patches": {"bass": "synth:bass_808"}}),
        # form
        ("with a breakdown and a drop", {"features": ("breakdown", "drop")}),
        ("no intro", {"features": ("no_intro",)}),
        ("8 bar intro, 32 bars", {"section_bars": {"intro": 8}, "bars": 32}),
        ("AABA", {"letters": "AABA"}),
        ("A-B-A-C form", {"letters": "ABAC"}),
        ("a BAD DAD", {"letters": ""}),
        ("12-bar blues", {"style": "blues", "features": ("blues12",), "bars": None}),
        # instruments
        ("no drums", {"refused": ("drums",), "wanted": ()}),
        ("without bass or drums", {"refused": ("bass", "drums")}),
        ("without drums, bass or piano", {"refused": ("drums", "bass"), "avoided": ("piano",)}),
        ("no drums, piano", {"refused": ("drums",), "wanted": ("chords", "melody")}),
        ("beats without drums", {"refused": ("drums",), "wanted": ()}),
        ("only drums and bass", {"only": True, "wanted": ("drums", "bass")}),
        ("piano only", {"only": True, "style": "classical_piano"}),
        ("solo piano", {"only": True, "wanted": ("melody", "arp", "bass")}),
        ("a guitar solo", {"only": False, "features": ("solo",)}),
        (
            "strings and harp",
            {
                "wanted": ("pad", "arp"),
                "patches": {"pad": "gm:string ensemble 1", "arp": "gm:orchestral harp"},
                "only": False,
            },
        ),
        (
            "a cello melody over soft piano",
            {"patches": {"melody": "gm:cello", "chords": "gm:acoustic grand piano"}},
        ),
        # feel
        ("lo-fi with swing", {"style": "lofi", "swing": 0.6, "flavours": ()}),
        ("no swing", {"swing": 0.0}),
        ("swing", {"style": "jazz", "swing": None}),
        ("dusty drums", {"hints": ("dusty",), "wanted": ("drums",)}),
        ("sparse and dreamy", {"hints": ("sparse",), "reverb_db": 4.0}),
        # how far a “not” reaches
        ("not sad rock", {"style": "rock", "gender": None}),
        ("not too fast, not sad rock without guitar", {"style": "rock", "tempo_place": 0.4, "refused": ()}),
        ("rock without guitar", {"avoided": ("guitar",), "refused": ()}),
        ("without drums sad piano", {"refused": ("drums",), "gender": "minor"}),
        ("not sad piano", {"wanted": ("chords", "melody"), "gender": None}),
        ("no sad piano", {"avoided": ("piano",), "wanted": ()}),
        ("not very fast jazz", {"tempo_place": 0.4, "style": "jazz"}),
        ("not 120 bpm", {"tempo_bpm": None}),
        ("lofi, no kick", {"refused": (), "not_understood": ("kick",)}),
        # decades and lengths
        ("60s soul", {"style": "soul", "seconds": None}),
        ("90s pop", {"style": "pop", "seconds": None, "not_understood": ()}),
        ("'80s pop", {"style": "pop", "flavours": ("synthwave",), "seconds": None}),
        ("1980s", {"style": "synthwave", "seconds": None}),
        ("20s jazz", {"style": "jazz", "seconds": None}),
        ("30s lofi", {"seconds": 30.0}),
        ("60 s of lofi", {"seconds": 60.0}),
        ("60s long", {"seconds": 60.0}),
        ("60 seconds", {"seconds": 60.0}),
        ("150s", {"seconds": 150.0}),
        ("jazz 1:30", {"style": "jazz", "seconds": 90.0}),
        # labels and bare numbers
        ("bars: 12", {"bars": 12}),
        ("tempo: 100", {"tempo_bpm": 100.0}),
        ("key = G minor", {"tonic": 7, "scale": "minor"}),
        ("bpm 90", {"tempo_bpm": 90.0}),
        ("trap, dark, Cm, 140", {"tempo_bpm": 140.0, "tonic": 0, "scale": "minor"}),
        ("hip hop, 90", {"tempo_bpm": 90.0}),
        ("hip hop, 9000", {"tempo_bpm": None, "not_understood": ("9000",)}),
        # instruments and roles
        (
            "techno with a piano melody",
            {"style": "techno", "wanted": ("melody",), "patches": {"melody": "gm:acoustic grand piano"}},
        ),
        ("melody on a flute", {"patches": {"melody": "gm:flute"}}),
        ("lofi, flute lead", {"patches": {"melody": "gm:flute"}}),
        ("piano bass drums", {"patches": {"chords": "gm:acoustic grand piano"}}),
        ("drum solo", {"only": True, "wanted": ("drums",), "features": ()}),
        ("rock with a drum solo", {"only": False, "features": ("solo",)}),
        ("just drums", {"only": True, "wanted": ("drums",)}),
        ("only bass", {"only": True, "wanted": ("bass",)}),
        ("a capella", {"only": True, "wanted": ("chords", "melody", "bass", "counter")}),
        # words that look like others
        ("house, building up", {"features": ("build",), "title_words": ()}),
        ("metal in drop C", {"features": (), "tonic": None, "not_understood": ("drop C",)}),
        ("house with a drop", {"features": ("drop",)}),
        ("house like Daft Punk", {"flavours": (), "not_understood": ("Daft Punk",)}),
        ("rock like Jazz", {"flavours": ("jazz",), "not_understood": ()}),
        ("a minor inconvenience", {"tonic": None, "scale": None}),
        ("A minor inconvenience", {"tonic": None, "scale": None}),
        ("lofi, a minor, slow", {"tonic": 9, "scale": "minor"}),
        ("A minor lofi", {"tonic": 9, "scale": "minor"}),
        ("a blues in E", {"style": "blues", "tonic": 4}),
        # keys of other languages
        ("d-Moll", {"tonic": 2, "scale": "minor"}),
        ("lofi in a-moll", {"tonic": 9, "scale": "minor"}),
        ("C-Dur", {"tonic": 0, "scale": "major"}),
        ("fis-Moll", {"tonic": 6, "scale": "minor"}),
        ("B-Dur", {"tonic": 10, "scale": "major"}),
        ("h-moll", {"tonic": 11, "scale": "minor"}),
        ("Es-Dur", {"tonic": 3, "scale": "major"}),
        ("si bémol majeur", {"tonic": 10, "scale": "major"}),
        # a form spelled out
        (
            "intro verse chorus verse outro",
            {"order": (("intro", 0), ("verse", 0), ("chorus", 0), ("verse", 0), ("outro", 0))},
        ),
        ("intro 4, verse 8, drop 120 bpm", {"order": (("intro", 4), ("verse", 8), ("drop", 0))}),
        ("8 bar intro, 16 bar verse, chorus", {"order": (("intro", 8), ("verse", 16), ("chorus", 0))}),
        ("aaba form", {"letters": "AABA"}),
        # slips of the finger
        ("90 bmp, A mnor, dakr", {"tempo_bpm": 90.0, "tonic": 9, "scale": "minor", "gender": "minor"}),
        ("wthout drums", {"refused": ("drums",), "wanted": ()}),
        # what nobody here knows
        ("hyperpop", {"style": None, "not_understood": ("hyperpop",)}),
        ("shoegaze", {"style": None, "not_understood": ("shoegaze",)}),
        ("", {"style": None, "not_understood": ()}),
    ],
)
def test_a_phrase_means_what_a_musician_means(prompt, expected):
    reading = read(prompt)

    assert {name: getattr(reading, name) for name in expected} == expected


@pytest.mark.parametrize(
    ("prompt", "chords"),
    [
        ("chords Am F C G", "Am | F | C | G"),
        ("rock over Am7 D7", "Am7 | D7"),
        ("Am-F-C-G pop", "Am | F | C | G"),
        ("pop with Am, F, C, G", "Am | F | C | G"),
        ("chords: Cmaj7 | Am7 Dm7 | G7", "Cmaj7 | Am7 Dm7 | G7"),
        ("F#m7b5/C B7#9 Em(maj7)", "F#m7b5/C | B7#9 | EmMaj7"),
    ],
)
def test_chords_in_a_prompt_are_read_bar_by_bar(prompt, chords):
    reading = read(prompt)

    assert " | ".join(" ".join(map(str, bar)) for bar in reading.chords) == chords


@pytest.mark.parametrize("prompt", ["A loop", "Give me A B A", "A sad song in C", "Based on E. Grieg"])
def test_single_capitals_are_no_chords(prompt):
    assert read(prompt).chords is None


def test_roman_numerals_wait_for_their_key():
    reading = read("ii-V-I jazz in Bb major")

    assert (reading.numerals, reading.tonic, reading.scale) == ("ii | V | I", 10, "major")


def test_every_word_is_either_understood_or_said_not_to_be():
    reading = read("dusty lofi with a theremin and xylorimba at 82 bpm")

    assert [found.words for found in reading.found] == ["dusty", "lofi", "at 82 bpm"]
    assert [found.meaning for found in reading.found] == ["mood: dusty", "style: lofi", "tempo 82 BPM"]
    assert reading.not_understood == ("theremin", "xylorimba")


@pytest.mark.parametrize(
    ("prompt", "words", "meaning"),
    [
        ("120 bpm, 90 bpm", "90 bpm", "not used: 120 BPM was asked for too"),
        ("slow, 140 bpm", "slow", "not used: 140 BPM was asked for too"),
        ("fast slow jazz", "slow", "not used: fast was asked for too"),
        ("in A minor, major", "major", "not used: A minor was asked for too"),
        ("minor, major", "major", "not used: minor was asked for too"),
        ("in A minor, in C major", "in C major", "not used: A minor was asked for too"),
        ("3/4, 4/4", "4/4", "not used: 3/4 was asked for too"),
        ("20 seconds, 8 bars", "20 seconds", "not used: a length of 8 bars was asked for too"),
        ("drums, bass, no bass", "bass", "not used: no bass was asked for too"),
        ("no intro, with an intro", "intro", "form: no intro"),
        ("AABA with an intro", "intro", "not used: the form AABA was asked for too"),
        ("house and jazz", "jazz", "flavour: jazz"),
        ("90 bmp", "90 bmp (read as 90 bpm)", "tempo 90 BPM"),
        ("dakr", "dakr (read as dark)", "mood: dark"),
        ("boss nova", "boss nova (read as bossa nova)", "style: bossa nova"),
        ("1 bar", "1 bar", "1 bar"),
        ("1 bars", "1 bars", "1 bar"),
        ("90s pop", "90s", "the 90s: changes nothing"),
        ("piano melody", "piano melody", "melody: piano"),
    ],
)
def test_what_is_told_of_a_word_is_what_came_of_it(prompt, words, meaning):
    told = [(found.words, found.meaning) for found in read(prompt).found]

    assert (words, meaning) in told


@pytest.mark.parametrize(
    ("prompt", "words"),
    [
        ("9000 bpm", "20 to 400"),
        ("-5 bpm", "20 to 400"),
        ("10000 bars", "1 to 999"),
        ("0 bars", "1 to 999"),
        ("3 hours is 10800 seconds", "1 to 3600"),
        ("in 13/9 time", "13/9"),
        ("16.5 bars", "whole bars"),
    ],
)
def test_what_cannot_be_is_refused(prompt, words):
    with pytest.raises(UserInputError, match=words):
        read(prompt)


_WORDS = """lofi no without , . - only solo piano drums and in a F# minor Am F C G | 7/8
82 bpm 16 bars 1:30
AABA ii V I over chords half time # b 0 -1 99999999 ♯ ♭ “ ” İ ß 中 % / // minute 12-bar blues R&B"""
_SHARDS = st.sampled_from([*_WORDS.split(), "\x00", "\n", " "])


@given(st.one_of(st.text(max_size=200), st.lists(_SHARDS, max_size=25).map(" ".join)))
@example("A" + " " * 1990 + "x")
@example("A " * 900 + "x")
@example("C-" * 900)
@example("no " * 600)
@example("in a " * 390)
@example("1" * 2000)
@example("(" * 2000)
def test_any_text_becomes_a_reading_or_is_refused_politely(prompt):
    with contextlib.suppress(UserInputError):
        reading = read(prompt)

        assert isinstance(reading, Reading)
        assert reading == read(prompt)
