"""Finding what an edit is about, and putting it back changed."""

from collections.abc import Collection, Iterable, Mapping

import msgspec

from musicgen_desktop.document import Clip, Project, Track
from musicgen_desktop.foundation import UserInputError


def find_track(project: Project, track_id: str) -> Track:
    """The track with this id, the master too.

    Raises:
        UserInputError: when there is none.
    """
    try:
        return project.track(track_id)
    except KeyError:
        raise UserInputError("This track is no longer in the song; choose another one.") from None


def find_tracks(project: Project, track_ids: Collection[str]) -> tuple[Track, ...]:
    """The tracks with these ids in the mixer's order, each once.

    Raises:
        UserInputError: when one of them is not there.
    """
    for track_id in track_ids:
        find_track(project, track_id)
    return tuple(track for track in project.all_tracks if track.id in track_ids)


def find_clips(project: Project, clip_ids: Collection[str]) -> dict[str, tuple[Track, Clip]]:
    """Clip id → track and clip, in the order asked for.

    Raises:
        UserInputError: when one of them is not there.
    """
    wanted = set(clip_ids)
    found = {clip.id: (track, clip) for track in project.tracks for clip in track.clips if clip.id in wanted}
    if len(found) != len(wanted):
        raise UserInputError("This clip is no longer in the song; select another one.")
    return {clip_id: found[clip_id] for clip_id in clip_ids}


def find_clip(project: Project, clip_id: str) -> tuple[Track, Clip]:
    """The clip with this id and its track.

    Raises:
        UserInputError: when it is not there.
    """
    return find_clips(project, (clip_id,))[clip_id]


def with_tracks(project: Project, changed: Iterable[Track]) -> Project:
    """The project with these tracks, master too, in place of those of the same ids."""
    by_id = {track.id: track for track in changed}
    return msgspec.structs.replace(
        project,
        tracks=tuple(by_id.get(track.id, track) for track in project.tracks),
        master=by_id.get(project.master.id, project.master),
    )


def with_clips(
    project: Project,
    changed: Mapping[str, Clip | None],
    added: Iterable[tuple[str, Clip]] = (),
) -> Project:
    """The project with clips changed where they lie, and others added.

    Args:
        project: as it is.
        changed: clip id → what it becomes; None takes it away.
        added: (track id, clip) of each one that is new there.
    """
    new: dict[str, list[Clip]] = {}
    for track_id, clip in added:
        new.setdefault(track_id, []).append(clip)
    return msgspec.structs.replace(
        project,
        tracks=tuple(_relaid(track, changed, new.get(track.id, ())) for track in project.tracks),
    )


def _relaid(track: Track, changed: Mapping[str, Clip | None], added: Iterable[Clip]) -> Track:
    kept = [changed.get(clip.id, clip) for clip in track.clips]
    # Sorting is stable: clips that begin together stay in their order, so that no edit looks like one.
    clips = sorted((clip for clip in (*kept, *added) if clip is not None), key=lambda clip: clip.start_ticks)
    if len(clips) == len(track.clips) and all(a is b for a, b in zip(clips, track.clips, strict=True)):
        return track
    return msgspec.structs.replace(track, clips=tuple(clips))
