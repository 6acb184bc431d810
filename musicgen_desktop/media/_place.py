"""What a sound file says of its tempo, and of its place on the timeline it came from."""

import re
from pathlib import Path

import msgspec

from ._errors import UnreadableAudioError
from ._flac_tags import read_comments
from ._tags import WavTags
from ._wav import read_tags

_IN_NAME = re.compile(r"(?<![\d.])(\d{2,3}(?:\.\d{1,3})?)[ _-]?bpm(?![a-z])", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]{1,4}(\.[0-9]{1,9})?")
_WHOLE = re.compile(r"[0-9]{1,18}")
_SLOWEST_BPM, _FASTEST_BPM = 20.0, 400.0
_LATEST_S = 3_600.0


class ToldPlace(msgspec.Struct, frozen=True):
    """What a file says of itself; None where it says nothing.

    Attributes:
        tempo_bpm: quarter notes per minute, 20 … 400: of its acid chunk (FLAC: its BPM), else of its name
            (“drums_92bpm”).
        start_s: seconds from the timeline's beginning to its first frame (bext; FLAC: TIME_REFERENCE). A time
            of day, as field recorders write it, is none: from one hour on it is left out.
    """

    tempo_bpm: float | None = None
    start_s: float | None = None


def told_place(path: Path | str, rate: int) -> ToldPlace:
    """Look for tempo and place in a file's tags and name.

    Args:
        path: of any kind; WAV and FLAC files have tags that tell.
        rate: frames per second of the file.
    """
    path = Path(path)
    tempo, start = _told_by_chunks(path)
    if tempo is None and start is None:
        tempo, start = _told_by_comments(path)
    if tempo is None and (named := _IN_NAME.search(path.stem)) is not None:
        tempo = _plausible(float(named[1]))
    seconds = None if start is None else start / rate
    return ToldPlace(tempo, seconds if seconds is not None and seconds < _LATEST_S else None)


def _told_by_chunks(path: Path) -> tuple[float | None, int | None]:
    """(tempo, first frame) as a WAV file tells them."""
    try:
        tags = read_tags(path)
    except UnreadableAudioError:
        tags = WavTags()
    tempo = None
    if tags.acid is not None and not tags.acid.one_shot:
        tempo = _plausible(tags.acid.tempo_bpm)
    return tempo, None if tags.bext is None else tags.bext.time_reference_frames


def _told_by_comments(path: Path) -> tuple[float | None, int | None]:
    """(tempo, first frame) as a FLAC file tells them."""
    try:
        comments = read_comments(path)
    except UnreadableAudioError:
        return None, None
    tempo, start = comments.get("BPM", ""), comments.get("TIME_REFERENCE", "")
    return (
        _plausible(float(tempo)) if _NUMBER.fullmatch(tempo) else None,
        int(start) if _WHOLE.fullmatch(start) else None,
    )


def _plausible(bpm: float) -> float | None:
    return round(bpm, 3) if _SLOWEST_BPM <= bpm <= _FASTEST_BPM else None
