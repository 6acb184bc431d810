"""From a prompt to a WAV file, by the engine as it is used, in a process that does nothing else."""

import tempfile
import time
from pathlib import Path

import numpy as np
import psutil

from musicgen_desktop.foundation import Report, StopFlag
from musicgen_desktop.generation.musicgen.engine import MusicGen
from musicgen_desktop.generation.sound import Sound, SoundRequest
from musicgen_desktop.media import write_wav

from .figures import TakeFigures, TakesFigures
from .random_model import RANDOM_MODEL

_PROMPT = "w1 w2 w3 w4 w5 w6 w7 w8 w9 w10 w11"


def measure_takes(seconds: tuple[float, ...], report: Report, stop: StopFlag) -> TakesFigures:
    """Load the random model, and make a take of each length with it.

    Raises:
        UserInputError: when there is not enough memory.
        Stopped: when `stop` was set.
    """
    engine = MusicGen()
    begun = time.monotonic()
    engine.load(RANDOM_MODEL, lambda _done, stage: report(0.0, stage), stop)
    load_s = time.monotonic() - begun
    takes = []
    for number, length in enumerate(seconds):
        stop.raise_if_set()
        report(number / len(seconds), f"Making {length:g} s of sound")
        takes.append(_take(engine, length, stop))
        stop.raise_if_set()
    engine.unload(RANDOM_MODEL)
    return TakesFigures(tuple(takes), load_s)


def _take(engine: MusicGen, seconds: float, stop: StopFlag) -> TakeFigures:
    request = SoundRequest(model=RANDOM_MODEL, prompt=_PROMPT, seconds=seconds, seed=1)
    heard = _Heard()
    begun = time.monotonic()
    take = engine.generate(request, heard, stop)
    with tempfile.TemporaryDirectory() as folder:
        write_wav(Path(folder) / "take.wav", np.concatenate(heard.pieces), take.rate)
    return TakeFigures(
        seconds=seconds,
        elapsed_s=time.monotonic() - begun,
        first_sound_s=take.first_sound_s,
        steps_per_s=take.steps_per_s,
        path=take.path,
        peak_bytes=_peak_bytes(),
    )


class _Heard:
    """Keeps the sound."""

    def __init__(self) -> None:
        self.pieces: list[np.ndarray] = []

    def progress(self, _done: float, _stage: str, _left_s: float | None) -> None:
        """Nobody watches."""

    def chunk(self, _variation: int, _start_frame: int, sound: Sound) -> None:
        self.pieces.append(sound.array())

    def tokens(self, _variation: int, _data: bytes) -> None:
        """Nobody goes on from them."""


def _peak_bytes() -> int:
    """The most memory that this process has had, its files' pages included."""
    memory = psutil.Process().memory_info()
    if hasattr(memory, "peak_wset"):
        return int(memory.peak_wset)
    import resource  # noqa: PLC0415 - Windows has none

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak * (1 if psutil.MACOS else 1024)
