"""Where clips lie: move, copy, duplicate, paste, delete."""

from collections.abc import Collection, Mapping, Sequence

from musicgen_desktop.document import AudioClip, Clip, Project, Track
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.session.commands._edit import Edit, checked_tick, counted, edited
from musicgen_desktop.session.commands._find import find_clips, find_track, with_clips


def move_clips(project: Project, clip_ids: Collection[str], *, by_ticks: int = 0, by_tracks: int = 0) -> Edit:
    """Move a selection as one block.

    Args:
        project: as it is.
        clip_ids: the selection.
        by_ticks: later, or earlier when negative; never so far that a clip would begin before the song.
        by_tracks: tracks down, or up when negative, as the song lists them; a clip lands on a track of its
            kind only, so the block goes as far towards there as all of its clips can.

    Raises:
        UserInputError: when a clip is not there.
    """
    found = find_clips(project, clip_ids)
    ticks, targets = _landing(project, found, by_ticks, by_tracks)
    stays: dict[str, Clip | None] = {}
    comes: list[tuple[str, Clip]] = []
    for clip_id, (track, clip) in found.items():
        moved = clip.moved_to(clip.start_ticks + ticks) if ticks else clip
        if targets[clip_id] == track.id:
            stays[clip_id] = moved
        else:
            stays[clip_id] = None
            comes.append((targets[clip_id], moved))
    return edited(counted("Move", "clip", len(found)), project, with_clips(project, stays, comes))


def copy_clips(
    project: Project, clip_ids: Collection[str], *, by_ticks: int = 0, by_tracks: int = 0
) -> tuple[Edit, tuple[str, ...]]:
    """Copy a selection as one block; `by_ticks` and `by_tracks` as in `move_clips`.

    Returns:
        The edit, and the ids of the copies in the order of `clip_ids`.

    Raises:
        UserInputError: when a clip is not there.
    """
    found = find_clips(project, clip_ids)
    ticks, targets = _landing(project, found, by_ticks, by_tracks)
    copies = [
        (targets[clip_id], clip.duplicated(clip.start_ticks + ticks)) for clip_id, (_, clip) in found.items()
    ]
    edit = edited(counted("Copy", "clip", len(copies)), project, with_clips(project, {}, copies))
    return edit, tuple(clip.id for _, clip in copies)


def duplicate_clips(project: Project, clip_ids: Collection[str]) -> tuple[Edit, tuple[str, ...]]:
    """Lay a selection once more right behind itself.

    A selection that begins on a bar line and lacks less than a beat to the next one counts as whole bars:
    its copy begins on that line, not where the last note's clip happens to end.

    Returns:
        The edit, and the ids of the copies in the order of `clip_ids`.

    Raises:
        UserInputError: when a clip is not there.
    """
    found = find_clips(project, clip_ids)
    if not found:
        return Edit("Duplicate clips", project), ()
    start = min(clip.start_ticks for _, clip in found.values())
    end = _span_end(project, start, max(clip.end_ticks for _, clip in found.values()))
    copies = [(track.id, clip.duplicated(clip.start_ticks + end - start)) for track, clip in found.values()]
    edit = edited(counted("Duplicate", "clip", len(copies)), project, with_clips(project, {}, copies))
    return edit, tuple(clip.id for _, clip in copies)


def paste_clips(
    project: Project, clips_with_track_ids: Sequence[tuple[Clip, str]], at_tick: int
) -> tuple[Edit, tuple[str, ...]]:
    """Lay copied clips down; the earliest begins at `at_tick`, the others keep their distance to it.

    Args:
        project: where to.
        clips_with_track_ids: each clip and the track that it shall lie on.
        at_tick: 0 or later.

    Returns:
        The edit, and the ids of the pasted clips in the given order.

    Raises:
        UserInputError: when a track is not there or of another kind, or when the project does not have the
            audio file of a clip.
    """
    checked_tick("A clip", at_tick)
    first = min((clip.start_ticks for clip, _ in clips_with_track_ids), default=0)
    pasted: list[tuple[str, Clip]] = []
    for clip, track_id in clips_with_track_ids:
        track = find_track(project, track_id)
        if not can_hold(track, clip):
            held = "audio" if isinstance(clip, AudioClip) else "notes"
            raise UserInputError(
                f"“{clip.name}” holds {held}, which track “{track.name}” cannot play: "
                f"choose a track for {held}."
            )
        pasted.append((track_id, clip.duplicated(at_tick + clip.start_ticks - first)))
    edit = edited(counted("Paste", "clip", len(pasted)), project, with_clips(project, {}, pasted))
    return edit, tuple(clip.id for _, clip in pasted)


def delete_clips(project: Project, clip_ids: Collection[str]) -> Edit:
    """Take clips away; their audio files and takes stay in the project.

    Raises:
        UserInputError: when a clip is not there.
    """
    found = find_clips(project, clip_ids)
    return edited(counted("Delete", "clip", len(found)), project, with_clips(project, dict.fromkeys(found)))


def can_hold(track: Track, clip: Clip) -> bool:
    """Whether a track plays clips of this kind."""
    return track.kind == ("audio" if isinstance(clip, AudioClip) else "notes")


def _landing(
    project: Project, found: Mapping[str, tuple[Track, Clip]], by_ticks: int, by_tracks: int
) -> tuple[int, dict[str, str]]:
    """How far the block really goes, and clip id → the track it lands on."""
    first = min((clip.start_ticks for _, clip in found.values()), default=0)
    rows = {track.id: row for row, track in enumerate(project.tracks)}
    step = 1 if by_tracks > 0 else -1
    for distance in range(min(abs(by_tracks), len(rows)), 0, -1):
        targets: dict[str, str] = {}
        for clip_id, (track, clip) in found.items():
            row = rows[track.id] + step * distance
            if 0 <= row < len(rows) and can_hold(project.tracks[row], clip):
                targets[clip_id] = project.tracks[row].id
        if len(targets) == len(found):
            return max(by_ticks, -first), targets
    return max(by_ticks, -first), {clip_id: track.id for clip_id, (track, _) in found.items()}


def _span_end(project: Project, start: int, end: int) -> int:
    meters = project.meter_map
    if start != meters.tick_of_bar(meters.bar_of(start)):
        return end
    line = meters.tick_of_bar(meters.bar_of(end - 1) + 1)
    return line if line - end < meters.meter_at(end - 1).beat_ticks else end
