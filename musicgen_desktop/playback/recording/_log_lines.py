"""What a take log says, one JSON object a line."""

from typing import Annotated

import msgspec

from musicgen_desktop.playback.transport import Playhead
from musicgen_desktop.timing import TempoMap

from ._values import ArmedNotes, TakeBits

Frames = Annotated[int, msgspec.Meta(ge=0, le=2**40)]
Clock = Annotated[int, msgspec.Meta(ge=-(2**40), le=2**40)]
LONGEST_NAME = 1000
LONGEST_FAILURE = 2000
Name = Annotated[str, msgspec.Meta(max_length=LONGEST_NAME)]
Id = Annotated[str, msgspec.Meta(min_length=1, max_length=4000)]
FileName = Annotated[str, msgspec.Meta(max_length=255, pattern=r"^[^/\\:\x00-\x1f.][^/\\:\x00-\x1f]*\.wav$")]
"""A name in the log's own folder: a log may not lead anywhere else."""


class LoggedTrack(msgspec.Struct, frozen=True):
    """A file that is being written."""

    track_id: Id
    name: Name
    file: FileName
    channels: Annotated[int, msgspec.Meta(ge=1, le=2)]


class Started(msgspec.Struct, frozen=True, tag="started"):
    """The first line."""

    started: Annotated[str, msgspec.Meta(max_length=40)]
    rate: Annotated[int, msgspec.Meta(ge=8_000, le=384_000)]
    bits: TakeBits
    from_clock: Clock
    latency_frames: Clock
    tempo_map: TempoMap
    punch: tuple[Clock, Clock] | None = None
    tracks: Annotated[tuple[LoggedTrack, ...], msgspec.Meta(max_length=1000)] = ()
    notes: Annotated[tuple[ArmedNotes, ...], msgspec.Meta(max_length=1000)] = ()


class CourseSet(msgspec.Struct, frozen=True, tag="course"):
    """How the song runs from here on."""

    course: Playhead


class SpanBegan(msgspec.Struct, frozen=True, tag="span"):
    """From this frame of the files on they belong to this frame of the timeline."""

    offset_frames: Frames
    place: Frames
    tick: float = 0.0


class Lost(msgspec.Struct, frozen=True, tag="overflow"):
    """The device lost frames; they are silence in the files."""

    offset_frames: Frames
    frames: Frames


class Heard(msgspec.Struct, frozen=True, tag="midi"):
    """A MIDI message, as hexadecimal digits, heard at this frame of the stream."""

    track_id: Id
    clock: Clock
    data: Annotated[str, msgspec.Meta(max_length=6, pattern="^([0-9a-f]{2}){2,3}$")]


class Progress(msgspec.Struct, frozen=True, tag="progress"):
    """So many frames of every file are on the disk; so far the stream was recorded."""

    frames: Frames
    clock: Clock


class Ended(msgspec.Struct, frozen=True, tag="ended"):
    """The recording was stopped, by the user or by a failure."""

    frames: Frames
    clock: Clock
    failure: Annotated[str, msgspec.Meta(max_length=LONGEST_FAILURE)] = ""


class KeptTake(msgspec.Struct, frozen=True):
    """Where a take went in the project.

    Attributes:
        track_id: the track that recorded it.
        source_id: the audio source that it became, or the first clip of one that was played.
        path: its file's path from the project's folder, or absolute; empty for notes.
    """

    track_id: Id
    source_id: Id
    path: Annotated[str, msgspec.Meta(max_length=5000)] = ""


class Kept(msgspec.Struct, frozen=True, tag="kept"):
    """The takes were put into a project.

    Attributes:
        project_id: which one.
    """

    takes: Annotated[tuple[KeptTake, ...], msgspec.Meta(max_length=2000)]
    project_id: Annotated[str, msgspec.Meta(max_length=4000)] = ""


Line = Started | CourseSet | SpanBegan | Lost | Heard | Progress | Ended | Kept
