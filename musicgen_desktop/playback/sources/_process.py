"""The source process: an ear for messages, and hands that fill rings."""

import gc
import os
import queue
import shutil
import signal
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Literal

import msgspec

from musicgen_desktop.foundation import FramedPipe, pipe_to_parent

from ._feeder import Feeder
from ._messages import Problem, Ready, Start, ToChild, decode_to_child, encode_message

_SWITCH_S = 0.001
_FEW_FILES, _MANY_FILES = 100, 10_000
_PATIENCE_S, _LOOK_S = 1.0, 0.005

_Inbox = queue.SimpleQueue[ToChild | Literal["look", "end"]]


def run_source_process(arguments: Sequence[str] = ()) -> int:
    """The process's whole life; it ends when its parent closes the pipe or dies.

    Args:
        arguments: the cache folder of long sounds; the user's when there is none.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's, and it closes the pipe
    parent = os.getppid()
    pipe = pipe_to_parent()
    sys.setswitchinterval(_SWITCH_S)
    inbox: _Inbox = queue.SimpleQueue()
    folders: list[str] = []

    def tell(problem: Problem) -> None:
        with suppress(BrokenPipeError):
            pipe.send(encode_message(problem))

    cache = Path(arguments[0]) if arguments else None
    feeder = Feeder(tell, lambda: inbox.put("look"), cache, most_open=_open_files())
    _load_libraries()
    gc.collect()
    gc.freeze()
    threading.Thread(target=_listen, args=(pipe, inbox, folders), name="messages", daemon=True).start()
    with suppress(BrokenPipeError):
        pipe.send(encode_message(Ready()))
    try:
        _serve(feeder, inbox)
        if _is_alone(parent, folders):
            for folder in folders:  # a parent that was killed leaves them to us
                shutil.rmtree(folder, ignore_errors=True)
    finally:
        feeder.close()
    return 0


def _is_alone(parent: int, folders: Sequence[str]) -> bool:
    """Whether the parent is gone now that its pipe is: one that lives goes on with its rings."""
    if sys.platform == "win32":  # nothing that is still in use can be removed there
        return True
    # A process that is killed loses its pipes a moment before its children lose their parent; one that ends
    # us on purpose removes its rings before.
    end = time.monotonic() + _PATIENCE_S
    while os.getppid() == parent and time.monotonic() < end and any(map(os.path.exists, folders)):
        time.sleep(_LOOK_S)
    return os.getppid() != parent


def _open_files() -> int:
    """How many files may stay open: as many as the system lets us have, less those that we need otherwise."""
    if sys.platform == "win32":
        return _FEW_FILES
    import resource  # noqa: PLC0415 - not on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _MANY_FILES if hard == resource.RLIM_INFINITY else min(hard, _MANY_FILES)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
            soft = wanted
    return _MANY_FILES // 2 if soft == resource.RLIM_INFINITY else max(soft // 2, _FEW_FILES)


def _load_libraries() -> None:
    """What the first source would else wait for."""
    import soundfile  # noqa: F401, PLC0415
    import soxr  # noqa: F401, PLC0415

    with suppress(ImportError):
        import tinysoundfont._tinysoundfont  # noqa: F401, PLC0415


def _listen(pipe: FramedPipe, inbox: _Inbox, folders: list[str]) -> None:
    """The ear: a message waits for nothing but the one piece that is being rendered."""
    with suppress(msgspec.DecodeError):
        while (data := pipe.receive()) is not None:
            message = decode_to_child(data)
            if isinstance(message, Start):
                folders.append(message.folder)
            inbox.put(message)
    inbox.put("end")


def _serve(feeder: Feeder, inbox: _Inbox) -> None:
    wait_s = feeder.patience_s
    while True:
        try:
            message = inbox.get(timeout=wait_s) if wait_s else inbox.get_nowait()
        except queue.Empty:
            wait_s = 0.0 if feeder.step() else feeder.patience_s
            continue
        if message == "end":
            return
        if not isinstance(message, str):
            feeder.follow(message)
        wait_s = 0.0
