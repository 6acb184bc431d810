"""What may go wrong on the way to the sound card, in sentences."""

from musicgen_desktop.foundation import MusicgenDesktopError, UserInputError


class NoSoundSystemError(MusicgenDesktopError):
    """The library that knows the sound cards is missing or does not start."""


class NoOutputError(MusicgenDesktopError):
    """There is no device at all that could play, or record."""


class NoSuchDeviceError(UserInputError):
    """The device that was asked for is not there, or several fit."""


class DeviceRefusedError(MusicgenDesktopError):
    """The device is there, but does not open as asked: it is in use, or cannot do this.

    Args:
        sentence: what is wrong and what to do.
        for_rate: whether another rate would do.
    """

    def __init__(self, sentence: str, *, for_rate: bool = False) -> None:
        super().__init__(sentence)
        self.for_rate = for_rate


class SpeakerLostError(MusicgenDesktopError):
    """The device was there and is gone: unplugged, or its server ended.

    `needs_new_process` tells whether this process can ever play again.
    """
