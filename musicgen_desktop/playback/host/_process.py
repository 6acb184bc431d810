"""The playback process: sound card, render thread, and an ear for what the client says."""

import gc
import queue
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from musicgen_desktop.foundation import FramedPipe, pipe_to_parent
from musicgen_desktop.playback.board import Board
from musicgen_desktop.timing import PlayClock

from ._clock_face import ClockFace
from ._commands import Close, Command, decode_command
from ._conductor import Conductor
from ._events import NEW_PROCESS, Event, encode_event

_SWITCH_S = 0.0005
_TICK_S = 0.005


def run_playback_process(arguments: Sequence[str]) -> int:
    """The process's whole life; it ends when its client closes it or dies.

    Args:
        arguments: the folder that the client made, with the board and the clock in it.
    """
    folder = Path(arguments[0])
    pipe = pipe_to_parent()
    # A thread that computes in Python lets the render thread go on after this time, not after 5 ms.
    sys.setswitchinterval(_SWITCH_S)

    def tell(event: Event) -> None:
        with suppress(BrokenPipeError):  # the client is gone; the listener notices, and we end as we should
            pipe.send(encode_event(event))

    face = ClockFace(PlayClock.open(folder / "clock"))
    conductor = Conductor(Board.open(folder / "board"), tell, face)
    gc.collect()
    gc.freeze()
    gc.disable()
    inbox: queue.SimpleQueue[Command] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(pipe, inbox), name="commands", daemon=True).start()
    status = 0
    try:
        status = _serve(conductor, inbox)
    finally:
        conductor.close()
    return status


def _listen(pipe: FramedPipe, inbox: "queue.SimpleQueue[Command]") -> None:
    with suppress(OSError, ValueError, msgspec.MsgspecError):
        while (data := pipe.receive()) is not None:
            inbox.put(decode_command(data))
    inbox.put(Close())


def _serve(conductor: Conductor, inbox: "queue.SimpleQueue[Command]") -> int:
    while not conductor.needs_new_process:
        command: Command | None = None
        with suppress(queue.Empty):
            command = inbox.get(timeout=_TICK_S)
        if isinstance(command, Close):
            return 0
        if command is not None:
            conductor.follow(command)
        conductor.look_around()
    return NEW_PROCESS
