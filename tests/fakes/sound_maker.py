"""Stands for the sound process: sine waves in chunks, the same every time."""

import numpy as np

from musicgen_desktop.generation.sound import Sound, SoundModel, SoundTake

RATE = 32_000


class SoundMakerFake:
    """Makes what is asked for, in chunks of `chunk_s`; what it was asked is in `requests`.

    Where it leads into something it makes a codec step more, as MusicGen does.

    Args:
        stop_after: sets the stop flag itself after so many chunks, as a user would.
        silent: makes nothing at all and says that it is done.
        follows_melody: its model does.
        fail_after: is over after so many chunks with `failure`, as when the process dies.
    """

    def __init__(
        self,
        *,
        chunk_s=0.7,
        channels=1,
        stop_after=None,
        out_of_order=False,
        spoiled=False,
        silent=False,
        fail_after=None,
        failure=None,
        follows_melody=False,
        commercial_use=False,
    ):
        self.requests = []
        self.in_memory = {}
        self._chunk, self._channels = round(chunk_s * RATE), channels
        self._follows_melody, self._commercial_use = follows_melody, commercial_use
        self._fail_after, self._failure, self._silent = fail_after, failure, silent
        self._stop_after, self._out_of_order, self._spoiled = stop_after, out_of_order, spoiled

    def models(self, _engine, _stop=None):
        return (
            SoundModel(
                id="tiny",
                name="Tiny",
                licence="CC-BY-NC 4.0",
                commercial_use=self._commercial_use,
                rate=RATE,
                channels=self._channels,
                follows_melody=self._follows_melody,
            ),
        )

    def load(self, _engine, _model, report=None, _stop=None):
        if report is not None:
            report(1.0, "Loading")
        self.in_memory = {"musicgen": {"tiny": 800_000_000}}
        return "torch fp32, 1 thread"

    def loaded(self):
        return dict(self.in_memory)

    def unload(self, _engine, _model):
        self.in_memory = {}

    def sound(self, variation, frames):
        """What a variation sounds like, [frames, channels]."""
        wave = 0.3 * np.sin(2 * np.pi * (220 + 55 * variation) * np.arange(frames) / RATE)
        return np.repeat(wave[:, np.newaxis], self._channels, axis=1).astype(np.float32)

    def generate(self, _engine, request, sink, stop):
        self.requests.append(request)
        whole = round(request.seconds * RATE) + (RATE // 50 if request.after is not None else 0)
        if self._silent:
            whole = 0
        made = chunks = 0
        if self._fail_after == 0:
            raise self._failure
        while made < whole and not stop.is_set:
            end = min(whole, made + self._chunk)
            for variation in range(request.variations):
                audio = self.sound(variation, end)[made:].copy()
                if self._spoiled:
                    audio[0] = np.nan
                sink.chunk(variation, made + self._out_of_order, Sound.of(audio, RATE))
            made, chunks = end, chunks + 1
            sink.progress(made / whole, "Making sound", (whole - made) / RATE)
            for variation in range(request.variations):
                sink.tokens(variation, chunks.to_bytes(2, "little"))
            if chunks == self._fail_after:
                raise self._failure
            if chunks == self._stop_after:
                stop.set()
        return SoundTake(
            engine="musicgen",
            model=request.model,
            licence="CC-BY-NC 4.0",
            commercial_use=self._commercial_use,
            path="torch fp32, 1 thread",
            rate=RATE,
            channels=self._channels,
            tokens=(b"\1\0",) * request.variations,
            frames=(made,) * request.variations,
            seams_dbfs=(-72.5, -61.0),
            stopped=made < whole,
        )
