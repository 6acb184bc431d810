"""Tracks of which mute and solo leave nothing: a stem of them would be silence."""

from collections.abc import Iterable

from musicgen_desktop.document import Project, Track
from musicgen_desktop.playback.plan import RenderPlan


def unheard_tracks(plan: RenderPlan) -> frozenset[str]:
    """The ids of tracks and buses from which no open way leads to the master."""
    heard = {plan.master.id}
    for strip in reversed(plan.strips[:-1]):  # what a strip feeds comes behind it
        targets = {strip.settings.output, *(send.target for send in strip.settings.sends)}
        if targets & heard:
            heard.add(strip.id)
    return frozenset(strip.id for strip in plan.strips) - heard


def why_unheard(project: Project, track_ids: Iterable[str]) -> tuple[str, ...]:
    """A sentence on those that mute keeps from the stems, and one on those that solo does.

    Args:
        project: the song.
        track_ids: some of `unheard_tracks`, in the order in which they are to be named.
    """
    muted: list[str] = []
    by_solo: list[str] = []
    for track_id in track_ids:
        track = project.track(track_id)
        group = _muted_group(project, track)
        if track.muted:
            muted.append(track.name)
        elif group is not None:
            muted.append(f"{track.name} (with its group “{group.name}”)")
        else:
            by_solo.append(track.name)
    sentences = [f"Muted, so not among the stems: {', '.join(muted)}."] if muted else []
    sentences += (
        [f"Silent while others are soloed, so not among the stems: {', '.join(by_solo)}."] if by_solo else []
    )
    return tuple(sentences)


def _muted_group(project: Project, track: Track) -> Track | None:
    """The nearest muted one of the groups that it plays into."""
    while track.output is not None:
        track = project.track(track.output)
        if track.muted:
            return track
    return None
