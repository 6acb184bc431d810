"""A project, made ready to sound: frames instead of ticks, strips in the order in which they are mixed."""

from pathlib import Path
from typing import Literal

import msgspec

from musicgen_desktop.document import Track
from musicgen_desktop.instruments import ScheduledControl, ScheduledNote
from musicgen_desktop.music import Patch
from musicgen_desktop.playback.mixer import StripSettings
from musicgen_desktop.timing import TempoMap


class NotesSource(msgspec.Struct, frozen=True):
    """Notes and what sounds them. Notes ascend by start, then pitch."""

    patch: Patch
    notes: tuple[ScheduledNote, ...]
    controls: tuple[ScheduledControl, ...] = ()


class PlannedClip(msgspec.Struct, frozen=True):
    """A span of an audio file at its place. All lengths are frames at the plan's rate.

    Attributes:
        path: of the file; None where it is missing, which sounds as silence.
        key: tells files apart in a cache.
        offset_frames: where in the file (at the plan's rate) the span begins.
    """

    start_frame: int
    frames: int
    path: Path | None
    key: str
    offset_frames: int = 0
    gain: float = 1.0
    fade_in_frames: int = 0
    fade_out_frames: int = 0
    fade_shape: Literal["equal_power", "linear", "s_curve"] = "equal_power"
    reversed: bool = False


class ClipsSource(msgspec.Struct, frozen=True):
    """Audio clips of one track; where they overlap they sum."""

    clips: tuple[PlannedClip, ...]


Source = NotesSource | ClipsSource


class PlannedStrip(msgspec.Struct, frozen=True):
    """A track's source and strip.

    Attributes:
        track: what it was made from.
        source: None for buses, the master, and tracks on which nothing sounds.
        is_heard: whether mute and solo leave anything of it.
        missing: sentences about what of the track cannot sound.
    """

    track: Track
    settings: StripSettings
    source: Source | None
    is_heard: bool = True
    missing: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The track's id."""
        return self.track.id


class RenderPlan(msgspec.Struct, frozen=True):
    """All that is needed to render a song. Never changed, only replaced; may be read by any thread.

    Attributes:
        strips: in the order of mixing: a strip comes before those it feeds, the master last.
        song_frames: the song's length without its tail.
        tail_frames: how long the effects ring on after it, at most ten seconds.
        stems_sum: stems rendered one by one sum to the mix: no bus holds an effect that is not linear.
        notes: what a person should know, such as missing files.
    """

    rate: int
    tempo_map: TempoMap
    strips: tuple[PlannedStrip, ...]
    song_frames: int
    tail_frames: int
    stems_sum: bool
    soundfont: Path | None = None
    media_folder: Path | None = None
    notes: tuple[str, ...] = ()

    @property
    def master(self) -> PlannedStrip:
        """The last strip."""
        return self.strips[-1]

    @property
    def sources(self) -> tuple[PlannedStrip, ...]:
        """The strips that make sound of their own, in the order of mixing."""
        return tuple(strip for strip in self.strips if strip.source is not None)

    def strip_of(self, track_id: str) -> PlannedStrip:
        """The strip of this track.

        Raises:
            KeyError: when there is none.
        """
        for strip in self.strips:
            if strip.id == track_id:
                return strip
        raise KeyError(track_id)
