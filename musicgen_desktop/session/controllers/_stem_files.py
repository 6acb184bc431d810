"""A project's stems as files."""

from pathlib import Path

from musicgen_desktop.document import Project
from musicgen_desktop.exchange.stems import stem_file_name, stem_tags
from musicgen_desktop.foundation import Report, StopFlag
from musicgen_desktop.media import Bits, write_wav
from musicgen_desktop.playback.plan import RenderPlan

from ._long_songs import stems_in_batches


def write_stem_files(
    project: Project,
    plan: RenderPlan,
    folder: Path,
    span: range,
    *,
    bits: Bits,
    report: Report,
    stop: StopFlag,
) -> tuple[str, ...]:
    """One tagged file per track that plays something, all of one length.

    Args:
        project: the song.
        plan: made from it.
        folder: is there.
        span: the frames wanted, on the timeline.
        bits: of the files.
        report: told the share done.
        stop: asked inside the rendering.

    Returns:
        The files' names, in the tracks' order.

    Raises:
        CannotWriteError: when a file cannot be written.
        Stopped: when `stop` was set.
    """
    playing = {strip.id for strip in plan.sources}  # an empty track has no stem
    tracks = [track for track in project.tracks if track.id in playing]
    names = {
        track.id: stem_file_name(number, track.name, project) for number, track in enumerate(tracks, start=1)
    }
    for stems in stems_in_batches(plan, frames=span.stop, report=report, stop=stop):
        for track in tracks:
            if track.id in stems:
                tags = stem_tags(project, track, frames=len(span), start_frame=span.start, bits=bits)
                sound = stems.pop(track.id)[span.start :]
                write_wav(folder / names[track.id], sound, project.rate, bits, chunks=tags)
    return tuple(names.values())
