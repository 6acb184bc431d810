"""What the playback process says to its client: frozen values, written as MessagePack."""

import msgspec

from musicgen_desktop.playback.recording import Recorded
from musicgen_desktop.playback.speaker import DeviceList
from musicgen_desktop.playback.transport import TransportState


class SpeakerOpened(msgspec.Struct, frozen=True, tag=True):
    """A device is open.

    Attributes:
        latency_ms: from the ring to the ear, as the device says.
        silent_because: a sentence when there is no device and nothing will be heard.
        remark: what is not as it was wished, in a sentence.
        host_api: the way to the device, such as JACK or ALSA; empty for none.
        input_device: where the inputs are; empty without any.
    """

    name: str
    rate: int
    device_frames: int
    latency_ms: float
    silent_because: str = ""
    remark: str = ""
    host_api: str = ""
    input_device: str = ""


class SpeakerLost(msgspec.Struct, frozen=True, tag=True):
    """The device went away; it is tried again every second."""

    sentence: str


class Devices(msgspec.Struct, frozen=True, tag=True):
    """The answer to `ListDevices`."""

    devices: DeviceList
    midi_inputs: tuple[str, ...] = ()


class StateChanged(msgspec.Struct, frozen=True, tag=True):
    """The transport is in another state now, at this place."""

    state: TransportState
    tick: float


class PlanTaken(msgspec.Struct, frozen=True, tag=True):
    """The plan of this number is what sounds from now on."""

    number: int


class RecordingEnded(msgspec.Struct, frozen=True, tag=True):
    """A recording is on the disk, to be kept in the project."""

    recorded: Recorded


class LatencyMeasured(msgspec.Struct, frozen=True, tag=True):
    """The answer to `MeasureLatency`.

    Attributes:
        round_trip_frames: from leaving the ring to coming in again.
        told_frames: what the device says it is.
    """

    round_trip_frames: int
    told_frames: int

    @property
    def residual_frames(self) -> int:
        """What the device does not tell."""
        return self.round_trip_frames - self.told_frames


class LiveReady(msgspec.Struct, frozen=True, tag=True):
    """The answer to `SetLive`.

    Attributes:
        midi_port: the keyboard that is listened to, or all of them; empty for none.
        thru_ms: from a key to the ear.
        keyboards: each by its name.
    """

    midi_port: str = ""
    thru_ms: float = 0.0
    keyboards: tuple[str, ...] = ()


class KeyMoved(msgspec.Struct, frozen=True, tag=True):
    """A key of the keyboard that is listened to was struck, or let go with velocity 0."""

    pitch: int
    velocity: int


class ControlMove(msgspec.Struct, frozen=True, array_like=True):
    """A controller or a key of an input that is listened to.

    Attributes:
        port: the input's name.
        kind: 0xB0 for a controller, 0x90 for a key.
        channel: 0 … 15.
        number: 0 … 127.
        value: 0 … 127; 0 for a key that was let go.
    """

    port: str
    kind: int
    channel: int
    number: int
    value: int


class ControlsMoved(msgspec.Struct, frozen=True, tag=True):
    """What moved since the last time, in order."""

    moves: tuple[ControlMove, ...]


class MidiInputsOpened(msgspec.Struct, frozen=True, tag=True):
    """The inputs that are listened to are others now; also the answer to `ListenToMidi`.

    Attributes:
        names: of those that are open.
        problem: why one is not, in a sentence; empty when all are.
    """

    names: tuple[str, ...] = ()
    problem: str = ""


class Problem(msgspec.Struct, frozen=True, tag=True):
    """Something that the user should know; playing goes on."""

    sentence: str


class Refused(msgspec.Struct, frozen=True, tag=True):
    """A command that could not be followed; `is_input` when it was wished for wrongly."""

    sentence: str
    is_input: bool = False


Event = (
    SpeakerOpened
    | SpeakerLost
    | Devices
    | StateChanged
    | PlanTaken
    | RecordingEnded
    | LatencyMeasured
    | LiveReady
    | KeyMoved
    | ControlsMoved
    | MidiInputsOpened
    | Problem
    | Refused
)

encode_event = msgspec.msgpack.Encoder().encode
event_decoder = msgspec.msgpack.Decoder(Event)
NEW_PROCESS = 75
"""The exit status of a playback process in which the sound system is stuck: only another one gets sound."""
