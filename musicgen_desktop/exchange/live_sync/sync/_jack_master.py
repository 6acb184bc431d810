"""JACK transport: all programs of a JACK server start, stop and locate together."""

import time
from collections import deque
from statistics import median
from typing import Any

from musicgen_desktop.foundation import MIDI_CLIENT_NAME, mending
from musicgen_desktop.timing import MasterClock

from ._master import FollowWish, SyncError

_LOOKS = 15
_JUMP_S = 0.02


class JackMaster:
    """The transport of the server that runs.

    Args:
        wish: its offset.

    Raises:
        SyncError: when there is no library, or no server.
    """

    def __init__(self, wish: FollowWish) -> None:
        self._offset_s = wish.offset_ms / 1000.0
        self._jack: Any = jack_module()
        self._client: Any = open_client(self._jack, "transport")
        self.is_gone = False
        """The server ended, or shut us out."""
        self._client.set_shutdown_callback(self._on_shutdown)
        self._client.activate()
        self._seen: deque[float] = deque(maxlen=_LOOKS)
        self._rolls = False
        self._place = 0.0
        self._starts = 0

    def look(self, now_s: float) -> MasterClock:
        """Its place now."""
        if self.is_gone:
            problem = "The JACK server has ended; start it, then follow its transport again."
            return MasterClock("lost", "seconds", now_s, self._place, starts=self._starts, problem=problem)
        before = time.monotonic()
        rolls = self._client.transport_state == self._jack.ROLLING
        place = self._client.transport_frame / self._client.samplerate
        at_s = 0.5 * (before + time.monotonic()) + self._offset_s
        lead = place - at_s
        is_elsewhere = bool(self._seen) and abs(lead - median(self._seen)) > _JUMP_S
        if rolls != self._rolls or (is_elsewhere if rolls else place != self._place):
            self._starts += 1
            self._seen.clear()
        self._rolls, self._place = rolls, place
        if not rolls:
            return MasterClock("stopped", "seconds", now_s, place, starts=self._starts)
        self._seen.append(lead)
        return MasterClock("rolling", "seconds", at_s, at_s + median(self._seen), 1.0, starts=self._starts)

    def close(self) -> None:
        """Leave the server."""
        if not self.is_gone:
            self._client.deactivate()
        self._client.close()

    def _on_shutdown(self, _status: object, _reason: str) -> None:
        self.is_gone = True


def jack_module() -> Any:
    """The library for JACK.

    Raises:
        SyncError: when it, or JACK itself, is not installed.
    """
    try:
        import jack  # noqa: PLC0415 - optional
    except (ImportError, OSError) as error:
        raise SyncError(
            f"JACK cannot be reached: {mending('pip install JACK-Client')}, with JACK itself installed."
        ) from error
    return jack


def has_jack_module() -> bool:
    """Whether the library for JACK, and JACK itself, are installed."""
    try:
        jack_module()
    except SyncError:
        return False
    return True


def open_client(module: Any, purpose: str) -> Any:
    """A client of the server that runs.

    Raises:
        SyncError: when none does.
    """
    for complain in (module.set_error_function, module.set_info_function):
        complain(lambda _: None)
    try:
        return module.Client(f"{MIDI_CLIENT_NAME} {purpose}", no_start_server=True)
    except module.JackOpenError as error:
        raise SyncError("No JACK server runs here; start JACK (or PipeWire's), then try again.") from error
