"""Through a real JACK server and back: what is recorded lies on what was played, to the frame."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.fakes.jack_server import JackRecorder, JackServer, missing_programs

PLAYER = Path(__file__).with_name("round_trip.py")


@pytest.mark.slow
@pytest.mark.parametrize("period", [256, 512])
@pytest.mark.skipif(bool(missing_programs()), reason="jackd2 is not installed")
def test_a_measured_loop_back_puts_every_round_of_a_take_on_what_was_played(make, tmp_path, period):
    with (
        JackServer(period) as server,
        JackRecorder(server, loops=True) as ear,
        subprocess.Popen(
            [sys.executable, str(PLAYER), str(tmp_path)],
            env=server.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as player,
    ):
        assert json.loads(player.stdout.readline()) == {"ready": True}
        ear.connect()

        told = json.loads(player.communicate("\n", timeout=60)[0])

    song, sound = np.load(tmp_path / "song.npy"), make.sound_of(told["path"])
    assert told["starvations"] == 0
    assert told["level_db"] == pytest.approx(0.0, abs=0.1)
    assert told["spans"] == [[0, 40_000, 10_000], [40_000, 40_000, 10_000], [80_000, 40_000, 10_000]]
    np.testing.assert_array_equal(sound, np.tile(song, (3, 1)))
