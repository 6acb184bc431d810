# ruff: noqa: T201 - it prints its figures
"""Does the sound process, or its handle, keep anything? Started, used, killed and closed many times.

    python tests/measure/sound_host_leak.py                half a minute
    python tests/measure/sound_host_leak.py --rounds 500   longer

The engine is the sine of `tests/fakes`. Memory is the resident set; it may grow while Python warms up, so the
first tenth of the rounds does not count. Exits with 1 when something was kept.
"""

import argparse
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import psutil

sys.path.insert(0, str(Path(__file__).parents[2]))

from musicgen_desktop.foundation import StopFlag, machine_text
from musicgen_desktop.generation.host import GenerationFailedError, SoundClient
from musicgen_desktop.generation.sound import SoundRequest
from tests.fakes.sound_engines import FOLDERS, KeptSound

MOST_KB_A_ROUND = 8.0


class Discarded(KeptSound):
    """A sink that keeps nothing."""

    def progress(self, done, stage, left_s):
        """Not kept."""

    def chunk(self, variation, start_frame, sound):
        """Not kept."""


def one_take(client: SoundClient) -> None:
    client.generate("sine", SoundRequest(model="a440", seconds=10.0), Discarded(), StopFlag())


def open_and_close() -> None:
    client = SoundClient()
    client.models("sine")
    client.close()


def open_and_kill() -> None:
    client = SoundClient()
    client.models("sine")
    os.kill(client.pid, signal.SIGTERM)
    try:
        client.models("sine")  # of a new one
    except GenerationFailedError:
        print("  a death was not mended")
    client.close()


def measured(what: str, rounds: int, work: Callable[[], None], process: psutil.Process) -> bool:
    """Do it that often and tell what the process kept; whether that is next to nothing."""
    for _ in range(max(1, rounds // 10)):
        work()
    memory, threads, files = process.memory_info().rss, process.num_threads(), process.num_fds()
    for _ in range(rounds):
        work()
    kept_kb = (process.memory_info().rss - memory) / 1024 / rounds
    kept_threads, kept_files = process.num_threads() - threads, process.num_fds() - files
    zombies = sum(child.status() == psutil.STATUS_ZOMBIE for child in process.children())
    print(
        f"{what}: {rounds} rounds, {kept_kb:+.2f} kB a round, {kept_threads:+} threads, {kept_files:+} files,"
        f" {zombies} zombies"
    )
    return kept_kb < MOST_KB_A_ROUND and kept_threads <= 0 and kept_files <= 0 and zombies == 0


def main() -> int:
    """Measure, print, and say whether all is well."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=50)
    rounds = parser.parse_args().rounds
    os.environ["PYTHONPATH"] = os.pathsep.join(FOLDERS)
    print(machine_text())
    us = psutil.Process()
    well = measured("handle, opened and closed", rounds, open_and_close, us)
    well &= measured("handle, process killed", rounds, open_and_kill, us)
    client = SoundClient()
    client.start()
    host = psutil.Process(client.pid)
    one_take(client)
    well &= measured("process, takes of 10 s", rounds * 4, lambda: one_take(client), host)
    well &= measured("handle, takes of 10 s", rounds * 4, lambda: one_take(client), us)
    client.close()
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
