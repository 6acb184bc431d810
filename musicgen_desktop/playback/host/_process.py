"""The playback process: sound card, render thread, and an ear for what the client says."""

import gc
import os
import queue
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from musicgen_desktop.foundation import FramedPipe
from musicgen_desktop.playback.board import Board
from musicgen_desktop.timing import PlayClock

from ._clock_face import ClockFace
from ._conductor import Conductor
from ._messages import NEW_PROCESS, Close, Command, Event, TalkError, decode_command, encode_message

_SWITCH_S = 0.0005
_TICK_S = 0.005


def run_playback_process(arguments: Sequence[str]) -> int:
    """The process's whole life; it ends when its client closes it or dies.

    Args:
        arguments: the folder that the client made, with the board and the clock in it.
    """
    folder = Path(arguments[0])
    # What a library prints must not end up between our messages. Without buffers nothing holds a lock when
    # the process ends while the listener waits.
    commands, events = os.fdopen(os.dup(0), "rb", buffering=0), os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    pipe = FramedPipe(commands, events)
    # A thread that computes in Python lets the render thread go on after this time, not after 5 ms.
    sys.setswitchinterval(_SWITCH_S)

    def tell(event: Event) -> None:
        with suppress(BrokenPipeError):  # the client is gone; the listener notices, and we end as we should
            pipe.send(encode_message(event))

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
    with suppress(OSError, ValueError, TalkError):
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
