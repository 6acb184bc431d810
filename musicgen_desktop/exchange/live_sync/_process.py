"""The MIDI process: ports, the thread that sends, and an ear for what the client says."""

import gc
import queue
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from musicgen_desktop.foundation import FramedPipe, hurry, pipe_to_parent
from musicgen_desktop.timing import PlayClock

from ._conductor import Conductor
from ._messages import Close, Command, Event, decode_command, encode_message

_SWITCH_S = 0.0002
_TICK_S = 0.1


def run_midi_process(arguments: Sequence[str]) -> int:
    """The process's whole life; it ends when its client closes it or dies, and lets go of every note first.

    Args:
        arguments: the path of the play clock.
    """
    pipe = pipe_to_parent()
    sys.setswitchinterval(_SWITCH_S)

    def tell(event: Event) -> None:
        with suppress(BrokenPipeError):  # the client is gone; the listener notices, and we end as we should
            pipe.send(encode_message(event))

    conductor = Conductor(PlayClock.open(Path(arguments[0])), tell)
    gc.collect()
    gc.freeze()
    gc.disable()
    hurry()  # its little work must not keep the threads waiting that send and hear
    inbox: queue.SimpleQueue[Command] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(pipe, inbox), name="commands", daemon=True).start()
    try:
        _serve(conductor, inbox)
    finally:
        conductor.close()
    return 0


def _listen(pipe: FramedPipe, inbox: "queue.SimpleQueue[Command]") -> None:
    with suppress(OSError, ValueError, msgspec.MsgspecError):
        while (data := pipe.receive()) is not None:
            inbox.put(decode_command(data))
    inbox.put(Close())


def _serve(conductor: Conductor, inbox: "queue.SimpleQueue[Command]") -> None:
    while True:
        command: Command | None = None
        with suppress(queue.Empty):
            command = inbox.get(timeout=_TICK_S)
        if isinstance(command, Close):
            return
        if command is not None:
            conductor.follow(command)
        conductor.look_around()
