"""What a MIDI file of others holds, in our own ticks."""

import msgspec

from musicgen_desktop.document import KeyChange
from musicgen_desktop.foundation import UnreadableFileError
from musicgen_desktop.music import Control, Note, Patch
from musicgen_desktop.timing import MeterMap, TempoMap, Tick


class MidiMarker(msgspec.Struct, frozen=True):
    """A named place."""

    tick: Tick
    name: str


class MidiTrack(msgspec.Struct, frozen=True):
    """The notes that one track of a file plays on one channel.

    Attributes:
        name: as the file calls it, or its sound; empty when it says neither.
        channel: 0 … 15, as MIDI sends it.
        patch: the General MIDI sound it asks for, drums on channel 9; None when it asks for none.
        notes: by start, then pitch; at least one.
        controls: by tick; bank selection is in `patch`.
    """

    name: str
    channel: int
    patch: Patch | None
    notes: tuple[Note, ...]
    controls: tuple[Control, ...] = ()

    @property
    def end_ticks(self) -> Tick:
        """Where its last note ends."""
        return max(note.end_ticks for note in self.notes)


class MidiSong(msgspec.Struct, frozen=True):
    """A Standard MIDI File, all ticks 960 to the quarter note from the file's beginning.

    Attributes:
        name: as the file calls itself; empty when it does not.
        tracks: those with notes; at least one.
        tempo_map: 120 BPM where the file says nothing.
        meter_map: 4/4 where the file says nothing.
        keys: as signatures tell them: major or minor.
        markers: by tick.
        rights: what the file says of its copyright; empty when it says nothing.
        remarks: a sentence for each thing that could not be taken over.
    """

    name: str
    tracks: tuple[MidiTrack, ...]
    tempo_map: TempoMap
    meter_map: MeterMap
    keys: tuple[KeyChange, ...] = ()
    markers: tuple[MidiMarker, ...] = ()
    rights: str = ""
    remarks: tuple[str, ...] = ()


class UnreadableMidiError(UnreadableFileError):
    """A file cannot be read as MIDI."""
