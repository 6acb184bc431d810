"""What client and sound process say to each other, beside what every process is told.

`Finished.result` is the answer as MessagePack: a `SoundTake`, the models, or whatever was asked.
"""

import msgspec

from musicgen_desktop.generation.sound import Sound, SoundRequest

from ._messages import Ended, Failed, Finished, Progress, Started, Stop


class Generate(msgspec.Struct, frozen=True, tag=True):
    """Make a take; answered with a `SoundTake`."""

    job: int
    engine: str
    request: SoundRequest


class Load(msgspec.Struct, frozen=True, tag=True):
    """Have a model ready; answered with how it will decode."""

    job: int
    engine: str
    model: str


class Unload(msgspec.Struct, frozen=True, tag=True):
    """Give a model's memory back; answered with nothing."""

    job: int
    engine: str
    model: str


class ListModels(msgspec.Struct, frozen=True, tag=True):
    """Answered with the models that are installed."""

    job: int
    engine: str


class ListLoaded(msgspec.Struct, frozen=True, tag=True):
    """Answered with the models in memory and the bytes of each, by engine."""

    job: int


SoundJob = Generate | Load | Unload | ListModels | ListLoaded
ToSound = SoundJob | Stop


class Chunk(msgspec.Struct, frozen=True, tag=True):
    """The next frames of a variation."""

    job: int
    variation: int
    start_frame: int
    sound: Sound


class Tokens(msgspec.Struct, frozen=True, tag=True):
    """All tokens of a variation so far."""

    job: int
    variation: int
    data: bytes


FromSound = Started | Progress | Chunk | Tokens | Finished | Failed | Ended

_TO_SOUND: msgspec.msgpack.Decoder[ToSound] = msgspec.msgpack.Decoder(ToSound)
_FROM_SOUND: msgspec.msgpack.Decoder[FromSound] = msgspec.msgpack.Decoder(FromSound)


def decode_to_sound(data: bytes) -> ToSound:
    """What the client said.

    Raises:
        msgspec.DecodeError: when it is no such message.
    """
    return _TO_SOUND.decode(data)


def decode_from_sound(data: bytes) -> FromSound:
    """What the process said.

    Raises:
        msgspec.DecodeError: when it is no such message.
    """
    return _FROM_SOUND.decode(data)
