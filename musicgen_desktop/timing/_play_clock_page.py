"""The page on which the playback process tells what is heard when."""

from musicgen_desktop.foundation import ValuePage

from ._play_clock import ClockReading


class PlayClock(ValuePage[ClockReading]):
    """What is heard when; the rate that is read is 0 while no device is open."""

    kind = b"MGCLOCK1"
    most_bytes = 1 << 14
    value = ClockReading
