"""What the playback process and its source process tell each other."""

from pathlib import Path
from typing import Any, NewType

import msgspec

from musicgen_desktop.playback.plan import ClipsSource, NotesSource, Source
from musicgen_desktop.playback.transport import Playhead

EncodedSource = NewType("EncodedSource", bytes)
"""A source as bytes, which are equal when the sources are; made by `encode_source`."""


class Start(msgspec.Struct, frozen=True, tag="start"):
    """Forget everything and use the rings in this folder."""

    folder: str
    rate: int


class SetCourse(msgspec.Struct, frozen=True, tag="course"):
    """Play along another course.

    Attributes:
        number: counts courses.
        course: None stops.
        from_clock: the first frame of the stream at which the course holds.
        differs_from: up to here the course before said the same; what is rendered up to here stays.
    """

    number: int
    course: Playhead | None
    from_clock: int
    differs_from: int


class SetSource(msgspec.Struct, frozen=True, tag="source"):
    """Render this source into this ring, as far as the course goes from `from_clock` on.

    Attributes:
        like: the slot of a source which it replaces, and whose sounds it may use again; −1 for none.
    """

    slot: int
    generation: int
    source: msgspec.Raw
    from_clock: int
    like: int = -1


class DropSource(msgspec.Struct, frozen=True, tag="drop"):
    """Leave this ring alone from now on."""

    slot: int


class Prepare(msgspec.Struct, frozen=True, tag="prepare"):
    """The next course will probably begin at this frame of the timeline: have its first sounds at hand."""

    place: int


class Problem(msgspec.Struct, frozen=True, tag="problem"):
    """Something of a source cannot sound; the sentence is for a person."""

    sentence: str


class Ready(msgspec.Struct, frozen=True, tag="ready"):
    """The source process is up."""


ToChild = Start | SetCourse | SetSource | DropSource | Prepare
ToParent = Problem | Ready


class NotesToPlay(msgspec.Struct, frozen=True, tag="notes"):
    """Notes, and the SoundFont that General MIDI patches play on."""

    source: NotesSource
    rate: int
    soundfont: Path | None


class ClipsToPlay(msgspec.Struct, frozen=True, tag="clips"):
    """Audio clips."""

    source: ClipsSource
    rate: int


def _to_plain(value: object) -> Any:
    if isinstance(value, Path):
        return str(value)
    raise NotImplementedError(type(value).__name__)


def _from_plain(wanted: type, value: Any) -> Any:
    if issubclass(wanted, Path):
        return Path(value)
    raise NotImplementedError(wanted.__name__)


_encoder = msgspec.msgpack.Encoder(enc_hook=_to_plain)
_to_child: msgspec.msgpack.Decoder[ToChild] = msgspec.msgpack.Decoder(ToChild)
_to_parent: msgspec.msgpack.Decoder[ToParent] = msgspec.msgpack.Decoder(ToParent)
_sources: msgspec.msgpack.Decoder[NotesToPlay | ClipsToPlay] = msgspec.msgpack.Decoder(
    NotesToPlay | ClipsToPlay, dec_hook=_from_plain
)


def encode_source(source: Source, rate: int, soundfont: Path | None = None) -> EncodedSource:
    """A source of a plan as bytes, for `SourceBank.update`.

    Args:
        source: of the plan.
        rate: the plan's frames per second, at which it will be played.
        soundfont: the plan's; matters to notes only.
    """
    if isinstance(source, NotesSource):
        return EncodedSource(_encoder.encode(NotesToPlay(source, rate, soundfont)))
    return EncodedSource(_encoder.encode(ClipsToPlay(source, rate)))


def decode_source(encoded: bytes | msgspec.Raw) -> NotesToPlay | ClipsToPlay:
    """The inverse of `encode_source`.

    Raises:
        msgspec.DecodeError: for anything else; `msgspec.ValidationError` is one.
    """
    return _sources.decode(encoded)


def encode_message(message: ToChild | ToParent) -> bytes:
    """As it goes through the pipe."""
    return _encoder.encode(message)


def decode_to_child(message: bytes) -> ToChild:
    """What the playback process said."""
    return _to_child.decode(message)


def decode_to_parent(message: bytes) -> ToParent:
    """What the source process said."""
    return _to_parent.decode(message)
