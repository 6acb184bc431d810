"""The program as a user starts it: a window, a prompt, music, and an end without anything left over."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from musicgen_desktop.playback.board import Board
from musicgen_desktop.storage import open_project
from tests.fakes.driven_window import REPOSITORY
from tests.fakes.screen import has_screen, screen

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not has_screen(), reason="needs Xvfb, openbox, xdotool and wmctrl"),
]

PROMPT = "dusty lo-fi, 82 bpm, F minor, 8 bars"
WAIT_S = 60


@pytest.fixture(scope="module")
def shown():
    with screen() as opened:
        yield opened


@pytest.fixture
def start(shown, tmp_path):
    """Starts the program; gives its process and its window."""
    started = []

    def begin(*words):
        own = {"MUSICGEN_DESKTOP_HOME": str(tmp_path), "PYTHONPATH": str(REPOSITORY)}
        process = subprocess.Popen(
            # What runs these tests may have Ctrl-C ignored, which is inherited.
            ["env", "--default-signal=INT", sys.executable, "-m", "musicgen_desktop", *map(str, words)],
            env=shown.environment | own,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process, shown.wait_for_window("– MusicGen Desktop")

    yield begin
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate(timeout=WAIT_S)


def children_of(process):
    return psutil.Process(process.pid).children(recursive=True)


def board_of(process):
    """What the playback process of the window shows of itself."""
    for child in children_of(process):
        words = child.cmdline()
        if "playback-process" in words:
            return Board.open(Path(words[-1]) / "board")
    return None


def loaded_libraries(process):
    maps = Path(f"/proc/{process.pid}/maps")
    return maps.read_text("utf-8") if maps.exists() else ""


def close(shown, window):
    subprocess.run(["wmctrl", "-i", "-c", window], env=shown.environment, check=True, timeout=WAIT_S)


def ended(process, children):
    """The exit status; whatever the program had started ends with it."""
    _out, errors = process.communicate(timeout=WAIT_S)
    assert errors == ""
    _gone, alive = psutil.wait_procs(children, timeout=60)
    assert not alive
    return process.returncode


def test_a_prompt_becomes_music_and_the_end_leaves_nothing_over(shown, start, tmp_path):
    began = time.monotonic()
    process, window = start()
    shown_after_s = time.monotonic() - began
    assert shown.windows()[window] == "Untitled 1 – MusicGen Desktop"
    board = shown.wait_for(lambda: board_of(process), WAIT_S)
    shown.wait_for(lambda: board.read().rate > 0, WAIT_S)

    shown.do("windowactivate", "--sync", window)
    shown.do("type", "--delay", 5, PROMPT)
    began = time.monotonic()
    shown.do("key", "Return")
    shown.wait_for(lambda: board.read().state == "playing" and board.read().place > 0, WAIT_S)
    plays_after_s = time.monotonic() - began
    folder = tmp_path / "data" / "projects" / "Untitled 1.mgproj"
    song = open_project(folder).project
    assert len(song.tracks) > 3
    assert (song.tempo_map.bpm_at(0), song.meter_map.bar_of(song.length_ticks - 1)) == (82.0, 8)
    assert shown.wait_for(lambda: board.read().levels.max(initial=0.0) > 0.01), "there is sound in it"
    assert "torch" not in loaded_libraries(process)
    children = children_of(process)

    shown.do("key", "space")
    shown.wait_for(lambda: board.read().state == "stopped")
    board.close()

    close(shown, window)
    question = shown.wait_for_window("Keep this song?")
    shown.do("windowactivate", "--sync", question)
    shown.do("key", "Tab")
    shown.do("key", "Return")  # “Keep as it is”
    assert ended(process, children) == 0
    assert len(open_project(folder, with_journal=False).project.tracks) == len(song.tracks)
    print(f"window after {shown_after_s:.2f} s, plays {plays_after_s:.2f} s after Return")  # noqa: T201


def test_an_empty_window_is_closed_without_a_question_and_leaves_no_project(shown, start, tmp_path):
    process, window = start()
    shown.wait_for(lambda: board_of(process), WAIT_S)
    children = children_of(process)

    close(shown, window)

    assert ended(process, children) == 0
    assert list((tmp_path / "data" / "projects").iterdir()) == []
    assert list((tmp_path / "data" / "open").iterdir()) == []


def test_ctrl_c_closes_the_window_and_all_that_it_started(start, shown, tmp_path):
    process, _window = start()
    shown.wait_for(lambda: board_of(process), WAIT_S)
    children = children_of(process)

    process.send_signal(signal.SIGINT)

    assert ended(process, children) == 0
    assert list((tmp_path / "data" / "open").iterdir()) == []


def test_a_project_on_the_command_line_is_opened(shown, start, command, tmp_path):
    told = command("compose", "house, 124 bpm, 4 bars", "--out", tmp_path / "song", "--json").told
    folder = tmp_path / "song" / told["project"]

    process, window = start(folder)

    assert shown.windows()[window] == f"{folder.stem} – MusicGen Desktop"
    board = shown.wait_for(lambda: board_of(process), WAIT_S)
    shown.wait_for(lambda: board.read().rate > 0, WAIT_S)
    shown.do("windowactivate", "--sync", window)
    shown.do("key", "space")
    shown.wait_for(lambda: board.read().state == "playing" and board.read().place > 0, WAIT_S)
    board.close()
    children = children_of(process)
    close(shown, window)
    assert ended(process, children) == 0


def test_without_a_screen_one_sentence_says_what_works_all_the_same(tmp_path):
    blind = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    own = {"MUSICGEN_DESKTOP_HOME": str(tmp_path), "PYTHONPATH": str(REPOSITORY)}

    done = subprocess.run(
        [sys.executable, "-m", "musicgen_desktop"],
        env=blind | own,
        capture_output=True,
        text=True,
        check=False,
        timeout=WAIT_S,
    )

    assert done.returncode == 1
    assert done.stderr.startswith("There is no screen here")
    assert len(done.stderr.splitlines()) == 1
