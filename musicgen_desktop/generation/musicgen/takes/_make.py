"""A request becomes a take: rows join the batch, and their sound goes out while the rest is decoded."""

import math
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from musicgen_desktop.foundation import StopFlag, Stopped, UserInputError
from musicgen_desktop.generation.musicgen.audio import Codec, encode_sound, resampled
from musicgen_desktop.generation.musicgen.prompt import Conditioner, woven
from musicgen_desktop.generation.musicgen.runtime.path import Floats, Sampling, Tokens
from musicgen_desktop.generation.musicgen.runtime.threads import use_all_threads
from musicgen_desktop.generation.musicgen.shape import ModelShape
from musicgen_desktop.generation.musicgen.tokens import codebook_seeds
from musicgen_desktop.generation.sound import Sound, SoundRequest, SoundSink

from ._loop import DecodeLoop, Row
from ._sound import TakeSound
from ._take import TakeRun

_FIRST, _CHUNK = 30, 50  # steps that are waited for before they become sound: 0.6 s, then 1 s each time
_LOOK_S = 0.02  # between two looks at whether the user wants to stop
_TOKENS_S = 1.0  # between two reports of all tokens
_KEPT = 2 / 3  # of a window: the most of what was before that is heard
_MOST_AT_ONCE = 64  # takes; more wait for their turn

# Threads are used again: the matrix products of torch's libraries keep some 250 bytes of each that ever was.
_THREADS = ThreadPoolExecutor(_MOST_AT_ONCE, "take", use_all_threads)


@dataclass(frozen=True)
class Maker:
    """What a loaded model makes takes with. Any thread may use it, several at once."""

    shape: ModelShape
    codec: Codec
    conditioner: Conditioner
    loop: DecodeLoop


@dataclass(frozen=True)
class Made:
    """What is known of a take at its end.

    Attributes:
        tokens: of each variation, [K, T].
        frames: of each variation, given to the sink.
        stopped: ended early by the user.
    """

    tokens: tuple[Tokens, ...]
    frames: tuple[int, ...]
    seams_dbfs: tuple[float, ...]
    steps_per_s: float
    first_sound_s: float
    stopped: bool


def make_take(maker: Maker, request: SoundRequest, sink: SoundSink, stop: StopFlag) -> Made:
    """Make all variations of a request.

    Raises:
        UserInputError: when the request does not fit the model.
        MemoryError: when its caches do not fit into memory.
        Stopped: when `stop` was set before there was any sound.
    """
    stop.raise_if_set()
    work = _Work(maker, request, sink)
    # What cannot be interrupted is done on another thread; this one looks at the user's wish meanwhile.
    working = _THREADS.submit(work.run)
    try:
        while not work.over.wait(_LOOK_S) and not stop.is_set:
            work.tell_progress()
    finally:
        working.cancel()  # it may have had no turn yet
        work.leave()
    return work.end()


class _Work:
    """A take on its way: `run` is its own thread's, all else its owner's."""

    def __init__(self, maker: Maker, request: SoundRequest, sink: SoundSink) -> None:
        self.over = threading.Event()
        self._maker, self._request, self._sink = maker, request, sink
        self._began = self._joined_at = self._tokens_told_at = time.monotonic()
        self._telling = threading.Lock()  # once the take has ended, the sink hears nothing more
        self._ended = self._stopped = False
        self._failure: BaseException | None = None
        self._variations: list[_Variation] = []
        self._steps_before = self._told = 0
        self._first_sound_s = 0.0

    def run(self) -> None:
        """Prepare, decode and make sound, until all is made or the take has ended."""
        try:
            variations = _prepared(self._maker, self._request)
            with self._telling:
                if self._ended:
                    return
                self._variations, self._joined_at = variations, time.monotonic()
                self._steps_before = self._told = self._steps()
                self._maker.loop.join([each.row for each in variations if not each.row.run.done])
            self._stream(variations)
        # What a Rust library raises when it fails within itself is no Exception.
        except BaseException as error:  # noqa: BLE001 - raised again by the take's owner
            self._failure = error
        finally:
            self.over.set()

    def tell_progress(self) -> None:
        """Tell how far it is, if that changed, and all tokens from time to time."""
        with self._telling:  # where it begins is known as a whole, or not yet
            # Sound comes after its tokens, late on a busy machine, so both count.
            done, now = self._steps() + sum(each.pushed for each in self._variations), time.monotonic()
            if done == self._told:
                return
            self._told = done
        total = 2 * sum(each.row.run.steps for each in self._variations)
        pace = (done - self._steps_before) / max(now - self._joined_at, 1e-3)
        self._sink.progress(done / total, "Making sound", (total - done) / pace)
        if now - self._tokens_told_at >= _TOKENS_S:
            self._tokens_told_at = now
            for number, each in enumerate(self._variations):
                self._sink.tokens(number, token_bytes(self._maker.loop.made(each.row)))

    def leave(self) -> None:
        """Leave the batch, and tell nothing more. What is not over by now was stopped."""
        with self._telling:
            self._ended = True
            self._stopped = not self.over.is_set()  # soon it is over either way
        self._maker.loop.leave([each.row for each in self._variations])

    def end(self) -> Made:
        """What was made, once it has left."""
        if self._failure is not None:
            raise self._failure
        frames = tuple(each.sent for each in self._variations)
        if self._stopped and not any(frames):
            raise Stopped
        seconds = max(time.monotonic() - self._joined_at, 1e-3)
        return Made(
            tokens=tuple(self._maker.loop.made(each.row) for each in self._variations),
            frames=frames,
            seams_dbfs=tuple(seam for each in self._variations for seam in each.sound.seams_dbfs),
            steps_per_s=(self._steps() - self._steps_before) / seconds,
            first_sound_s=self._first_sound_s,
            stopped=self._stopped,
        )

    def _stream(self, variations: list["_Variation"]) -> None:
        """Turn tokens into sound as they come, one variation after the other."""
        loop = self._maker.loop
        while not self._ended and not all(each.over for each in variations):
            loop.wait_until(lambda: any(each.is_ready for each in variations), _LOOK_S)
            for number, each in enumerate(variations):
                if each.row.error is not None:
                    raise each.row.error
                if each.is_ready and not self._ended:
                    self._send(number, each, each.next_sound(loop.made(each.row)))

    def _send(self, number: int, variation: "_Variation", sound: Floats) -> None:
        with self._telling:
            if self._ended or not sound.shape[1]:
                return
            if not self._first_sound_s:
                self._first_sound_s = time.monotonic() - self._began
            rate = self._maker.codec.shape.rate
            self._sink.chunk(number, variation.sent, Sound.of(sound.T, rate))
            variation.sent += sound.shape[1]

    def _steps(self) -> int:
        return sum(each.row.run.made_steps for each in self._variations)


