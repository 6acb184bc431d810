"""A file for each clip: every clip is heard alone, through its track, its groups and its returns."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import msgspec

from musicgen_desktop.document import Clip, Project, Track
from musicgen_desktop.dsp import Audio
from musicgen_desktop.exchange.stems import stem_file_name, stem_tags
from musicgen_desktop.foundation import Report, StopFlag
from musicgen_desktop.media import Bits
from musicgen_desktop.playback.offline import Write, stream_stems
from musicgen_desktop.playback.plan import compile_plan

from ._bounced_span import cut
from ._long_songs import part_of
from ._song_rights import SongRights
from ._sound_files import SoundFiles
from ._sound_span import sound_between

_MOST_OPEN = 80
"""Files written in one pass; some systems let a program have no more than 256."""


class ClipFile(NamedTuple):
    """A clip on its way into a file.

    Attributes:
        track_id: it lies on.
        clip: what of it lies in the wanted bars.
        name: of the file.
        span: its frames on the timeline.
        loop_frames: how many of the first frames a sampler repeats.
    """

    track_id: str
    clip: Clip
    name: str
    span: range
    loop_frames: int | None


def clip_files(
    project: Project,
    track_ids: Collection[str],
    bars: tuple[int, int],
    *,
    tail: bool,
    extension: str = "wav",
) -> tuple[ClipFile, ...]:
    """The clips to write, in the tracks' order: `02_bass-bar-5_92bpm_Am.wav`.

    Args:
        project: the song, at the rate of the files.
        track_ids: whose clips; muted clips are left out.
        bars: (first tick, first tick outside); clips are cut there.
        tail: whether they ring out.
        extension: of the files, without the dot.
    """
    found: list[ClipFile] = []
    numbers = {track.id: at for at, track in enumerate(_playing(project), start=1)}
    taken: list[str] = []
    for track in project.tracks:
        if track.id not in track_ids or track.id not in numbers:
            continue
        for clip in _clips_in(project, track, bars):
            file = stem_file_name(
                numbers[track.id],
                _name(project, track, clip),
                project,
                extension=extension,
                at_tick=clip.start_ticks,
            )
            again = sum(file.casefold() == each.casefold() for each in taken)
            taken.append(file)
            if again:  # two of one name in one bar
                file = f"{file.removesuffix(f'.{extension}')}_{again + 1}.{extension}"
            sound = sound_between(project, clip.start_ticks, clip.end_ticks, tail=tail)
            found.append(ClipFile(track.id, clip, file, sound.span, sound.loop_frames))
    return tuple(found)


def write_clip_files(
    project: Project,
    wanted: Sequence[ClipFile],
    folder: Path,
    *,
    media_folder: Path | None,
    soundfont: Path | None,
    rendered_at: int,
    bits: Bits,
    files: SoundFiles,
    report: Report,
    stop: StopFlag,
) -> None:
    """One tagged file per clip.

    The first clips of all tracks are rendered together, then the second ones: no clip hears its neighbours.

    Args:
        project: the song, at its own rate.
        wanted: from `clip_files`.
        folder: is there.
        media_folder: the project's.
        soundfont: the General MIDI font.
        rendered_at: the rate of the files.
        bits: of the files.
        files: opens them.
        report: told the share done.
        stop: asked inside the rendering.

    Raises:
        CannotWriteError: when a file cannot be written.
        Stopped: when `stop` was set.
    """
    told_as = msgspec.structs.replace(project, rate=rendered_at)
    rights = SongRights(project, media_folder, soundfont)
    rounds = list(_rounds(wanted))
    for number, together in enumerate(rounds):
        heard = _alone(project, {each.track_id: each.clip for each in together})
        plan = compile_plan(heard, media_folder=media_folder, soundfont=soundfont, rate=rendered_at)
        start = min(each.span.start for each in together)
        with ExitStack() as opened:
            writers: dict[str, Write] = {}
            for each in together:
                tags = stem_tags(
                    told_as,
                    project.track(each.track_id),
                    rights=rights.of_track(heard.track(each.track_id)),
                    frames=len(each.span),
                    start_frame=each.span.start,
                    bits=bits,
                    clip=each.clip,
                    loop_frames=each.loop_frames,
                )
                write = opened.enter_context(files.opened(folder / each.name, tags))
                writers[each.track_id] = _Window(write, each.span, start).write
            stream_stems(
                plan,
                writers,
                start_frame=start,
                frames=max(each.span.stop for each in together) - start,
                report=part_of(report, number / len(rounds), 1.0 / len(rounds)),
                stop=stop,
            )


class _Window:
    """Hands on what of a sound lies in a span; the sound itself begins at `start`."""

    def __init__(self, write: Write, span: range, start: int) -> None:
        self._write = write
        self._span = span
        self._at = start

    def write(self, block: Audio) -> None:
        low = max(self._span.start - self._at, 0)
        high = min(self._span.stop - self._at, len(block))
        if low < high:
            self._write(block[low:high])
        self._at += len(block)


def _rounds(wanted: Sequence[ClipFile]) -> Iterator[list[ClipFile]]:
    """Clips that are rendered together, of each track one."""
    by_track: dict[str, list[ClipFile]] = {}
    for each in wanted:
        by_track.setdefault(each.track_id, []).append(each)
    for number in range(max((len(clips) for clips in by_track.values()), default=0)):
        together = [clips[number] for clips in by_track.values() if number < len(clips)]
        for at in range(0, len(together), _MOST_OPEN):
            yield together[at : at + _MOST_OPEN]


def _alone(project: Project, clips: Mapping[str, Clip]) -> Project:
    """The song with one clip on each of these tracks, and none on others."""
    tracks = tuple(
        track
        if track.kind == "bus"
        else msgspec.structs.replace(
            track, clips=(clips[track.id],) if track.id in clips else (), frozen=None
        )
        for track in project.tracks
    )
    return msgspec.structs.replace(project, tracks=tracks, end_ticks=project.length_ticks)


def _playing(project: Project) -> list[Track]:
    """The tracks that have stems, whose numbers their clips bear."""
    return [track for track in project.tracks if track.kind != "bus" and track.clips]


def _clips_in(project: Project, track: Track, bars: tuple[int, int]) -> list[Clip]:
    inside = [part for clip in track.clips if not clip.muted for part in cut(project, clip, bars)[0]]
    return sorted(inside, key=lambda clip: clip.start_ticks)


def _name(project: Project, track: Track, clip: Clip) -> str:
    """The track, the clip's own name when it says more, and the bar that it begins in."""
    own = clip.name.strip()
    names = [track.name] if own.casefold() in ("", track.name.casefold()) else [track.name, own]
    return " ".join([*names, f"bar {project.meter_map.bar_of(clip.start_ticks)}"])
