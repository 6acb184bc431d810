"""A region of an audio track that is made again: cut out to the frame, and joined at both ends."""

import math
from dataclasses import dataclass

import msgspec
import numpy as np

from musicgen_desktop.document import AudioClip, Project, Track
from musicgen_desktop.dsp import Audio, fade_in, seam_dbfs
from musicgen_desktop.foundation import new_id
from musicgen_desktop.timing import TempoMap

STEP_S = 0.02
"""A codec step, over which what was there and what is new fade into each other."""

_TRIED_TICKS = 256


@dataclass(frozen=True)
class Region:
    """What lies on the track now.

    Attributes:
        track: where it is; of audio.
        old: what its clips play from the song's beginning, [frames, 2], before the strip.
        start_ticks, end_ticks: that are wished for, in the song.
    """

    track: Track
    old: Audio
    start_ticks: int
    end_ticks: int


@dataclass(frozen=True)
class Piece:
    """What takes its place: new sound between bits of the old.

    Attributes:
        audio: [frames, channels] as many channels as the track has, so that its pan stays the same.
        start_ticks, length_ticks: in the song.
        seams_dbfs: at its ends, and where the fades begin and end.
    """

    audio: Audio
    start_ticks: int
    length_ticks: int
    seams_dbfs: tuple[float, ...]


