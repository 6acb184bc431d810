"""Which clips of a track lie in a span of time, found by bisection."""

import msgspec
import numpy as np
from numpy.typing import NDArray

from musicgen_desktop.document import Clip, Project, Track

_MOST_KEPT = 512


class TrackIndex(msgspec.Struct, frozen=True):
    """The clips of one track, and where they begin and end.

    Attributes:
        clips: as the track has them, sorted by start.
        starts: [clips] first ticks.
        ends: [clips] first ticks after.
        reach: [clips] the latest end of a clip and all before it: clips may overlap.
    """

    clips: tuple[Clip, ...]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    reach: NDArray[np.int64]

    def between(self, start_ticks: float, end_ticks: float) -> slice:
        """Where the clips are that may be seen in a span; some of them may end before it."""
        first = int(np.searchsorted(self.reach, start_ticks, "right"))
        after = int(np.searchsorted(self.starts, end_ticks, "left"))
        return slice(first, max(first, after))

    def at(self, tick: float) -> tuple[Clip, ...]:
        """The clips under a tick, the one that is painted last first."""
        part = self.between(tick, tick + 1e-6)
        return tuple(clip for clip in reversed(self.clips[part]) if clip.start_ticks <= tick < clip.end_ticks)


class ClipIndex:
    """Indexes of tracks, kept for as long as a track's clips stay the same object."""

    def __init__(self) -> None:
        self._kept: dict[str, TrackIndex] = {}

    def of(self, track: Track) -> TrackIndex:
        """The index of a track."""
        found = self._kept.get(track.id)
        if found is not None and found.clips is track.clips:
            return found
        if len(self._kept) >= _MOST_KEPT:
            self._kept.clear()
        clips = track.clips
        starts = np.fromiter((clip.start_ticks for clip in clips), np.int64, len(clips))
        ends = starts + np.fromiter((clip.length_ticks for clip in clips), np.int64, len(clips))
        reach = np.maximum.accumulate(ends) if len(clips) else ends
        made = self._kept[track.id] = TrackIndex(clips, starts, ends, reach)
        return made

    def length_of(self, project: Project) -> int:
        """The song's length, as `Project.length_ticks`, without looking at every clip."""
        last = (int(self.of(track).reach[-1]) for track in project.tracks if track.clips)
        return project.end_ticks or max(last, default=0)
