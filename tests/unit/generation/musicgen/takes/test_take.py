from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from musicgen_desktop.generation.musicgen.takes import TakeRun, plan_windows

DELAYS = (0, 1, 2, 3)
PADDING = 2048
NOTHING = np.empty((4, 0), np.int64)


def a_run(steps, given=NOTHING, made=None):
    return TakeRun(given, steps, made=made, window_steps=30, delays=DELAYS, padding=PADDING)


def drawn_after(history):
    """Tokens that depend on every column that was fed."""
    return np.array([hash((k, *history)) % 2048 for k in range(4)])


def play(run, columns=10_000):
    history = None
    while not run.done and columns:
        if history is None:
            history = [run.window.offset, *run.prefix().T.ravel().tolist()]
        history += run.column().tolist()
        columns -= 1
        if run.accept(drawn_after(history)):
            history = None
    return run.made


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 90), st.integers(1, 400), st.integers(2, 60))
def test_windows_draw_every_step_once_and_never_hear_too_much(given_steps, steps, window_steps):
    plan = plan_windows(given_steps, steps, window_steps, DELAYS)

    drawn = [step for window in plan for step in range(window.new, window.end)]
    assert drawn == list(range(given_steps, given_steps + steps))
    assert all(window.end - window.start <= window_steps for window in plan)
    assert all(b.offset == a.offset + a.positions(DELAYS) for a, b in pairwise(plan))


def test_the_first_column_is_padding_and_codebooks_start_one_after_the_other():
    run = a_run(5)

    fed = []
    while not run.done:
        fed.append(run.column())
        run.accept(np.array([1, 2, 3, 4]))

    p = PADDING
    assert np.stack(fed, axis=1).tolist() == [
        [p, 1, 1, 1, 1, 1, p, p],
        [p, p, 2, 2, 2, 2, 2, p],
        [p, p, p, 3, 3, 3, 3, 3],
        [p, p, p, p, 4, 4, 4, 4],
    ]
    assert run.made.tolist() == [[k] * 5 for k in (1, 2, 3, 4)]


def test_what_was_given_is_forced_and_not_part_of_the_take():
    given_tokens = np.arange(40).reshape(4, 10)
    run = a_run(5, given_tokens)

    assert run.prefix()[0].tolist() == [PADDING, *range(9)]
    assert run.prefix()[3].tolist() == [PADDING] * 4 + list(range(30, 36))
    assert play(run).shape == (4, 5)


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 120), st.integers(0, 200), st.integers(0, 25))
def test_a_stopped_take_goes_on_as_if_it_had_never_been_stopped(steps, columns, given_steps):
    given_tokens = np.arange(4 * given_steps).reshape(4, given_steps)
    whole = play(a_run(steps, given_tokens))

    begun = play(a_run(steps, given_tokens), columns)
    ended = play(a_run(steps, given_tokens, begun))

    assert np.array_equal(ended[:, : begun.shape[1]], begun)
    assert np.array_equal(ended, whole)
