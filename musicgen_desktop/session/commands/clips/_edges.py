"""Where clips begin and end: trim, split, loop, repeat."""

from collections.abc import Collection

import msgspec

from musicgen_desktop.document import Clip, NotesClip, Project
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.session.commands._cut import split_clip, trimmed_clip
from musicgen_desktop.session.commands._edit import Edit, counted, edited
from musicgen_desktop.session.commands._find import find_clip, find_clips, with_clips

from ._contents import counted_from_start

_MOST_REPEATS = 10_000


def trim_clip(
    project: Project, clip_id: str, *, start_ticks: int | None = None, end_ticks: int | None = None
) -> Edit:
    """Drag an end of a clip; what it plays stays where it is in the song.

    A clip cannot begin before the song, and audio cannot be pulled out beyond the ends of its file.

    Args:
        project: as it is.
        clip_id: of the clip.
        start_ticks: the new left end; None leaves it.
        end_ticks: the new right end, the first tick outside; None leaves it.

    Raises:
        UserInputError: when nothing would be left of it, or it is not there.
    """
    _, clip = find_clip(project, clip_id)
    start = clip.start_ticks if start_ticks is None else max(0, start_ticks)
    end = clip.end_ticks if end_ticks is None else end_ticks
    trimmed = trimmed_clip(project, clip, start, end)
    return edited("Trim clip", project, with_clips(project, {clip_id: trimmed}))


def split_clips(project: Project, clip_ids: Collection[str], tick: int) -> tuple[Edit, tuple[str, ...]]:
    """Cut those of the clips that `tick` lies in; the others stay whole.

    Returns:
        The edit, and the ids of the new right parts.

    Raises:
        UserInputError: when it lies in none of them, or one is not there.
    """
    found = find_clips(project, clip_ids)
    cut = {each: pair for each, pair in found.items() if pair[1].start_ticks < tick < pair[1].end_ticks}
    if not cut:
        raise UserInputError("There is nothing to split here: choose a place inside one of the clips.")
    lefts: dict[str, Clip | None] = {}
    rights: list[tuple[str, Clip]] = []
    for clip_id, (track, clip) in cut.items():
        lefts[clip_id], right = split_clip(project, clip, tick)
        rights.append((track.id, right))
    edit = edited(counted("Split", "clip", len(cut)), project, with_clips(project, lefts, rights))
    return edit, tuple(right.id for _, right in rights)


def loop_clip(project: Project, clip_id: str, *, loop_length_ticks: int | None) -> Edit:
    """Let the first so many ticks of a notes clip repeat until it ends; None plays it once again.

    The loop begins where the clip does: what its left end had cut away before is left out.

    Raises:
        UserInputError: for audio, which has no loop of its own, or when the clip is not there.
    """
    _, clip = find_clip(project, clip_id)
    if not isinstance(clip, NotesClip):
        raise UserInputError("Only notes loop inside their clip: repeat an audio clip instead.")
    if loop_length_ticks is not None and clip.loop_length_ticks is None:
        clip = counted_from_start(clip)
    looped = msgspec.structs.replace(clip, loop_length_ticks=loop_length_ticks)
    label = "Stop looping clip" if loop_length_ticks is None else "Loop clip"
    return edited(label, project, with_clips(project, {clip_id: looped}))


def repeat_clip(project: Project, clip_id: str, *, end_ticks: int) -> tuple[Edit, tuple[str, ...]]:
    """Drag the loop edge: the clip sounds again and again until `end_ticks`, the last time cut there.

    Notes loop inside their clip; of audio copies are laid, one behind the other.

    Returns:
        The edit, and the ids of the copies (none of notes).

    Raises:
        UserInputError: when nothing would be left of the clip, when there would be over ten thousand
            copies, or when it is not there.
    """
    track, clip = find_clip(project, clip_id)
    if end_ticks <= clip.end_ticks and not _loops(clip):
        trimmed = trimmed_clip(project, clip, clip.start_ticks, end_ticks)
        return edited("Repeat clip", project, with_clips(project, {clip_id: trimmed})), ()
    if isinstance(clip, NotesClip):
        if clip.loop_length_ticks is None:
            clip = msgspec.structs.replace(counted_from_start(clip), loop_length_ticks=clip.length_ticks)
        longer = trimmed_clip(project, clip, clip.start_ticks, end_ticks)
        return edited("Repeat clip", project, with_clips(project, {clip_id: longer})), ()
    if (end_ticks - clip.end_ticks) // clip.length_ticks >= _MOST_REPEATS:
        raise UserInputError(
            f"“{clip.name}” would be laid more than {_MOST_REPEATS} times: choose an earlier end."
        )
    copies: list[Clip] = [
        clip.duplicated(start) for start in range(clip.end_ticks, end_ticks, clip.length_ticks)
    ]
    # The last one is cut at the end.
    copies = [
        copy if copy.end_ticks <= end_ticks else trimmed_clip(project, copy, copy.start_ticks, end_ticks)
        for copy in copies
    ]
    edit = edited("Repeat clip", project, with_clips(project, {}, [(track.id, copy) for copy in copies]))
    return edit, tuple(copy.id for copy in copies)


def _loops(clip: Clip) -> bool:
    return isinstance(clip, NotesClip) and clip.loop_length_ticks is not None
