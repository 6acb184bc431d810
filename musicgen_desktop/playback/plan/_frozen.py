"""Frozen tracks: whether their files still hold what would be heard."""

import hashlib
import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import msgspec

from musicgen_desktop.document import AudioClip, Automation, Clip, Insert, Project, Track
from musicgen_desktop.music import Patch
from musicgen_desktop.timing import TempoMap

from ._sources import find_file
from ._values import ClipsSource, PlannedClip

_FORM = "frozen-1"
"""Changes when the same inputs give another sound."""

_ENDS = 1 << 16


class _Inputs(msgspec.Struct, frozen=True):
    """All that is heard of a track before its fader."""

    form: str
    clips: tuple[Clip, ...]
    contents: tuple[str, ...]
    patch: Patch | None
    trim_db: float
    polarity_inverted: bool
    inserts: tuple[Insert, ...]
    curves: tuple[Automation, ...]
    tempo_map: TempoMap
    rate: int
    soundfont: str


_ENCODER = msgspec.json.Encoder(order="deterministic")
_DECODER = msgspec.json.Decoder(_Inputs)


def frozen_inputs(track: Track, project: Project, soundfont: Path | None) -> str:
    """A hash of all that a track's sound before the fader is made of.

    Names, colours and ids are no part of it, nor are fader, pan, sends and mute, which stay free to move.

    Args:
        track: of the project.
        project: whose tempo, rate and audio files.
        soundfont: the General MIDI font that plays it; it counts only where it is heard.
    """
    contents = {source.id: source.content_hash for source in project.sources}
    clips = tuple(clip for clip in track.clips if not clip.muted)
    on_font = track.kind == "notes" and (track.patch is None or track.patch.source == "general_midi")
    inputs = _Inputs(
        form=_FORM,
        clips=tuple(_bare(clip) for clip in clips),
        contents=tuple(contents.get(clip.source_id, "") for clip in clips if isinstance(clip, AudioClip)),
        patch=None if track.patch is None else msgspec.structs.replace(track.patch, name=""),
        trim_db=track.trim_db,
        polarity_inverted=track.polarity_inverted,
        inserts=tuple(msgspec.structs.replace(insert, name="") for insert in track.inserts),
        curves=tuple(msgspec.structs.replace(curve, id="") for curve in _baked(track) if curve.enabled),
        tempo_map=project.tempo_map,
        rate=project.rate,
        soundfont=_fingerprint(soundfont) if on_font and soundfont is not None else "",
    )
    # Decoded once: a saved project has floats where whole numbers were, and means the same.
    canonical = _ENCODER.encode(_DECODER.decode(_ENCODER.encode(inputs)))
    return f"blake2b-{hashlib.blake2b(canonical, digest_size=20).hexdigest()}"


def as_played(track: Track) -> Track:
    """The track with its inserts and all before them taken away: they are in its file already."""
    return msgspec.structs.replace(
        track,
        trim_db=0.0,
        polarity_inverted=False,
        inserts=(),
        automation=tuple(curve for curve in track.automation if not curve.target.startswith("insert:")),
    )


def plan_frozen(
    track: Track, project: Project, rate: int, folder: Path | None, soundfont: Path | None
) -> tuple[ClipsSource | None, str | None]:
    """What plays in a frozen track's place, or (None, a sentence why it is not played)."""
    if track.frozen is None:
        return None, None
    if track.frozen.inputs != frozen_inputs(track, project, soundfont):
        return None, (
            f"Track “{track.name}” changed since it was frozen, so it is played anew;"
            " freeze it again to save work."
        )
    source = next((source for source in project.sources if source.id == track.frozen.source_id), None)
    path, problem = find_file(source, folder)
    if source is None or problem is not None:
        return None, f"The frozen sound of track “{track.name}” is missing, so the track is played anew."
    scale = rate / source.rate
    clip = PlannedClip(
        start_frame=round(track.frozen.start_frame * scale),
        frames=round(source.frames * scale),
        path=path,
        key=source.content_hash or str(path),
    )
    return ClipsSource((clip,)), None


def _baked(track: Track) -> Iterator[Automation]:
    """The curves that move inserts."""
    return (curve for curve in track.automation if curve.target.startswith("insert:"))


def _bare(clip: Clip) -> Clip:
    """A clip without what cannot be heard of it."""
    if isinstance(clip, AudioClip):  # the file's content counts, not what it is called
        clip = msgspec.structs.replace(clip, source_id="")
    return msgspec.structs.replace(clip, id="", name="", take_id=None, color=None)


def _fingerprint(soundfont: Path) -> str:
    """Tells fonts apart on any machine, wherever the file lies there."""
    try:
        stat = soundfont.stat()
    except OSError:
        return ""
    return _fingerprint_of(str(soundfont), stat.st_size, stat.st_mtime_ns)


@lru_cache(maxsize=16)
def _fingerprint_of(path: str, size: int, _mtime_ns: int) -> str:
    """Size and both ends: a font of a gigabyte is not read through to tell that it is still the same."""
    try:
        with Path(path).open("rb") as file:
            head = file.read(_ENDS)
            file.seek(max(0, size - _ENDS), os.SEEK_SET)
            tail = file.read(_ENDS)
    except OSError:
        return ""
    return hashlib.blake2b(b"%d:" % size + head + tail, digest_size=16).hexdigest()
