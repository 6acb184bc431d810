"""From clip to clip by keys."""

from typing import Literal

from musicgen_desktop.document import Clip, Project

Way = Literal["next", "previous", "up", "down"]


def clip_beside(project: Project, clip_id: str, way: Way, *, tick: float = 0.0) -> Clip | None:
    """The clip that a key leads to; None at the end of the song.

    Args:
        project: the song.
        clip_id: where it starts; empty for the clip nearest to `tick` on the first track that has one.
        way: “next” and “previous” go through a track and then to the one below or above; “up” and “down” go
            to the nearest clip of the next track that has any.
        tick: see `clip_id`.
    """
    tracks = [track for track in project.tracks if track.clips]
    if not tracks:
        return None
    here = next(
        (
            (row, at)
            for row, track in enumerate(tracks)
            for at, clip in enumerate(track.clips)
            if clip.id == clip_id
        ),
        None,
    )
    if here is None:
        return _nearest(tracks[0].clips, tick)
    row, at = here
    if way in ("next", "previous"):
        clips = [clip for track in tracks for clip in track.clips]
        place = sum(len(track.clips) for track in tracks[:row]) + at + (1 if way == "next" else -1)
        return clips[place] if 0 <= place < len(clips) else None
    below = row + (1 if way == "down" else -1)
    start = tracks[row].clips[at].start_ticks
    return _nearest(tracks[below].clips, start) if 0 <= below < len(tracks) else None


def _nearest(clips: tuple[Clip, ...], tick: float) -> Clip:
    return min(
        clips, key=lambda clip: (max(clip.start_ticks - tick, tick - clip.end_ticks + 1, 0), clip.start_ticks)
    )
