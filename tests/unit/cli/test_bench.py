import json
import sys

import pytest

from musicgen_desktop.foundation import MusicgenDesktopError, StopFlag
from musicgen_desktop.session.bench import Row, WindowAnswer, WindowSizes, _window


@pytest.fixture
def children(monkeypatch):
    """Children that answer at once, and what they were asked."""
    asked = []

    def ask(task, _folder, _stop, *, engines=None):
        assert (engines is not None) == (task.kind == "take")
        asked.append(task)
        rows = (Row(f"{task.kind} figure", 3.0, "ms", 2.0, higher_is_better=False),)
        return WindowAnswer("offscreen", usable_at_s=0.0, rows=() if task.kind == "start" else rows)

    monkeypatch.setattr(_window, "_ask", ask)
    return asked


def test_the_window_has_a_table_with_limits(run, children):
    done = run("bench", "ui", "--seconds", "3")

    assert done.status == 0
    assert "Qt platform “offscreen”" in done.out
    assert "paint figure" in done.out
    assert "(limit ≤ 2: MISSED)" in done.out
    assert {task.sizes.seconds for task in children} == {3.0}


@pytest.mark.usefixtures("children")
def test_the_table_is_one_json_object_too(run):
    done = run("bench", "ui", "--json")

    rows = {row["what"]: row for row in json.loads(done.out)["rows"]}
    assert rows["start-up until the window is usable"]["limit"] == 1.5
    assert rows["torch loaded by then"]["value"] == 0
    assert rows["work figure"]["value"] == 3.0


def test_a_start_that_is_not_counted_comes_before_the_others(children):
    _window.bench_window(sizes=WindowSizes(tracks=1, clips=1, notes=1, few_notes=1, starts=2))

    assert [task.kind for task in children] == ["start", "start", "start", "paint", "work", "take"]


def test_a_child_that_says_nothing_is_told_of_in_a_sentence(monkeypatch):
    monkeypatch.setattr(_window, "own_program", lambda: [sys.executable, "-c", ""])

    with pytest.raises(MusicgenDesktopError, match="could not be measured"):
        _window.bench_window(sizes=WindowSizes(), stop=StopFlag())


@pytest.mark.parametrize(
    ("option", "choices"), [("--size", "small, medium, large"), ("--device", "cpu"), ("--precision", "int8")]
)
def test_a_choice_that_is_none_is_refused_with_those_that_are(run, option, choices):
    done = run("bench", "decode", option, "huge")

    assert done.status == 2
    assert "“huge”" in done.err
    assert choices in done.err
