"""Running together with other machines: MIDI clock, MIDI time code, JACK transport and Ableton Link."""

from ._clock_follower import ClockFollower
from ._clock_sender import ClockSender
from ._following import Following, open_master
from ._hands import SyncHands
from ._master import FollowKind, FollowWish, Master, SyncError
from ._phase_lock import Phase, PhaseLock
from ._sources import ClockSource, TimecodeSource
from ._stretch import Stretch, Timed, stretches_of
from ._timecode import TIMECODE_RATES, Timecode, TimecodeRate, frames_per_second
from ._timecode_follower import TimecodeFollower
from ._timecode_sender import TimecodeSender

__all__ = [
    "TIMECODE_RATES",
    "ClockFollower",
    "ClockSender",
    "ClockSource",
    "FollowKind",
    "FollowWish",
    "Following",
    "Master",
    "Phase",
    "PhaseLock",
    "Stretch",
    "SyncError",
    "SyncHands",
    "Timecode",
    "TimecodeFollower",
    "TimecodeRate",
    "TimecodeSender",
    "TimecodeSource",
    "Timed",
    "frames_per_second",
    "open_master",
    "stretches_of",
]
