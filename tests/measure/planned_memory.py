# ruff: noqa: T201 - it prints its figures
"""Is the memory that a take is planned to need what it takes? An installed model, each path by itself.

    python tests/measure/planned_memory.py --model musicgen-small

Each path and length gets a process of its own, which loads the model by that path and makes a take. Measured
is its memory at the highest point, less that before the model was loaded: what no file backs, and what of the
model's files is in memory. Exits with 1 when one differs from its plan by more than 10 %.
"""

import argparse
import subprocess
import sys
import threading
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

MOST_SHARE = 0.10
_LOOK_S = 0.02


class Highest:
    """The largest memory of this process since it was made, looked at on a thread."""

    def __init__(self) -> None:
        self.bytes = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def end(self) -> int:
        """Look no more."""
        self._over.set()
        self._thread.join()
        return self.bytes

    def _look(self) -> None:
        while not self._over.wait(_LOOK_S):
            self.bytes = max(self.bytes, resident_bytes())


def resident_bytes() -> int:
    """Of this process: what no file backs, and what of the models' files is in memory."""
    anonymous = files = 0
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("RssAnon:"):
            anonymous = int(line.split()[1])
    mapped = False
    for line in Path("/proc/self/smaps").read_text().splitlines():
        if line.endswith(".safetensors"):
            mapped = True
        elif mapped and line.startswith("Rss:"):
            files, mapped = files + int(line.split()[1]), False
    return 1024 * (anonymous + files)


def measure(model: str, path: str, precision: str, seconds: float) -> None:
    """Print planned and measured bytes of a take in this process."""
    from musicgen_desktop.foundation import StopFlag, no_report
    from musicgen_desktop.generation.musicgen import loaded
    from musicgen_desktop.generation.musicgen.engine import MusicGen
    from musicgen_desktop.generation.musicgen.library import read_model
    from musicgen_desktop.generation.musicgen.runtime.choose import processor_choices
    from musicgen_desktop.generation.musicgen.takes import steps_heard, text_heard
    from musicgen_desktop.generation.sound import SoundRequest

    choice = next(one for one in processor_choices((precision,)) if one.name == path)
    loaded.path_choices = lambda: (choice,)
    engine, shape = MusicGen(), read_model(model).shape
    before, highest = resident_bytes(), Highest()
    request = SoundRequest(model=model, prompt="slow piano, warm, 90 BPM", seconds=seconds)
    with engine._loaded.in_use(model, no_report, StopFlag()) as one:
        text = text_heard(one.maker, request)
    resting = resident_bytes() - before
    engine.generate(request, _Nobody(), StopFlag())
    planned = choice.loaded_bytes(shape), choice.take_bytes(shape, steps_heard(shape, request), text)
    print(*planned, resting, highest.end() - before)


class _Nobody:
    def progress(self, *_: object) -> None:
        """Nobody watches."""

    chunk = tokens = progress


def main() -> int:
    """Measure all."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", default="musicgen-small")
    parser.add_argument("--seconds", type=float, nargs="+", default=[10.0, 30.0])
    parser.add_argument("--paths", nargs="+", default=["native", "torch"])
    parser.add_argument("--precisions", nargs="+", default=["int8", "bf16", "fp32"])
    parser.add_argument("--one", nargs=3)
    asked = parser.parse_args()
    if asked.one:
        path, precision, seconds = asked.one
        measure(asked.model, path, precision, float(seconds))
        return 0
    bad = 0
    print("path        s   planned (loaded + take)   measured (loaded, highest)   off")
    for path in asked.paths:
        for precision in asked.precisions:
            for seconds in asked.seconds:
                ask = partial(subprocess.run, check=True, stdout=subprocess.PIPE, text=True)
                said = ask(
                    [sys.executable, __file__, "--model", asked.model, "--one", path, precision, str(seconds)]
                )
                loaded, take, resting, peak = (int(each) / 1e6 for each in said.stdout.split())
                off = peak / (loaded + take) - 1.0
                bad += abs(off) > MOST_SHARE
                print(
                    f"{path:6} {precision:5}{seconds:4.0f}"
                    f"{loaded + take:8.0f} ({loaded:.0f} + {take:.0f}) MB"
                    f"{peak:10.0f} ({resting:.0f}) MB {off:+9.1%}",
                    flush=True,
                )
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
