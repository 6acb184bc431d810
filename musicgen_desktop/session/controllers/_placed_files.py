"""Files that were looked at become clips on tracks."""

import math
from typing import NamedTuple

import msgspec

from musicgen_desktop.document import (
    TRACK_COLOURS,
    AudioClip,
    AudioSource,
    Marker,
    NotesClip,
    Origin,
    Project,
    Track,
)
from musicgen_desktop.exchange.midi_file import MidiSong, MidiTrack
from musicgen_desktop.foundation import new_id
from musicgen_desktop.timing import TempoMap

from ._origins import remark_on

_SAME_BPM = 0.001  # of it
_ROUNDED_TICKS = 0.1  # what rounding a file's end to whole frames moves it by


class ImportedAudio(msgspec.Struct, frozen=True):
    """A sound file that is ready to be placed.

    Attributes:
        name: of its clip and its track.
        source: inside the project folder; absolute in a project that was never saved.
        is_new: the project does not list the source yet.
        tempo_bpm: what the file says of itself; None when it says nothing.
        start_s: where on the timeline the file says it begins; None when it says nothing.
    """

    name: str
    source: AudioSource
    is_new: bool = True
    tempo_bpm: float | None = None
    start_s: float | None = None


class ImportedMidi(msgspec.Struct, frozen=True):
    """A MIDI file that was understood. `name` is the file's, `origin` what its notes will tell of it."""

    name: str
    song: MidiSong
    origin: Origin


class Placing(NamedTuple):
    """A project on its way, where its next new track goes (None: last), and what has to be told."""

    project: Project
    position: int | None
    remarks: tuple[str, ...] = ()

    def with_track(self, track: Track) -> "Placing":
        """One more new track, behind the one before."""
        after = None if self.position is None else self.position + 1
        return self._replace(project=self.project.with_track(track, self.position), position=after)

    def saying(self, *remarks: str) -> "Placing":
        """Something more to tell."""
        return self._replace(remarks=(*self.remarks, *remarks))


def placed_audio(placing: Placing, audio: ImportedAudio, at_tick: int | None, track: Track | None) -> Placing:
    """The sound as a clip.

    Args:
        placing: so far.
        audio: the file.
        at_tick: where it begins; None takes the place that the file tells, else the beginning.
        track: an audio track to lie on; None makes one.
    """
    project = placing.project
    tempo = project.tempo_map
    start = at_tick
    if start is None:
        start = 0 if audio.start_s is None else max(0, round(tempo.tick_at(audio.start_s)))
    if audio.is_new:
        project = project.with_source(audio.source)
    clip = AudioClip(
        id=new_id("clip"),
        name=audio.name,
        start_ticks=start,
        length_ticks=_ticks_of(audio.source, start, tempo),
        source_id=audio.source.id,
    )
    placing = placing._replace(project=project)
    if track is not None:
        placing = placing._replace(project=project.with_clip(track.id, clip))
    else:
        new = Track(new_id("track"), audio.name, "audio", color=_colour(project), clips=(clip,))
        placing = placing.with_track(new)
    here = tempo.bpm_at(start)
    if audio.tempo_bpm is not None and abs(audio.tempo_bpm - here) > _SAME_BPM * here:
        placing = placing.saying(
            f"“{audio.name}” was made at {audio.tempo_bpm:g} BPM; the song is at {here:g}:"
            " it will not stay in time."
        )
    return placing


def placed_midi(placing: Placing, midi: ImportedMidi, at_tick: int, track: Track | None) -> Placing:
    """The notes as clips: of one track on the track that is named, of several on new ones.

    Args:
        placing: so far.
        midi: the file.
        at_tick: where its first tick lies.
        track: a track of notes to lie on; None makes one.
    """
    placing = _with_conductor(placing, midi, at_tick).saying(*midi.song.remarks, *remark_on(midi.origin))
    if track is not None and len(midi.song.tracks) == 1:
        part = midi.song.tracks[0]
        clip = _clip_of(part, part.name or midi.name, at_tick, placing.project, midi.origin)
        return placing._replace(project=placing.project.with_clip(track.id, clip))
    for number, part in enumerate(midi.song.tracks, start=1):
        several = f"{midi.name} {number}" if len(midi.song.tracks) > 1 else midi.name
        name = part.name or several
        clip = _clip_of(part, name, at_tick, placing.project, midi.origin)
        colour = _colour(placing.project)
        placing = placing.with_track(
            Track(new_id("track"), name, "notes", color=colour, clips=(clip,), patch=part.patch)
        )
    return placing


def _with_conductor(placing: Placing, midi: ImportedMidi, at_tick: int) -> Placing:
    """What a file says of the song, into an empty project; in others its notes keep their beats."""
    project, song = placing.project, midi.song
    if at_tick == 0 and not any(track.clips for track in project.tracks):
        markers = tuple(Marker(new_id("marker"), marker.name, marker.tick) for marker in song.markers)
        return placing._replace(
            project=msgspec.structs.replace(
                project,
                tempo_map=song.tempo_map,
                meter_map=song.meter_map,
                keys=song.keys or project.keys,
                markers=(*project.markers, *markers),
            )
        )
    told, here = song.tempo_map.points, project.tempo_map.bpm_at(at_tick)
    if len(told) > 1 or abs(told[0].bpm - here) > _SAME_BPM * here:
        own = f"{told[0].bpm:g} BPM" if len(told) == 1 else "a tempo that changes"
        placing = placing.saying(
            f"“{midi.name}” has {own}; its notes keep their beats and follow the song’s {here:g} BPM."
        )
    return placing


def _clip_of(part: MidiTrack, name: str, at_tick: int, project: Project, origin: Origin) -> NotesClip:
    """A clip up to the bar line after the last note."""
    meters = project.meter_map
    end = meters.tick_of_bar(meters.bar_of(at_tick + part.end_ticks - 1) + 1)
    return NotesClip(
        id=new_id("clip"),
        name=name,
        start_ticks=at_tick,
        length_ticks=end - at_tick,
        notes=part.notes,
        controls=part.controls,
        origins=(origin,),
    )


def _ticks_of(source: AudioSource, start: int, tempo: TempoMap) -> int:
    """How long a whole file lasts from there, never less than it."""
    end = tempo.tick_at(tempo.seconds_at(start) + source.frames / source.rate)
    return max(1, math.ceil(end - start - _ROUNDED_TICKS))


def _colour(project: Project) -> str:
    return TRACK_COLOURS[len(project.tracks) % len(TRACK_COLOURS)]
