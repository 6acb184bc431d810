"""Memory that is spoken for is not promised twice."""

import pytest

from musicgen_desktop.generation.musicgen.runtime.reserve import Reservations, taken_bytes


class Memory:
    """A device's: so many bytes, of which this process holds some."""

    def __init__(self, size):
        self.size, self.held = size, 0

    def reservations(self):
        return Reservations(lambda _device: self.size - self.held, lambda _device: self.held)


def test_what_is_reserved_is_not_free_until_it_is_given_back():
    memory = Memory(100).reservations()

    with memory.reserved("cpu", 60) as fits, memory.reserved("cpu", 60) as fits_too:
        assert (fits, fits_too) == (True, False)
        assert memory.free("cpu") == 40

    assert memory.free("cpu") == 100


def test_it_is_given_back_when_the_work_fails():
    memory = Memory(100).reservations()

    with pytest.raises(ZeroDivisionError), memory.reserved("cpu", 60):
        raise ZeroDivisionError

    assert memory.free("cpu") == 100


def test_what_a_take_has_come_to_hold_does_not_count_twice():
    machine = Memory(100)
    memory = machine.reservations()

    with memory.reserved("cpu", 60):
        machine.held = 50  # its cache fills up
        assert memory.free("cpu") == 40
        with memory.reserved("cpu", 40) as fits:
            assert fits
        machine.held = 70  # more than it promised: that is not free either
        assert memory.free("cpu") == 30


def test_a_model_that_stays_or_leaves_is_no_part_of_what_a_take_holds():
    machine = Memory(100)
    memory = machine.reservations()

    with memory.reserved("cpu", 30):
        machine.held = 40
        memory.stays("cpu", 40)
        assert memory.free("cpu") == 30
        machine.held = 0
        memory.stays("cpu", -40)
        assert memory.free("cpu") == 70


def test_a_graphics_card_has_memory_of_its_own_and_apples_has_not():
    memory = Memory(100).reservations()

    with memory.reserved("cpu", 60):
        assert (memory.free("cuda"), memory.free("mps")) == (100, 40)


def test_this_process_holds_something():
    assert 0 < taken_bytes() < 2**40
