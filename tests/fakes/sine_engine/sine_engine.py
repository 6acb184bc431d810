# ruff: noqa: ARG002 - the port has these arguments
"""An engine of another package, as small as one can be: its whole music is a sine.

It has one token a chunk, the chunk's number, and goes on from those. Asked for a “slow” one it sings no
faster than one listens; a “held” one it holds after half a second until it is stopped, unless it goes on.
"""

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
        frames, done, first_sound_s = round(request.seconds * RATE), 0, 0.0
        given = max((len(each) // 2 for each in request.tokens), default=0)
        tokens = b""
        while done < frames and not stop.is_set:
            chunk = min(CHUNK, frames - done)
            turns = 440.0 / RATE * (done + np.arange(chunk))
            sine = (0.5 * np.sin(2 * math.pi * turns)).astype(np.float32)[:, None]
            tokens += (done // CHUNK).to_bytes(2, "little")
            for variation in range(request.variations):
                sink.chunk(variation, done, Sound.of(sine, RATE))
                sink.tokens(variation, tokens)
            first_sound_s = first_sound_s or time.monotonic() - began
            done += chunk
            sink.progress(done / frames, "Singing", None)
            if "slow" in request.prompt and len(tokens) // 2 > given:  # what was made before is there at once
                time.sleep(chunk / RATE)
            while "held" in request.prompt and not given and done >= RATE // 2 and not stop.is_set:
                time.sleep(0.01)
        elapsed_s = time.monotonic() - began
        return SoundTake(
            engine=self.name,
            model=request.model,
            licence=A440.licence,
            commercial_use=A440.commercial_use,
            path=path,
            rate=RATE,
            channels=1,
            tokens=(tokens,) * request.variations,
            frames=(done,) * request.variations,
            steps_per_s=(done // CHUNK - given) / elapsed_s,
            first_sound_s=first_sound_s,
            elapsed_s=elapsed_s,
            stopped=done < frames,
        )

    def add_model(self, source, name, report, stop):
        raise UserInputError("A sine needs no other model.")

    def check_model(self, model, report, stop):
        self.load(model, report, stop)
        return "It sounds."
