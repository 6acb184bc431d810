"""From a stream of bytes to whole channel messages; whatever else the stream holds is passed over."""

_DATA_BYTES = {0x80: 2, 0x90: 2, 0xA0: 2, 0xB0: 2, 0xC0: 1, 0xD0: 1, 0xE0: 2}
_STATUS, _SYSTEM, _REAL_TIME = 0x80, 0xF0, 0xF8


class MidiParser:
    """Keeps a message that has come in part, and the running status; never more than three bytes.

    Source: MIDI 1.0 detailed specification, “Running status” and “Types of messages”.
    """

    def __init__(self) -> None:
        self._status = 0
        self._data = bytearray()

    def feed(self, stream: bytes) -> list[bytes]:
        """The channel messages that these bytes complete, each with its status byte.

        Real-time bytes may stand anywhere. System messages, of any length, end the running status; data
        bytes that belong to nothing are dropped.
        """
        found: list[bytes] = []
        for byte in stream:
            if byte >= _REAL_TIME:
                continue
            if byte >= _STATUS:
                # No system message is wanted: its data bytes then belong to nothing.
                self._status = byte if byte < _SYSTEM else 0
                self._data.clear()
                continue
            if not self._status:
                continue
            self._data.append(byte)
            if len(self._data) == _DATA_BYTES[self._status & 0xF0]:
                found.append(bytes((self._status, *self._data)))
                self._data.clear()
        return found
