"""When a `.venv/` is ready, and how a broken one is made whole."""

import os
import sys
from pathlib import Path

import environment
import pytest
from environment import Environment, SetupError
from prepare import prepare


@pytest.fixture
def checkout(tmp_path):
    """A folder with the files that decide what is installed."""
    for name in environment.INPUTS:
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"# {name}\n", "utf-8")
    return tmp_path


@pytest.fixture
def ready(checkout):
    """An environment that says that everything is installed."""
    made = Environment(checkout)
    made.python.parent.mkdir(parents=True)
    made.python.touch()
    environment.write_stamp(made, ["base", "dev"])
    return made


@pytest.mark.parametrize(
    ("windows", "path"), [(False, "bin/musicgen-desktop"), (True, "Scripts/musicgen-desktop.exe")]
)
def test_programs_lie_where_the_system_keeps_them(windows, path):
    assert environment.script_in(Path(".venv"), "musicgen-desktop", windows=windows) == Path(".venv", path)


def test_a_stamped_environment_needs_nothing(ready):
    assert environment.installed_groups(ready) == {"base", "dev"}
    assert prepare(ready.root, ["base"]) == ready


@pytest.mark.parametrize("name", environment.INPUTS)
def test_a_changed_input_makes_it_look_again(ready, name):
    (ready.root / name).write_text("# changed\n", "utf-8")

    assert environment.installed_groups(ready) == frozenset()


def test_a_changed_source_of_the_cpp_part_makes_it_look_again(ready):
    (ready.root / "native" / "step.cpp").write_text("// changed", "utf-8")

    assert environment.installed_groups(ready) == frozenset()


def test_a_compiler_that_was_installed_since_makes_it_look_again(ready, monkeypatch):
    monkeypatch.setattr(environment, "has_compiler", lambda: "another answer")

    assert environment.installed_groups(ready) == frozenset()


def test_a_moved_checkout_is_set_up_again(ready, tmp_path_factory):
    moved = tmp_path_factory.mktemp("elsewhere") / "checkout"
    ready.root.rename(moved)

    assert environment.installed_groups(Environment(moved)) == frozenset()


def test_another_python_is_set_up_again(ready, monkeypatch):
    monkeypatch.setattr(sys, "version", "3.99.0 (a newer one)")

    assert environment.installed_groups(ready) == frozenset()


def test_an_installation_that_was_cut_short_is_not_ready(ready):
    ready.unfinished.touch()

    assert environment.installed_groups(ready) == frozenset()


@pytest.mark.parametrize("stamp", ["", "[]", '{"groups": ["base"]}', '{"fingerprint": 1, "groups": 2}'])
def test_a_damaged_stamp_is_no_stamp(ready, stamp):
    ready.stamp.write_text(stamp, "utf-8")

    assert environment.installed_groups(ready) == frozenset()


def test_a_missing_interpreter_is_not_ready(ready):
    ready.python.unlink()

    assert environment.installed_groups(ready) == frozenset()


def test_a_new_environment_works(tmp_path):
    made = Environment(tmp_path / "a folder, größer")

    environment.make(made)

    assert environment.works(made)


def test_a_half_made_environment_is_made_again(tmp_path):
    broken = Environment(tmp_path)
    broken.python.parent.mkdir(parents=True)
    broken.python.write_text("no program", "utf-8")
    broken.python.chmod(0o755)

    assert not environment.works(broken)
    environment.make(broken)

    assert environment.works(broken)


def test_an_environment_left_in_the_middle_of_an_installation_does_not_count_as_working(tmp_path):
    made = Environment(tmp_path)
    environment.make(made)
    made.unfinished.touch()

    assert not environment.works(made)


@pytest.mark.skipif(
    os.name == "nt", reason="a file's place cannot be a folder's on POSIX; Windows words it otherwise"
)
def test_a_place_that_takes_no_folder_is_told_in_a_sentence(tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(SetupError, match="cannot be made"):
        environment.make(Environment(tmp_path / "file"))
