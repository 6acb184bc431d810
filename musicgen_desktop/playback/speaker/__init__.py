"""The way to the sound card: devices, and a speaker that is filled ahead of time.

A speaker's callback is C code that drains a ring; without a sound card a silent one keeps the same time.
"""

from ._clocks import ClockRelation
from ._device import Device, DeviceList, find_device, list_devices
from ._errors import (
    DeviceRefusedError,
    NoOutputError,
    NoSoundSystemError,
    NoSuchDeviceError,
    SpeakerLostError,
)
from ._open import open_speaker
from ._portaudio import needs_new_process, rescan
from ._settings import SpeakerSettings
from ._silent import SilentSpeaker
from ._sound_card import SoundCard
from ._speaker import Speaker

__all__ = [
    "ClockRelation",
    "Device",
    "DeviceList",
    "DeviceRefusedError",
    "NoOutputError",
    "NoSoundSystemError",
    "NoSuchDeviceError",
    "SilentSpeaker",
    "SoundCard",
    "Speaker",
    "SpeakerLostError",
    "SpeakerSettings",
    "find_device",
    "list_devices",
    "needs_new_process",
    "open_speaker",
    "rescan",
]
