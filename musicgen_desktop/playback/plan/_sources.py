"""Clips become notes and spans of files in absolute frames."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from musicgen_desktop.document import AudioClip, AudioSource, NotesClip, Project, Track
from musicgen_desktop.dsp import db_to_gain
from musicgen_desktop.instruments import ScheduledControl, ScheduledNote
from musicgen_desktop.music import Patch
from musicgen_desktop.timing import TempoMap

from ._values import ClipsSource, NotesSource, PlannedClip, Source

PIANO = Patch(source="general_midi", name="Piano")
"""What plays notes that nobody chose a sound for."""


def plan_source(
    track: Track, project: Project, rate: int, media_folder: Path | None
) -> tuple[Source | None, tuple[str, ...]]:
    """What a track plays, and a sentence for each thing that it cannot play."""
    if track.kind == "notes":
        return _notes(track, project.tempo_map, rate), ()
    if track.kind == "audio":
        sources = {source.id: source for source in project.sources}
        return _clips(track, project.tempo_map, rate, sources, media_folder)
    return None, ()


def _notes(track: Track, tempo: TempoMap, rate: int) -> NotesSource | None:
    clips = [clip for clip in track.clips if isinstance(clip, NotesClip)]
    notes = [note for clip in clips for note in clip.sounding_notes()]
    if not notes:
        return None
    ticks = np.array([(note.start_ticks, note.start_ticks + note.length_ticks) for note in notes], np.int64)
    frames = tempo.frames_at(ticks, rate).tolist()
    scheduled = [
        ScheduledNote(start, max(end, start + 1), note.pitch, note.velocity)
        for (start, end), note in zip(frames, notes, strict=True)
    ]
    scheduled.sort(key=lambda note: (note.start_frame, note.pitch, note.end_frame, note.velocity))
    controls = sorted(
        (control for clip in clips for control in clip.sounding_controls()), key=lambda control: control.tick
    )
    moments = tempo.frames_at(np.array([control.tick for control in controls], np.int64), rate).tolist()
    moved = tuple(
        ScheduledControl(frame, control.kind, control.value, control.number)
        for frame, control in zip(moments, controls, strict=True)
    )
    return NotesSource(track.patch or PIANO, tuple(scheduled), moved)


def _clips(
    track: Track, tempo: TempoMap, rate: int, sources: Mapping[str, AudioSource], folder: Path | None
) -> tuple[ClipsSource | None, tuple[str, ...]]:
    clips = [clip for clip in track.clips if isinstance(clip, AudioClip) and not clip.muted]
    if not clips:
        return None, ()
    missing: list[str] = []
    planned: list[PlannedClip] = []
    for clip in clips:
        source = sources.get(clip.source_id)
        path, problem = find_file(source, folder)
        if problem is not None:
            missing.append(f"“{clip.name}” on track “{track.name}” is silent: {problem}")
        planned.append(_clip(clip, source, path, tempo, rate))
    return ClipsSource(tuple(planned)), tuple(missing)


def _clip(
    clip: AudioClip, source: AudioSource | None, path: Path | None, tempo: TempoMap, rate: int
) -> PlannedClip:
    start, end = tempo.frame_at(clip.start_ticks, rate), tempo.frame_at(clip.end_ticks, rate)
    frames = max(end - start, 0)
    source_rate = rate if source is None else source.rate
    return PlannedClip(
        start_frame=start,
        frames=frames,
        path=path,
        key="" if source is None else source.content_hash or str(path),
        offset_frames=round(clip.source_offset_frames * rate / source_rate),
        gain=db_to_gain(clip.gain_db),
        fade_in_frames=min(round(clip.fade_in_ms * rate / 1000.0), frames),
        fade_out_frames=min(round(clip.fade_out_ms * rate / 1000.0), frames),
        fade_shape=clip.fade_shape,
        reversed=clip.reversed,
    )


def find_file(source: AudioSource | None, folder: Path | None) -> tuple[Path | None, str | None]:
    """(the file, None) or (None, why not)."""
    if source is None:
        return None, "its audio file is not listed in the project."
    path = Path(source.path)
    if not path.is_absolute():
        if folder is None:
            return None, "the project has no folder yet to look for its audio in."
        path = folder / path
    try:
        found = path.is_file() and path.stat().st_size > 0
    except OSError:
        found = False
    return (path, None) if found else (None, f"the file {source.path} is missing or empty; put it back.")
