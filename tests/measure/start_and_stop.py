# ruff: noqa: T201 - it prints its figures
"""How soon does a take stop, and does starting and stopping keep memory? MusicGen, in the sound process.

    python tests/measure/start_and_stop.py --minutes 30                    a tiny model
    python tests/measure/start_and_stop.py --minutes 30 --model ID         an installed one

Each take is stopped after its first sound, or on the way to it. After each tenth of the time nothing is asked
for five seconds, in which what the last takes held comes back: the least that the process has then is what
it keeps. That after the last tenth is compared with that after the first, which fills torch's and Python's
pools. Exits with 1 when one stop in a hundred took longer than 100 ms, or 1 % was kept.
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import psutil

sys.path.insert(0, str(Path(__file__).parents[2]))

from musicgen_desktop.foundation import StopFlag, Stopped, machine_text
from musicgen_desktop.generation.host import SoundClient, add_model
from musicgen_desktop.generation.sound import SoundRequest
from tests.fakes.tiny_musicgen import write_transformers

MOST_MS, MOST_SHARE = 100.0, 0.01
REST_S, LOOK_S = 5.0, 0.1


class Stopping:
    """A sink that stops its take at a share of its progress, and keeps nothing."""

    def __init__(self, share: float) -> None:
        self.stop, self.stopped_at, self._share = StopFlag(), 0.0, share

    def progress(self, done: float, _stage: str, _left_s: float | None) -> None:
        """Stop there."""
        if done >= self._share and not self.stopped_at:
            self.stopped_at = time.perf_counter()
            self.stop.set()

    def chunk(self, *_: object) -> None:
        """Not kept."""

    tokens = chunk


def stop_ms(client: SoundClient, model: str, chance: random.Random) -> float:
    """How long a take goes on after it was stopped."""
    sink = Stopping(chance.uniform(0.0, 0.3))
    wish = SoundRequest(
        model=model, seconds=30.0, seed=chance.randrange(1000), variations=chance.choice((1, 2))
    )
    with suppress(Stopped):
        client.generate("musicgen", wish, sink, sink.stop)
    return (time.perf_counter() - sink.stopped_at) * 1000.0 if sink.stopped_at else 0.0


def at_rest(host: psutil.Process) -> tuple[float, float]:
    """(memory of the process a moment later, without pages of files)."""
    time.sleep(LOOK_S)
    memory = host.memory_info()
    return memory.rss, memory.rss - getattr(memory, "shared", 0)


def _megabytes(sizes: list[float]) -> str:
    return " ".join(f"{size / 1e6:.1f}" for size in sizes)


def main() -> int:
    """Measure, print, and say whether all is well."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--model")
    given = parser.parse_args()
    print(machine_text())
    with tempfile.TemporaryDirectory() as folder:
        if given.model is None:
            os.environ["MUSICGEN_DESKTOP_HOME"] = folder
            given.model = add_model("musicgen", write_transformers(Path(folder) / "tiny", "small"), "Tiny")
        client, chance = SoundClient(), random.Random(1)
        client.load("musicgen", given.model)
        host = psutil.Process(client.pid)
        taken: list[float] = []
        whole: list[float] = []
        own: list[float] = []
        for _ in range(10):
            end = time.monotonic() + given.minutes * 6.0
            while time.monotonic() < end:
                taken.append(stop_ms(client, given.model, chance))
            rest = [at_rest(host) for _ in range(round(REST_S / LOOK_S))]
            whole.append(min(size for size, _ in rest))
            own.append(min(size for _, size in rest))
        client.close()
    kept = whole[-1] / whole[0] - 1.0
    p99 = statistics.quantiles(taken, n=100)[98]
    print(
        f"{len(taken)} takes stopped: median {statistics.median(taken):.0f} ms, p99 {p99:.0f} ms,"
        f" longest {max(taken):.0f} ms"
    )
    print(f"memory of the process at rest, after each tenth: {_megabytes(whole)} MB: {kept:+.2%}")
    print(f"without pages of files: {_megabytes(own)} MB: {own[-1] / own[0] - 1.0:+.2%}")
    return 0 if p99 <= MOST_MS and kept < MOST_SHARE else 1


if __name__ == "__main__":
    sys.exit(main())
