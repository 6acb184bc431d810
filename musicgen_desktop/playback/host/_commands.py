"""What the client says to the playback process: frozen values, written as MessagePack.

Places on the timeline are ticks, not rounded to whole ones: they mean the same at any sample rate.
"""

from typing import Literal

import msgspec

from musicgen_desktop.music import Patch
from musicgen_desktop.playback.mixer import StripSettings
from musicgen_desktop.playback.recording import ArmedNotes, ArmedTrack
from musicgen_desktop.playback.speaker import SpeakerSettings
from musicgen_desktop.timing import MeterMap, TempoMap


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

decode_command = msgspec.msgpack.Decoder(Command).decode
encode_command = msgspec.msgpack.Encoder().encode
