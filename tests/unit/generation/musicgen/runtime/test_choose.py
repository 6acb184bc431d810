# ruff: noqa: ARG001, ARG002 - the port has these arguments
import numpy as np
import pytest

from musicgen_desktop.foundation import user_cache_folder
from musicgen_desktop.generation.musicgen.runtime import choose, measured
from musicgen_desktop.generation.musicgen.runtime._mps import DeviceDisagreesError
from musicgen_desktop.generation.musicgen.runtime.choose import (
    PathChoice,
    is_measured,
    path_choices,
    quickest_first,
)
from musicgen_desktop.generation.musicgen.runtime.memory import free_bytes, is_out_of_memory
from tests.fakes.tiny_decoder import tiny_shape

SHAPE = tiny_shape("small")


def fastest(shape, paths, **more):
    return quickest_first(shape, paths, **more)[0]


class Clock:
    now = 0.0


class Path:
    """Its steps take as long as they are told to, by a clock that is only looked at."""

    def __init__(self, clock, seconds):
        self.clock, self.seconds, self.released = clock, seconds, False

    def open(self, _conditioning, _sampling, _positions):
        return 1

    def step(self, sequences, tokens):
        self.clock.now += self.seconds
        return np.zeros_like(tokens)

    def release(self):
        self.released = True


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(choose.time, "perf_counter", lambda: clock.now)
    return clock


def choices(clock, made, **seconds):
    def make(name):
        def path(_shape, _tensors, *, mapped):
            made.append(Path(clock, seconds[name]))
            return made[-1]

        return path

    return [PathChoice(name, "int8", make(name)) for name in seconds]


def test_the_fastest_is_chosen_and_every_measured_path_gives_its_memory_back(clock):
    made = []

    assert fastest(SHAPE, choices(clock, made, slow=0.3, quick=0.1, slower=0.5)).name == "quick"
    assert len(made) == 3
    assert all(path.released for path in made)


def test_a_path_is_measured_once_a_machine(clock):
    made = []
    fastest(SHAPE, choices(clock, made, a=0.2, b=0.1))

    again = fastest(SHAPE, choices(clock, made, a=0.2, b=0.1, c=0.05))

    assert again.name == "c"
    assert len(made) == 3  # only the new one


def test_all_are_put_in_the_order_of_their_speed(clock):
    order = quickest_first(SHAPE, choices(clock, [], slow=0.3, quick=0.1, slower=0.5))
    assert [one.name for one in order] == ["quick", "slow", "slower"]


def test_of_those_that_are_nearly_even_the_first_is_taken_so_that_each_start_decides_alike(clock):
    order = quickest_first(SHAPE, choices(clock, [], usual=1.0, hardly=0.95, quick=0.9, slow=2.0))
    assert [one.name for one in order] == ["hardly", "quick", "usual", "slow"]

    order = quickest_first(SHAPE, choices(clock, [], usual=1.0, hardly=0.95, slow=2.0))
    assert [one.name for one in order] == ["usual", "hardly", "slow"]


@pytest.mark.parametrize("quiet", [[False], [True, False]])  # before it, and while it was measured
def test_what_was_measured_beside_others_is_not_remembered(clock, quiet):
    made, answers = [], list(quiet)
    several = choices(clock, made, a=0.2, b=0.1)

    assert fastest(SHAPE, several, is_quiet=lambda: answers.pop(0)).name == "b"
    assert not any(is_measured(SHAPE, one) for one in several)

    fastest(SHAPE, several)
    assert len(made) == 4
    assert all(is_measured(SHAPE, one) for one in several)


@pytest.mark.parametrize("changed", ["native_build", "version"])
def test_another_build_is_measured_anew(clock, monkeypatch, changed):
    made = []
    fastest(SHAPE, choices(clock, made, a=0.2, b=0.1))
    monkeypatch.setattr(measured, changed, lambda *_: "another one")

    fastest(SHAPE, choices(clock, made, a=0.2, b=0.1))

    assert len(made) == 4


def test_a_path_that_has_no_room_is_left_out_and_measured_when_there_is(clock):
    def full(_shape, _tensors, *, mapped):
        raise MemoryError

    made = []
    others = choices(clock, made, slow=9.0, slower=10.0)

    assert [one.name for one in quickest_first(SHAPE, [PathChoice("gpu", "bf16", full), *others])] == [
        "slow",
        "slower",
    ]
    assert fastest(SHAPE, [*choices(clock, made, gpu=0.1), *others]).name == "gpu"


def test_a_damaged_memory_of_it_is_measured_anew(clock):
    made = []
    fastest(SHAPE, choices(clock, made, a=0.2, b=0.1))
    (user_cache_folder() / "decode-paths.json").write_bytes(b"{")

    assert fastest(SHAPE, choices(clock, made, a=0.2, b=0.1)).name == "b"
    assert len(made) == 4


def test_a_single_choice_is_not_measured(clock):
    made = []

    assert fastest(SHAPE, choices(clock, made, only=0.2)).name == "only"
    assert not made


@pytest.mark.parametrize("kind", ["small", "melody", "stereo"])
def test_every_path_of_this_machine_can_be_measured(kind):
    assert fastest(tiny_shape(kind), path_choices()) is not None


def test_errors_of_memory_are_known_by_their_words():
    assert is_out_of_memory(MemoryError())
    assert is_out_of_memory(RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried 9 bytes"))
    assert not is_out_of_memory(RuntimeError("shapes do not match"))
    assert not is_out_of_memory(ValueError("not enough memory"))


def test_some_memory_is_free():
    assert 0 < free_bytes() < 2**50


def test_a_device_that_computes_something_else_is_never_chosen(clock):
    def disagreeing(_shape, _tensors, *, mapped):
        raise DeviceDisagreesError("mps")

    made = []
    others = choices(clock, made, slow=9.0)

    for _ in range(2):  # what was measured is remembered all the same
        assert fastest(SHAPE, [PathChoice("mps", "bf16", disagreeing, "mps"), *others]).name == "slow"
        assert len(made) == 1
