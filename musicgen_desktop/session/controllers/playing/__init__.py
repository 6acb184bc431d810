"""Play the open project: transport, devices, and what becomes of edits while it plays."""

from musicgen_desktop.playback.board import BoardReading
from musicgen_desktop.playback.host import (
    Event,
    KeyMoved,
    LatencyMeasured,
    LiveReady,
    OpenSpeaker,
    PlanTaken,
    Problem,
    RecordingEnded,
    Refused,
    SetRecording,
    SpeakerLost,
    SpeakerOpened,
    StateChanged,
)
from musicgen_desktop.playback.speaker import Device, DeviceList, SpeakerSettings

from ._arming import armed_recording
from ._inbox import Inbox
from ._measure import LatencyReport, MeasureDevice
from ._play import PlayProject, PlayReport
from ._player import Player
from ._record import RecordProject, RecordReport
from ._recover import DiscardRecordings, DiscardReport, RecoverRecordings, RecoverReport
from ._sound_devices import list_sound_devices

__all__ = [
    "BoardReading",
    "Device",
    "DeviceList",
    "DiscardRecordings",
    "DiscardReport",
    "Event",
    "Inbox",
    "KeyMoved",
    "LatencyMeasured",
    "LatencyReport",
    "LiveReady",
    "MeasureDevice",
    "OpenSpeaker",
    "PlanTaken",
    "PlayProject",
    "PlayReport",
    "Player",
    "Problem",
    "RecordProject",
    "RecordReport",
    "RecordingEnded",
    "RecoverRecordings",
    "RecoverReport",
    "Refused",
    "SetRecording",
    "SpeakerLost",
    "SpeakerOpened",
    "SpeakerSettings",
    "StateChanged",
    "armed_recording",
    "list_sound_devices",
]
