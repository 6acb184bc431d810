"""How many of torch's threads work is done with."""

import threading

import pytest
import torch

from musicgen_desktop.generation.musicgen.runtime import threads
from musicgen_desktop.generation.musicgen.runtime.threads import (
    quickest_threads,
    torch_threads,
    use_all_threads,
)


@pytest.fixture(autouse=True)
def four(monkeypatch):
    """A machine on which torch has four."""
    monkeypatch.setattr(threads, "_ALL", 4)
    before = torch.get_num_threads()
    torch.set_num_threads(4)
    yield
    torch.set_num_threads(before)


def on_another_thread(work):
    found = []
    thread = threading.Thread(target=lambda: found.append(work()))
    thread.start()
    thread.join()
    return found[0]


def test_short_work_leaves_the_number_as_it_was():
    with torch_threads(1):
        assert torch.get_num_threads() == 1

    assert torch.get_num_threads() == 4


def test_a_thread_that_begins_beside_short_work_uses_all():
    def begin():
        use_all_threads()
        return torch.get_num_threads()

    with torch_threads(1):
        assert on_another_thread(begin) == 4
        assert torch.get_num_threads() == 1


@pytest.mark.parametrize("quickest", [1, 2, 4])
def test_the_number_is_measured(monkeypatch, quickest):
    now = [0.0]
    monkeypatch.setattr(threads.time, "perf_counter", lambda: now[0])

    def work():
        now[0] += 1.0 if torch.get_num_threads() == quickest else 2.0

    assert quickest_threads(work) == quickest
