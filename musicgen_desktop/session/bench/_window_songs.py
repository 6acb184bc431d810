"""Projects on the disk that are hard on a window: very many clips, and very many notes."""

from pathlib import Path

import msgspec
import numpy as np

from musicgen_desktop.document import TRACK_COLOURS, AudioClip, AudioSource, Clip, NotesClip, Project, Track
from musicgen_desktop.media import content_hash, write_wav
from musicgen_desktop.music import Note, Patch
from musicgen_desktop.session.store import ProjectStore
from musicgen_desktop.timing import PPQ

_RATE = 48_000
_SOURCES = 4
_SOURCE_S = 8
_BAR_TICKS = 4 * PPQ
_LOWEST, _PITCHES = 36, 60
_NOTES_A_CLIP = 16
_STEP_TICKS = PPQ // 4


def write_clips_project(folder: Path, tracks: int, clips: int) -> None:
    """So many tracks with so many clips of one bar each: notes and sound in turns.

    Raises:
        UserInputError: when the disk refuses.
    """
    sources = _write_sources(folder)
    made = tuple(
        Track(
            id=f"track-{number}",
            name=f"Track {number + 1}",
            kind="audio" if number % 2 else "notes",
            color=TRACK_COLOURS[number % len(TRACK_COLOURS)],
            patch=None if number % 2 else Patch(source="synth", preset="tine_piano", name="Electric piano"),
            clips=tuple(_clip(number, at, sources) for at in range(clips)),
        )
        for number in range(tracks)
    )
    _save(msgspec.structs.replace(Project.new("Clips"), tracks=made, sources=sources), folder)


def write_notes_project(folder: Path, *counts: int) -> None:
    """One track with a clip for each number of notes, all over the keyboard: “notes-0”, “notes-1” and so on.

    Raises:
        UserInputError: when the disk refuses.
    """
    clips: list[NotesClip] = []
    at = 0
    for number, count in enumerate(counts):
        notes = tuple(_note(index, index * _STEP_TICKS // 2) for index in range(count))
        bars = notes[-1].end_ticks // _BAR_TICKS + 1
        clips.append(
            NotesClip(
                id=f"notes-{number}",
                name=f"{count} notes",
                start_ticks=at,
                length_ticks=bars * _BAR_TICKS,
                notes=notes,
            )
        )
        at += bars * _BAR_TICKS
    track = Track(
        id="track",
        name="Keys",
        kind="notes",
        color=TRACK_COLOURS[0],
        patch=Patch(source="synth", preset="tine_piano", name="Electric piano"),
        clips=tuple(clips),
    )
    _save(msgspec.structs.replace(Project.new("Notes"), tracks=(track,)), folder)


def _clip(track: int, at: int, sources: tuple[AudioSource, ...]) -> Clip:
    name, start = f"Clip {at + 1}", at * _BAR_TICKS
    if track % 2:
        source = sources[(track + at) % len(sources)]
        return AudioClip(
            id=f"clip-{track}-{at}",
            name=name,
            start_ticks=start,
            length_ticks=_BAR_TICKS,
            source_id=source.id,
            source_offset_frames=at * 1000 % (source.frames // 2),
        )
    notes = tuple(_note(track + at + index, index * _STEP_TICKS) for index in range(_NOTES_A_CLIP))
    return NotesClip(
        id=f"clip-{track}-{at}", name=name, start_ticks=start, length_ticks=_BAR_TICKS, notes=notes
    )


def _note(index: int, at: int) -> Note:
    return Note(at, _STEP_TICKS - 20, _LOWEST + index * 7 % _PITCHES, 40 + index * 13 % 80)


def _write_sources(folder: Path) -> tuple[AudioSource, ...]:
    """Noise that swells and fades, so that its outline is no plain bar."""
    audio = folder / "audio"
    audio.mkdir(parents=True)
    frames = _SOURCE_S * _RATE
    swell = np.abs(np.sin(np.arange(frames) * (np.pi * 4 / _RATE)))[:, None]
    sources: list[AudioSource] = []
    for number in range(_SOURCES):
        noise = np.random.default_rng(number).uniform(-0.8, 0.8, (frames, 2))
        path = audio / f"noise-{number}.wav"
        write_wav(path, (noise * swell).astype(np.float32), _RATE)
        sources.append(
            AudioSource(
                id=f"source-{number}",
                name=path.stem,
                path=f"audio/{path.name}",
                content_hash=content_hash(path),
                rate=_RATE,
                channels=2,
                frames=frames,
            )
        )
    return tuple(sources)


def _save(project: Project, folder: Path) -> None:
    store = ProjectStore(project)
    try:
        store.save_as(folder)
    finally:
        store.close()
