"""What client and MIDI process say to each other: frozen values, written as MessagePack."""

import msgspec

from musicgen_desktop.timing import MeterMap, TempoMap

from .sync import FollowWish, TimecodeRate

# ---- client → MIDI process ---------------------------------------------------------------------


class PortWish(msgspec.Struct, frozen=True):
    """An output port that is to be open.

    Attributes:
        key: what parts and clocks name it by.
        name: how a port of our own is called among the others, or the name of one that exists.
        is_virtual: whether it is a port of our own, which others connect to.
        system: “JACK”, “ALSA” …; empty for the best there is.
        offset_ms: how much later its messages are sent, −500 to 500; negative sends them before they are due.
    """

    key: str
    name: str
    is_virtual: bool = True
    system: str = ""
    offset_ms: float = 0.0


class SetPorts(msgspec.Struct, frozen=True, tag=True):
    """All ports that somebody needs; those that nobody needs are closed, what sounds there is let go.

    Attributes:
        ports: of this one.
        owner: who needs them; of two that name one key the first one's wish holds.
    """

    ports: tuple[PortWish, ...] = ()
    owner: str = "tracks"


class SetSong(msgspec.Struct, frozen=True, tag=True):
    """The tempo and the meters of the song, by which ticks become time."""

    tempo_map: TempoMap
    meter_map: MeterMap


class Part(msgspec.Struct, frozen=True, array_like=True):
    """What one track sends.

    Attributes:
        id: of the track.
        port: the key of a port.
        channel: 0 … 15; it is in all the messages already.
        setup: messages that choose the sound, sent before anything else.
        messages: (tick, message), ascending; of one tick a note's end comes first, then controllers, then
            beginnings. Every note that begins ends, and no key is struck while it is held.
    """

    id: str
    port: str
    channel: int
    setup: tuple[bytes, ...] = ()
    messages: tuple[tuple[int, bytes], ...] = ()


class SetParts(msgspec.Struct, frozen=True, tag=True):
    """Parts that are new or changed, and the ids of those that are gone. What they hold is let go."""

    parts: tuple[Part, ...] = ()
    gone: tuple[str, ...] = ()


class SetThru(msgspec.Struct, frozen=True, tag=True):
    """Send on what comes in.

    Attributes:
        input: the name of a MIDI input; empty for none.
        port: the key of an output port.
        channel: 0 … 15 that it is sent on; None leaves it as it comes.
    """

    input: str = ""
    port: str = ""
    channel: int | None = None


class SetClocks(msgspec.Struct, frozen=True, tag=True):
    """Send clocks, so that others run with the song.

    Attributes:
        clock: keys of the ports that get MIDI clock, with start, stop and song position.
        timecode: of those that get MIDI time code.
        rate: of the time code.
        start_s: the time code that bar 1 has.
        jack: whether the JACK server's transport moves as well.
    """

    clock: tuple[str, ...] = ()
    timecode: tuple[str, ...] = ()
    rate: TimecodeRate = "25"
    start_s: float = 0.0
    jack: bool = False


class SetMaster(msgspec.Struct, frozen=True, tag=True):
    """Listen to somebody else's clock.

    Attributes:
        page: the file of the `MasterClockPage` on which it is told what it says.
        wish: whom to follow; None for nobody.
    """

    page: str
    wish: FollowWish | None = None


class Close(msgspec.Struct, frozen=True, tag=True):
    """Let go of everything, and end."""


Command = SetPorts | SetSong | SetParts | SetThru | SetClocks | SetMaster | Close

# ---- MIDI process → client ---------------------------------------------------------------------


class OpenedPort(msgspec.Struct, frozen=True):
    """A port as it is open now.

    Attributes:
        key: as it was wished for.
        name: as others see it; empty when it is not open.
        system: what it is reached through.
        problem: why it is not open, in a sentence; empty when it is.
    """

    key: str
    name: str
    system: str
    problem: str = ""


class PortsOpened(msgspec.Struct, frozen=True, tag=True):
    """The answer to `SetPorts`, told again whenever a port is lost or has come back."""

    ports: tuple[OpenedPort, ...]


class PartsTaken(msgspec.Struct, frozen=True, tag=True):
    """The answer to `SetParts`: so many parts are sent from now on."""

    count: int


class ClocksTaken(msgspec.Struct, frozen=True, tag=True):
    """The answer to `SetClocks`.

    Attributes:
        problem: why the JACK server's transport does not move though it should; empty otherwise.
    """

    problem: str = ""


class Sent(msgspec.Struct, frozen=True, tag=True):
    """How much was sent so far, told about twice a second while anything is.

    Attributes:
        messages: so many, on all ports.
        late: of them, later than 3 ms after they were due.
        lost: that a port had no room for.
    """

    messages: int
    late: int
    lost: int


class MidiProblem(msgspec.Struct, frozen=True, tag=True):
    """Something that the user should know; the rest goes on."""

    sentence: str


Event = PortsOpened | PartsTaken | ClocksTaken | Sent | MidiProblem

encode_message = msgspec.msgpack.Encoder().encode
decode_command = msgspec.msgpack.Decoder(Command).decode
event_decoder = msgspec.msgpack.Decoder(Event)
