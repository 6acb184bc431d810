"""The MIDI messages that keep two machines together."""

CLOCK, START, CONTINUE, STOP = b"\xf8", b"\xfa", b"\xfb", b"\xfc"
POSITION, QUARTER_FRAME = 0xF2, 0xF1
LAST_POSITION = 0x3FFF


def song_position(sixteenths: int) -> bytes:
    """Where the song stands, 0 … 16383 sixteenths from its beginning.

    >>> song_position(130).hex()
    'f20201'
    """
    return bytes((POSITION, sixteenths & 0x7F, sixteenths >> 7))


def position_of(data: bytes) -> int | None:
    """The sixteenths of a song position; None for any other message.

    >>> position_of(song_position(16383))
    16383
    """
    if len(data) != 3 or data[0] != POSITION:
        return None
    return data[1] | data[2] << 7
