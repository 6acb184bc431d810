"""Whether the JACK server that PortAudio talks to is still there: PortAudio itself does not tell.

A second client of our own, without ports and without a callback for sound, hears of the server's end.
"""

import ctypes
from typing import Any

_LIBRARY = "libjack.so.0"
_NO_START_SERVER = 1
_NAME = b"musicgen-watch"

_OnShutdown = ctypes.CFUNCTYPE(None, ctypes.c_void_p)


class JackWatch:
    """Watches the server that is there now.

    Attributes:
        is_alive: False for good once the server ended. Where JACK takes no second client, it stays
            True and nothing is known.
    """

    def __init__(self) -> None:
        self.is_alive = True
        self._client: int | None = None
        # Kept: the library holds only its address.
        self._on_shutdown: Any = _OnShutdown(self._ended)
        try:
            self._library: Any = ctypes.CDLL(_LIBRARY)
        except OSError:
            return
        self._library.jack_client_open.restype = ctypes.c_void_p
        status = ctypes.c_int(0)
        self._client = self._library.jack_client_open(_NAME, _NO_START_SERVER, ctypes.byref(status))
        if self._client is not None:
            self._library.jack_on_shutdown(ctypes.c_void_p(self._client), self._on_shutdown, None)

    def close(self) -> None:
        """Watch no longer; of a server that ended, nothing may be touched any more."""
        if self._client is not None and self.is_alive:
            self._library.jack_client_close(ctypes.c_void_p(self._client))
            self._client = None
        if self._client is None:
            self._on_shutdown = None  # refers back to us, and nobody collects such rings in this process

    def _ended(self, _: object) -> None:
        self.is_alive = False
