"""A song of another program becomes tracks of the project."""

import math

import msgspec

from musicgen_desktop.document import AudioClip, Automation, Clip, Origin, Project, Track
from musicgen_desktop.exchange.dawproject import DawSong

from ._origins import notes_from, remark_on
from ._placed_files import Placing

_SAME_BPM = 0.001  # of it
_NOT_TOLD = "The song’s key and chords are not in the file: the format knows neither."


class ImportedSong(msgspec.Struct, frozen=True):
    """A DAWproject that was understood, its sounds in the project's folder.

    `name` is the file's, `origin` what its notes and sounds will tell of it.
    """

    name: str
    song: DawSong
    origin: Origin


def placed_song(placing: Placing, imported: ImportedSong, at_tick: int) -> Placing:
    """The song's tracks, its buses behind all others.

    Into a project without clips it comes whole at the beginning: with tempo, meter, sections and master. In
    another one its notes keep their beats, its sounds their speed, and the project stays as it is.

    Args:
        placing: so far.
        imported: the song.
        at_tick: where its first tick lies.
    """
    song, project = imported.song.project, placing.project
    song = msgspec.structs.replace(song, tracks=notes_from(imported.origin, song.tracks))
    placing = placing.saying(*imported.song.remarks, *remark_on(imported.origin))
    known = {source.id for source in project.sources}
    sources = (*project.sources, *(source for source in song.sources if source.id not in known))
    project = msgspec.structs.replace(project, sources=sources)
    if at_tick == 0 and not any(track.clips for track in project.tracks):
        placing = placing._replace(project=_with_song(project, song)).saying(_NOT_TOLD)
        return _with_tracks(placing, song.tracks)
    placing = placing._replace(project=project)
    told, here = song.tempo_map.points, project.tempo_map.bpm_at(at_tick)
    if len(told) > 1 or abs(told[0].bpm - here) > _SAME_BPM * here:
        own = f"{told[0].bpm:g} BPM" if len(told) == 1 else "a tempo that changes"
        placing = placing.saying(
            f"“{imported.name}” has {own}; its notes keep their beats and follow the song’s {here:g} BPM, "
            "its sounds keep their speed."
        )
    if song.master.inserts or song.master.automation or song.master.gain_db:
        placing = placing.saying(f"The master of “{imported.name}” was left out; the song keeps its own.")
    if song.markers or song.sections:
        placing = placing.saying(f"Markers and sections of “{imported.name}” were left out.")
    return _with_tracks(placing, tuple(_moved(track, song, project, at_tick) for track in song.tracks))


def _with_song(project: Project, song: Project) -> Project:
    """What a song says of itself, in an empty project."""
    return msgspec.structs.replace(
        project,
        rate=project.rate if project.tracks else song.rate,
        tempo_map=song.tempo_map,
        meter_map=song.meter_map,
        markers=(*project.markers, *song.markers),
        sections=song.sections or project.sections,
        master=song.master,
    )


def _with_tracks(placing: Placing, tracks: tuple[Track, ...]) -> Placing:
    for track in tracks:
        if track.kind == "bus":
            placing = placing._replace(project=placing.project.with_track(track))
        else:
            placing = placing.with_track(track)
    return placing


def _moved(track: Track, song: Project, project: Project, by: int) -> Track:
    """A track that begins at another tick of another song; not soloed, for that would silence the others."""
    return msgspec.structs.replace(
        track,
        soloed=False,
        clips=tuple(_moved_clip(clip, song, project, by) for clip in track.clips),
        automation=tuple(_moved_curve(curve, by) for curve in track.automation),
    )


def _moved_clip(clip: Clip, song: Project, project: Project, by: int) -> Clip:
    start = clip.start_ticks + by
    if not isinstance(clip, AudioClip):
        return clip.moved_to(start)
    lasts_s = song.tempo_map.seconds_between(clip.start_ticks, clip.end_ticks)
    end = project.tempo_map.tick_at(project.tempo_map.seconds_at(start) + lasts_s)
    length = max(1, math.floor(end - start + 0.5))
    return msgspec.structs.replace(clip, start_ticks=start, length_ticks=length)


def _moved_curve(curve: Automation, by: int) -> Automation:
    points = tuple(msgspec.structs.replace(point, tick=point.tick + by) for point in curve.points)
    return msgspec.structs.replace(curve, points=points)
