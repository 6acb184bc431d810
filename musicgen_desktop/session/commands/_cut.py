"""Clips of either kind cut to other ends, audio held inside its file."""

import math

from musicgen_desktop.document import AudioClip, AudioSource, Clip, Project
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.timing import TempoMap

_LAST_TICK = 2**31  # where the document ends too


def trimmed_clip(project: Project, clip: Clip, start_ticks: int, end_ticks: int) -> Clip:
    """The clip with other ends, held inside its audio file.

    Raises:
        UserInputError: when nothing would be left.
    """
    if isinstance(clip, AudioClip):
        source = source_of(project, clip)
        low, high = _reach(clip, source, project.tempo_map)
        start_ticks, end_ticks = max(start_ticks, low), min(end_ticks, high)
    try:
        if isinstance(clip, AudioClip):
            return clip.trimmed_to(
                start_ticks,
                end_ticks - start_ticks,
                tempo_map=project.tempo_map,
                source_rate=source.rate,
            )
        return clip.trimmed_to(start_ticks, end_ticks - start_ticks)
    except ValueError:
        raise UserInputError(
            f"Nothing would be left of “{clip.name}”: let it end after it begins, or delete it."
        ) from None


def split_clip(project: Project, clip: Clip, tick: int) -> tuple[Clip, Clip]:
    """The parts left and right of a tick inside the clip; the right one gets an id of its own."""
    if isinstance(clip, AudioClip):
        rate = source_of(project, clip).rate
        return clip.split_at(tick, tempo_map=project.tempo_map, source_rate=rate)
    return clip.split_at(tick)


def source_of(project: Project, clip: AudioClip) -> AudioSource:
    """The audio file of a clip.

    Raises:
        UserInputError: when the project does not list it.
    """
    try:
        return project.source(clip.source_id)
    except KeyError:
        raise UserInputError(
            f"The audio file of “{clip.name}” is not in this project: import it first."
        ) from None


def _reach(clip: AudioClip, source: AudioSource, tempo: TempoMap) -> tuple[int, int]:
    """The ticks at which the end of the file lets the clip begin and end; never inside the clip itself.

    The other limit, the file's beginning, is the clip's own business.
    """
    behind_s = max(0, source.frames - clip.source_offset_frames) / source.rate
    if clip.reversed:
        low = math.floor(tempo.tick_at(tempo.seconds_at(clip.end_ticks) - behind_s) + 1e-6)
        return min(low, clip.start_ticks), _LAST_TICK
    high = math.ceil(tempo.tick_at(tempo.seconds_at(clip.start_ticks) + behind_s) - 1e-6)
    return 0, max(high, clip.end_ticks)
