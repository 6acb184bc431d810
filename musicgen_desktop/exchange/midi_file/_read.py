"""Bytes of a Standard MIDI File → frozen values. Whoever made the file is not trusted."""

import io
from pathlib import Path

import mido

from musicgen_desktop.timing import PPQ

from ._read_conductor import ConductorReader
from ._read_tracks import TrackReader
from ._read_values import MidiSong, UnreadableMidiError
from ._timeline import clean_text

MOST_BYTES = 2 << 20
MOST_TRACKS = 500
MOST_EVENTS = 200_000
LAST_TICK = 1 << 30
"""Half of what a project can hold, so that it can be put anywhere in one: twelve days at 60 BPM."""

_HEAD = b"MThd"
_MOST_REMARKS = 20


def is_midi(head: bytes) -> bool:
    """Whether a file that begins so calls itself a Standard MIDI File."""
    return head.startswith(_HEAD)


def parse_midi(data: bytes, path: Path) -> MidiSong:
    """Understand a whole file.

    May take long and much memory: what strangers made is parsed in a process of its own (`read_midi`).

    Args:
        data: the file's bytes.
        path: what the sentences call it.

    Raises:
        UnreadableMidiError: it is no MIDI file of type 0 or 1, damaged, too large, or holds no notes.
    """
    midi = _opened(data, path)
    _refuse_other_kinds(midi, path)
    conductor = ConductorReader()
    reader = TrackReader()
    name = ""
    for number, track in enumerate(midi.tracks):
        events = _in_our_ticks(track, midi.ticks_per_beat, path)
        title = clean_text(track.name)
        found = reader.read(title, events)
        conductor.read(events)
        if number == 0 and not found:  # a conductor track is called as the song is
            name = title
    if not reader.tracks:
        raise UnreadableMidiError(path, "holds no notes; choose a MIDI file that plays something.")
    return MidiSong(
        name=name,
        tracks=tuple(reader.tracks),
        tempo_map=conductor.tempo_map(),
        meter_map=conductor.meter_map(),
        keys=conductor.keys(),
        markers=conductor.markers(),
        rights=conductor.rights(),
        # Evaluated last: the maps above add theirs.
        remarks=tuple(dict.fromkeys((*reader.remarks, *conductor.remarks)))[:_MOST_REMARKS],
    )


def _opened(data: bytes, path: Path) -> mido.MidiFile:
    if len(data) > MOST_BYTES:
        raise UnreadableMidiError(path, f"is larger than {MOST_BYTES >> 20} MB; export it in parts.")
    if not is_midi(data):
        raise UnreadableMidiError(path, "is not a MIDI file; choose a Standard MIDI File (.mid).")
    try:
        return mido.MidiFile(file=io.BytesIO(data))
    except MemoryError:
        raise UnreadableMidiError(path, "does not fit into memory; export it in parts.") from None
    except Exception as error:
        raise UnreadableMidiError(path, "is damaged or cut off; export it again.") from error


def _refuse_other_kinds(midi: mido.MidiFile, path: Path) -> None:
    if midi.type not in (0, 1):
        raise UnreadableMidiError(
            path, "holds patterns that do not belong together (type 2); export it as type 1."
        )
    if midi.ticks_per_beat < 1:
        raise UnreadableMidiError(path, "counts in film frames, not in beats; export it with beats.")
    if len(midi.tracks) > MOST_TRACKS:
        raise UnreadableMidiError(path, f"has more than {MOST_TRACKS} tracks; export it in parts.")
    if sum(map(len, midi.tracks)) > MOST_EVENTS:
        raise UnreadableMidiError(path, f"has more than {MOST_EVENTS:,} events; export it in parts.")


def _in_our_ticks(
    track: mido.MidiTrack, ticks_per_beat: int, path: Path
) -> list[tuple[int, mido.Message | mido.MetaMessage]]:
    """(tick, message) of a track."""
    events = []
    now = 0
    for message in track:
        now += message.time
        # Rounded from the file's beginning, so that no error adds up.
        tick = (2 * now * PPQ + ticks_per_beat) // (2 * ticks_per_beat)
        if tick > LAST_TICK:
            raise UnreadableMidiError(path, "claims to last longer than a week; export it again.")
        events.append((tick, message))
    return events
