"""MusicGen as an engine of sound: the class that its entry point names."""

import math
import time
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path

import numpy as np
import torch

from musicgen_desktop.foundation import Report, StopFlag, UserInputError
from musicgen_desktop.generation.sound import (
    Sound,
    SoundModel,
    SoundRequest,
    SoundSink,
    SoundTake,
    check_sound_request,
)

from .library import sound_models
from .loaded import LoadedModels
from .runtime.memory import free_bytes, is_out_of_memory
from .runtime.reserve import taken_bytes
from .takes import make_take, steps_heard, text_heard, token_bytes
from .weights import check_hashes, install_model

_LOADING = 0.05  # the share of a take's progress that loading is
_TEST_SECONDS = 1.0


class MusicGen:
    """The public MusicGen checkpoints, decoded by the fastest way that this machine has.

    Args:
        free: tells how many bytes of a device's memory may still be taken.
        taken: tells how many of them this process holds.
    """

    name = "musicgen"

    def __init__(
        self, free: Callable[[str], int] = free_bytes, taken: Callable[[str], int] = taken_bytes
    ) -> None:
        self._loaded = LoadedModels(free, taken)

    def models(self) -> Sequence[SoundModel]:
        """See `SoundEngine.models`."""
        return sound_models()

    def load(self, model: str, report: Report, stop: StopFlag) -> str:
        """See `SoundEngine.load`."""
        with self._loaded.in_use(model, report, stop) as loaded:
            return loaded.detail

    def loaded(self) -> dict[str, int]:
        """See `SoundEngine.loaded`."""
        return self._loaded.sizes()

    def unload(self, model: str) -> None:
        """See `SoundEngine.unload`."""
        self._loaded.unload(model)

    def generate(self, request: SoundRequest, sink: SoundSink, stop: StopFlag) -> SoundTake:
        """See `SoundEngine.generate`."""
        check_sound_request(request)
        began = time.monotonic()

        def loading(done: float, stage: str) -> None:
            sink.progress(done * _LOADING, stage, None)

        with self._loaded.in_use(request.model, loading, stop) as loaded:
            model, shape = loaded.model, loaded.model.shape
            steps, text = steps_heard(shape, request), text_heard(loaded.maker, request)
            loaded_s = time.monotonic() - began
            try:
                with self._loaded.room_for_takes(loaded, request.variations, steps, text):
                    made = make_take(loaded.maker, request, _AfterLoading(sink), stop)
            except Exception as error:
                if is_out_of_memory(error):
                    raise UserInputError(_smaller_plan(request)) from error
                raise
        return SoundTake(
            engine=self.name,
            model=model.id,
            licence=model.licence,
            commercial_use=model.commercial_use,
            path=loaded.detail,
            rate=shape.codec.rate,
            channels=shape.channels,
            tokens=tuple(token_bytes(tokens) for tokens in made.tokens),
            frames=made.frames,
            seams_dbfs=made.seams_dbfs,
            steps_per_s=made.steps_per_s,
            first_sound_s=made.first_sound_s + loaded_s,
            elapsed_s=time.monotonic() - began,
            stopped=made.stopped,
            versions={"torch": str(torch.__version__), "musicgen-desktop": version("musicgen-desktop")},
        )

    def add_model(self, source: Path, name: str | None, report: Report, stop: StopFlag) -> str:
        """See `SoundEngine.add_model`."""
        return install_model(source, name, report, stop)

    def check_model(self, model: str, report: Report, stop: StopFlag) -> str:
        """See `SoundEngine.check_model`."""
        check_hashes(model, lambda done, stage: report(0.7 * done, stage), stop)
        report(0.7, "Making a second of sound")
        heard = _Listening()
        request = SoundRequest(model=model, prompt="piano", seconds=_TEST_SECONDS)
        take = self.generate(request, heard, stop)
        stop.raise_if_set()
        if not 0.0 < heard.peak < math.inf:
            raise UserInputError(f"The model “{model}” makes no sound; remove it and get or add it again.")
        return (
            f"All files are as they were installed, and it makes sound: {take.path},"
            f" {take.steps_per_s:.0f} steps per second."
        )


class _AfterLoading:
    """A sink whose progress begins where loading ended."""

    def __init__(self, sink: SoundSink) -> None:
        self.chunk, self.tokens = sink.chunk, sink.tokens
        self._sink = sink

    def progress(self, done: float, stage: str, left_s: float | None) -> None:
        self._sink.progress(_LOADING + (1.0 - _LOADING) * done, stage, left_s)


class _Listening:
    """A sink that only hears whether there is sound."""

    def __init__(self) -> None:
        self.peak = 0.0

    def progress(self, _done: float, _stage: str, _left_s: float | None) -> None:
        """Nobody watches."""

    def chunk(self, _variation: int, _start_frame: int, sound: Sound) -> None:
        self.peak = max(self.peak, float(np.abs(sound.array()).max()))

    def tokens(self, _variation: int, _data: bytes) -> None:
        """Nobody goes on from them."""


def _smaller_plan(request: SoundRequest) -> str:
    mend = "make fewer takes at once" if request.variations > 1 else "choose a smaller model"
    return f"There is not enough memory for this; {mend}, or close other programs."
