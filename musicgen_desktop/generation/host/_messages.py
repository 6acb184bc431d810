"""What client and process say to each other. A job's number is the client's; it never comes twice."""

import msgspec


class Submit(msgspec.Struct, frozen=True, tag=True):
    """Do this task after those that were submitted before it."""

    job: int
    task: bytes


class Stop(msgspec.Struct, frozen=True, tag=True):
    """End that job, or never begin it."""

    job: int


ToHost = Submit | Stop


class Ready(msgspec.Struct, frozen=True, tag=True):
    """All that is needed is loaded."""


class Started(msgspec.Struct, frozen=True, tag=True):
    """That job is being done now."""

    job: int


class Progress(msgspec.Struct, frozen=True, tag=True):
    """How far it is: the share done, 0 to 1, the stage in plain words, and the seconds left if known."""

    job: int
    done: float
    stage: str
    left_s: float | None = None


class Finished(msgspec.Struct, frozen=True, tag=True):
    """It is done; what the result's bytes mean is between those who wrote the task and the work."""

    job: int
    result: bytes


class Failed(msgspec.Struct, frozen=True, tag=True):
    """It cannot be done; `is_input` says that the user's wish was the reason."""

    job: int
    sentence: str
    is_input: bool


class Ended(msgspec.Struct, frozen=True, tag=True):
    """It was stopped as asked."""

    job: int


FromHost = Ready | Started | Progress | Finished | Failed | Ended

_ENCODER = msgspec.msgpack.Encoder()
_TO_HOST: msgspec.msgpack.Decoder[ToHost] = msgspec.msgpack.Decoder(ToHost)
_FROM_HOST: msgspec.msgpack.Decoder[FromHost] = msgspec.msgpack.Decoder(FromHost)


def encode_message(message: msgspec.Struct) -> bytes:
    """A message as bytes."""
    return _ENCODER.encode(message)


def decode_to_host(data: bytes) -> ToHost:
    """What the client said.

    Raises:
        msgspec.DecodeError: when it is no such message.
    """
    return _TO_HOST.decode(data)


def decode_from_host(data: bytes) -> FromHost:
    """What the process said.

    Raises:
        msgspec.DecodeError: when it is no such message.
    """
    return _FROM_HOST.decode(data)
