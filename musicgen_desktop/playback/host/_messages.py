"""What client and playback process say to each other: frozen values, written as MessagePack.

Places on the timeline are ticks, not rounded to whole ones: they mean the same at any sample rate.
"""

from typing import Literal

import msgspec

from musicgen_desktop.foundation import MusicgenDesktopError
from musicgen_desktop.music import Patch
from musicgen_desktop.playback.mixer import StripSettings
from musicgen_desktop.playback.recording import ArmedNotes, ArmedTrack, Recorded
from musicgen_desktop.playback.speaker import DeviceList, SpeakerSettings
from musicgen_desktop.playback.transport import TransportState
from musicgen_desktop.timing import MeterMap, TempoMap

# ---- client → playback process -----------------------------------------------------------------


class OpenSpeaker(msgspec.Struct, frozen=True, tag=True):
    """Open a device; what is open is closed first.

    Attributes:
        settings: which, and how. The device “silent” is none at all.
        look_ahead_ms: where the look-ahead begins; it grows when the machine is late.
        is_patient: wait for a device that is not there, trying every second, and without a word.
    """

    settings: SpeakerSettings = SpeakerSettings()
    look_ahead_ms: float = 100.0
    is_patient: bool = False


class SetPlan(msgspec.Struct, frozen=True, tag=True):
    """The song, or what changed of it since the last plan.

    Attributes:
        number: counts up.
        rate: what the plan was made for; a plan for another rate than the device's is passed over.
        order: ids of all strips in mixing order, the master last.
        strips: the settings of those that are new or changed.
        sources: (strip id, encoded source) of those that are new or changed; empty bytes for none any more.
        song_frames: the song's length without its tail.
        tail_frames: how long the effects ring on.
    """

    number: int
    rate: int
    tempo_map: TempoMap
    meter_map: MeterMap
    order: tuple[str, ...]
    strips: tuple[StripSettings, ...]
    sources: tuple[tuple[str, bytes], ...]
    song_frames: int
    tail_frames: int
    whole: bool = False


class Play(msgspec.Struct, frozen=True, tag=True):
    """Play, from a place or from where the play head stands.

    Attributes:
        tick: where to begin; None for where it stands.
        count_in_bars: clicked before that.
        record: whether armed tracks record.
        until_end: stop by itself when the song and its tail are over.
        until_tick: stop by itself there, instead.
    """

    tick: float | None = None
    count_in_bars: int = 0
    record: bool = False
    until_end: bool = False
    until_tick: float | None = None


class Stop(msgspec.Struct, frozen=True, tag=True):
    """Stop, and stay, or go back to where playing began."""

    go_back: bool = False


class Locate(msgspec.Struct, frozen=True, tag=True):
    """Go elsewhere; what plays goes on playing there."""

    tick: float


class Return(msgspec.Struct, frozen=True, tag=True):
    """Go to the beginning of the loop when it is on, else of the song."""


class SetLoop(msgspec.Struct, frozen=True, tag=True):
    """The span that is repeated while `enabled`."""

    start_tick: float
    end_tick: float
    enabled: bool


class SetMetronome(msgspec.Struct, frozen=True, tag=True):
    """The click: on or off, and how loud."""

    enabled: bool
    gain_db: float = -6.0


class Scrub(msgspec.Struct, frozen=True, tag=True):
    """Sound a moment of the song around a place; None ends it."""

    tick: float | None


class SetRecording(msgspec.Struct, frozen=True, tag=True):
    """What `Play` records from now on.

    Attributes:
        folder: where takes are written while they are recorded.
        tracks: those that record sound, and from which inputs.
        notes: those that record MIDI.
        punch: (first tick, first tick outside); None records all that is played.
        residual_frames: what a loop-back measurement found beyond the latencies that the device tells.
        bits: 32 (float) or 24.
    """

    folder: str
    tracks: tuple[ArmedTrack, ...] = ()
    notes: tuple[ArmedNotes, ...] = ()
    punch: tuple[float, float] | None = None
    residual_frames: int = 0
    bits: Literal[24, 32] = 32


