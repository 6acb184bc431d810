"""What the command line means, and the one command on a bare copy of the checkout."""

import shutil
import subprocess
import sys
from pathlib import Path

import bootstrap
import pytest
from environment import Environment

ROOT = Path(__file__).resolve().parents[2]


def test_run_alone_takes_no_torch_and_no_test_tools():
    job = bootstrap.parse(["run"])

    assert job.groups == ("base",)
    assert job.prompt == bootstrap.DEFAULT_PROMPT


def test_neural_is_asked_for_by_name():
    job = bootstrap.parse(["run", "slow waltz", "--neural"])

    assert job.groups == ("base", "neural")


def test_test_takes_the_test_tools_and_hands_the_rest_to_pytest():
    job = bootstrap.parse(["test", "-k", "chord", "--maxfail=1", "tests/unit"])

    assert job.groups == ("base", "dev", "neural")
    assert job.rest == ("-k", "chord", "--maxfail=1", "tests/unit")


def test_options_of_compose_go_through():
    job = bootstrap.parse(["run", "house", "--bars", "8", "--seed", "3"])

    assert job.prompt == "house"
    assert job.rest == ("--bars", "8", "--seed", "3")


@pytest.mark.parametrize(
    ("words", "screen", "opened"),
    [([], ":1", True), (["--no-window"], ":1", False), ([], "", False)],
    ids=["with a screen", "not wanted", "without a screen"],
)
def test_the_song_is_shown_where_there_is_a_screen(tmp_path, monkeypatch, words, screen, opened):
    called = []
    monkeypatch.setattr(bootstrap.subprocess, "call", lambda command: called.append(command) or 0)
    monkeypatch.setattr(bootstrap.sys, "platform", "linux")
    monkeypatch.setenv("DISPLAY", screen)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    project = tmp_path / "House.mgproj"
    project.mkdir()
    job = bootstrap.parse(["run", "house", "--out", str(tmp_path), *words])

    bootstrap.compose(Environment(tmp_path), job)

    assert called[0][1:3] == ["compose", "house"]
    assert [command[1:] for command in called[1:]] == ([[str(project)]] if opened else [])


def test_a_song_goes_to_the_folder_that_was_named(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    job = bootstrap.parse(["run", "house", "--out", "mine"])

    assert job.out == tmp_path / "mine"


@pytest.mark.parametrize(
    ("prompt", "name"),
    [
        ("Lo-fi, 82 bpm!", "lo-fi-82-bpm"),
        ("in F# minor", "in-f#-minor"),
        ("Größe / ..", "größe"),
        ("?!", "song"),
        ("word " * 40, "-".join(["word"] * 12)),
    ],
)
def test_a_prompt_becomes_a_folder_name_for_every_file_system(prompt, name):
    assert bootstrap.folder_name(prompt) == name


def test_no_command_is_an_error_with_usage(capsys):
    with pytest.raises(SystemExit) as stopped:
        bootstrap.parse([])

    assert stopped.value.code == 2
    assert "usage: bootstrap.py" in capsys.readouterr().err


@pytest.mark.slow
def test_one_command_on_a_bare_copy_makes_a_song_and_the_second_time_installs_nothing(tmp_path):
    copy = tmp_path / "a folder, größer"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".*", "__pycache__", "songs", "dist", "build"))

    first = run_bootstrap(copy)
    second = run_bootstrap(copy)

    assert first.returncode == 0, first.stdout + first.stderr
    assert "Installing" in first.stdout
    assert "mix.wav" in first.stdout
    assert (copy / "song" / "report.json").exists()
    assert second.returncode == 0, second.stdout + second.stderr
    assert "Installing" not in second.stdout
    assert "mix.wav" in second.stdout


def run_bootstrap(checkout: Path) -> subprocess.CompletedProcess[str]:
    # The Python that made this environment: a newcomer has no other.
    command = [sys._base_executable, "installers/bootstrap.py", "run", "house, 4 bars", "--out", "song"]
    return subprocess.run(
        command, cwd=checkout, capture_output=True, text=True, encoding="utf-8", check=False
    )
