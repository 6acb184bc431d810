"""A take is heard before it is kept: the value that the player shows meanwhile."""

import msgspec

from musicgen_desktop.document import Project, Track

from ._candidate import Candidate
from ._keep import is_empty, placed, placed_clip
from ._wish import Continue, RemakeRange


def audition_project(
    project: Project, candidate: Candidate, *, with_project: bool, at_tick: int | None = None
) -> Project:
    """What sounds while a take is auditioned.

    Args:
        project: the open one; its tempo, meter, loop and master are kept unless it is empty.
        candidate: the take.
        with_project: over the project's other tracks, those of the same roles silent; else the take alone.
        at_tick: where it begins; where it was made for when None.

    Returns:
        A project to be shown to the player, never to be saved.
    """
    at = candidate.start_ticks if at_tick is None else at_tick
    empty = is_empty(project)
    if with_project and not empty and isinstance(candidate.wish.mode, RemakeRange | Continue):
        return placed(project, candidate, at_tick=at, replace=True).project
    made = candidate.project
    heard = msgspec.structs.replace(
        project, takes=(*project.takes, candidate.take), end_ticks=at + candidate.length_ticks
    )
    for source in made.sources:
        heard = heard.with_source(source)
    ruler = msgspec.structs.replace(heard, tempo_map=made.tempo_map) if empty else heard
    tracks = tuple(_moved(ruler, track, at) for track in made.tracks)
    if empty:
        return msgspec.structs.replace(
            heard, tempo_map=made.tempo_map, meter_map=made.meter_map, master=made.master, tracks=tracks
        )
    if not with_project:
        return msgspec.structs.replace(heard, tracks=tracks)
    roles = {track.role for track in tracks if track.kind == "notes" and track.role}
    solo = any(track.soloed for track in project.tracks)
    return msgspec.structs.replace(
        heard,
        tracks=(
            *(
                track.muted_as(muted=True) if _plays_one_of(track, roles) else track
                for track in project.tracks
            ),
            # While some tracks are soloed, the take is one of them: it is what one listens for.
            *(track.soloed_as(solo and track.kind in ("notes", "audio")) for track in tracks),
        ),
        end_ticks=max(project.length_ticks, heard.end_ticks),
    )


def _plays_one_of(track: Track, roles: set[str]) -> bool:
    return track.kind in ("notes", "audio") and track.role in roles and not track.muted


def _moved(ruler: Project, track: Track, ticks: int) -> Track:
    return msgspec.structs.replace(
        track, clips=tuple(placed_clip(ruler, clip, ticks) for clip in track.clips)
    )
