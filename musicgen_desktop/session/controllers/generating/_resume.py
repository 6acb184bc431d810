"""A take that ended early goes on from its tokens, and the longer one takes its place in the project."""

from pathlib import Path

import msgspec

from musicgen_desktop.document import AudioClip, Project

from ._candidate import Candidate
from ._sound_files import tokens_file
from ._sound_record import STOPPED
from ._wish import RemakeRange, SoundWish, Wish


def can_resume(candidate: Candidate, folder: Path) -> bool:
    """Whether a take ended early and its engine can go on with it.

    Args:
        candidate: on the project's shelf.
        folder: the project's.
    """
    return candidate.take.measured.get(STOPPED) is True and tokens_file(candidate.id, folder).is_file()


def resumed(candidate: Candidate) -> Wish:
    """The wish whose take is the whole of which this one is the beginning."""
    sound = candidate.wish.sound or SoundWish()
    going_on = msgspec.structs.replace(sound, resume=candidate.id, earlier=tuple(sorted(sound.beginnings)))
    return msgspec.structs.replace(candidate.wish, sound=going_on, variations=1)


def with_longer_take(project: Project, candidate: Candidate) -> Project | None:
    """The project in which the take plays wherever a shorter one did, its clips' ends moved.

    None when it plays nowhere. A clip that was cut before the sound's end stays so long.
    """
    shorter = candidate.wish.sound.beginnings if candidate.wish.sound is not None else ()
    if not shorter or isinstance(candidate.wish.mode, RemakeRange) or len(candidate.project.sources) != 1:
        return None
    clips = [
        (track.id, clip)
        for track in project.tracks
        for clip in track.clips
        if isinstance(clip, AudioClip) and clip.take_id in shorter
    ]
    if not clips:
        return None
    (source,) = candidate.project.sources
    longer = project.with_source(source)
    for track_id, clip in clips:
        track = longer.track(track_id)
        longer = longer.with_track(track.with_clip(_longer(project, clip, candidate)))
    placed = [clip for track in longer.tracks for clip in track.clips]
    used = {clip.source_id for clip in placed if isinstance(clip, AudioClip)}
    for source_id in {clip.source_id for _, clip in clips} - used:
        longer = longer.without_source(source_id)
    if longer.end_ticks:
        end = max(longer.end_ticks, *(clip.end_ticks for clip in placed))
        longer = msgspec.structs.replace(longer, end_ticks=end)
    return longer.with_take(candidate.take)


def _longer(project: Project, clip: AudioClip, candidate: Candidate) -> AudioClip:
    (source,) = candidate.project.sources
    tempo, short = project.tempo_map, project.source(clip.source_id)
    start_s = tempo.seconds_at(clip.start_ticks) - clip.source_offset_frames / short.rate
    ended = tempo.tick_at(start_s + short.frames / short.rate)
    length = clip.length_ticks
    if not clip.reversed and clip.end_ticks > ended - 2.0:  # rounded to ticks at both ends
        length = round(tempo.tick_at(start_s + source.frames / source.rate)) - clip.start_ticks
    return msgspec.structs.replace(
        clip,
        source_id=source.id,
        take_id=candidate.id,
        length_ticks=max(clip.length_ticks, length),
    )
