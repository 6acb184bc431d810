from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicgen_desktop.music import Chord, Key, parse_progression, roman_chord, voice_lead

QUALITIES = [
    "",
    "m",
    "7",
    "maj7",
    "m7",
    "dim",
    "dim7",
    "m7b5",
    "aug",
    "sus2",
    "sus4",
    "7sus4",
    "6",
    "m6",
    "6/9",
    "9",
]
QUALITIES += [
    "maj9",
    "m9",
    "11",
    "m11",
    "13",
    "maj13",
    "7alt",
    "7b9",
    "13#11",
    "add9",
    "madd9",
    "5",
    "mMaj7",
    "7#5",
]
CHORDS = st.builds(
    Chord.of, st.integers(0, 11), st.sampled_from(QUALITIES), bass=st.none() | st.integers(0, 11)
)
PROGRESSIONS = st.lists(CHORDS, min_size=1, max_size=12)


def mean_movement(voicings):
    moves = [abs(b - a) for before, after in pairwise(voicings) for a, b in zip(before, after, strict=True)]
    return sum(moves) / len(moves) if moves else 0.0


@given(PROGRESSIONS, st.integers(3, 6), st.integers(36, 60), st.integers(36, 48))
def test_voicings_stay_in_range_ascend_and_keep_what_makes_the_chord(chords, voices, low, reach):
    voicings = voice_lead(chords, voices=voices, low=low, high=low + reach)

    assert len(voicings) == len(chords)
    for chord, pitches in zip(chords, voicings, strict=True):
        sounding = {(pitch - chord.root) % 12 for pitch in pitches}
        guides = {tone for tone in (3, 4, 10, 11) if tone in chord.intervals}
        assert len(pitches) == voices
        assert low <= pitches[0]
        assert pitches[-1] <= low + reach
        assert all(below < above for below, above in pairwise(pitches))
        assert sounding <= {interval % 12 for interval in chord.intervals}
        assert guides <= sounding


@given(st.lists(CHORDS, min_size=8, max_size=16))
def test_voices_move_little_even_through_unrelated_chords(chords):
    assert mean_movement(voice_lead(chords)) <= 2.5


@pytest.mark.parametrize(
    "numerals",
    [
        "I V vi IV",
        "ii7 V7 Imaj7 vi7",
        "i bVI bIII bVII",
        "I bVII IV I",
        "iiø7 V7b9 i i",
        "I IV viio iii vi ii V I",
        "Imaj9 iii7 vi9 ii9 V13",
        "i iv V7 i bII7 i",
    ],
)
@pytest.mark.parametrize("tonic", ["C", "F#", "Ab minor"])
@pytest.mark.parametrize("voices", [3, 4, 5])
def test_common_progressions_move_smoothly(numerals, tonic, voices):
    chords = [roman_chord(numeral, Key.parse(tonic)) for numeral in numerals.split()] * 2

    assert mean_movement(voice_lead(chords, voices=voices)) <= 2.2


def test_the_same_chord_again_does_not_move():
    chords = parse_progression("Am7 Am7 Am7/D")

    first, second, third = voice_lead(chords)

    assert first == second == third


def test_the_fifth_is_left_out_first():
    (pitches,) = voice_lead(parse_progression("C9"))

    assert {pitch % 12 for pitch in pitches} == {0, 4, 10, 2}


def test_an_altered_fifth_stays_while_the_root_is_left_to_the_bass():
    (pitches,) = voice_lead(parse_progression("Cm9b5"))

    assert {pitch % 12 for pitch in pitches} == {3, 6, 10, 2}


def test_root_or_fifth_are_doubled_when_tones_are_few():
    (pitches,) = voice_lead(parse_progression("C"), voices=4)

    names = sorted(pitch % 12 for pitch in pitches)

    assert names in ([0, 0, 4, 7], [0, 4, 7, 7])


@given(st.lists(CHORDS, min_size=1, max_size=4))
def test_a_start_is_walked_on_from(chords):
    start = voice_lead(chords[:1])[0]

    continued = voice_lead(chords, start=start)

    assert sum(abs(a - b) for a, b in zip(start, continued[0], strict=True)) <= 12


def test_a_start_pulls_the_first_chord_toward_it():
    chords = parse_progression("C")

    low = voice_lead(chords, start=(48, 52, 55, 60))
    high = voice_lead(chords, start=(60, 67, 72, 76))

    assert low == [(48, 52, 55, 60)]
    assert high == [(60, 67, 72, 76)]


@pytest.mark.parametrize("quality", QUALITIES)
def test_two_octaves_hold_four_voices_of_any_chord(quality):
    for root in range(12):
        voicings = voice_lead([Chord.of(root, quality)], low=50, high=74)

        assert len(voicings[0]) == 4


def test_no_chords_have_no_voicings():
    assert voice_lead([]) == []


def test_impossible_wishes_are_refused():
    chords = parse_progression("C")

    with pytest.raises(ValueError, match="no voicing"):
        voice_lead(chords, low=60, high=65)
    with pytest.raises(ValueError, match="voices"):
        voice_lead(chords, voices=0)
    with pytest.raises(ValueError, match="start"):
        voice_lead(chords, start=(60, 64))
