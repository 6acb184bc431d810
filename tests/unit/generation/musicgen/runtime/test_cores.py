"""How many threads step: one for each core that the process may keep busy."""

import pytest

from musicgen_desktop.generation.musicgen.runtime import _cores
from musicgen_desktop.generation.musicgen.runtime._cores import usable_cores


@pytest.fixture
def machine(tmp_path):
    """Four cores of two logical processors each: 0 and 4, 1 and 5, …"""
    for processor in range(8):
        folder = tmp_path / f"cpu{processor}" / "topology"
        folder.mkdir(parents=True)
        (folder / "thread_siblings_list").write_text(f"{processor % 4},{processor % 4 + 4}\n", "ascii")
    return tmp_path


@pytest.mark.parametrize(("allowed", "cores"), [(set(range(8)), 4), ({0, 4}, 1), ({0, 1, 5}, 2), ({3, 9}, 2)])
def test_two_logical_processors_of_one_core_count_once(machine, monkeypatch, allowed, cores):
    monkeypatch.setattr(_cores, "_confined_to", lambda: allowed)

    assert usable_cores(machine, machine / "no quota") == cores


@pytest.mark.parametrize(
    ("quota", "cores"),
    [("200000 100000", 2), ("50000 100000", 1), ("max 100000", 4), ("900000 100000", 4), ("?", 4)],
)
def test_a_containers_share_of_time_bounds_it(machine, monkeypatch, quota, cores):
    monkeypatch.setattr(_cores, "_confined_to", lambda: set(range(8)))
    (machine / "cpu.max").write_text(quota, "ascii")

    assert usable_cores(machine, machine / "cpu.max") == cores


@pytest.mark.parametrize(("physical", "cores"), [(6, 6), (None, 8)])
def test_a_system_that_does_not_confine_tells_its_cores(monkeypatch, physical, cores):
    monkeypatch.setattr(_cores, "_confined_to", lambda: None)
    monkeypatch.setattr(_cores.psutil, "cpu_count", lambda *, logical: 8 if logical else physical)
    monkeypatch.setattr(_cores.os, "cpu_count", lambda: 8)

    assert usable_cores() == cores