def joined_piece(region: Region, made: Audio, project: Project) -> Piece:
    """New sound laid over the old one, faded in over its first step and out over its last.

    Args:
        region: what lies there.
        made: [frames, channels] from the region's beginning on, at the project's rate; it may reach a step
            beyond the region, and may end early.
        project: the region's.
    """
    tempo, rate = project.tempo_map, project.rate
    first = tempo.frame_at(region.start_ticks, rate)
    longest = tempo.frame_at(region.end_ticks, rate) - first + round(STEP_S * rate)
    made = np.repeat(made, 2, axis=1)[:longest] if made.shape[1] == 1 else made[:longest, :2]
    end = first + len(made)
    start_tick, end_tick = _clean_cuts(
        project, region.track, region.start_ticks, math.ceil(tempo.tick_at(end / rate) - 1e-6)
    )
    low, high = tempo.frame_at(start_tick, rate), max(end, tempo.frame_at(end_tick, rate))
    reach = min(low, rate)  # so that the seam at the beginning has something before it
    around = np.zeros((reach + high - low + rate, 2), np.float32)
    there = region.old[low - reach : high + rate]
    around[: len(there)] = there
    at = reach + first - low
    _lay_over(around[at : at + len(made)], made, min(round(STEP_S * rate), len(made) // 2))
    seams = [
        seam_dbfs(around, frame)
        for frame in sorted({reach, at, at + len(made), reach + high - low})
        if frame > 1
    ]
    audio = around[reach : reach + tempo.frame_at(end_tick, rate) - low]
    if _is_mono(project, region.track):
        audio = audio.mean(axis=1, keepdims=True)
    return Piece(audio, start_tick, end_tick - start_tick, tuple(seams))


def with_gap(project: Project, track: Track, start: int, end: int) -> Track:
    """The track with nothing between two ticks; a clip that reaches over one of them is cut to the frame.

    A fade that ends at a cut goes; the others stay as long as they were.
    """
    for clip in track.clips:
        if not isinstance(clip, AudioClip) or clip.end_ticks <= start or clip.start_ticks >= end:
            continue
        track = track.without_clip(clip.id)
        if clip.start_ticks < start:
            track = track.with_clip(_cut(project, clip, clip.start_ticks, start))
        if clip.end_ticks > end:
            right = _cut(project, clip, end, clip.end_ticks)
            is_second = clip.start_ticks < start
            track = track.with_clip(msgspec.structs.replace(right, id=new_id("clip")) if is_second else right)
    return track


def _lay_over(old: Audio, made: Audio, step: int) -> None:
    """Write the new sound over the old one, in place."""
    gain = np.ones((len(made), 1), np.float32)
    rise = fade_in(step, "s_curve")[:, np.newaxis]
    gain[:step] = rise
    gain[len(gain) - step :] = 1.0 - rise
    old *= 1.0 - gain
    old += made * gain


def _clean_cuts(project: Project, track: Track, start: int, end: int) -> tuple[int, int]:
    """The nearest ticks outwards where cutting changes no sample outside.

    They lie in no fade, for one that is cut would rise more steeply, and where a cut clip's file has a frame.
    """
    tempo, rate = project.tempo_map, project.rate
    clips = [clip for clip in track.clips if isinstance(clip, AudioClip)]
    fades = [fade for clip in clips for fade in _fades(clip, tempo, rate)]
    for _ in range(len(fades) + 1):  # one fade may lead into another
        low = min((a for a, b in fades if a < start < b), default=start)
        high = max((b for a, b in fades if a < end < b), default=end)
        if (low, high) == (start, end):
            break
        start, end = low, high
    cut_left = [clip for clip in clips if clip.start_ticks < start < clip.end_ticks]
    cut_right = [clip for clip in clips if clip.start_ticks < end < clip.end_ticks]
    start = next(
        (
            tick
            for tick in range(start, max(0, start - _TRIED_TICKS), -1)
            if all(_is_exact(project, _cut(project, clip, clip.start_ticks, tick), clip) for clip in cut_left)
        ),
        start,
    )
    end = next(
        (
            tick
            for tick in range(end, end + _TRIED_TICKS)
            if all(
                tick >= clip.end_ticks or _is_exact(project, _cut(project, clip, tick, clip.end_ticks), clip)
                for clip in cut_right
            )
        ),
        end,
    )
    return start, end


def _fades(clip: AudioClip, tempo: TempoMap, rate: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """The ticks that a clip's fades lie between."""
    first, last = tempo.frame_at(clip.start_ticks, rate), tempo.frame_at(clip.end_ticks, rate)
    rises = tempo.tick_at((first + round(clip.fade_in_ms * rate / 1000.0)) / rate)
    falls = tempo.tick_at(max(0, last - round(clip.fade_out_ms * rate / 1000.0)) / rate)
    return (
        (clip.start_ticks, min(clip.end_ticks, math.ceil(rises - 1e-6))),
        (max(clip.start_ticks, math.floor(falls + 1e-6)), clip.end_ticks),
    )


def _cut(project: Project, clip: AudioClip, start: int, end: int) -> AudioClip:
    """The part of a clip between two of its ticks, its sound held to the frame where it is."""
    ratio = project.source(clip.source_id).rate / project.rate
    wanted = _frames_in(project, clip, clip.source_offset_frames / ratio, start, end)
    return msgspec.structs.replace(
        clip,
        start_ticks=start,
        length_ticks=end - start,
        source_offset_frames=max(0, round(wanted * ratio)),
        fade_in_ms=clip.fade_in_ms if start == clip.start_ticks else 0.0,
        fade_out_ms=clip.fade_out_ms if end == clip.end_ticks else 0.0,
    )


def _frames_in(project: Project, clip: AudioClip, offset: float, start: int, end: int) -> int:
    """Where in its file that part begins, at the project's rate."""
    tempo, rate = project.tempo_map, project.rate
    skipped = (
        tempo.frame_at(clip.end_ticks, rate) - tempo.frame_at(end, rate)
        if clip.reversed
        else tempo.frame_at(start, rate) - tempo.frame_at(clip.start_ticks, rate)
    )
    return round(offset) + skipped


def _is_exact(project: Project, part: AudioClip, clip: AudioClip) -> bool:
    """Whether the part plays the same frames: files of other rates have none for some of the project's."""
    ratio = project.source(clip.source_id).rate / project.rate
    wanted = _frames_in(project, clip, clip.source_offset_frames / ratio, part.start_ticks, part.end_ticks)
    return round(part.source_offset_frames / ratio) == wanted


def _is_mono(project: Project, track: Track) -> bool:
    sources = (project.source(clip.source_id) for clip in track.clips if isinstance(clip, AudioClip))
    return all(source.channels == 1 for source in sources)
