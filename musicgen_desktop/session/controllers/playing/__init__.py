"""Play the open project: transport, devices, and what becomes of edits while it plays."""

from musicgen_desktop.playback.board import BoardReading
from musicgen_desktop.playback.host import (
    Event,
    OpenSpeaker,
    PlanTaken,
    Problem,
    Refused,
    SpeakerLost,
    SpeakerOpened,
    StateChanged,
)
from musicgen_desktop.playback.speaker import Device, DeviceList, SpeakerSettings

from ._inbox import Inbox
from ._play import PlayProject, PlayReport
from ._player import Player
from ._sound_devices import list_sound_devices

__all__ = [
    "BoardReading",
    "Device",
    "DeviceList",
    "Event",
    "Inbox",
    "OpenSpeaker",
    "PlanTaken",
    "PlayProject",
    "PlayReport",
    "Player",
    "Problem",
    "Refused",
    "SpeakerLost",
    "SpeakerOpened",
    "SpeakerSettings",
    "StateChanged",
    "list_sound_devices",
]
