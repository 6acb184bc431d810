"""The port of every engine that makes sound: a frozen request in, chunks while it is made, a take at the end.

An engine is found by its entry point in the group `musicgen_desktop.sound_engines`, which names a class
that is called without arguments. It lives in the sound process, never in the window's.
"""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, Self

import msgspec
import numpy as np
from numpy.typing import NDArray

from musicgen_desktop.foundation import Report, StopFlag, UserInputError

from .request import MAX_PROMPT_CHARACTERS, check_bars, check_tempo

ENTRY_POINTS = "musicgen_desktop.sound_engines"

MIN_SOUND_SECONDS, MAX_SOUND_SECONDS = 1.0, 600.0
MOST_SOUND_VARIATIONS = 8


class Sound(msgspec.Struct, frozen=True):
    """Audio as bytes, so that it travels between processes.

    Attributes:
        rate: frames per second.
        channels: 1 or 2.
        data: float32, little-endian, interleaved; whole frames.
    """

    rate: int
    channels: int
    data: bytes

    @classmethod
    def of(cls, audio: NDArray[np.float32], rate: int) -> Self:
        """Those frames, [frames, channels]."""
        frames = np.ascontiguousarray(audio, dtype="<f4")
        return cls(rate, frames.shape[1], frames.tobytes())

    @property
    def frames(self) -> int:
        """How many frames it has."""
        return len(self.data) // (4 * self.channels)

    def array(self) -> NDArray[np.float32]:
        """[frames, channels], read-only."""
        return np.frombuffer(self.data, "<f4").reshape(-1, self.channels)


class SoundRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A wish for sound.

    Attributes:
        model: id of an installed model of the engine.
        prompt: plain words; tempo, key, meter and bars are woven into them by the engine.
        seconds: of new sound, 1..600; what is given in `before` and `after` is not counted.
        tempo_bpm: quarter notes per minute.
        seed: of the first variation; the others have the seeds that follow. The same request with the same
            seed on the same path is the same sound.
        variations: 1..8, made together.
        guidance: how closely the prompt is followed, 1..10; None for the model's usual.
        temperature: 0 takes the likeliest token each time; up to 2.
        top_k: only the k likeliest tokens are drawn from; 0 for all.
        top_p: only the likeliest tokens that together have this share; 0 for all.
        melody: sound whose pitch classes are followed; for models that can.
        before: sound that the new one goes on from; it is not part of the result.
        after: sound that the new one leads into (a remade region); the result then ends with a cross-fade
            into its first frames.
        tokens: of a take that was stopped, as `SoundTake.tokens`: it goes on from there, and its sound is
            given from the first frame on again.
    """

    model: str
    prompt: str = ""
    seconds: float = 10.0
    tempo_bpm: float | None = None
    key: str | None = None
    meter: str | None = None
    bars: int | None = None
    seed: int = 0
    variations: int = 1
    guidance: float | None = None
    temperature: float = 1.0
    top_k: int = 250
    top_p: float = 0.0
    melody: Sound | None = None
    before: Sound | None = None
    after: Sound | None = None
    tokens: tuple[bytes, ...] = ()


class SoundTake(msgspec.Struct, frozen=True):
    """What is known at the end; the sound itself went to the sink in chunks.

    Attributes:
        path: how it was decoded, for a person: “native int8, AVX-512 VNNI”.
        tokens: of each variation: the codec's codebooks, [K, T] uint16 little-endian.
        frames: of each variation.
        seams_dbfs: at each place where two pieces were joined, how far the joined sound jumps, in dBFS.
        steps_per_s: codec steps of all variations a second, from the first to the last.
        first_sound_s: from the request to the first chunk.
        stopped: it was ended early; what was made so far is kept, and `tokens` let it go on.
    """

    engine: str
    model: str
    licence: str
    commercial_use: bool
    path: str
    rate: int
    channels: int
    tokens: tuple[bytes, ...]
    frames: tuple[int, ...]
    seams_dbfs: tuple[float, ...] = ()
    steps_per_s: float = 0.0
    first_sound_s: float = 0.0
    elapsed_s: float = 0.0
    stopped: bool = False
    versions: dict[str, str] = {}


class SoundModel(msgspec.Struct, frozen=True):
    """A model of an engine that is installed here, and what it can do.

    Attributes:
        rate: frames per second of what it makes.
        window_s: how much it hears at once; longer takes are made in windows.
        follows_melody: `SoundRequest.melody` is heeded.
    """

    id: str
    name: str
    licence: str
    commercial_use: bool
    rate: int
    channels: int
    window_s: float = 30.0
    follows_melody: bool = False


class SoundSink(Protocol):
    """Is told what comes while a take is made, on the engine's threads."""

    def progress(self, done: float, stage: str, left_s: float | None) -> None:
        """The share done, 0 to 1, the stage in plain words, and the seconds left if they are known."""

    def chunk(self, variation: int, start_frame: int, sound: Sound) -> None:
        """The next frames of a variation, which will not change any more."""

    def tokens(self, variation: int, data: bytes) -> None:
        """All tokens of a variation so far, as `SoundTake.tokens`, about once a second.

        A take whose process died goes on from them. Engines without tokens never call it.
        """


