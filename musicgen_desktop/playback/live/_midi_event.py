"""One message of a keyboard and when it came."""

import msgspec

NOTE_OFF, NOTE_ON, CONTROL, PITCH_BEND = 0x80, 0x90, 0xB0, 0xE0


class MidiEvent(msgspec.Struct, frozen=True):
    """A whole channel message.

    Attributes:
        at: when it came, in seconds of `time.monotonic`.
        data: a status byte and its one or two data bytes.
    """

    at: float
    data: bytes

    @property
    def kind(self) -> int:
        """The status without its channel. A note-on of velocity 0 is a note-off."""
        kind = self.data[0] & 0xF0
        return NOTE_OFF if kind == NOTE_ON and self.data[2] == 0 else kind

    @property
    def channel(self) -> int:
        """0 … 15."""
        return self.data[0] & 0x0F

    @property
    def bend(self) -> int:
        """−8192 … 8191 of a pitch wheel's message."""
        return (self.data[1] | self.data[2] << 7) - 8192
