"""The sound process's life: an ear that never waits, and a worker thread for each job."""

import logging
import os
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import NoReturn

import msgspec

from musicgen_desktop.foundation import (
    FramedPipe,
    MusicgenDesktopError,
    StopFlag,
    UserInputError,
    pipe_to_parent,
)
from musicgen_desktop.foundation import Stopped as WorkStopped
from musicgen_desktop.generation.sound import Sound, SoundEngine, SoundModel, SoundTake

from ._messages import Ended, Failed, Finished, Progress, Started, Stop, encode_message
from ._process import go_last
from ._sound_engines import SoundEngines, plain_failures
from ._sound_messages import (
    Chunk,
    FromSound,
    Generate,
    ListLoaded,
    ListModels,
    Load,
    SoundJob,
    Tokens,
    Unload,
    decode_to_sound,
)
from ._words import SOUNDING

_PATIENCE_S = 1.0


def run_sound_host(_arguments: Sequence[str]) -> int:
    """The process's whole life; it ends when its client closes the pipe or dies.

    Returns:
        The exit status.
    """
    go_last()
    return _SoundHost(pipe_to_parent()).serve()


class _SoundHost:
    def __init__(self, pipe: FramedPipe) -> None:
        self._pipe = pipe
        self._engines = SoundEngines()
        self._flags: dict[int, StopFlag] = {}
        self._workers: dict[int, threading.Thread] = {}
        self._over = threading.Event()

    def serve(self) -> NoReturn:
        threading.Thread(target=self._listen, name="sound tasks", daemon=True).start()
        self._over.wait()
        give_up_at = time.monotonic() + _PATIENCE_S
        for worker in tuple(self._workers.values()):
            worker.join(max(0.0, give_up_at - time.monotonic()))
        logging.shutdown()
        os._exit(0)  # a library's own threads would trip over what the interpreter takes down

    def _listen(self) -> None:
        with suppress(msgspec.DecodeError):
            while (data := self._pipe.receive()) is not None:
                message = decode_to_sound(data)
                if not isinstance(message, Stop):
                    self._begin(message)
                elif (flag := self._flags.get(message.job)) is not None:
                    flag.set()
        for flag in tuple(self._flags.values()):  # nobody waits for the rest of it
            flag.set()
        self._over.set()

    def _begin(self, job: SoundJob) -> None:
        stop = self._flags[job.job] = StopFlag()
        worker = threading.Thread(target=self._do, args=(job, stop), name=f"sound {job.job}", daemon=True)
        self._workers[job.job] = worker
        worker.start()

    def _do(self, job: SoundJob, stop: StopFlag) -> None:
        self._tell(Started(job.job))
        last = self._outcome(job, stop)
        del self._flags[job.job]
        self._tell(last)
        del self._workers[job.job]

    def _outcome(self, job: SoundJob, stop: StopFlag) -> FromSound:
        try:
            return Finished(job.job, self._answer(job, stop))
        except WorkStopped:
            return Ended(job.job)
        except MusicgenDesktopError as error:
            return Failed(job.job, str(error), isinstance(error, UserInputError))
        except Exception:  # ours, for an engine's was put into words
            logging.getLogger(__name__).exception("A job failed")
            return Failed(job.job, SOUNDING.bug, is_input=False)

    def _answer(self, job: SoundJob, stop: StopFlag) -> bytes:
        if isinstance(job, ListLoaded):
            loaded = {}
            for name, engine in self._engines.made().items():
                with plain_failures(name):
                    loaded[name] = {model: int(size) for model, size in engine.loaded().items()}
            return msgspec.msgpack.encode(loaded)
        with plain_failures(job.engine):  # an answer of another type than promised is its failure too
            return msgspec.msgpack.encode(_asked(self._engines.named(job.engine), job, self._tell, stop))

    def _tell(self, event: FromSound) -> None:
        with suppress(BrokenPipeError):  # the client is gone; the listener notices
            self._pipe.send(encode_message(event))


def _asked(
    engine: SoundEngine,
    job: Generate | Load | Unload | ListModels,
    tell: Callable[[FromSound], None],
    stop: StopFlag,
) -> SoundTake | str | tuple[SoundModel, ...] | None:
    sink = _Sink(job.job, tell)
    match job:
        case Generate():
            return msgspec.convert(engine.generate(job.request, sink, stop), SoundTake)
        case Load():
            return msgspec.convert(engine.load(job.model, sink.report, stop), str)
        case Unload():
            engine.unload(job.model)
            return None
        case ListModels():
            return msgspec.convert(tuple(engine.models()), tuple[SoundModel, ...])


class _Sink:
    """Sends what comes; the numbers of numpy and torch become plain ones on the way."""

    def __init__(self, job: int, tell: Callable[[FromSound], None]) -> None:
        self._job = job
        self._tell = tell

    def report(self, done: float, stage: str) -> None:
        self.progress(done, stage, None)

    def progress(self, done: float, stage: str, left_s: float | None) -> None:
        left_s = None if left_s is None else float(left_s)
        self._tell(Progress(self._job, float(done), stage, left_s))

    def chunk(self, variation: int, start_frame: int, sound: Sound) -> None:
        self._tell(Chunk(self._job, int(variation), int(start_frame), sound))

    def tokens(self, variation: int, data: bytes) -> None:
        self._tell(Tokens(self._job, int(variation), data))
