"""The generation process: engines by name, and the levels of what they make."""

from collections.abc import Sequence

import msgspec

from musicgen_desktop.foundation import Report, StopFlag, no_report
from musicgen_desktop.generation.host import run_host

from ._make import Task, make_candidate
from ._wish import Wish

_TASKS = msgspec.msgpack.Decoder(Task)


def run_generation_process(_arguments: Sequence[str]) -> int:
    """The process's whole life; it ends when its client closes it or dies."""
    return run_host(_work, _warm_up)


def _work(task: bytes, report: Report, stop: StopFlag) -> bytes:
    return msgspec.msgpack.encode(make_candidate(_TASKS.decode(task), report, stop))


def _warm_up() -> None:
    """The first take costs no more than any other: styles, instruments and effects were all used once."""
    make_candidate(Task(Wish(bars=1, style="lofi", stems="drums,bass,chords")), no_report, StopFlag())
