"""The page on which whoever listens to a master clock tells what it says."""

from musicgen_desktop.foundation import ValuePage

from ._master_clock import MasterClock


class MasterClockPage(ValuePage[MasterClock]):
    """What the master says; `off` is read where nobody is listened to."""

    kind = b"MGMASTER"
    most_bytes = 1 << 12
    value = MasterClock
