"""What plays in a strip, as something that the mixer can read block by block."""

from collections.abc import Mapping
from typing import assert_never

import numpy as np

from musicgen_desktop.dsp import Audio
from musicgen_desktop.instruments import Instrument, make_instrument
from musicgen_desktop.playback.mixer import Planar, Reader
from musicgen_desktop.playback.plan import (
    ClipReader,
    ClipsSource,
    NotesSource,
    PlannedStrip,
    RenderPlan,
    SoundFiles,
)

CHUNK_FRAMES = 1 << 14
"""What the mixer is given at a time: large enough for speed, small enough for the processor's cache."""

_MOST_OPEN = 100
_SHORT_BYTES = 8 << 20

LONGEST_RING_S = 10.0
"""Nothing rings longer than this after the song's end."""


def planar(audio: Audio) -> Planar:
    """[frames, 2] → [2, frames], a new array with rows in one piece."""
    return np.array(audio.T, np.float32, order="C")


class SoundReader:
    """Reads a sound that was rendered before; silence after its end."""

    def __init__(self, audio: Audio) -> None:
        self._audio = audio

    def read(self, start: int, frames: int) -> Planar:
        """[2, frames], a new array."""
        part = self._audio[start : start + frames]
        if len(part) == frames:
            return planar(part)
        block = np.zeros((2, frames), np.float32)
        block[:, : len(part)] = part.T
        return block


class InstrumentReader:
    """Lets an instrument play."""

    def __init__(self, instrument: Instrument) -> None:
        self._instrument = instrument

    def read(self, start: int, frames: int) -> Planar:
        """[2, frames], a new array."""
        return planar(self._instrument.render(start, frames))


def streamed_files(plan: RenderPlan) -> SoundFiles:
    """Files that are read where they lie, a block at a time: a song of many long ones needs no more memory.

    Not for processes that fork. Some systems let a program have no more than 256 files open, so that of very
    many the shorter ones are kept in memory.
    """
    paths = {
        clip.path
        for strip in plan.sources
        if isinstance(strip.source, ClipsSource)
        for clip in strip.source.clips
    }
    if len(paths) > _MOST_OPEN:
        return SoundFiles(plan.rate)
    return SoundFiles(plan.rate, in_place=True, most_in_memory=_SHORT_BYTES)


def source_reader(strip: PlannedStrip, plan: RenderPlan, files: SoundFiles) -> tuple[Reader, int]:
    """(what reads the strip's own source, how many frames it rings after the song at most)."""
    source = strip.source
    match source:
        case NotesSource():
            instrument = make_instrument(
                source.patch, source.notes, plan.rate, soundfont=plan.soundfont, controls=source.controls
            )
            last = max(note.end_frame for note in source.notes)
            return InstrumentReader(instrument).read, max(0, last + instrument.tail_frames - plan.song_frames)
        case ClipsSource():
            last = max(clip.start_frame + clip.frames for clip in source.clips)
            return ClipReader(source, files).read, max(0, last - plan.song_frames)
        case None:
            raise ValueError(f"The strip {strip.id} plays nothing of its own.")
        case _:
            assert_never(source)


def all_readers(
    plan: RenderPlan, sources: Mapping[str, Audio] | None, files: SoundFiles | None
) -> tuple[dict[str, Reader], int]:
    """(readers of all strips that are heard, how many frames they ring after the song at most)."""
    files = files or streamed_files(plan)
    readers: dict[str, Reader] = {}
    ring = 0
    for strip in plan.sources:
        if not strip.is_heard:
            continue
        if sources is not None and strip.id in sources:
            readers[strip.id] = SoundReader(sources[strip.id]).read
            ring = max(ring, len(sources[strip.id]) - plan.song_frames)
        else:
            readers[strip.id], strip_ring = source_reader(strip, plan, files)
            ring = max(ring, strip_ring)
    return readers, ring


def frames_with_tail(plan: RenderPlan, ring: int) -> int:
    """How much to render so that sources and effects have died away, at most ten seconds after the song."""
    return plan.song_frames + min(ring + plan.tail_frames, round(LONGEST_RING_S * plan.rate))
