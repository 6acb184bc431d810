"""A real PulseAudio server with a sink that nobody hears, reached through ALSA as on many desktops."""

import os
import shutil
import subprocess
import time
from pathlib import Path

import numpy as np

NEEDED = ("pulseaudio", "parec", "pactl")
PLUGIN = "libasound_module_pcm_pulse.so"
WAIT_S = 120


def missing_parts():
    """What has to be installed before `PulseServer` can start; an empty list when all is there."""
    missing = [name for name in NEEDED if shutil.which(name) is None]
    if not any(Path("/usr/lib").glob(f"*/alsa-lib/{PLUGIN}")):
        missing.append(PLUGIN)
    return missing


class PulseServer:
    """A server of its own, and ALSA settings that lead to it in `environment`.

    Args:
        folder: for its socket and settings; a short path.
        rate: of the sink, frames per second.
    """

    def __init__(self, folder, rate=48000):
        self._folder = folder
        self._socket = folder / "socket"
        self.rate = rate
        (folder / ".asoundrc").write_text("pcm.!default { type pulse }\nctl.!default { type pulse }\n")
        (folder / "run").mkdir(mode=0o700)
        self.environment = os.environ | {
            "HOME": str(folder),
            "XDG_RUNTIME_DIR": str(folder / "run"),
            "PULSE_SERVER": f"unix:{self._socket}",
            # PortAudio must not find a JACK server instead.
            "JACK_DEFAULT_SERVER": "none",
            "JACK_NO_START_SERVER": "1",
        }
        self._processes = []

    def start(self):
        self._run(
            *("pulseaudio", "--daemonize=no", "--exit-idle-time=-1", "-n"),
            *("-L", f"module-null-sink sink_name=ear rate={self.rate} format=float32le"),
            *("-L", f"module-native-protocol-unix socket={self._socket} auth-anonymous=1"),
        )
        give_up = time.monotonic() + WAIT_S
        asking = {"env": self.environment, "capture_output": True}
        while subprocess.run(["pactl", "info"], check=False, **asking).returncode:
            if time.monotonic() > give_up:
                raise RuntimeError("PulseAudio does not answer")
            time.sleep(0.05)

    def record(self, path):
        """From now on, what is played is written to this file; `heard` reads it."""
        self._tape = path
        with path.open("wb") as tape:
            self._run(
                *("parec", "-d", "ear.monitor", "--raw", "--format=float32le"),
                *(f"--rate={self.rate}", "--channels=2"),
                stdout=tape,
            )
        give_up = time.monotonic() + WAIT_S
        while not path.stat().st_size:
            if time.monotonic() > give_up:
                raise RuntimeError("parec records nothing")
            time.sleep(0.05)

    def heard(self):
        """[frames, 2] float32, so far."""
        samples = np.fromfile(self._tape, np.float32)
        return samples[: len(samples) // 2 * 2].reshape(-1, 2)

    def stop(self):
        for process in reversed(self._processes):
            process.terminate()
            try:
                process.wait(WAIT_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self._processes.clear()

    def _run(self, *command, stdout=subprocess.DEVNULL):
        self._processes.append(
            subprocess.Popen(command, env=self.environment, stdout=stdout, stderr=subprocess.DEVNULL)
        )
