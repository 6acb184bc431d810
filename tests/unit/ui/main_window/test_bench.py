"""The bench's children as the program starts them, over songs so small that they take a moment."""

import json
import os
import subprocess
import sys

import pytest

from musicgen_desktop.session.bench import lay_out_engine
from musicgen_desktop.session.bench._window_songs import write_clips_project, write_notes_project

SIZES = {
    "width": 800,
    "height": 600,
    "tracks": 3,
    "clips": 4,
    "notes": 40,
    "few_notes": 8,
    "frames": 3,
    "seconds": 0.5,
}


def asked(kind, folder="", engines=None):
    surroundings = {
        name: value for name, value in os.environ.items() if name not in ("DISPLAY", "QT_QPA_PLATFORM")
    }
    if engines is not None:
        surroundings["PYTHONPATH"] = os.pathsep.join([str(engines), os.environ.get("PYTHONPATH", "")])
    task = json.dumps({"kind": kind, "sizes": SIZES, "folder": str(folder)})
    done = subprocess.run(
        [sys.executable, "-m", "musicgen_desktop", "window-bench", task],
        stdout=subprocess.PIPE,
        timeout=120,
        check=True,
        env=surroundings,
    )
    (line,) = done.stdout.splitlines()
    return json.loads(line)


def test_a_window_without_a_screen_says_when_it_is_usable_and_has_no_torch():
    answer = asked("start")

    assert answer["platform"] == "offscreen"
    assert answer["usable_at_s"] > 0.0
    assert answer["has_torch"] is False


@pytest.mark.slow
def test_every_panel_is_painted_and_has_its_figures(tmp_path):
    write_clips_project(tmp_path / "clips.mgproj", SIZES["tracks"], SIZES["clips"])
    write_notes_project(tmp_path / "notes.mgproj", SIZES["notes"], SIZES["few_notes"])

    answer = asked("paint", tmp_path)

    assert answer["problem"] == ""
    figures = {row["what"]: row["value"] for row in answer["rows"]}
    for name in (
        "3 tracks × 4 clips: scroll, p95",
        "3 tracks × 4 clips: zoom, p95",
        "mixer, 3 strips: all meters move, p95",
        "piano roll, 40 notes visible: scroll, p95",
        "piano roll, 8 notes visible: scroll, p95",
    ):
        assert figures[name] > 0.0


@pytest.mark.slow
def test_a_prompt_becomes_music_and_the_event_loop_is_watched():
    answer = asked("work")

    assert answer["problem"] == ""
    (first, second, late, most) = (row["value"] for row in answer["rows"])
    assert first > 0.0
    assert second > 0.0
    assert 0.0 <= late <= most


@pytest.mark.slow
def test_the_event_loop_is_watched_while_a_take_of_sound_is_made_by_every_core(tmp_path):
    answer = asked("take", engines=lay_out_engine(tmp_path))

    assert answer["problem"] == ""
    late, most = answer["rows"]
    assert late["limit"] == 16.0
    assert 0.0 <= late["value"] <= most["value"]
