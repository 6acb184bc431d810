"""Recorded spans become clips: in place to the frame, the newest complete round heard."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from musicgen_desktop.document import AudioClip, AudioSource, Clip, NotesClip, Track
from musicgen_desktop.foundation import new_id
from musicgen_desktop.playback.recording import FinishedNotes, FinishedTake
from musicgen_desktop.timing import TempoMap


class _Part(NamedTuple):
    """A stretch of one round: on it the round is heard throughout, or not at all."""

    round: int
    start: int
    end: int
    heard: bool


def audio_clips(take: FinishedTake, source: AudioSource, tempo: TempoMap) -> tuple[AudioClip, ...]:
    """Clips for everything in a file.

    A clip begins on a tick, a recording on a frame. The clip begins on the first tick inside the recording
    and skips the frames before it (less than a tick), so that every sample sounds exactly where it was
    played. Recordings that begin at a bar, a loop's start or a punch point begin on a tick and skip nothing.

    Args:
        take: what was recorded.
        source: its file in the project.
        tempo: the song's.
    """
    rate = take.rate
    clips = []
    spans = take.spans
    for part in _parts([(span.place, span.end_place) for span in spans]):
        span = spans[part.round]
        start = _tick_not_before(tempo, part.start, rate)
        is_last = span.offset_frames + span.frames == take.frames and part.end == span.end_place
        # Behind the file's end is silence, behind any other end the next round.
        end = (_tick_not_before if is_last else _tick_not_after)(tempo, part.end, rate)
        if is_last:
            end = max(end, start + 1)
        if end <= start:
            continue
        clips.append(
            AudioClip(
                id=new_id("clip"),
                name=_name(take.name, part.round, len(spans)),
                start_ticks=start,
                length_ticks=end - start,
                source_id=source.id,
                source_offset_frames=span.offset_frames + tempo.frame_at(start, rate) - span.place,
                muted=not part.heard,
            )
        )
    return tuple(clips)


def notes_clips(played: FinishedNotes) -> tuple[NotesClip, ...]:
    """Clips for everything that was played on a track."""
    clips = []
    spans = played.spans
    for part in _parts([(span.start_ticks, span.start_ticks + span.length_ticks) for span in spans]):
        span = spans[part.round]
        whole = NotesClip(
            id=new_id("clip"),
            name=_name(played.name, part.round, len(spans)),
            start_ticks=span.start_ticks,
            length_ticks=span.length_ticks,
            notes=span.notes,
            controls=span.controls,
            muted=not part.heard,
        )
        clips.append(whole.trimmed_to(part.start, part.end - part.start))
    return tuple(clips)


def with_clips_over(
    track: Track, clips: Iterable[Clip], sources: Sequence[AudioSource], tempo: TempoMap
) -> Track:
    """The track with these clips; where an audio clip of them is heard, older audio is cut and muted.

    Notes are added to those that are there.
    """
    rates = {source.id: source.rate for source in sources}
    clips = tuple(clips)
    for clip in clips:
        if isinstance(clip, AudioClip) and not clip.muted:
            for older in track.clips:
                if isinstance(older, AudioClip) and not older.muted:
                    track = _cut(track, older, clip, rates[older.source_id], tempo)
    for clip in clips:
        track = track.with_clip(clip)
    return track


def _cut(track: Track, older: AudioClip, over: AudioClip, rate: int, tempo: TempoMap) -> Track:
    """The track with that part of the older clip muted over which the new one lies."""
    if older.end_ticks <= over.start_ticks or over.end_ticks <= older.start_ticks:
        return track
    middle = older
    if middle.start_ticks < over.start_ticks:
        left, middle = middle.split_at(over.start_ticks, tempo_map=tempo, source_rate=rate)
        track = track.with_clip(left)
    if over.end_ticks < middle.end_ticks:
        middle, right = middle.split_at(over.end_ticks, tempo_map=tempo, source_rate=rate)
        track = track.with_clip(right)
    return track.with_clip(middle.muted_as(True))  # noqa: FBT003 - reads as it says


def _parts(rounds: Sequence[tuple[int, int]]) -> list[_Part]:
    """The rounds, (start, end) each, cut so that at no place two are heard.

    The newest round wins; the last one only when it is at least as long as the one before, for it may have
    been broken off.
    """
    order = list(reversed(range(len(rounds))))
    if len(rounds) > 1 and _length(rounds[-1]) < _length(rounds[-2]) and _meet(rounds[-1], rounds[-2]):
        order[0], order[1] = order[1], order[0]
    taken: list[tuple[int, int]] = []
    found: list[_Part] = []
    for index in order:
        start, end = rounds[index]
        edges = sorted({start, end, *(edge for each in taken for edge in each if start < edge < end)})
        for low, high in pairwise(edges):
            heard = not any(first <= low < last for first, last in taken)
            before = found[-1] if found else None
            if before is not None and (before.round, before.end, before.heard) == (index, low, heard):
                found[-1] = before._replace(end=high)
            else:
                found.append(_Part(index, low, high, heard))
        taken = _with(taken, start, end)
    return sorted(found, key=lambda part: (part.round, part.start))


def _with(taken: list[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    """These stretches, none touching another, and one more: thousands of rounds of a loop are one."""
    touched = [each for each in taken if each[0] <= end and start <= each[1]]
    others = [each for each in taken if each[0] > end or start > each[1]]
    edges = [edge for each in touched for edge in each]
    return [*others, (min([start, *edges]), max([end, *edges]))]


def _length(span: tuple[int, int]) -> int:
    return span[1] - span[0]


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _name(name: str, index: int, count: int) -> str:
    return name if count == 1 else f"{name} take {index + 1}"


def _tick_not_before(tempo: TempoMap, frame: int, rate: int) -> int:
    """The first tick that lies on this frame or behind it."""
    tick = max(tempo.tick_at_frame(frame, rate), 0)
    while tick > 0 and tempo.frame_at(tick - 1, rate) >= frame:
        tick -= 1
    while tempo.frame_at(tick, rate) < frame:
        tick += 1
    return tick


def _tick_not_after(tempo: TempoMap, frame: int, rate: int) -> int:
    """The last tick that lies on this frame or before it."""
    tick = max(tempo.tick_at_frame(frame, rate), 0)
    while tempo.frame_at(tick + 1, rate) <= frame:
        tick += 1
    while tick > 0 and tempo.frame_at(tick, rate) > frame:
        tick -= 1
    return tick
