"""A JACK server, and a player beside it in a process of its own."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.fakes.jack_server import JackRecorder, JackServer, missing_programs

PLAYER = Path(__file__).with_name("player.py")


class Scene:
    """A scene of player.py, played to a recorder."""

    def __init__(self, server, name, expected):
        self._expected = expected
        self._process = subprocess.Popen(
            [sys.executable, str(PLAYER), name, str(expected)],
            env=server.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def answer(self):
        """What it says next."""
        line = self._process.stdout.readline()
        assert line, "the player ended without an answer"
        return json.loads(line)

    def go_on(self):
        self._process.stdin.write("\n")
        self._process.stdin.flush()

    def expected(self):
        """What it meant to be heard; it has ended."""
        assert self._process.wait(120) == 0
        return np.load(self._expected)

    def close(self):
        self._process.kill()
        self._process.wait()
        self._process.stdin.close()
        self._process.stdout.close()


class Stage:
    """Server, recorder and player together."""

    def __init__(self, folder, period, **recorder):
        self._folder = folder
        self._parts = []
        self.server = JackServer(period)
        self.server.start()
        self._recorder_options = recorder
        self.scenes = 0

    def recorder(self, **options):
        self._parts.append(JackRecorder(self.server, **options))
        return self._parts[-1]

    def scene(self, name):
        self.scenes += 1
        scene = Scene(self.server, name, self._folder / f"expected-{self.scenes}.npy")
        self._parts.append(scene)
        return scene

    def play(self, name, **recorder):
        """The whole scene: (its answer, what it meant, what was heard)."""
        ear, scene = self.recorder(**recorder), self.scene(name)
        scene.answer()
        ear.connect()
        scene.go_on()
        answer = scene.answer()
        expected = scene.expected()
        return answer, expected, ear.take(self._folder / "heard.npy")

    def close(self):
        for part in reversed(self._parts):
            part.close()
        self.server.stop()


@pytest.fixture
def a_scene(tmp_path):
    """Begins a scene of player.py beside any server."""
    scenes = []

    def begin(server, name):
        scenes.append(Scene(server, name, tmp_path / f"expected-{name}.npy"))
        return scenes[-1]

    yield begin
    for each in scenes:
        each.close()


@pytest.fixture
def stage(tmp_path):
    """Opens a stage at this period, in frames."""
    missing = missing_programs()
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)} (apt install jackd2)")
    stages = []

    def open_stage(period):
        stages.append(Stage(tmp_path, period))
        return stages[-1]

    yield open_stage
    for each in stages:
        each.close()
