# ruff: noqa: T201 - it prints its figures
"""How long does a MIDI controller take to move the song? A JACK client that is not ours turns a knob.

    python -m tests.measure.measure_controllers               500 moves, 60 a second, while the song plays
    python -m tests.measure.measure_controllers --moves 5000

The time is from the period in which the other program sends until the project has changed; a frame of
a screen is 16.7 ms. Needs jackd2. It measures; `tests/end_to_end` tests.
"""

import argparse
import os
import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtWidgets import QApplication

from musicgen_desktop.document import Project, Track
from musicgen_desktop.foundation import machine_text
from musicgen_desktop.session.commands import learn_controller
from musicgen_desktop.session.controllers.learning import read_controller
from musicgen_desktop.session.controllers.playing import OpenSpeaker, SpeakerSettings
from musicgen_desktop.session.store import ProjectStore
from musicgen_desktop.ui.bridges import Actions, LearnBridge, PlayerBridge, ProjectBridge, Status
from tests.end_to_end.test_learned_controllers import Controller
from tests.fakes.jack_server import JackServer

_RATE_HZ = 60.0


def measure(moves: int) -> None:
    """Print how long moves took."""
    application = QApplication([])
    project = Project.new("Song").with_track(Track("keys", "Keys", "notes"))
    bridge = ProjectBridge(ProjectStore(project))
    player = PlayerBridge(bridge)
    learning = LearnBridge(bridge, player, Actions(), Status())
    learning.use({}, (), "jump")
    bridge.ask(learn_controller, "keys", "gain_db", read_controller("CC 7 channel 1"))
    changed: list[float] = []
    bridge.changed.connect(lambda _change: changed.append(time.monotonic()))

    def until(is_so: "object") -> None:
        while not is_so():  # type: ignore[operator]
            application.processEvents()
            time.sleep(0.0002)

    with JackServer(256) as server:
        os.environ |= {
            key: server.environment[key] for key in ("JACK_DEFAULT_SERVER", "JACK_NO_START_SERVER")
        }
        controller = Controller(server)
        player.open(OpenSpeaker(SpeakerSettings(device="silent", rate=48_000)))
        until(lambda: bool(learning.inputs))
        player.play()
        until(lambda: player.state == "playing")
        took_ms: list[float] = []
        for number in range(moves):
            begun, before = time.monotonic(), len(changed)
            sent = controller.send((0xB0, 7, 30 + number % 60))
            until(lambda before=before: len(changed) > before)
            took_ms.append(1000.0 * (changed[before] - sent))
            until(lambda begun=begun: time.monotonic() > begun + 1.0 / _RATE_HZ)
        controller.close()
        player.close()
    found = np.array(took_ms)
    print(f"{machine_text()}; load {os.getloadavg()[0]:.1f}")
    print(
        f"{moves} moves: median {np.median(found):.1f} ms, p95 {np.percentile(found, 95):.1f} ms,"
        f" p99 {np.percentile(found, 99):.1f} ms, at most {found.max():.1f} ms"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--moves", type=int, default=500)
    measure(parser.parse_args().moves)
