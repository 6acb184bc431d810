"""Running together with other machines: MIDI clock, MIDI time code, JACK transport and Ableton Link."""

from ._clock_follower import ClockFollower
from ._clock_sender import ClockSender
from ._phase_lock import Phase, PhaseLock
from ._stretch import Stretch, Timed, stretches_of
from ._timecode import TIMECODE_RATES, Timecode, TimecodeRate, frames_per_second
from ._timecode_follower import TimecodeFollower
from ._timecode_sender import TimecodeSender

__all__ = [
    "TIMECODE_RATES",
    "ClockFollower",
    "ClockSender",
    "Phase",
    "PhaseLock",
    "Stretch",
    "Timecode",
    "TimecodeFollower",
    "TimecodeRate",
    "TimecodeSender",
    "Timed",
    "frames_per_second",
    "stretches_of",
]