class SoundEngine(Protocol):
    """Makes sound. Any thread may call any method; several may generate at once."""

    @property
    def name(self) -> str:
        """The word by which a request chooses this engine."""

    def models(self) -> Sequence[SoundModel]:
        """What is installed; quick, loads nothing."""

    def load(self, model: str, report: Report, stop: StopFlag) -> str:
        """Have a model ready; returns how it will decode, for a person. Loading twice costs nothing.

        Raises:
            UserInputError: when there is no such model, or it does not fit into memory; the sentence says
                which choice would.
            Stopped: when `stop` was set.
        """

    def loaded(self) -> dict[str, int]:
        """Models in memory and the bytes each takes."""

    def unload(self, model: str) -> None:
        """Give its memory back; it is loaded again when it is wanted.

        Raises:
            UserInputError: when a take is made with it.
        """

    def generate(self, request: SoundRequest, sink: SoundSink, stop: StopFlag) -> SoundTake:
        """Make a take. A set `stop` ends it within 100 ms: what was made is kept and `stopped` is true.

        Raises:
            UserInputError: when the request cannot be met.
        """

    def add_model(self, source: Path, name: str | None, report: Report, stop: StopFlag) -> str:
        """Install a model from a folder or a zip; returns its id. The source is not trusted.

        Raises:
            UserInputError: when it is no model of this engine, with the reason.
            Stopped: when `stop` was set; nothing is left behind.
        """

    def check_model(self, model: str, report: Report, stop: StopFlag) -> str:
        """Compare hashes and make a second of sound; returns what was found, in a sentence.

        Raises:
            UserInputError: when it is damaged or not there.
            Stopped: when `stop` was set.
        """


def check_sound_request(request: SoundRequest) -> None:
    """Refuse what no engine can do.

    Raises:
        UserInputError: with one sentence that names the value, its limits and the mend.
    """
    if len(request.prompt) > MAX_PROMPT_CHARACTERS:
        raise UserInputError(
            f"The prompt has {len(request.prompt)} characters; shorten it to at most {MAX_PROMPT_CHARACTERS}."
        )
    within(request.seconds, "The length", MIN_SOUND_SECONDS, MAX_SOUND_SECONDS, " seconds")
    if request.tempo_bpm is not None:
        check_tempo(request.tempo_bpm)
    if request.bars is not None:
        check_bars(request.bars)
    within(request.variations, "The number of takes", 1, MOST_SOUND_VARIATIONS)
    if request.guidance is not None:
        within(request.guidance, "The guidance", 1.0, 10.0)
    within(request.temperature, "The temperature", 0.0, 2.0)
    within(request.top_k, "Top-k", 0, 2048)
    within(request.top_p, "Top-p", 0.0, 1.0)
    for sound in (request.melody, request.before, request.after):
        if sound is not None and not (sound.data and is_sound(sound)):
            raise UserInputError("The given sound is damaged or empty; choose another file.")


def within(value: float, what: str, least: float, most: float, unit: str = "") -> None:
    """Raise UserInputError unless a value lies between two others."""
    if not (math.isfinite(value) and least <= value <= most):
        raise UserInputError(f"{what} cannot be {value:g}{unit}; choose {least:g} to {most:g}.")


def is_sound(sound: Sound) -> bool:
    """Whether its rate and channels can be, and its frames are whole; there may be none."""
    if not (8_000 <= sound.rate <= 192_000 and sound.channels in (1, 2)):
        return False
    return len(sound.data) % (4 * sound.channels) == 0
