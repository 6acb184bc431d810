"""Messages through a pipe between two processes: four bytes of length, then so many bytes."""

import os
import struct
import threading
from contextlib import suppress
from typing import IO

LARGEST_MESSAGE = 1 << 28
"""Nobody sends more than this at once; who claims to has lost the thread."""

_LENGTH = struct.Struct("<I")


class FramedPipe:
    """Two ends of two pipes. Any thread may send; one receives.

    Args:
        incoming: read from, without a buffer of its own or with one.
        outgoing: written to.
    """

    def __init__(self, incoming: IO[bytes], outgoing: IO[bytes]) -> None:
        self._incoming = incoming
        self._outgoing = outgoing
        self._sending = threading.Lock()

    def send(self, message: bytes) -> None:
        """Hand over a message; waits while the other side is slow to take it.

        Raises:
            BrokenPipeError: when nobody is there to receive it.
            ValueError: when it is larger than `LARGEST_MESSAGE`.
        """
        if len(message) > LARGEST_MESSAGE:
            raise ValueError(f"A message of {len(message)} bytes is too large.")
        data = memoryview(_LENGTH.pack(len(message)) + message)
        with self._sending:
            try:
                while data:
                    # A pipe without a buffer may take a part only.
                    data = data[self._outgoing.write(data) or 0 :]
                self._outgoing.flush()
            except (OSError, ValueError) as error:
                raise BrokenPipeError("The other process is gone.") from error

    def receive(self) -> bytes | None:
        """Wait for the next message; None when the other side is gone, or sends what is no message."""
        head = self._exactly(_LENGTH.size)
        if head is None:
            return None
        (length,) = _LENGTH.unpack(head)
        return self._exactly(length) if length <= LARGEST_MESSAGE else None

    def close_outgoing(self) -> None:
        """Say that nothing more follows; the other side then receives None."""
        with suppress(OSError):  # what could not be flushed any more reaches nobody
            self._outgoing.close()

    def close(self) -> None:
        """Let go of both ends; the other side then receives None."""
        for end in (self._outgoing, self._incoming):
            try:
                end.close()
            except OSError:
                continue  # what could not be flushed any more reaches nobody

    def _exactly(self, count: int) -> bytes | None:
        parts = bytearray()
        while len(parts) < count:
            try:
                part = self._incoming.read(count - len(parts))
            except (OSError, ValueError):
                return None
            if not part:
                return None
            parts += part
        return bytes(parts)


def pipe_to_parent() -> FramedPipe:
    """Our standard input and output as a pipe to whoever started us, out of reach of libraries that print.

    It has no buffers, so that nothing holds a lock when the process ends while somebody waits at it.
    """
    incoming, outgoing = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    os.close(nothing)
    return FramedPipe(os.fdopen(incoming, "rb", buffering=0), os.fdopen(outgoing, "wb", buffering=0))
