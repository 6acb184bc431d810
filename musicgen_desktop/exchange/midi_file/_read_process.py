"""A MIDI file of others is parsed in a process of its own (`foundation.ChildReader`)."""

from pathlib import Path

from musicgen_desktop.foundation import ChildReader, StopFlag

from ._read import MOST_BYTES, parse_midi
from ._read_values import MidiSong, UnreadableMidiError

_LONGEST_S = 4.0


def read_midi(path: Path, *, stop: StopFlag | None = None, longest_s: float | None = None) -> MidiSong:
    """Read a Standard MIDI File of type 0 or 1.

    Args:
        path: the file.
        stop: asked while the process works.
        longest_s: how long it may take on the clock, when not as long as usual.

    Raises:
        UnreadableMidiError: it cannot be opened, is no MIDI file of type 0 or 1, is damaged, too large, holds
            no notes, or takes too long to understand.
        Stopped: when `stop` was set.
    """
    return _CHILD.read(path, stop=stop, longest_s=longest_s)


def _parsed(path: Path) -> MidiSong:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise UnreadableMidiError(path, "cannot be opened; check that you may read it.") from error
    return parse_midi(data, path)


_CHILD = ChildReader("import-process", _parsed, MidiSong, refused=UnreadableMidiError, longest_s=_LONGEST_S)
run_import_process = _CHILD.run
