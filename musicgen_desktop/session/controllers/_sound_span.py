"""Which frames of a song its sound files hold, and how much of them may be repeated."""

from typing import NamedTuple

import msgspec

from musicgen_desktop.document import Project, Track

from ._asked import rings_out
from ._bounced_span import cut
from ._song_audio import rung_out


class SoundSpan(NamedTuple):
    """Some bars, or a clip, ready to be rendered.

    Attributes:
        project: falls silent where they end, so that nothing is heard in their tail but the tail.
        span: the frames of the files.
        loop_frames: how many of the first frames a sampler repeats; None where that makes no music.
        start_ticks: where they begin.
        end_ticks: the first tick outside, without the tail.
    """

    project: Project
    span: range
    loop_frames: int | None
    start_ticks: int
    end_ticks: int


def bars_sound(project: Project, first_bar: int, last_bar: int | None, *, tail: bool | None) -> SoundSpan:
    """The bars from one to another, both included.

    Args:
        project: the song, at the rate of the files.
        first_bar: is in the song.
        last_bar: is too; None for the song's end.
        tail: whether they ring out; None lets the song do what it was asked to, and cuts bars that were
            chosen.
    """
    meters = project.meter_map
    start = meters.tick_of_bar(first_bar)
    if last_bar is None:
        end = project.length_ticks
        rings = rings_out(project) if tail is None else tail
        repeats = first_bar > 1 or not rings_out(project)
    else:
        end = meters.tick_of_bar(last_bar + 1)
        rings, repeats = bool(tail), True
    return sound_between(project, start, end, tail=rings, repeats=repeats)


def sound_between(project: Project, start: int, end: int, *, tail: bool, repeats: bool = True) -> SoundSpan:
    """What lies between two ticks, with its tail when that is wished."""
    tempo, rate = project.tempo_map, project.rate
    first, last = tempo.frame_at(start, rate), tempo.frame_at(end, rate)
    stop = tempo.frame_at(rung_out(project, end), rate) if tail else last
    return SoundSpan(
        project=ending_at(project, end) if tail else project,
        span=range(first, max(first + 1, stop)),
        loop_frames=max(1, last - first) if repeats else None,
        start_ticks=start,
        end_ticks=end,
    )


def ending_at(project: Project, tick: int) -> Project:
    """The song without what is played from a tick on."""
    if tick >= project.length_ticks:
        return project
    tracks = tuple(_ending(project, track, tick) for track in project.tracks)
    return msgspec.structs.replace(project, tracks=tracks, end_ticks=tick)


def _ending(project: Project, track: Track, tick: int) -> Track:
    if all(clip.end_ticks <= tick for clip in track.clips):
        return track
    before = tuple(part for clip in track.clips for part in cut(project, clip, (0, tick))[0])
    return msgspec.structs.replace(track, clips=before, frozen=None)
