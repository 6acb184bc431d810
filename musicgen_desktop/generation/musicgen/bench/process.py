"""The process that measures: it loads torch, and the one that asks it does not."""

import os
from collections.abc import Sequence
from importlib import import_module

import msgspec

from musicgen_desktop.foundation import (
    MusicgenDesktopError,
    Report,
    StopFlag,
    mending,
    no_report,
    own_program,
)
from musicgen_desktop.generation.host import GenerationClient, Words, run_host

from .figures import DecodeFigures, DecodeTask, TakesFigures, TakesTask

DECODE_BENCH = "decode-bench"
"""The word that the program is started with to be this process."""

_WORDS = Words(
    ended="The process that measures ended unexpectedly; there may be too little memory for this size.",
    broken="Measuring does not work here ({cause}); “musicgen-desktop doctor” looks for the cause.",
    closed="The program is being closed; nothing more is measured.",
    bug="Measuring failed through a mistake of ours; send us the log, and try another size.",
)
_NEURAL = "python3 installers/bootstrap.py run --neural"


def ask_decode_bench(
    task: DecodeTask,
    report: Report = no_report,
    stop: StopFlag | None = None,
    command: Sequence[str] | None = None,
) -> DecodeFigures:
    """Have a process of its own measure.

    Args:
        task: the wish.
        report: told the share done, on this thread.
        stop: heeded within a second.
        command: how the process is started; our own program unless said.

    Raises:
        UserInputError: when the device is not here or the size does not fit into memory.
        GenerationFailedError: for any other failure, the process's death among them.
        Stopped: when `stop` was set.
    """
    return msgspec.msgpack.decode(_answer(task, report, stop, command), type=DecodeFigures)


def ask_takes_bench(
    task: TakesTask,
    report: Report = no_report,
    stop: StopFlag | None = None,
    command: Sequence[str] | None = None,
) -> TakesFigures:
    """Have a process of its own make takes; arguments and errors are those of `ask_decode_bench`."""
    return msgspec.msgpack.decode(_answer(task, report, stop, command), type=TakesFigures)


def run_decode_bench(_arguments: Sequence[str]) -> int:
    """The process's whole life; it ends when its client closes it or dies.

    Returns:
        The exit status.
    """
    return run_host(_work, _nothing_to_load, _WORDS)


def _answer(
    task: DecodeTask | TakesTask, report: Report, stop: StopFlag | None, command: Sequence[str] | None
) -> bytes:
    client = GenerationClient(command or (*own_program(), DECODE_BENCH), _WORDS)
    try:
        return client.run(msgspec.msgpack.encode(task), report, stop)
    finally:
        client.close()


def _work(data: bytes, report: Report, stop: StopFlag) -> bytes:
    task = msgspec.msgpack.decode(data, type=DecodeTask | TakesTask)
    if task.home:
        os.environ["MUSICGEN_DESKTOP_HOME"] = task.home
    report(0.0, "Loading torch")
    try:
        # By name: whatever the window's process can reach by an import leads to no torch.
        if isinstance(task, DecodeTask):
            found = import_module(".measure", __package__).measure_decode(task, report, stop)
        else:
            found = import_module(".whole_takes", __package__).measure_takes(task.seconds, report, stop)
    except ModuleNotFoundError as error:
        raise MusicgenDesktopError(
            f"The neural engine is not installed ({error.name} is missing); {mending(_NEURAL)} to add it."
        ) from error
    return msgspec.msgpack.encode(found)


def _nothing_to_load() -> None:
    """What is needed is loaded by the one task there is."""
