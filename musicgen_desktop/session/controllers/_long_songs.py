"""Songs of any length in a laptop's memory: a few stems at a time, and long sounds kept on the disk."""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress

import numpy as np

from musicgen_desktop.dsp import Audio
from musicgen_desktop.foundation import Report, StopFlag, UserInputError
from musicgen_desktop.playback.offline import render_sources, render_stems
from musicgen_desktop.playback.plan import RenderPlan

LONG_FRAMES = 15_000_000
"""About five minutes at 48 kHz: 120 MB a stem. What is longer does not stay in memory."""


def stems_in_batches(
    plan: RenderPlan,
    *,
    frames: int,
    report: Report,
    stop: StopFlag,
    staged: Callable[[Mapping[str, Audio]], RenderPlan] | None = None,
) -> Iterator[dict[str, Audio]]:
    """All stems at once, or two at a time when the song is long.

    Args:
        plan: what to render.
        frames: the length of each, from bar 1.
        report: told the share done of all of it.
        stop: asked inside the stages.
        staged: makes the plan that the stems of these raw sounds are rendered by; None keeps the one given.

    Yields:
        Track id → [frames, 2]. To have two in memory, the caller takes them out before it asks for more.

    Raises:
        Stopped: when `stop` was set.
    """
    tracks = [strip.id for strip in plan.sources]
    size = 2 if frames > LONG_FRAMES else max(1, len(tracks))
    batches = [tracks[at : at + size] for at in range(0, len(tracks), size)]
    for number, batch in enumerate(batches):
        part = part_of(report, number / len(batches), 1.0 / len(batches))
        # Nothing here may hold on to a batch while the next one is rendered.
        yield _rendered(plan, batch, frames, staged, part, stop)


def _rendered(
    plan: RenderPlan,
    tracks: list[str],
    frames: int,
    staged: Callable[[Mapping[str, Audio]], RenderPlan] | None,
    report: Report,
    stop: StopFlag,
) -> dict[str, Audio]:
    sources = render_sources(plan, tracks=tracks, frames=frames, report=part_of(report, 0.0, 0.75), stop=stop)
    return render_stems(
        plan if staged is None else staged(sources),
        sources=sources,
        tracks=tracks,
        frames=frames,
        in_place=True,
        report=part_of(report, 0.75, 0.25),
        stop=stop,
    )


def kept(blocks: Iterable[Audio], frames: int) -> Audio:
    """Blocks as one sound: in memory, or in a temporary file that goes away with the array when it is long.

    Args:
        blocks: [any, 2] each, read one by one.
        frames: how many they are together.

    Returns:
        [frames, 2] float32.

    Raises:
        UserInputError: when the disk has no room for it.
    """
    if frames > LONG_FRAMES:
        return spilled(blocks, frames)
    sound = np.zeros((frames, 2), np.float32)
    at = 0
    for block in blocks:
        sound[at : at + len(block)] = block
        at += len(block)
    return sound


def spilled(blocks: Iterable[Audio], frames: int) -> Audio:
    """The blocks as one sound in a temporary file that goes away with the array. See `kept`."""
    with tempfile.TemporaryFile(prefix="musicgen-") as file:
        try:
            # Written first and mapped then: where the disk is full, writing into a map ends the process.
            for block in blocks:
                file.write(np.ascontiguousarray(block, np.float32).data)
            file.flush()
        except OSError as error:
            with suppress(OSError):  # it tries once more to write what is left
                file.close()
            raise UserInputError(
                f"“{tempfile.gettempdir()}” has no room for so long a song"
                f" ({error.strerror or error}); free some space, or ask for fewer bars or stems."
            ) from error
        return np.memmap(file, np.float32, "r+", shape=(frames, 2))  # it keeps the file open by itself


def part_of(report: Report, start: float, share: float) -> Report:
    """A report for a part of the work, told as its share of the whole."""
    return lambda done, stage: report(start + share * done, stage)
