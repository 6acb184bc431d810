import os

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicgen_desktop.playback.sources._pool import RingPool
from musicgen_desktop.playback.sources._ring import SourceRing

RATE = 1000


def counted(first, frames):
    """[2, frames] that say at which clock they are."""
    clocks = np.arange(first, first + frames, dtype=np.float32)
    return np.stack([clocks, -clocks])


def a_ring(frames=100):
    return SourceRing(bytearray(64 + 8 * frames), 0, 64, frames)


@pytest.fixture
def pools(tmp_path):
    return RingPool(tmp_path, RATE, owns=True), RingPool(tmp_path, RATE, owns=False)


@pytest.mark.parametrize("slot", [0, 31, 32, 199])
def test_what_one_side_writes_the_other_reads(pools, slot):
    reader, writer = pools
    here = reader.ring(slot)
    there = writer.ring(slot)
    there.begin(7, 3, 4990)
    there.write(counted(4990, 600))

    found = here.read(5000, 500)

    assert (here.generation, here.course, here.span()) == (7, 3, (4990, 5590))
    assert np.array_equal(found, counted(5000, 500))


def test_both_sides_know_where_the_reader_is(pools):
    reader, writer = pools

    reader.reader_clock = 123_456_789_012

    assert writer.reader_clock == 123_456_789_012


@given(st.integers(0, 10**12), st.lists(st.integers(1, 60), min_size=1, max_size=30))
def test_a_ring_holds_what_was_written_last(start, counts):
    ring = a_ring()
    ring.begin(1, 0, start)
    at = 0
    for count in counts:
        ring.write(counted(at, count))
        at += count

    first, end = ring.span()

    assert (first - start, end - start) == (max(at - 100, 0), at)
    assert np.array_equal(ring.read(first, end - first), counted(first - start, end - first))


def test_another_course_leaves_what_lies_before_it():
    ring = a_ring()
    ring.begin(1, 1, 0)
    ring.write(counted(0, 80))

    ring.follow(2, 50)

    assert (ring.course, ring.span()) == (2, (0, 50))


def test_a_ring_that_skips_holds_nothing_of_before():
    ring = a_ring()
    ring.begin(1, 1, 0)
    ring.write(counted(0, 80))

    ring.skip_to(300)

    assert ring.span() == (300, 300)


@pytest.mark.skipif(not hasattr(os, "posix_fallocate"), reason="the system cannot")
def test_the_room_for_a_ring_is_taken_when_it_is_first_used(tmp_path):
    pool = RingPool(tmp_path, RATE, owns=True)
    file = tmp_path / "0.ring"
    before = file.stat().st_blocks * 512

    pool.ring(3)

    assert before < 10_000
    assert file.stat().st_blocks * 512 >= before + 5 * RATE * 8 - 4096
