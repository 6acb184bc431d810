"""Whether a part of a song would still be the same file."""

import hashlib
from pathlib import Path

import msgspec

from musicgen_desktop.document import (
    ChordChange,
    KeyChange,
    Marker,
    Origin,
    Section,
    Take,
    Track,
    origins_of,
)
from musicgen_desktop.media import Bits
from musicgen_desktop.playback.plan import frozen_inputs
from musicgen_desktop.timing import MeterMap, TempoMap

from ._handed_part import Handed

_FORM = "handed-4"
"""Changes when the same inputs give other files."""

_ENCODER = msgspec.json.Encoder(order="deterministic")


class _Inputs(msgspec.Struct, frozen=True):
    """All that is heard of a part, and all that its files say of themselves."""

    form: str
    sounds: tuple[str, ...]
    strips: tuple[Track, ...]
    takes: tuple[Take, ...]
    origins: tuple[Origin, ...]
    song: tuple[str, int, TempoMap, MeterMap]
    lanes: tuple[tuple[KeyChange, ...], tuple[ChordChange, ...], tuple[Section, ...], tuple[Marker, ...]]
    span: tuple[int, int, int, int]
    bits: int


def heard_fingerprint(handed: Handed, *, folder: Path | None, soundfont: Path | None, bits: Bits) -> str:
    """16 hex digits for all that a part's files are made of.

    The hash of a track's notes is kept as long as nobody edits them, so asking again costs little.

    Args:
        handed: the part.
        folder: the project's.
        soundfont: the General MIDI font that plays it.
        bits: of the WAV files.
    """
    project = handed.project
    playing = [track for track in project.tracks if track.kind in ("notes", "audio")]
    take_ids = {clip.take_id for track in playing for clip in track.clips}
    inputs = _Inputs(
        form=_FORM,
        sounds=tuple(frozen_inputs(track, project, soundfont, folder) for track in playing),
        strips=tuple(
            msgspec.structs.replace(track, clips=(), frozen=None, color="", armed=False, midi_output=None)
            for track in (project.all_tracks if handed.mix else project.tracks)
        ),
        # The mix speaks of the last take, a stem of those that it is made from.
        takes=tuple(
            take
            for take in project.takes
            if take.id in take_ids or (handed.mix and take is project.takes[-1])
        ),
        origins=origins_of(project, (clip for track in playing for clip in track.clips)),
        song=(project.name, project.rate, project.tempo_map, project.meter_map),
        lanes=(project.keys, project.chords, project.sections, project.markers),
        span=(handed.span.start, handed.span.stop, handed.start_ticks, handed.end_ticks),
        bits=bits,
    )
    return hashlib.blake2b(_ENCODER.encode(inputs), digest_size=8).hexdigest()
