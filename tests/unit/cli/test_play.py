"""`play`, `record` and `devices`: what they say, and how they end. No sound card is needed."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from musicgen_desktop.playback.board import Board
from musicgen_desktop.session.controllers.playing import Player
from musicgen_desktop.storage import open_project

NOTHING_TO_PLAY_ON = {"JACK_NO_START_SERVER": "1", "JACK_DEFAULT_SERVER": "no such server"}


@pytest.fixture(autouse=True)
def _no_sound_server(monkeypatch):
    for name, value in NOTHING_TO_PLAY_ON.items():
        monkeypatch.setenv(name, value)


def test_play_ends_with_the_bars_that_were_asked_for(run, project_folder, monkeypatch):
    play, asked = Player.play, []

    def listen(player, tick, **end):
        asked.append((tick, end))
        play(player, tick, **end)

    monkeypatch.setattr(Player, "play", listen)

    ran = run("play", project_folder, "--from-bar", 2, "--to-bar", 2, "--device", "silent", "--json")

    told = json.loads(ran.out)
    assert (ran.status, ran.err) == (0, "")
    assert told["first_bar"] == 2
    assert asked == [(3_840, {"until_end": False, "until_tick": 7_680})]
    assert "without sound" in told["notes"][0]


def test_play_leaves_the_project_as_it_was(run, project_folder):
    before = (project_folder / "project.json").read_bytes()

    run("play", project_folder, "--from-bar", 2, "--device", "silent")

    assert (project_folder / "project.json").read_bytes() == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--from-bar", 3), "The song has 2 bars, so bar 3 is behind its end"),
        (("--from-bar", 2, "--to-bar", 1), "The last bar, 1, lies before the first, 2"),
        (("--device", "no such card"), "There is no sound device “no such card”"),
        (("--host-api", "no such way"), "through no such way"),
        (("--solo", "tuba"), "There is no track “tuba”"),
        (("--rate", 7), "rate"),
        (("--buffer", 3), "buffer"),
        (("--look-ahead", 5), "look-ahead"),
    ],
)
def test_play_says_what_cannot_be(run, project_folder, words, said):
    ran = run("play", project_folder, *words)

    assert ran.status in (1, 2)
    assert said in ran.err
    assert ran.err.count("\n") == 1
    assert ran.out == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "--track"),
        (("--recover", "--discard"), "either --recover or --discard"),
        (("--track", "Bass"), "plays no audio"),
        (("--track", "New", "--input", "one"), "Inputs are written as"),
        (("--track", "New", "--input", "0"), "counted from 1"),
        (("--track", "New", "--input", "1,2,3"), "one input (mono) or two"),
        (("--track", "New", "--from-bar", 4, "--to-bar", 3), "does not come before"),
        (("--track", "New", "--device", "silent"), "no sound device to record from"),
    ],
)
def test_record_says_what_cannot_be_and_changes_nothing(run, project_folder, words, said):
    before = open_project(project_folder).project

    ran = run("record", project_folder, *words)

    assert ran.status in (1, 2)
    assert said in ran.err
    assert open_project(project_folder).project == before


@pytest.mark.parametrize("word", ["--recover", "--discard"])
def test_nothing_was_cut_off_in_a_new_project(run, project_folder, word):
    ran = run("record", project_folder, word)

    assert (ran.status, ran.out, ran.err) == (0, "No recording was cut off.\n", "")


def test_devices_lists_what_there_is_also_when_that_is_nothing(run):
    ran = run("devices", "--json")

    told = json.loads(ran.out)
    assert (ran.status, ran.err) == (0, "")
    assert {"devices", "host_apis", "midi_inputs"} <= set(told)


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is another thing there")
def test_ctrl_c_ends_a_loop_at_once_and_well(project_folder):
    words = ["play", str(project_folder), "--loop", "--device", "silent", "--json"]
    process = subprocess.Popen(
        [sys.executable, "-m", "musicgen_desktop", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    give_up = time.monotonic() + 60
    while not _plays(process.pid):
        assert process.poll() is None
        assert time.monotonic() < give_up

    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: the children get it too
    out, err = process.communicate(timeout=30)

    assert (process.returncode, err) == (0, "")
    assert json.loads(out)["rate"] == 48_000


def _plays(pid):
    """Whether the playback process of this one shows that it plays."""
    with suppress(psutil.Error):  # one may end meanwhile
        for child in psutil.Process(pid).children(recursive=True):
            words = child.cmdline()
            if "playback-process" in words:
                board = Board.open(Path(words[-1]) / "board")
                state = board.read().state
                board.close()
                return state == "playing"
    return False
