"""The sound that goes with a song into a project of another program."""

import shutil
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from musicgen_desktop.document import AudioClip, AudioSource, Project, Track
from musicgen_desktop.foundation import Report, StopFlag, safe_file_name
from musicgen_desktop.media import CannotWriteError, ReplacingFile, WavWriter
from musicgen_desktop.playback.offline import stream_strip
from musicgen_desktop.playback.plan import RenderPlan


class CarriedSound(NamedTuple):
    """Where a track's sound begins on the timeline and how long it is, in frames of the plan's rate."""

    start_frame: int
    frames: int


def sounded_here(project: Project, plan: RenderPlan) -> Iterable[tuple[int, Track]]:
    """What another program could not sound itself, numbered as its MIDI files are."""
    buses = [track for track in project.tracks if track.kind == "bus"]
    others = [track for track in project.tracks if track.kind != "bus"]
    playing = {strip.id for strip in plan.sources}
    return (
        (number, track)
        for number, track in enumerate([*others, *buses], start=1)
        if (track.kind == "notes" and track.id in playing) or _is_effect_return(track, project)
    )


def _is_effect_return(track: Track, project: Project) -> bool:
    """Whether a bus is heard by its effects alone: without them it would only double what is sent to it."""
    return (
        track.kind == "bus"
        and any(not insert.bypassed for insert in track.inserts)
        and all(other.output != track.id for other in project.tracks)
    )


def played_sources(project: Project) -> Iterable[AudioSource]:
    """What clips play, muted ones too, in the project's order."""
    used = {clip.source_id for track in project.tracks for clip in track.clips if isinstance(clip, AudioClip)}
    return (source for source in project.sources if source.id in used)


def write_carried_sound(
    plan: RenderPlan, track_id: str, path: Path, report: Report, stop: StopFlag
) -> CarriedSound | None:
    """What a track sounds like before its fader, as a file of floats; None, and no file, when it is silent.

    Raises:
        CannotWriteError: when the disk refuses.
        Stopped: when `stop` was set.
    """
    start = 0
    with WavWriter(path, plan.rate, 2, 32) as wav:
        blocks = stream_strip(plan, track_id, after_fader=False, report=report, stop=stop)
        for first, audio in blocks:
            start = start if wav.frames else first
            wav.write(audio)
        frames = wav.frames
        if not frames:
            wav.discard()
    return CarriedSound(start, frames) if frames else None


def free_name(wanted: str, taken: set[str]) -> str:
    """A file name that none of the folder's other files has, small and large letters being one."""
    name = PurePosixPath(safe_file_name(wanted, fallback="audio"))
    number = 1
    free = name.name
    while free.casefold() in taken:
        number += 1
        free = f"{name.stem}-{number}{name.suffix}"
    taken.add(free.casefold())
    return free


def copy_file(path: Path, copy: Path) -> None:
    """Copy a file's bytes, unless it is that file.

    Raises:
        CannotWriteError: when it cannot be read or written.
    """
    if copy.exists() and copy.samefile(path):
        return
    try:
        with path.open("rb") as source, ReplacingFile(copy) as target:
            shutil.copyfileobj(source, target, 1 << 20)
    except OSError as error:
        raise CannotWriteError(copy, error) from error
