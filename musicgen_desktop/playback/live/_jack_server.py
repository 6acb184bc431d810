"""Whether the JACK server that a client belongs to still runs.

The MIDI library does not tell, and a client that asks goes on hearing what it knew before the server died. To
open a new one would tell, but all clients wait for it, and messages that were heard come once more. So the
server's socket is looked at, where it has one that we know of.
"""

import os
import socket
import sys
from pathlib import Path

_WAIT_S = 0.2


class JackServerWatch:
    """Remembers the server that runs now."""

    def __init__(self) -> None:
        name = os.environ.get("JACK_DEFAULT_SERVER", "default")
        self._path: Path | None = None
        if sys.platform.startswith("linux"):
            path = Path(f"/dev/shm/jack_{name}_{os.getuid()}_0")  # noqa: S108 - where JACK2 has it
            self._path = path if path.exists() else None
        self._identity = self._seen()

    def is_gone(self) -> bool:
        """Whether it ended, or another one came; False where nobody can tell."""
        if self._path is None:
            return False
        return self._seen() != self._identity or not self._answers(self._path)

    def _seen(self) -> tuple[int, int] | None:
        try:
            status = self._path.stat() if self._path is not None else None
        except OSError:
            return None
        return None if status is None else (status.st_ino, status.st_mtime_ns)

    def _answers(self, path: Path) -> bool:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as knock:
            knock.settimeout(_WAIT_S)
            try:
                knock.connect(str(path))
            except TimeoutError:
                return True  # it is busy
            except OSError:
                return False
        return True
