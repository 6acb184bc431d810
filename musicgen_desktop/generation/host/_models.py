"""Models of others are looked at in a process of their own: a broken file harms nothing else."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from musicgen_desktop.foundation import Report, StopFlag, Stopped, no_report, own_program

from ._client import GenerationClient
from ._process import run_host
from ._sound_engines import SoundEngines, plain_failures
from ._words import MODELS

MODEL_PROCESS = "model-process"
"""The word that the program is started with to be this process."""


class _Add(msgspec.Struct, frozen=True, tag=True):
    engine: str
    source: str
    name: str | None


class _Check(msgspec.Struct, frozen=True, tag=True):
    engine: str
    model: str


_TASKS: msgspec.msgpack.Decoder[_Add | _Check] = msgspec.msgpack.Decoder(_Add | _Check)


def add_model(
    engine: str,
    source: Path,
    name: str | None = None,
    report: Report = no_report,
    stop: StopFlag | None = None,
    command: Sequence[str] | None = None,
) -> str:
    """Install a model from a folder or a zip; returns its id. The source is not trusted.

    Args:
        engine: the name of its entry point.
        source: the folder or zip.
        name: for a person; the engine finds one unless said.
        report: told the share done, on this thread.
        stop: work that does not heed it within a second is killed.
        command: how the process is started; our own program unless said.

    Raises:
        UserInputError: when it is no model of this engine, with the reason.
        GenerationFailedError: for any other failure, the process's death among them.
        Stopped: when `stop` was set.
    """
    return _in_a_process(_Add(engine, str(source.absolute()), name), report, stop, command)


def check_model(
    engine: str,
    model: str,
    report: Report = no_report,
    stop: StopFlag | None = None,
    command: Sequence[str] | None = None,
) -> str:
    """Compare a model's hashes and have it make a second of sound; returns what was found, in a sentence.

    Arguments and errors are those of `add_model`.
    """
    return _in_a_process(_Check(engine, model), report, stop, command)


def run_model_process(_arguments: Sequence[str]) -> int:
    """The process's whole life; it ends when its client closes it or dies.

    Returns:
        The exit status.
    """
    return run_host(_work, _nothing_to_load, MODELS)


def _in_a_process(
    task: _Add | _Check, report: Report, stop: StopFlag | None, command: Sequence[str] | None
) -> str:
    client = GenerationClient(command or (*own_program(), MODEL_PROCESS), MODELS)
    try:
        return client.run(msgspec.msgpack.encode(task), report, stop).decode()
    except Stopped:
        client.close(at_once=True)  # it may still be loading libraries, or let go of them
        raise
    finally:
        client.close()


def _work(data: bytes, report: Report, stop: StopFlag) -> bytes:
    task = _TASKS.decode(data)
    with plain_failures(task.engine):
        engine = SoundEngines().named(task.engine)
        if isinstance(task, _Add):
            return engine.add_model(Path(task.source), task.name, report, stop).encode()
        return engine.check_model(task.model, report, stop).encode()


def _nothing_to_load() -> None:
    """The engine is loaded by the one task there is."""
