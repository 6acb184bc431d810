# ruff: noqa: ARG002 - the port has these arguments
"""An engine of another package, as small as one can be: its whole music is a sine."""

import math
import time

import numpy as np

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.generation.sound import Sound, SoundModel, SoundTake

RATE, CHUNK = 8_000, 800  # stop is looked at before each chunk

A440 = SoundModel(
    id="a440", name="Concert pitch", licence="CC0-1.0", commercial_use=True, rate=RATE, channels=1
)


class SineEngine:
    name = "sine"

    def __init__(self):
        self._loaded = {}

    def models(self):
        return [A440]

    def load(self, model, report, stop):
        if model != A440.id:
            raise UserInputError(f"There is no model “{model}”; choose {A440.id}.")
        stop.raise_if_set()
        report(1.0, "Tuning")
        self._loaded[model] = 8
        return "a formula"

    def loaded(self):
        return self._loaded

    def unload(self, model):
        self._loaded.pop(model, None)

    def generate(self, request, sink, stop):
        began = time.monotonic()
        path = self.load(request.model, lambda _done, stage: sink.progress(0.0, stage, None), stop)
        frames, done = round(request.seconds * RATE), 0
        while done < frames and not stop.is_set:
            chunk = min(CHUNK, frames - done)
            turns = 440.0 / RATE * (done + np.arange(chunk))
            sine = (0.5 * np.sin(2 * math.pi * turns)).astype(np.float32)[:, None]
            for variation in range(request.variations):
                sink.chunk(variation, done, Sound.of(sine, RATE))
            done += chunk
            sink.progress(done / frames, "Singing", None)
        return SoundTake(
            engine=self.name,
            model=request.model,
            licence=A440.licence,
            commercial_use=A440.commercial_use,
            path=path,
            rate=RATE,
            channels=1,
            tokens=(),
            frames=(done,) * request.variations,
            elapsed_s=time.monotonic() - began,
            stopped=done < frames,
        )

    def add_model(self, source, name, report, stop):
        raise UserInputError("A sine needs no other model.")

    def check_model(self, model, report, stop):
        self.load(model, report, stop)
        return "It sounds."
