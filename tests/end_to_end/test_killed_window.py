"""A window that is killed in the middle of edits: what is lost, what is asked, and what opens then."""

import faulthandler
import os
import random
import time

import numpy as np
import psutil
import pytest

from musicgen_desktop.media import write_wav
from musicgen_desktop.storage import open_project
from tests.fakes.driven_window import DrivenWindow

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL on Windows"),
]

KILLS = 25
EVERY_MS = 20
MOST_EDITS, MANY_EDITS = 24, 80  # many take longer than what may be lost
MOST_LOST_S = 1.0
EDITS = 5


@pytest.fixture
def song(command, tmp_path):
    """A composed project with a recording in it, so high up that it is seen."""
    words = ("house, 124 bpm, 4 bars", "--stems", "drums", "--out", tmp_path / "song")
    told = command("compose", *words, "--json").told
    noise = np.random.default_rng(7).uniform(-0.1, 0.1, (48_000, 2)).astype(np.float32)
    write_wav(tmp_path / "noise.wav", noise, 48_000, 16)
    folder = tmp_path / "song" / told["project"]
    command("import", tmp_path / "noise.wav", "--project", folder)
    return folder


@pytest.fixture
def show(tmp_path):
    """Starts windows of one user; whatever is left of them in the end is ended."""
    started = []

    def start(project=None, *, waits=True):
        window = DrivenWindow(tmp_path / "home", project)
        started.append(window)
        return window.begun() if waits else window

    yield start
    for window in started:
        window.abandon()


def is_song(folder):
    return lambda state: state["folder"] == str(folder)


def open_marks(tmp_path):
    return list((tmp_path / "home" / "data" / "open").glob("*.json"))


def kill_while_it_opens(window, tmp_path):
    """As soon as the window has set its mark, it is gone; so is whatever it had started."""
    until = time.monotonic() + 60
    before = {path.name for path in open_marks(tmp_path)}
    while not {path.name for path in open_marks(tmp_path)} - before:
        assert time.monotonic() < until
        time.sleep(0.002)
    window.kill()


def edit_until(window, count):
    """Edits go on; so many have been told, however slow the machine is."""
    window.send("edit", EVERY_MS)
    until = time.monotonic() + 60
    while len(window.told_edits) < count:
        assert time.monotonic() < until
        time.sleep(0.002)


@pytest.mark.timeout(1200)  # 26 starts of the window
def test_many_kills_lose_no_more_than_a_second_and_ask_once_each(song, show):
    faulthandler.cancel_dump_traceback_later()  # which would end the whole run before that
    dice = random.Random(50)
    saved = (song / "project.json").read_bytes()
    window = show(song)
    number, lost_s = 0, []
    for kill in range(KILLS):
        edit_until(window, dice.randint(0, MOST_EDITS) if kill % 10 else MANY_EDITS)
        time.sleep(dice.uniform(0, EVERY_MS / 1000))
        killed_at, children = window.kill()
        told = window.told_edits

        window = show()
        state = window.ask("state")
        assert state["questions"] == [str(song)]
        assert window.ask("click", "Recover", "Open", "Open safely")
        state = window.wait_for(is_song(song))

        recovered = state["number"]
        lost_s.append(max((killed_at - moment for each, moment in told if each > recovered), default=0.0))
        assert lost_s[-1] <= MOST_LOST_S
        assert number <= recovered <= (told[-1][0] + 1 if told else number + 1)
        assert state["questions"] == []
        _gone, alive = psutil.wait_procs(children, timeout=60)
        assert not alive, "what a window started ends with it"
        number = recovered
    assert window.end() == 0

    assert number > KILLS
    assert (song / "project.json.bak").exists(), "closed as it should be, it was saved"
    assert open_project(song).recovered_edits == 0
    assert show().ask("state")["questions"] == [], "nobody asks after an end as it should be"
    assert saved == (song / "project.json.bak").read_bytes(), "no kill ever touched what was saved"
    print(f"{number} edits, {KILLS} kills: at most {1000 * max(lost_s):.0f} ms of edits were lost")  # noqa: T201


def test_a_question_that_nobody_answered_is_asked_again_and_an_answer_is_the_last_word(song, show):
    window = show(song)
    edit_until(window, 2 * EDITS)
    window.kill()

    asking = show()
    assert asking.ask("state")["questions"] == [str(song)]
    asking.kill()
    asking = show()
    assert asking.ask("state")["questions"] == [str(song)], "once, and not about the empty new project too"
    assert asking.ask("click", "Not now") == "Not now"
    asking.wait_for(lambda state: not state["questions"])
    asking.kill()

    after = show()
    assert after.ask("state")["questions"] == []
    assert after.end() == 0
    assert open_project(song).recovered_edits >= EDITS, "the edits are still there"


def test_a_crash_while_opening_is_followed_by_a_safe_start_and_no_loop(song, show, tmp_path):
    for _ in range(2):
        kill_while_it_opens(show(song, waits=False), tmp_path)
        assert len(open_marks(tmp_path)) == 1
        assert open_project(song).project.tracks, "a kill does not hurt the project"

    safe = show(song)
    state = safe.ask("state")
    assert state["is_safe"]
    assert "without playback and waveforms" in state["notice"]
    assert state["playback"] is None
    assert not [child for child in safe.children() if "playback-process" in child.cmdline()]
    assert not (song / "cache").exists(), "no sound file was read"
    assert state["questions"] == []
    assert safe.ask("click", "Start playback")
    safe.wait_for(lambda state: state["playback"] is not None)
    assert safe.end() == 0

    usual = show(song)
    state = usual.wait_for(lambda _state: (song / "cache").exists())
    assert not state["is_safe"]
    assert state["playback"] is not None
    assert state["notice"] == ""
    assert usual.end() == 0


def test_the_start_page_offers_to_open_safely_what_crashed_while_it_was_opened(song, show, tmp_path):
    kill_while_it_opens(show(song, waits=False), tmp_path)

    window = show()
    state = window.ask("state")
    assert state["questions"] == [str(song)]
    assert state["playback"] is not None
    assert window.ask("click", "Open safely")
    state = window.wait_for(is_song(song))

    assert state["is_safe"]
    assert state["playback"] is None, "the playback process of the window was ended for it"
    assert "without playback and waveforms" in state["notice"]
    assert state["questions"] == []
    assert not (song / "cache").exists()
    assert window.end() == 0
