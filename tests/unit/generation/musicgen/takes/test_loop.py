# ruff: noqa: ARG002 - the port has these arguments
import threading

import numpy as np
import pytest

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.generation.musicgen.runtime import Conditioning, Sampling
from musicgen_desktop.generation.musicgen.takes import DecodeLoop, Row, TakeRun

NOTHING = np.zeros((4, 0), np.int64)


class Path:
    """A decode path that only remembers what it was asked; its steps wait for a permit when told so."""

    def __init__(self):
        self.opened, self.closed, self.fed, self.batches = [], [], [], []
        self.stepped = threading.Semaphore(0)
        self.permits = threading.Semaphore(100_000)
        self.released = threading.Event()
        self.rested = threading.Semaphore(0)

    def open(self, conditioning, sampling, positions):
        self.opened.append((positions, sampling.offset))
        return len(self.opened)

    def feed(self, sequence, tokens):
        self.fed.append((sequence, tokens.shape[1]))

    def step(self, sequences, tokens):
        self.permits.acquire()
        self.batches.append(tuple(sequences))
        self.stepped.release()
        return np.full(tokens.shape, 3)

    def close(self, sequence):
        self.closed.append(sequence)

    def rest(self):
        self.rested.release()

    def release(self):
        self.released.set()


def a_row(steps, given=NOTHING, window_steps=500):
    run = TakeRun(given, steps, window_steps=window_steps, delays=(0, 1, 2, 3), padding=9)
    return Row(run, Conditioning(), Sampling())


@pytest.fixture
def path():
    return Path()


@pytest.fixture
def loop(path):
    loop = DecodeLoop(path)
    yield loop
    path.permits.release(100_000)
    loop.close()


def finish(loop, *rows):
    assert loop.wait_until(lambda: all(row.run.done or row.error for row in rows), 30)


def test_rows_step_together_and_leave_when_they_are_done(path, loop):
    short, long = a_row(5), a_row(20)

    loop.join([short, long])
    finish(loop, short, long)

    assert path.batches == [(1, 2)] * 8 + [(2,)] * 15
    assert loop.made(short).tolist() == [[3] * 5] * 4
    assert not loop.is_busy


def test_a_row_joins_while_others_are_on_their_way(path, loop):
    path.permits = threading.Semaphore(3)
    first, second = a_row(10), a_row(10)
    loop.join([first])
    for _ in range(3):
        path.stepped.acquire()

    loop.join([second])
    path.permits.release(1000)
    finish(loop, first, second)

    assert path.batches[:3] == [(1,)] * 3
    assert (1, 2) in path.batches
    assert path.batches[-1] == (2,)


def test_a_long_beginning_is_fed_in_pieces_between_the_steps_of_others(path, loop):
    given = np.zeros((4, 200), np.int64)
    waiting, long = a_row(30), a_row(5, given)

    loop.join([waiting, long])
    finish(loop, waiting, long)

    assert [count for sequence, count in path.fed if sequence == 2] == [64, 64, 64, 8]
    assert path.batches[:3] == [(1,)] * 3  # the others went on meanwhile
    assert path.batches[3] == (1, 2)


def test_a_row_that_leaves_keeps_its_tokens_and_gives_its_cache_back(path, loop):
    path.permits = threading.Semaphore(10)
    row, other = a_row(300), a_row(20)
    loop.join([row])
    for _ in range(10):
        path.stepped.acquire()

    loop.leave([row])
    path.permits.release(1000)
    loop.join([other])
    finish(loop, other)

    assert 6 <= row.run.made_steps <= 8
    assert 1 in path.closed
    assert not row.run.done


def test_each_window_is_a_sequence_of_its_own_with_other_noise(path, loop):
    row = a_row(100, window_steps=60)

    loop.join([row])
    finish(loop, row)

    assert path.opened == [(63, 0), (63, 63), (63, 126)]
    loop.close()  # the thread has ended the last one by then
    assert path.closed == [1, 2, 3]


def test_the_path_gives_back_what_it_took_once_nobody_decodes_any_more(path, loop):
    path.permits = threading.Semaphore(3)
    stopped, other = a_row(300), a_row(5)
    loop.join([stopped])
    for _ in range(3):
        path.stepped.acquire()

    loop.leave([stopped])
    path.permits.release(1000)
    assert path.rested.acquire(timeout=30)
    assert path.closed == [1]

    loop.join([other])
    assert path.rested.acquire(timeout=30)
    assert path.closed == [1, 2]


def test_a_failure_is_its_rows_and_the_others_go_on(path, loop):
    real = path.open
    path.open = lambda *args: (_ for _ in ()).throw(MemoryError("no room")) if args[2] > 50 else real(*args)
    large, small = a_row(100), a_row(10)

    loop.join([large, small])
    finish(loop, large, small)

    assert isinstance(large.error, MemoryError)
    assert small.error is None
    assert small.run.done


def test_a_closed_loop_gives_everything_back_and_fails_who_is_there(path):
    loop = DecodeLoop(path)
    path.permits = threading.Semaphore(1)
    row = a_row(50)
    loop.join([row])
    path.stepped.acquire()

    closing = threading.Thread(target=loop.close)
    closing.start()
    assert loop.wait_until(lambda: loop._closed, 30)  # while the row is still in a step
    path.permits.release(1000)
    closing.join(30)

    assert path.released.is_set()
    assert isinstance(row.error, UserInputError)
    assert not row.run.done
    with pytest.raises(UserInputError, match="unloaded"):
        loop.join([a_row(3)])
