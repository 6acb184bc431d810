"""What a sound file says of its tempo, and of its place on the timeline it came from."""

import re
from pathlib import Path

import msgspec

from ._errors import UnreadableAudioError
from ._tags import WavTags
from ._wav import read_tags

_IN_NAME = re.compile(r"(?<![\d.])(\d{2,3}(?:\.\d{1,3})?)[ _-]?bpm(?![a-z])", re.IGNORECASE)
_SLOWEST_BPM, _FASTEST_BPM = 20.0, 400.0
_LATEST_S = 3_600.0


class ToldPlace(msgspec.Struct, frozen=True):
    """What a file says of itself; None where it says nothing.

    Attributes:
        tempo_bpm: quarter notes per minute, 20 … 400: of its acid chunk, else of its name (“drums_92bpm”).
        start_s: seconds from the timeline's beginning to its first frame (bext). A time of day, as field
            recorders write it, is none: from one hour on it is left out.
    """

    tempo_bpm: float | None = None
    start_s: float | None = None


def told_place(path: Path | str, rate: int) -> ToldPlace:
    """Look for tempo and place in a file's tags and name.

    Args:
        path: of any kind; only WAV files have tags that tell.
        rate: frames per second of the file.
    """
    path = Path(path)
    try:
        tags = read_tags(path)
    except UnreadableAudioError:
        tags = WavTags()
    tempo: float | None = None
    if tags.acid is not None and not tags.acid.one_shot:
        tempo = _plausible(tags.acid.tempo_bpm)
    if tempo is None and (named := _IN_NAME.search(path.stem)) is not None:
        tempo = _plausible(float(named[1]))
    start = None if tags.bext is None else tags.bext.time_reference_frames / rate
    return ToldPlace(tempo, start if start is not None and start < _LATEST_S else None)


def _plausible(bpm: float) -> float | None:
    return round(bpm, 3) if _SLOWEST_BPM <= bpm <= _FASTEST_BPM else None
