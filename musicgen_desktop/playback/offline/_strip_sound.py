"""What one strip alone sounds like: for freezing and bouncing."""

from collections.abc import Iterator
from typing import NamedTuple

import msgspec
import numpy as np

from musicgen_desktop.dsp import Audio
from musicgen_desktop.foundation import Report, StopFlag, no_report
from musicgen_desktop.playback.mixer import Mixer, Planar, Reader, Strip
from musicgen_desktop.playback.plan import RenderPlan, SoundFiles

from ._readers import CHUNK_FRAMES, LONGEST_RING_S, all_readers, source_reader, streamed_files

SILENT = 10.0 ** (-132.0 / 20.0)
"""What stays below this at the end is left out: played in the sound's place, nobody can measure it."""

_SETTLED_S = 1.0


class PlacedBlock(NamedTuple):
    """A piece of sound and the frame of the timeline on which it begins."""

    first: int
    audio: Audio


def stream_strip(
    plan: RenderPlan,
    strip_id: str,
    *,
    after_fader: bool,
    files: SoundFiles | None = None,
    report: Report = no_report,
    stop: StopFlag | None = None,
) -> Iterator[PlacedBlock]:
    """A track's or a bus's own sound, muted or not, from its first sample to where its tail has died away.

    Args:
        plan: which holds the strip.
        strip_id: the track's or bus's id.
        after_fader: after fader, pan and their automation; else after the inserts and before all these.
        files: where audio files are read through.
        report: told the share done.
        stop: asked before every block.

    Yields:
        Pieces that follow each other without a gap; none when it is silent throughout.

    Raises:
        Stopped: when `stop` is set.
    """
    settings = plan.strip_of(strip_id).settings
    read, ring = _input(plan, strip_id, files or streamed_files(plan))
    strip = Strip(msgspec.structs.replace(settings, output=None, sends=()), plan.rate, plan.tempo_map)
    late = settings.arrival_frames + settings.latency_frames
    sure = plan.song_frames + ring + sum(insert.tail_frames for insert in settings.inserts)
    last = sure + round(LONGEST_RING_S * plan.rate)
    ends = _Ends(round(_SETTLED_S * plan.rate))
    for at in range(0, last + late, CHUNK_FRAMES):
        if stop is not None:
            stop.raise_if_set()
        count = min(CHUNK_FRAMES, last + late - at)
        block = read(at, count)
        if after_fader:
            block = strip.process(block, at, _nowhere)
        else:
            block = strip.inserted(block, at - settings.arrival_frames)
        drop = max(late - at, 0)
        if drop < count:
            yield from ends.passed(np.ascontiguousarray(block[:, drop:].T), at - late + drop)
        report(min(1.0, (at + count) / (sure + late)), "Playing")
        if at + count - late >= sure and ends.settled:
            break
    report(1.0, "Playing")


def _input(plan: RenderPlan, strip_id: str, files: SoundFiles) -> tuple[Reader, int]:
    """(what enters the strip, late by its arrival; how long it rings after the song)."""
    wanted = plan.strip_of(strip_id)
    if wanted.source is not None:
        return source_reader(wanted, plan, files)
    readers, ring = all_readers(plan, None, files)
    ids = [strip.id for strip in plan.strips]
    settings = [strip.settings for strip in plan.strips[: ids.index(strip_id)]]
    mixer = Mixer(settings, strip_id, readers, plan.rate, plan.tempo_map)
    return mixer.process, ring + plan.tail_frames


def _nowhere(_target: str, _block: Planar) -> None:
    """Nothing is sent on."""


class _Ends:
    """Leaves out the silence before a sound, and what cannot be heard after it."""

    def __init__(self, settled_frames: int) -> None:
        self._settled_frames = settled_frames
        self._begun = False
        self._quiet = 0
        self._held: list[PlacedBlock] = []

    @property
    def settled(self) -> bool:
        """Whether there has been nothing for long enough that nothing more will come."""
        return not self._begun or self._quiet >= self._settled_frames

    def passed(self, audio: Audio, first: int) -> Iterator[PlacedBlock]:
        level = np.abs(audio).max(axis=1)
        if not self._begun:
            sounding = np.flatnonzero(level)
            if not len(sounding):
                return
            self._begun = True
            skipped = int(sounding[0])
            audio, level, first = audio[skipped:], level[skipped:], first + skipped
        loud = np.flatnonzero(level > SILENT)
        kept = int(loud[-1]) + 1 if len(loud) else 0
        self._quiet = len(audio) - kept + (0 if kept else self._quiet)
        if kept:
            yield from self._held
            self._held = []
            yield PlacedBlock(first, audio[:kept])
        if kept < len(audio):
            self._held.append(PlacedBlock(first + kept, audio[kept:]))
