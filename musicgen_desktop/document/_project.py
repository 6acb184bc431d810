"""The whole song."""

from typing import Self

import msgspec

from musicgen_desktop.foundation import new_id
from musicgen_desktop.timing import Meter, MeterMap, TempoMap

from ._clip import Clip
from ._media import AudioSource, Take
from ._midi import MidiBinding
from ._song import ChordChange, KeyChange, LoopRange, Marker, Section
from ._track import Track

MASTER_ID = "master"


class Project(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that a project file holds. Never changed, only replaced."""

    id: str
    name: str
    tempo_map: TempoMap
    meter_map: MeterMap
    master: Track
    rate: int = 48000
    keys: tuple[KeyChange, ...] = ()
    chords: tuple[ChordChange, ...] = ()
    sections: tuple[Section, ...] = ()
    markers: tuple[Marker, ...] = ()
    tracks: tuple[Track, ...] = ()
    """In the order of the mixer, the master not among them."""
    sources: tuple[AudioSource, ...] = ()
    takes: tuple[Take, ...] = ()
    loop: LoopRange = LoopRange()
    end_ticks: int = 0
    """Where the song ends; 0 means where its last clip does."""
    midi_bindings: tuple[MidiBinding, ...] = ()
    """Which controllers move which parameters, in the order they were learned."""

    @classmethod
    def new(
        cls, name: str, tempo_bpm: float = 120.0, meter: Meter | None = None, *, rate: int = 48000
    ) -> Self:
        """An empty project in a constant tempo and meter (4/4 unless said)."""
        return cls(
            id=new_id("project"),
            name=name,
            tempo_map=TempoMap.constant(tempo_bpm),
            meter_map=MeterMap.constant(meter or Meter(4, 4)),
            master=Track(id=MASTER_ID, name="Master", kind="master"),
            rate=rate,
        )

    @property
    def length_ticks(self) -> int:
        """The song's length: its set end, or that of its last clip."""
        return self.end_ticks or max((track.end_ticks for track in self.tracks), default=0)

    @property
    def all_tracks(self) -> tuple[Track, ...]:
        """The tracks and the master, which comes last."""
        return (*self.tracks, self.master)

    def track(self, track_id: str) -> Track:
        """The track with this id, the master too.

        Raises:
            KeyError: when there is none.
        """
        for track in self.all_tracks:
            if track.id == track_id:
                return track
        raise KeyError(track_id)

    def track_of(self, role: str) -> Track | None:
        """The first track that plays this role."""
        return next((track for track in self.tracks if track.role == role), None)

    def track_of_clip(self, clip_id: str) -> Track:
        """The track that a clip lies on.

        Raises:
            KeyError: when no track has it.
        """
        for track in self.tracks:
            if any(clip.id == clip_id for clip in track.clips):
                return track
        raise KeyError(clip_id)

    def with_track(self, track: Track, position: int | None = None) -> Self:
        """The project with the track of that id replaced, or put in at `position` (default: last)."""
        if track.id == self.master.id:
            return msgspec.structs.replace(self, master=track)
        tracks = list(self.tracks)
        for index, other in enumerate(tracks):
            if other.id == track.id:
                del tracks[index]
                position = index if position is None else position
                break
        tracks.insert(len(tracks) if position is None else position, track)
        return msgspec.structs.replace(self, tracks=tuple(tracks))

    def without_track(self, track_id: str) -> Self:
        """The project without that track; what was routed to it plays into the master, sends to it end."""
        kept = [track for track in self.tracks if track.id != track_id]
        return msgspec.structs.replace(self, tracks=tuple(_unrouted(track, track_id) for track in kept))

    def with_clip(self, track_id: str, clip: Clip) -> Self:
        """The project with the clip of that id replaced on its track, or added to it; taken from any other.

        Raises:
            KeyError: when there is no such track.
        """
        target = self.track(track_id).with_clip(clip)
        without = self.without_clip(clip.id, except_on=track_id)
        return without.with_track(target)

    def without_clip(self, clip_id: str, *, except_on: str | None = None) -> Self:
        """The project without that clip, on whichever track it lies."""
        tracks = tuple(
            track.without_clip(clip_id)
            if track.id != except_on and any(clip.id == clip_id for clip in track.clips)
            else track
            for track in self.tracks
        )
        return msgspec.structs.replace(self, tracks=tracks)

    def soloed_alone(self, *track_ids: str) -> Self:
        """The project with these tracks soloed, and no others: what a click with the modifier does."""
        tracks = tuple(
            track if track.soloed == (track.id in track_ids) else track.soloed_as(track.id in track_ids)
            for track in self.tracks
        )
        return msgspec.structs.replace(self, tracks=tracks)

    def source(self, source_id: str) -> AudioSource:
        """The audio source with this id.

        Raises:
            KeyError: when there is none.
        """
        for source in self.sources:
            if source.id == source_id:
                return source
        raise KeyError(source_id)

    def with_source(self, source: AudioSource) -> Self:
        """The project with the source of that id replaced, or added."""
        if any(other.id == source.id for other in self.sources):
            sources = tuple(source if other.id == source.id else other for other in self.sources)
        else:
            sources = (*self.sources, source)
        return msgspec.structs.replace(self, sources=sources)

    def without_source(self, source_id: str) -> Self:
        """The project that no longer lists that audio file; nothing may play it any more."""
        kept = tuple(source for source in self.sources if source.id != source_id)
        return msgspec.structs.replace(self, sources=kept)

    def take(self, take_id: str) -> Take:
        """The take with this id.

        Raises:
            KeyError: when there is none.
        """
        for take in self.takes:
            if take.id == take_id:
                return take
        raise KeyError(take_id)

    def with_take(self, take: Take) -> Self:
        """The project with the take of that id replaced, or added."""
        if any(other.id == take.id for other in self.takes):
            takes = tuple(take if other.id == take.id else other for other in self.takes)
        else:
            takes = (*self.takes, take)
        return msgspec.structs.replace(self, takes=takes)

    def renamed(self, name: str) -> Self:
        """The project under another name."""
        return msgspec.structs.replace(self, name=name)


def _unrouted(track: Track, gone: str) -> Track:
    """The track with nothing leading to the track that went."""
    for send in track.sends:
        if send.target == gone:
            track = track.without_send(send.id)
    return track.routed_to(None) if track.output == gone else track
