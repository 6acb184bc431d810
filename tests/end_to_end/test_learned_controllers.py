"""A MIDI controller in another process is learned by the window, and moves the song."""

import subprocess
import sys
from pathlib import Path

import pytest

from musicgen_desktop.document import MidiController, Project, Track
from musicgen_desktop.session.controllers.playing import OpenSpeaker, SpeakerSettings
from musicgen_desktop.session.store import ProjectStore
from musicgen_desktop.ui.bridges import Actions, LearnBridge, LearnTarget, PlayerBridge, ProjectBridge, Status
from tests.fakes.jack_server import JackServer, missing_programs

pytestmark = pytest.mark.slow

CONTROLLER = Path(__file__).parents[1] / "fakes" / "jack_controller.py"
WAIT_MS = 20_000


class Controller:
    """Sends what it is told, in a process of its own."""

    def __init__(self, server):
        self._process = subprocess.Popen(
            [sys.executable, str(CONTROLLER), "knobs"],
            env=server.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout.readline() == "ready\n"

    def send(self, *messages):
        self._process.stdin.write(" ".join(bytes(each).hex() for each in messages) + "\n")
        self._process.stdin.flush()
        return float(self._process.stdout.readline())

    def close(self):
        self._process.stdin.close()
        self._process.wait(20)
        self._process.stdout.close()


@pytest.fixture
def server():
    missing = missing_programs()
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)} (apt install jackd2)")
    pytest.importorskip("rtmidi", reason="python-rtmidi is not installed")
    pytest.importorskip("jack", reason="JACK-Client is not installed")
    with JackServer(256) as started:
        yield started


def test_a_controller_of_another_program_is_learned_and_moves_a_fader(qtbot, server, monkeypatch):
    for name in ("JACK_DEFAULT_SERVER", "JACK_NO_START_SERVER"):
        monkeypatch.setenv(name, server.environment[name])
    project = ProjectBridge(ProjectStore(Project.new("Song").with_track(Track("keys", "Keys", "notes"))))
    player, actions = PlayerBridge(project), Actions()
    done = []
    actions.add("transport.play", "Transport", "Play", lambda: done.append("play"))
    learning = LearnBridge(project, player, actions, Status())
    controller = Controller(server)
    try:
        player.open(OpenSpeaker(SpeakerSettings(device="silent", rate=48_000)))
        learning.learn(LearnTarget("keys", "gain_db"))
        qtbot.waitUntil(lambda: bool(learning.inputs), timeout=WAIT_MS)
        heard = learning.inputs
        controller.send((0xB0, 7, 90))
        qtbot.waitUntil(lambda: learning.target is None, timeout=WAIT_MS)
        learning.learn(LearnTarget(action="transport.play"))
        controller.send((0x99, 36, 100), (0x89, 36, 0))
        qtbot.waitUntil(lambda: learning.target is None, timeout=WAIT_MS)

        controller.send(*((0xB0, 7, value) for value in range(90, 128)), (0x99, 36, 100))
        qtbot.waitUntil(
            lambda: done == ["play"] and project.project.track("keys").gain_db == 6.0, timeout=WAIT_MS
        )
    finally:
        controller.close()
        player.close()
        project.store.close()

    assert heard == ("knobs:out",)
    assert learning.controller_of(LearnTarget("keys", "gain_db")) == MidiController(0, 7)
    assert learning.actions == {"transport.play": "note 36 channel 10"}
    project.undo()
    assert project.project.track("keys").gain_db == 0.0
