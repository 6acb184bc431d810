# ruff: noqa: ARG002 - the port has these arguments
"""An engine of sound that is all load: a decode on every core, and a second of noise each second.

It is found as engines of other packages are, by an entry point that the bench lays out for its children.
"""

import os
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from musicgen_desktop.foundation import Report, StopFlag, UserInputError
from musicgen_desktop.generation.sound import (
    ENTRY_POINTS,
    Sound,
    SoundModel,
    SoundRequest,
    SoundSink,
    SoundTake,
)

TAKE_ENGINE = "bench_load"
_RATE, _CHUNK_S, _LOOK_EVERY_S = 32_000, 0.5, 0.01
_WEIGHTS = 1 << 22  # 16 MiB of float32: more than the processor's caches hold beside others
_ROWS = 2048
_MODEL = SoundModel(TAKE_ENGINE, "Load", "CC0-1.0", commercial_use=True, rate=_RATE, channels=2)


def lay_out_engine(folder: Path) -> Path:
    """Write what Python needs to find the engine; returns the folder that belongs on its path."""
    info = folder / "engines" / f"{TAKE_ENGINE}-1.0.dist-info"
    info.mkdir(parents=True, exist_ok=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {TAKE_ENGINE}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[{ENTRY_POINTS}]\n{TAKE_ENGINE} = {__name__}:LoadEngine\n")
    return info.parent


class LoadEngine:
    """Reads weights from memory without a pause on every core while it makes a take in real time."""

    name = TAKE_ENGINE

    def models(self) -> Sequence[SoundModel]:
        """One that is always there."""
        return (_MODEL,)

    def load(self, model: str, report: Report, stop: StopFlag) -> str:
        """Nothing to load."""
        return f"a decode on each of {os.cpu_count() or 1} cores"

    def loaded(self) -> dict[str, int]:
        """Nothing stays in memory."""
        return {}

    def unload(self, model: str) -> None:
        """Nothing to give back."""

    def generate(self, request: SoundRequest, sink: SoundSink, stop: StopFlag) -> SoundTake:
        """Noise at the pace of music, under full load."""
        ended = threading.Event()
        threads = [
            threading.Thread(target=_decode, args=(ended,), daemon=True) for _ in range(os.cpu_count() or 1)
        ]
        for thread in threads:
            thread.start()
        dice, frames, begun = np.random.default_rng(request.seed), 0, time.monotonic()
        whole = round(request.seconds * _RATE)
        try:
            while frames < whole and not stop.is_set:
                count = min(round(_CHUNK_S * _RATE), whole - frames)
                for variation in range(request.variations):
                    noise = dice.standard_normal((count, 2)).astype(np.float32) * 0.05
                    sink.chunk(variation, frames, Sound.of(noise, _RATE))
                frames += count
                sink.progress(frames / whole, "Making sound", (whole - frames) / _RATE)
                while time.monotonic() < begun + frames / _RATE and not stop.is_set:
                    time.sleep(_LOOK_EVERY_S)
        finally:
            ended.set()
            for thread in threads:
                thread.join()
        return SoundTake(
            engine=TAKE_ENGINE,
            model=request.model,
            licence=_MODEL.licence,
            commercial_use=True,
            path=self.load(request.model, lambda _done, _stage: None, stop),
            rate=_RATE,
            channels=2,
            tokens=(),
            frames=(frames,) * request.variations,
            stopped=frames < whole,
        )

    def add_model(self, source: Path, name: str | None, report: Report, stop: StopFlag) -> str:
        """Refused: it has no weights."""
        raise UserInputError(f"{TAKE_ENGINE} measures the window and takes no models.")

    def check_model(self, model: str, report: Report, stop: StopFlag) -> str:
        """Nothing can be damaged."""
        return "It has no weights."


def _decode(ended: threading.Event) -> None:
    """A decoder's step reads all its weights; the product lets go of Python meanwhile."""
    weights = np.random.default_rng(1).standard_normal((_ROWS, _WEIGHTS // _ROWS)).astype(np.float32)
    vector = np.ones(weights.shape[1], np.float32)
    while not ended.is_set():
        result = weights @ vector
        vector[: len(result)] = result / (1e-6 + np.abs(result).max())
