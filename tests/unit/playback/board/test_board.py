"""One process writes the board and others read it, however badly they meet."""

import math
import subprocess
import sys
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicgen_desktop.playback.board import Board, BoardReading

WRITER = """
import sys
from pathlib import Path
import numpy as np
from musicgen_desktop.playback.board import Board, BoardReading

board = Board.open(Path(sys.argv[1]))
number = board.read().number
while True:
    number += 1
    strips = number % 60
    levels = np.full((strips, 4), number % 1000, np.float32)
    board.write(BoardReading(place=number, rate=number, levels=levels))
    if number % 1000 == 0:
        print(number, flush=True)
"""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "board"


@pytest.fixture
def pair(path):
    """The board from both sides."""
    reader = Board.create(path)
    writer = Board.open(path)
    yield writer, reader
    writer.close()
    reader.close()


@pytest.fixture
def start_writer(path):
    """Starts processes that write as fast as they can; the last thousand they wrote is printed."""
    started = []

    def start():
        process = subprocess.Popen([sys.executable, "-c", WRITER, path], stdout=subprocess.PIPE, text=True)
        started.append(process)
        process.stdout.readline()
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()


def test_an_empty_board_tells_that_nothing_was_written(path):
    board = Board.create(path)

    reading = board.read()
    board.close()

    assert reading.number == 0
    assert reading.state == "stopped"
    assert reading.age_s == math.inf


finite = st.floats(-1e6, 1e6, width=32)
counts = st.integers(0, 2**62)


@given(
    place=st.integers(-(2**62), 2**62),
    figures=st.lists(finite | st.just(-math.inf), min_size=7, max_size=7),
    others=st.lists(counts, min_size=5, max_size=5),
    state=st.sampled_from(["stopped", "locating", "counting_in", "playing", "recording"]),
    rows=st.lists(st.tuples(finite, finite, finite, finite), max_size=5),
)
def test_what_is_written_is_read(tmp_path_factory, place, figures, others, state, rows):
    names = (
        *("true_peak_dbtp", "momentary_lufs", "short_term_lufs", "integrated_lufs"),
        *("cpu_share", "look_ahead_ms", "queued_ms"),
    )
    whole = ("rate", "strips_number", "starvations", "late_frames", "xruns")
    written = {"place": place, "state": state, "at_s": 12.5} | dict(zip(names, figures, strict=True))
    written |= dict(zip(whole, others, strict=True))
    levels = np.array(rows, np.float32).reshape(-1, 4)
    board = Board.create(tmp_path_factory.mktemp("board") / "board")

    board.write(BoardReading(levels=levels, **written))
    found = board.read()
    board.close()

    assert found.number == 1
    assert {name: getattr(found, name) for name in written} == written
    np.testing.assert_array_equal(found.levels, levels)


def test_each_writing_counts_one_up(pair):
    writer, reader = pair

    numbers = []
    for _ in range(5):
        writer.write(BoardReading())
        numbers.append(reader.read().number)

    assert numbers == [1, 2, 3, 4, 5]


def test_of_too_many_strips_the_first_and_the_master_are_shown(path):
    board = Board.create(path, strips_max=3)

    board.write(BoardReading(levels=np.arange(20, dtype=np.float32).reshape(5, 4)))
    shown = board.read().levels
    board.close()

    np.testing.assert_array_equal(shown[:, 0], [0, 4, 16])


def test_a_half_written_page_is_passed_over_for_the_one_before(pair):
    writer, reader = pair
    for place in (1, 2, 3):
        writer.write(BoardReading(place=place))
    newest = writer._page._place(3)

    writer._page._memory[newest + 24] ^= 0xFF

    assert reader.read().place == 2


def test_with_both_pages_spoiled_the_last_reading_stays(pair):
    writer, reader = pair
    writer.write(BoardReading(place=1))
    writer.write(BoardReading(place=2))
    reader.read()
    for number in (3, 4):
        writer.write(BoardReading(place=number))
        writer._page._memory[writer._page._place(number) + 24] ^= 0xFF

    assert reader.read().place == 2


def test_readings_are_never_torn_while_another_process_writes(path, start_writer):
    reader = Board.create(path)
    start_writer()

    seen = {}
    give_up = time.monotonic() + 20.0
    while len(seen) < 500 and time.monotonic() < give_up:
        reading = reader.read()
        seen[reading.number] = reading
    reader.close()

    assert len(seen) == 500
    for reading in seen.values():
        assert reading.place == reading.rate == reading.number
        assert len(reading.levels) == reading.number % 60
        assert (reading.levels == reading.number % 1000).all()


def test_after_the_writer_is_killed_its_last_reading_stands_and_the_next_one_goes_on(path, start_writer):
    reader = Board.create(path)
    for _ in range(3):
        before = reader.read().number
        writer = start_writer()
        writer.kill()
        writer.wait()

        last = reader.read()

        assert last.number > before
        assert last.place == last.number
    reader.close()


def test_the_age_grows_while_nobody_writes(pair):
    writer, reader = pair

    writer.write(BoardReading(at_s=time.monotonic() - 5.0))

    assert reader.read().age_s >= 5.0


def test_the_place_is_carried_on_from_a_fresh_reading_but_not_for_long():
    fresh = BoardReading(number=1, at_s=time.monotonic() - 0.1, state="playing", place=1000, rate=48_000)
    dead = BoardReading(number=1, at_s=time.monotonic() - 9.0, state="playing", place=1000, rate=48_000)
    at_rest = BoardReading(number=1, at_s=time.monotonic() - 9.0, place=1000, rate=48_000)

    assert 1000 + 4800 <= fresh.place_now() <= 1000 + 12_000
    assert dead.place_now() == 1000 + 12_000
    assert at_rest.place_now() == 1000


def test_a_board_is_not_made_over_another_one(path):
    Board.create(path).close()

    with pytest.raises(FileExistsError):
        Board.create(path)


@pytest.mark.parametrize("content", [b"no board" * 10, b"MGBOARD1" + b"\xff" * 100])
def test_a_file_that_is_no_board_is_refused(path, content):
    path.write_bytes(content)

    with pytest.raises(ValueError, match="no board"):
        Board.open(path)
