"""PortAudio, loaded when it is first needed, and its life: the one place that knows its traps.

Once a JACK server is gone that PortAudio found at its start, it cannot be ended any more: closing a stream
waits ten minutes for the server, and ending PortAudio aborts the process. Only a new process gets sound then.
"""

import atexit
import os
import platform
import threading
from types import ModuleType
from typing import Any

from musicgen_desktop.foundation import mending

from ._errors import NoSoundSystemError
from ._jack_watch import JackWatch

JACK = "JACK Audio Connection Kit"

_CLOSING_S = 3.0  # a driver whose device was pulled out may never answer

_lock = threading.Lock()
# Also keeps their memory, which the callback uses, until they are closed.
_open_streams: dict[int, Any] = {}
_given_up = False
_jack: JackWatch | None = None
_is_prepared = False


def portaudio() -> ModuleType:
    """The library sounddevice, started.

    Raises:
        NoSoundSystemError: it is not installed, or finds no PortAudio.
    """
    if platform.system() == "Windows":
        # Read by sounddevice while it is imported: which of its two PortAudio libraries it loads.
        os.environ.setdefault("SD_ENABLE_ASIO", "1")
    try:
        import sounddevice  # noqa: PLC0415 - starts the sound system
    except ImportError as error:
        advice = mending("pip install sounddevice rtmixer")
        raise NoSoundSystemError(f"The library sounddevice is missing; to hear sound, {advice}.") from error
    except OSError as error:
        advice = "run “apt install libportaudio2”" if platform.system() == "Linux" else "install it again"
        raise NoSoundSystemError(
            f"The sound library PortAudio is missing or broken; to hear sound, {advice}."
        ) from error
    except Exception as error:  # sounddevice's own error exists only once it is imported
        raise NoSoundSystemError(f"The sound system does not start ({error}); see its settings.") from error
    found: ModuleType = sounddevice
    _prepare(found)
    return found


def mixer_library() -> ModuleType:
    """The library rtmixer, whose callback in C drains the rings.

    Raises:
        NoSoundSystemError: it is not installed, or finds no PortAudio.
    """
    portaudio()
    try:
        import rtmixer  # noqa: PLC0415 - loads sounddevice
    except ImportError as error:
        advice = mending("pip install rtmixer")
        raise NoSoundSystemError(f"The library rtmixer is missing; to hear sound, {advice}.") from error
    found: ModuleType = rtmixer
    return found


def rescan() -> bool:
    """Look for devices anew: what was plugged in since the last look, a server started since.

    PortAudio does so only when it starts, and ending it would pull away the ground below an open stream.

    Returns:
        False when nothing was done, because a speaker of this process is open or `needs_new_process`.

    Raises:
        NoSoundSystemError: there is no sound system.
    """
    library = portaudio()
    if needs_new_process():
        return False
    with _lock:
        if _open_streams:
            return False
        try:
            while library._initialized > 0:  # noqa: SLF001 - sounddevice has no public way
                library._terminate()  # noqa: SLF001
            library._initialize()  # noqa: SLF001
        except library.PortAudioError as error:
            raise NoSoundSystemError(f"The sound system does not start ({error}).") from error
        _watch_jack(library)
    return True


def needs_new_process() -> bool:
    """Whether PortAudio is stuck in this process, so that only a new one gets sound.

    A JACK server ended, or a driver does not answer any more.
    """
    return _given_up or (_jack is not None and not _jack.is_alive)


def opened(stream: Any) -> None:
    """Remember that this stream is open."""
    with _lock:
        _open_streams[id(stream)] = stream


def close_stream(stream: Any) -> None:
    """End this stream at once, or give up on it when its driver does not answer."""
    worker = threading.Thread(target=_end_stream, args=(stream,), name="close-stream", daemon=True)
    worker.start()
    worker.join(_CLOSING_S)
    if worker.is_alive():
        abandon(stream)
        return
    with _lock:
        _open_streams.pop(id(stream), None)


def abandon(stream: Any) -> None:
    """Never touch this stream again; its memory is kept, because the driver may hold it still."""
    global _given_up  # noqa: PLW0603 - as PortAudio itself, of which a process has one
    opened(stream)
    _given_up = True


def _end_stream(stream: Any) -> None:
    stream.abort()
    stream.close()


def _prepare(library: ModuleType) -> None:
    """Once for this process: watch JACK, and leave by our own rules; sounddevice's always end PortAudio."""
    global _is_prepared  # noqa: PLW0603
    with _lock:
        if _is_prepared:
            return
        _is_prepared = True
        _watch_jack(library)
        atexit.unregister(library._exit_handler)  # noqa: SLF001
        atexit.register(_leave, library)


def _watch_jack(library: ModuleType) -> None:
    global _jack  # noqa: PLW0603
    if _jack is not None:
        _jack.close()
    has_jack = any(api["name"] == JACK for api in library.query_hostapis())
    _jack = JackWatch() if has_jack and platform.system() == "Linux" else None


def _leave(library: ModuleType) -> None:
    if needs_new_process():
        return
    for stream in list(_open_streams.values()):  # callbacks must not outlive Python's memory
        close_stream(stream)
    if not needs_new_process():
        if _jack is not None:
            _jack.close()
        library._exit_handler()  # noqa: SLF001
