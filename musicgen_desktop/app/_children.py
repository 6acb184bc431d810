"""Processes that the program starts of itself; each loads no more than it needs."""

import logging
import os
import signal
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress

from musicgen_desktop.foundation import start_log, user_log_folder

from ._window import has_screen, shown_window

_BROKEN = 70  # EX_SOFTWARE

ChildProcess = Callable[[Sequence[str]], int]
"""What a child does, given its arguments; returns its exit status."""


def _playback(arguments: Sequence[str]) -> int:
    from musicgen_desktop.playback.host import run_playback_process  # noqa: PLC0415 - only this child

    return run_playback_process(arguments)


def _sources(arguments: Sequence[str]) -> int:
    from musicgen_desktop.playback.sources import run_source_process  # noqa: PLC0415 - only this child

    return run_source_process(arguments)


def _generation(arguments: Sequence[str]) -> int:
    from musicgen_desktop.session.controllers.generating import (  # noqa: PLC0415 - only this child
        run_generation_process,
    )

    return run_generation_process(arguments)


def _sound(arguments: Sequence[str]) -> int:
    from musicgen_desktop.generation.host import run_sound_host  # noqa: PLC0415 - only this child

    return run_sound_host(arguments)


def _model(arguments: Sequence[str]) -> int:
    from musicgen_desktop.generation.host import run_model_process  # noqa: PLC0415 - only this child

    return run_model_process(arguments)


def _download(arguments: Sequence[str]) -> int:
    from musicgen_desktop.generation.musicgen.library import (  # noqa: PLC0415 - only this child
        run_download_process,
    )

    return run_download_process(arguments)


def _import(arguments: Sequence[str]) -> int:
    from musicgen_desktop.exchange.midi_file import run_import_process  # noqa: PLC0415 - only this child

    return run_import_process(arguments)


def _dawproject(arguments: Sequence[str]) -> int:
    from musicgen_desktop.exchange.dawproject import run_dawproject_process  # noqa: PLC0415 - only this child

    return run_dawproject_process(arguments)


def _midi(arguments: Sequence[str]) -> int:
    from musicgen_desktop.exchange.live_sync import run_midi_process  # noqa: PLC0415 - only this child

    return run_midi_process(arguments)


def _window_bench(arguments: Sequence[str]) -> int:
    from musicgen_desktop.ui.main_window.bench import run_window_bench  # noqa: PLC0415 - only this child

    if not has_screen():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return run_window_bench(arguments, shown_window)


def _decode_bench(arguments: Sequence[str]) -> int:
    from musicgen_desktop.generation.musicgen.bench import run_decode_bench  # noqa: PLC0415 - only this child

    return run_decode_bench(arguments)


CHILDREN: dict[str, ChildProcess] = {
    "playback-process": _playback,
    "source-process": _sources,
    "generation-process": _generation,
    "sound-process": _sound,
    "model-process": _model,
    "download-process": _download,
    "import-process": _import,
    "dawproject-process": _dawproject,
    "midi-process": _midi,
    "window-bench": _window_bench,
    "decode-bench": _decode_bench,
}
"""By the word that the program is started with."""


def _silence_libraries(name: str) -> None:
    """What sound systems complain about on the way is for a bug report, not for the terminal."""
    with suppress(OSError):
        file = os.open(user_log_folder() / f"{name}.err.log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        os.dup2(file, 2)
        os.close(file)


def run_child(name: str, arguments: Sequence[str]) -> int:
    """Be this child: Ctrl-C is its parent's business, and failures go to the log, not to the terminal."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    start_log(name)
    _silence_libraries(name)
    log = logging.getLogger(__name__)

    def break_off(failure: threading.ExceptHookArgs) -> None:
        # A process that lost a thread only seems alive; its parent starts a whole one.
        log.error("A thread failed", exc_info=failure.exc_value)
        os._exit(_BROKEN)

    threading.excepthook = break_off
    try:
        return CHILDREN[name](arguments)
    except Exception:
        log.exception("The process failed")
        return _BROKEN
