from itertools import pairwise

from musicgen_desktop.generation.composer.parts._fit import Wanted, fit_line

SCALE = frozenset({0, 2, 4, 5, 7, 9, 11})
C_MAJOR = frozenset({0, 4, 7})


def want(target, outside=3, **more):
    return Wanted(target, SCALE, C_MAJOR, outside, **more)


def test_a_note_on_the_strong_beat_goes_to_the_chord():
    assert fit_line([want(62, outside=60)], 48, 84)[0] % 12 in C_MAJOR


def test_a_note_between_two_chord_tones_may_pass():
    line = fit_line([want(60, 60), want(62), want(64, 60)], 48, 84)

    assert line == [60, 62, 64]


def test_a_note_outside_the_chord_goes_on_by_step():
    targets = [60, 65, 71, 62, 69, 77, 64, 65, 60]

    line = fit_line([want(target, 60 if at % 3 == 0 else 3) for at, target in enumerate(targets)], 48, 84)

    for pitch, following in pairwise(line):
        if pitch % 12 not in C_MAJOR:
            assert abs(following - pitch) <= 2


def test_the_line_stays_in_range_and_never_leaps_beyond_an_octave():
    line = fit_line([want(target) for target in (40, 90, 41, 99, 60, 20)], 57, 76)

    assert all(57 <= pitch <= 76 for pitch in line)
    assert all(abs(b - a) <= 12 for a, b in pairwise(line))


def test_a_pitch_to_avoid_is_avoided():
    assert fit_line([want(64, 60, avoid=((64, 90),))], 48, 84)[0] != 64


def test_a_cadence_goes_home():
    assert fit_line([want(70, 60, goal=frozenset({0}))], 55, 84)[0] % 12 == 0


def test_a_range_without_a_note_of_the_scale_still_gives_a_pitch():
    assert fit_line([Wanted(60, frozenset({1}), frozenset({1}), 3)], 62, 64) == [62]


def test_no_notes_no_line():
    assert fit_line([], 48, 84) == []
