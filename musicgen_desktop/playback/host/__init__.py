"""The playback process and the handle by which others play through it."""

from ._client import PlaybackClient, PlaybackDiedError
from ._messages import (
    Command,
    Devices,
    Event,
    ListDevices,
    Locate,
    OpenSpeaker,
    PlanTaken,
    Play,
    Problem,
    Refused,
    Scrub,
    SetLoop,
    SetMetronome,
    SpeakerLost,
    SpeakerOpened,
    StateChanged,
    Stop,
)
from ._process import run_playback_process

__all__ = [
    "Command",
    "Devices",
    "Event",
    "ListDevices",
    "Locate",
    "OpenSpeaker",
    "PlanTaken",
    "Play",
    "PlaybackClient",
    "PlaybackDiedError",
    "Problem",
    "Refused",
    "Scrub",
    "SetLoop",
    "SetMetronome",
    "SpeakerLost",
    "SpeakerOpened",
    "StateChanged",
    "Stop",
    "run_playback_process",
]