class LivePart(msgspec.Struct, frozen=True):
    """A track that sounds at once.

    Attributes:
        track_id: through whose strip.
        patch: what the keys play; None for a microphone.
        inputs: of the device, from 0, when there is no patch.
        channel: the only MIDI channel that it hears; None for all.
    """

    track_id: str
    patch: Patch | None = None
    inputs: tuple[int, ...] = ()
    channel: int | None = None


class SetLive(msgspec.Struct, frozen=True, tag=True):
    """What sounds at once from now on; nothing when it is empty.

    Attributes:
        midi_port: the keyboard, by its name or a part of it; empty for the first one, None for none.
        parts: the tracks.
        soundfont: for General MIDI patches.
    """

    midi_port: str | None = None
    parts: tuple[LivePart, ...] = ()
    soundfont: str | None = None


class ListenToMidi(msgspec.Struct, frozen=True, tag=True):
    """Which MIDI inputs are listened to. Tracks that are live hear all of them, and not only the first one,
    unless they ask for a certain one.

    Attributes:
        is_on: whether they are open all the time, and their controllers are told of.
        inputs: their names; empty for all there are.
        reserved: (kind, channel, number) of what moves something in the window: no track hears or records
            it. The kind is 0xB0 for controllers and 0x90 for keys.
    """

    is_on: bool = False
    inputs: tuple[str, ...] = ()
    reserved: tuple[tuple[int, int, int], ...] = ()


class PlayNote(msgspec.Struct, frozen=True, tag=True):
    """A key is struck, or let go, by hand in the window.

    Attributes:
        part: whose sound; a track that is not live becomes so for this key.
        pitch: 0 … 127.
        velocity: 1 … 127; of no weight for a key that is let go.
        is_down: struck, not let go.
        soundfont: for General MIDI patches.
    """

    part: LivePart
    pitch: int
    velocity: int
    is_down: bool
    soundfont: str | None = None


class FollowMaster(msgspec.Struct, frozen=True, tag=True):
    """Run with the master clock that is told on a page of shared memory.

    Attributes:
        page: its file; empty follows nobody.
    """

    page: str


class MeasureLatency(msgspec.Struct, frozen=True, tag=True):
    """Play a chirp and listen for it at the inputs; playing stops."""


class ListDevices(msgspec.Struct, frozen=True, tag=True):
    """Look for devices anew. While one is open, only those known are told."""


class Close(msgspec.Struct, frozen=True, tag=True):
    """End the process."""


Command = (
    OpenSpeaker
    | SetPlan
    | Play
    | Stop
    | Locate
    | Return
    | SetLoop
    | SetMetronome
    | Scrub
    | SetRecording
    | SetLive
    | ListenToMidi
    | PlayNote
    | FollowMaster
    | MeasureLatency
    | ListDevices
    | Close
)


# ---- playback process → client -----------------------------------------------------------------


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

encode_message = msgspec.msgpack.Encoder().encode
NEW_PROCESS = 75
"""The exit status of a playback process in which the sound system is stuck: only another one gets sound."""

_commands: msgspec.msgpack.Decoder[Command] = msgspec.msgpack.Decoder(Command)
_events: msgspec.msgpack.Decoder[Event] = msgspec.msgpack.Decoder(Event)


class TalkError(MusicgenDesktopError):
    """The two processes do not speak the same language: parts of two versions run together."""

    def __init__(self) -> None:
        super().__init__("The playback process answers in another version; start the program again.")


def decode_command(data: bytes) -> Command:
    """What the client said.

    Raises:
        TalkError: when it is none of the commands.
    """
    try:
        return _commands.decode(data)
    except msgspec.MsgspecError as error:
        raise TalkError from error


def decode_event(data: bytes) -> Event:
    """What the playback process said.

    Raises:
        TalkError: when it is none of the events.
    """
    try:
        return _events.decode(data)
    except msgspec.MsgspecError as error:
        raise TalkError from error
