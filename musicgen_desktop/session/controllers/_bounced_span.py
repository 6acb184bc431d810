"""What of a project a bounce takes: whole tracks, some bars of them, or some clips."""

from collections.abc import Collection

import msgspec

from musicgen_desktop.document import AudioClip, Clip, Project, Track

Span = tuple[int, int]
"""(first tick, first tick outside)."""


class Taken(msgspec.Struct, frozen=True):
    """A track with the material that is bounced, and the track that stays behind.

    Attributes:
        source: plays nothing but the material.
        rest: the track without it; None when nothing of the track stays.
        start_ticks: where the material begins; None for a bus, which has no clips to tell.
    """

    source: Track
    rest: Track | None
    start_ticks: int | None


def take_out(
    project: Project, track: Track, *, span: Span | None, clip_ids: Collection[str], replace: bool
) -> Taken:
    """Part a track.

    Args:
        project: it belongs to.
        track: of any kind but the master.
        span: what lies in it is taken, clips being cut at its ends; None sets no bounds.
        clip_ids: these are taken; none of them named takes all.
        replace: what is taken does not stay behind, muted, but goes. A bus stays: without it what plays into
            it would be heard beside the bounce.
    """
    if track.kind == "bus":
        return Taken(_bare(track), track.muted_as(True), None)  # noqa: FBT003 - the one thing it says
    if span is None and not clip_ids:
        rest = None if replace else track.muted_as(True)  # noqa: FBT003
        start = min((clip.start_ticks for clip in track.clips if not clip.muted), default=0)
        return Taken(_bare(track), rest, start)
    inside: list[Clip] = []
    outside: list[Clip] = []
    for clip in track.clips:
        wanted = not clip.muted and (not clip_ids or clip.id in clip_ids)
        within, without = cut(project, clip, span) if wanted else ((), (clip,))
        inside += within
        outside += without
    stay = () if replace else tuple(clip.muted_as(True) for clip in inside)  # noqa: FBT003
    clips = tuple(sorted((*outside, *stay), key=lambda clip: clip.start_ticks))
    start = min((clip.start_ticks for clip in inside), default=0) if span is None else span[0]
    source = msgspec.structs.replace(_bare(track), clips=tuple(inside), frozen=None)
    return Taken(source, msgspec.structs.replace(track, clips=clips), start)


def cut(project: Project, clip: Clip, span: Span | None) -> tuple[tuple[Clip, ...], tuple[Clip, ...]]:
    """(parts of a clip inside a span, parts outside); the first part keeps the clip's id."""
    if span is None:
        return (clip,), ()
    start, end = span
    if clip.end_ticks <= start or clip.start_ticks >= end:
        return (), (clip,)
    outside: list[Clip] = []
    if clip.start_ticks < start:
        left, clip = split(project, clip, start)
        outside.append(left)
    if clip.end_ticks > end:
        clip, right = split(project, clip, end)
        outside.append(right)
    return (clip,), tuple(outside)


def split(project: Project, clip: Clip, tick: int) -> tuple[Clip, Clip]:
    """The parts of a clip left and right of a tick inside it."""
    if isinstance(clip, AudioClip):
        rate = project.source(clip.source_id).rate
        return clip.split_at(tick, tempo_map=project.tempo_map, source_rate=rate)
    return clip.split_at(tick)


def _bare(track: Track) -> Track:
    """The track as if nobody had muted or soloed anything."""
    return msgspec.structs.replace(track, muted=False, soloed=False)