def steps_heard(shape: ModelShape, request: SoundRequest) -> int:
    """The most steps that a take of the request hears at once."""
    before = request.before
    seconds = request.seconds + (before.frames / before.rate if before is not None else 0.0)
    return min(shape.window_steps, math.ceil(seconds * shape.codec.rate / shape.codec.hop) + 1)


def text_heard(maker: Maker, request: SoundRequest) -> int:
    """How many states the words of a request have."""
    return maker.conditioner.text_states(_words(request))


def _words(request: SoundRequest) -> str:
    return woven(request.prompt, request.tempo_bpm, request.key, request.meter, request.bars)


@dataclass
class _Variation:
    """A row of the batch, and its sound so far.

    Attributes:
        pushed: steps whose tokens the codec has.
        sent: frames that the sink has.
        over: all its sound was made.
    """

    row: Row
    sound: TakeSound
    pushed: int = 0
    sent: int = 0
    over: bool = False

    @property
    def is_ready(self) -> bool:
        """Enough tokens wait to become sound, or it failed."""
        if self.over or self.row.error is not None:
            return not self.over
        return self.row.run.done or self.row.run.made_steps - self.pushed >= self._chunk

    @property
    def _chunk(self) -> int:
        """Always the same pieces, however fast tokens come: the same take is the same bits then."""
        return _CHUNK if self.pushed else _FIRST

    def next_sound(self, made: Tokens) -> Floats:
        """[C, F] of the next chunk of `made`, [K, T]."""
        fresh = made[:, self.pushed : self.pushed + self._chunk]
        self.pushed += fresh.shape[1]
        sound = self.sound.push(fresh)
        if self.row.run.done and self.pushed == self.row.run.steps:
            self.over = True
            sound = np.concatenate((sound, self.sound.finish()), 1)
        return sound


def _prepared(maker: Maker, request: SoundRequest) -> list[_Variation]:
    shape, codec, channels = maker.shape, maker.codec, maker.shape.channels
    guidance = shape.guidance if request.guidance is None else request.guidance
    conditioning, weights = maker.conditioner.condition(_words(request), request.melody, guidance)
    decoder, rate, hop = shape.decoder, codec.shape.rate, codec.shape.hop
    frames = round(request.seconds * rate)
    steps = math.ceil(frames / hop) + (1 if request.after is not None else 0)
    given = np.zeros((decoder.codebooks, 0), np.int64)
    before = None if request.before is None else resampled(request.before, rate, channels)
    if before is not None:
        before = before[:, -round(shape.window_steps * _KEPT) * hop :]
        given = encode_sound(codec, Sound.of(before.T, rate), channels)
    after = None if request.after is None else resampled(request.after, rate, channels)
    variations = []
    for number in range(request.variations):
        run = TakeRun(
            given,
            steps,
            made=_resumed(request, number, shape, steps),
            window_steps=shape.window_steps,
            delays=decoder.delays,
            padding=decoder.vocabulary,
        )
        sampling = Sampling(
            guidance=weights,
            temperature=request.temperature,
            top_k=request.top_k,
            top_p=request.top_p,
            seeds=codebook_seeds(request.seed + number, decoder.codebooks),
        )
        sound = TakeSound(codec, channels, frames, given=given, before=before, after=after, joins=run.joins)
        variations.append(_Variation(Row(run, conditioning, sampling), sound))
    return variations


def _resumed(request: SoundRequest, number: int, shape: ModelShape, steps: int) -> Tokens | None:
    """The tokens of a stopped take, [K, T]."""
    if not request.tokens:
        return None
    books = shape.decoder.codebooks
    data = request.tokens[number] if number < len(request.tokens) else b""
    if len(data) % (2 * books) or len(data) // (2 * books) > steps:
        raise UserInputError("The stopped take was made by another model or is longer; make it anew.")
    tokens = np.frombuffer(data, "<u2").reshape(books, -1).astype(np.int64)
    if tokens.size and int(tokens.max()) >= shape.decoder.vocabulary:
        raise UserInputError("The stopped take's tokens are damaged; make it anew.")
    return tokens


def token_bytes(tokens: Tokens) -> bytes:
    """[K, T] as `SoundTake.tokens` has them."""
    return tokens.astype("<u2").tobytes()
