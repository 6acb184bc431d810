import numpy as np

from musicgen_desktop.ui.piano_roll._lane_stems import stems_pixels

STEM, HEAD = 0xFF112233, 0xFFAABBCC


def pixels(xs, tops, width=40, height=30):
    return stems_pixels(
        np.array(xs), np.array(tops), width=width, height=height, stem="#112233", head="#aabbcc"
    )


def test_a_stem_goes_from_its_head_to_the_floor():
    made = pixels([10], [12])

    assert (made[10:15, 9:14] == HEAD).all()
    assert (made[15:28, 10:12] == STEM).all()
    assert np.count_nonzero(made) == 25 + 13 * 2


def test_heads_lie_over_the_stems_of_louder_notes():
    made = pixels([10, 10], [5, 20])

    assert (made[18:23, 9:14] == HEAD).all()
    assert (made[8:18, 10:12] == STEM).all()


def test_what_lies_outside_is_left_out_and_what_is_cut_is_cut():
    made = pixels([-100, 0, 39, 400], [10, 10, 1, 10])

    assert (made[8:13, 0:4] == HEAD).all()
    assert made[0, 39] == HEAD
    assert not made[:, 5:38].any()
