"""What is asked of a recording, and what came of it: plain values that travel between processes."""

from typing import Literal

import msgspec

from musicgen_desktop.music import Control, Note
from musicgen_desktop.timing import TempoMap

TakeBits = Literal[24, 32]


class ArmedTrack(msgspec.Struct, frozen=True):
    """A track that records sound.

    Attributes:
        track_id: the project's id of it.
        name: what the user calls it; the file is named after it.
        inputs: which inputs of the device it hears, from 0: one is a mono take, two a stereo take.

    Raises:
        ValueError: for other inputs.
    """

    track_id: str
    name: str
    inputs: tuple[int, ...]

    def __post_init__(self) -> None:
        if len(self.inputs) not in {1, 2} or min(self.inputs) < 0:
            raise ValueError(f"a take has one or two inputs, counted from 0, not {self.inputs}")


class ArmedNotes(msgspec.Struct, frozen=True):
    """A track that records what is played on a MIDI keyboard."""

    track_id: str
    name: str


class RecordingSetup(msgspec.Struct, frozen=True):
    """All that is known before the first frame.

    The *stream clock* counts the frames that the speaker played, the *input clock* those that came in. What
    was played to the song as a frame of the stream went out comes in `latency_frames` later.

    Attributes:
        folder: where takes are written; made when missing.
        rate: frames per second of the device.
        tempo_map: the song's, by which what was played gets its ticks.
        tracks: those that record sound.
        notes: those that record MIDI.
        latency_frames: frames between a place leaving the mixer and a sound played to it arriving: the
            mixer's own latency, the device's output and input latency, and what a loop-back measurement found
            beyond those.
        from_clock: the frame of the stream from which on is recorded: now, for a recording that is begun
            while the song plays. A count-in is never recorded, whatever stands here.
        punch: (first frame, first frame outside) of the timeline; only between them is recorded.
        bits: of a sample: 32 (float) or 24.
    """

    folder: str
    rate: int
    tempo_map: TempoMap
    tracks: tuple[ArmedTrack, ...] = ()
    notes: tuple[ArmedNotes, ...] = ()
    latency_frames: int = 0
    from_clock: int = 0
    punch: tuple[int, int] | None = None
    bits: TakeBits = 32

    def __post_init__(self) -> None:
        if not 8_000 <= self.rate <= 384_000:
            raise ValueError(f"no device records at {self.rate} Hz")
        ids = [*(track.track_id for track in self.tracks), *(track.track_id for track in self.notes)]
        if len(set(ids)) != len(ids):
            raise ValueError("a track records once")


class TakeSpan(msgspec.Struct, frozen=True):
    """A stretch of a take on which the timeline runs straight: one round of a loop, one pass of a punch.

    Attributes:
        offset_frames: where in the file it begins.
        frames: how many.
        place: the frame of the timeline, at the recording's rate, that it begins with.
    """

    offset_frames: int
    frames: int
    place: int

    @property
    def end_place(self) -> int:
        """The first frame of the timeline after it."""
        return self.place + self.frames


class Overflow(msgspec.Struct, frozen=True):
    """Frames that the device lost; they are silence in the file, so that all after them stays in place."""

    offset_frames: int
    frames: int


class FinishedTake(msgspec.Struct, frozen=True):
    """A file with everything that one track recorded.

    Loop rounds and passes of a punch follow each other in the one file, without a gap; `spans` say where each
    belongs. So a recording has as many files as tracks, however often the loop turns, and a note that is held
    over the seam is whole in the file.

    Attributes:
        path: the file, absolute.
        frames: of the file, 1 or more.
        spans: in the order of the file, together as long as it.
        overflows: what the device lost.
    """

    track_id: str
    name: str
    path: str
    rate: int
    channels: int
    frames: int
    spans: tuple[TakeSpan, ...]
    overflows: tuple[Overflow, ...] = ()

    @property
    def start_frame(self) -> int:
        """The frame of the timeline that the file begins with."""
        return self.spans[0].place


class NotesSpan(msgspec.Struct, frozen=True):
    """What was played in one round.

    Attributes:
        start_ticks: where on the timeline it begins.
        length_ticks: at least 1.
        notes: in ticks from its start, all of them inside it.
        controls: likewise; what was held when the round began stands at its first tick.
    """

    start_ticks: int
    length_ticks: int
    notes: tuple[Note, ...]
    controls: tuple[Control, ...]


class FinishedNotes(msgspec.Struct, frozen=True):
    """Everything that one track recorded from MIDI; a round in which nothing was played is left out."""

    track_id: str
    name: str
    spans: tuple[NotesSpan, ...]


class Recorded(msgspec.Struct, frozen=True):
    """What one recording left.

    Attributes:
        log: the file that leads to the takes again after a crash; it goes when the takes are kept.
        started: ISO 8601, UTC.
        takes: files with sound in them; a track that recorded nothing has none.
        notes: tracks that were played on.
        failure: one sentence when the disk, or a mistake of the program, ended it, else empty.
    """

    log: str
    started: str
    takes: tuple[FinishedTake, ...] = ()
    notes: tuple[FinishedNotes, ...] = ()
    failure: str = ""
