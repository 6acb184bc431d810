import os
import signal
import sys

import numpy as np
import pytest

from musicgen_desktop.foundation import StopFlag, Stopped
from musicgen_desktop.playback.offline._processes import can_fork, filled_side_by_side

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux forks")


def count_up(number, sound):
    sound[:] = number + 1


def test_every_sound_is_filled_and_told_once():
    told = []

    sounds = filled_side_by_side(count_up, [5, 0, 7, 3], finished=told.append, stop=None)

    assert [len(sound) for sound in sounds] == [5, 0, 7, 3]
    assert [float(sound.mean()) for sound in sounds if len(sound)] == [1.0, 3.0, 4.0]
    assert sorted(told) == [0, 1, 2, 3]


def test_what_a_dying_child_leaves_is_done_by_the_parent():
    parent = os.getpid()

    def fill(number, sound):
        if os.getpid() != parent:
            os._exit(1)
        count_up(number, sound)

    sounds = filled_side_by_side(fill, [4] * 6, finished=lambda _: None, stop=None)

    assert [float(sound[0, 0]) for sound in sounds] == [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]


def test_a_failure_is_raised_here_and_not_printed_by_a_child(capfd):
    def fill(number, sound):
        if number == 3:
            raise ValueError("no such string")
        count_up(number, sound)

    with pytest.raises(ValueError, match="no such string"):
        filled_side_by_side(fill, [4] * 5, finished=lambda _: None, stop=None)

    assert capfd.readouterr().err == ""


def test_stopping_ends_the_children():
    stop = StopFlag()
    parent = os.getpid()

    def fill(_number, sound):
        if os.getpid() != parent:
            while True:  # a child that never ends by itself
                sound += 1.0
        stop.set()

    with pytest.raises(Stopped):
        filled_side_by_side(fill, [2, 2], finished=lambda _: None, stop=stop)


def test_a_child_says_nothing_about_ctrl_c(capfd):
    parent = os.getpid()

    def fill(number, sound):
        if os.getpid() != parent:
            signal.raise_signal(signal.SIGINT)
        count_up(number, sound)

    sounds = filled_side_by_side(fill, [4] * 6, finished=lambda _: None, stop=None)

    assert [float(sound[0, 0]) for sound in sounds] == [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]
    assert capfd.readouterr().err == ""


def test_without_a_process_to_be_had_the_parent_does_it_all(monkeypatch):
    def no_more():
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(os, "fork", no_more)

    sounds = filled_side_by_side(count_up, [4] * 3, finished=lambda _: None, stop=None)

    assert [float(sound[0, 0]) for sound in sounds] == [1.0, 2.0, 3.0]


def test_a_toolkit_with_threads_is_never_forked(monkeypatch):
    monkeypatch.setitem(sys.modules, "PySide6", object())

    assert not can_fork()


def test_the_sound_does_not_depend_on_the_processes():
    rng = np.random.default_rng(3)
    parts = [rng.standard_normal((100, 2)).astype(np.float32) for _ in range(4)]

    def fill(number, sound):
        sound[:] = parts[number]

    sounds = filled_side_by_side(fill, [100] * 4, finished=lambda _: None, stop=None)

    for part, sound in zip(parts, sounds, strict=True):
        np.testing.assert_array_equal(part, sound)
