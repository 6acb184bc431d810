"""Takes: what is played into the program reaches the disk as it goes, and is found again after a crash.

`Recorder` is one recording, with a thread of its own; `recover_recording` mends what a crash left. Inside:
`Capture` places input blocks on the timeline, `MidiCapture` makes notes of messages, `TakeWriter` is a WAV
file that grows, `TakeLog` the log beside it.
"""

from ._capture import Capture
from ._errors import CannotRecordError, DiskFullError
from ._log_lines import Kept, KeptTake
from ._loopback import Loopback, NoLoopbackError, loopback_signal, measure_loopback
from ._midi_capture import MidiCapture
from ._recorder import Recorder
from ._recover import find_unfinished, forget_recording, kept_takes, recover_recording, remove_recording
from ._take_log import LOG_SUFFIX, TakeLog, append_to_log
from ._take_writer import TakeWriter
from ._values import (
    ArmedNotes,
    ArmedTrack,
    FinishedNotes,
    FinishedTake,
    NotesSpan,
    Overflow,
    Recorded,
    RecordingSetup,
    TakeSpan,
)

__all__ = [
    "LOG_SUFFIX",
    "ArmedNotes",
    "ArmedTrack",
    "CannotRecordError",
    "Capture",
    "DiskFullError",
    "FinishedNotes",
    "FinishedTake",
    "Kept",
    "KeptTake",
    "Loopback",
    "MidiCapture",
    "NoLoopbackError",
    "NotesSpan",
    "Overflow",
    "Recorded",
    "Recorder",
    "RecordingSetup",
    "TakeLog",
    "TakeSpan",
    "TakeWriter",
    "append_to_log",
    "find_unfinished",
    "forget_recording",
    "kept_takes",
    "loopback_signal",
    "measure_loopback",
    "recover_recording",
    "remove_recording",
]
