"""Edits of the tempo. Notes keep their ticks; audio keeps its place in bars and its length in seconds.

Audio plays at its file's own speed. If it kept its ticks, a faster tempo would leave the same file fewer
seconds, and cut it off where nobody asked for a cut. So every edit here gives each audio clip the ticks that
its seconds take at the new tempo: to the nearest one, and never less than the file when it played to its end.
"""

import math

import msgspec

from musicgen_desktop.document import AudioClip, AudioSource, Clip, Project, Track
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.session.commands._edit import Edit, checked_tick, edited
from musicgen_desktop.timing import TempoMap, TempoPoint, check_tempo

_SAME_S = 1e-9  # far less than a frame: the tempo changed elsewhere
_EXACT_TICKS = 1e-6  # what arithmetic may move a file's end by


def set_tempo(project: Project, tick: int, bpm: float, *, ramp: bool | None = None) -> Edit:
    """Let the tempo be another from a tick on.

    Audio clips keep their start in bars and their length in seconds: they play at their file's own speed, and
    with the ticks they had they would be cut short, or run on into sound that was trimmed away.

    Args:
        project: as it is.
        tick: where; a tempo point that is there is changed.
        bpm: quarter notes per minute, 20 to 400.
        ramp: whether it moves from here to the next point in a straight line; None keeps what is there.

    Raises:
        UserInputError: for a tempo out of range or a place before the song.
    """
    checked_tick("A tempo", tick)
    bpm = check_tempo(bpm)
    there = next((point for point in project.tempo_map.points if point.tick == tick), None)
    is_ramp = ramp if ramp is not None else there is not None and there.ramp
    after = _with_point(project, TempoPoint(tick, bpm, is_ramp))
    return edited("Set tempo", project, after)


def move_tempo(project: Project, tick: int, to_tick: int) -> Edit:
    """Move a tempo point; one that is already there goes. Audio keeps its seconds, as in `set_tempo`.

    Raises:
        UserInputError: for the first one, which begins the song, for a place at or before the song's start,
            or when there is none at `tick`.
    """
    point = _find_point(project, tick)
    if tick == 0 or to_tick <= 0:
        raise UserInputError("The song's first tempo stays at its start: move another one, or behind it.")
    if tick == to_tick:
        return Edit("Move tempo", project)
    moved = msgspec.structs.replace(point, tick=to_tick)
    others = [other for other in project.tempo_map.points if other.tick not in (tick, to_tick)]
    return edited("Move tempo", project, _with_points(project, [*others, moved]))


def delete_tempo(project: Project, tick: int) -> Edit:
    """Take a tempo point away; the tempo before it holds on. Audio keeps its seconds, as in `set_tempo`.

    Raises:
        UserInputError: for the first one, or when there is none at `tick`.
    """
    _find_point(project, tick)
    if tick == 0:
        raise UserInputError("The song needs a tempo at its start: change it instead of deleting it.")
    return edited("Delete tempo", project, _without_point(project, tick))


def ramp_tempo(project: Project, tick: int, *, ramp: bool = True) -> Edit:
    """Let the tempo move in a straight line from a point to the next one, or hold until there.

    Audio keeps its seconds, as in `set_tempo`.

    Raises:
        UserInputError: when there is no tempo point at `tick`.
    """
    point = msgspec.structs.replace(_find_point(project, tick), ramp=ramp)
    return edited("Ramp tempo" if ramp else "Hold tempo", project, _with_point(project, point))


def _find_point(project: Project, tick: int) -> TempoPoint:
    for point in project.tempo_map.points:
        if point.tick == tick:
            return point
    raise UserInputError("There is no change of tempo here; choose another place.")


def _with_point(project: Project, point: TempoPoint) -> Project:
    others = [other for other in project.tempo_map.points if other.tick != point.tick]
    return _with_points(project, [*others, point])


def _without_point(project: Project, tick: int) -> Project:
    return _with_points(project, [point for point in project.tempo_map.points if point.tick != tick])


def _with_points(project: Project, points: list[TempoPoint]) -> Project:
    before = project.tempo_map
    after = TempoMap(tuple(sorted(points, key=lambda each: each.tick)))
    sources = {source.id: source for source in project.sources}
    tracks = tuple(_track_at(track, before, after, sources) for track in project.tracks)
    if all(track is old for track, old in zip(tracks, project.tracks, strict=True)):
        tracks = project.tracks
    return msgspec.structs.replace(project, tempo_map=after, tracks=tracks)


def _track_at(track: Track, before: TempoMap, after: TempoMap, sources: dict[str, AudioSource]) -> Track:
    """The very same track when none of its clips needs other ticks."""
    clips: tuple[Clip, ...] = tuple(
        _clip_at(clip, before, after, sources[clip.source_id]) if isinstance(clip, AudioClip) else clip
        for clip in track.clips
    )
    if all(clip is old for clip, old in zip(clips, track.clips, strict=True)):
        return track
    return msgspec.structs.replace(track, clips=clips)


def _clip_at(clip: AudioClip, before: TempoMap, after: TempoMap, source: AudioSource) -> AudioClip:
    lasts_s = before.seconds_between(clip.start_ticks, clip.end_ticks)
    if abs(after.seconds_between(clip.start_ticks, clip.end_ticks) - lasts_s) < _SAME_S:
        return clip
    rest_s = (source.frames - clip.source_offset_frames) / source.rate
    end_of_file = before.tick_at(before.seconds_at(clip.start_ticks) + rest_s)
    start_s = after.seconds_at(clip.start_ticks)
    if abs(clip.end_ticks - end_of_file) < 1.0:
        # A file seldom ends on a tick, so the clip that plays it out was rounded up. It is rounded up from
        # the file again: whatever tempo was in between, no frame is lost and no rests of ticks pile up.
        end = math.ceil(after.tick_at(start_s + rest_s) - _EXACT_TICKS)
    else:
        end = round(after.tick_at(start_s + lasts_s))
    return msgspec.structs.replace(clip, length_ticks=max(1, end - clip.start_ticks))
