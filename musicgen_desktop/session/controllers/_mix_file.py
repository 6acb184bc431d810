"""A project's mix as a file, and its stems made on the way."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path

from musicgen_desktop.document import Project
from musicgen_desktop.dsp import Audio, integrated_lufs, true_peak_dbtp
from musicgen_desktop.exchange.stems import mix_tags
from musicgen_desktop.foundation import Report, StopFlag
from musicgen_desktop.media import Bits
from musicgen_desktop.playback.offline import Write, stream_mix, stream_stems
from musicgen_desktop.playback.plan import RenderPlan

from ._long_songs import kept, part_of
from ._song_rights import SongRights
from ._sound_files import SoundFiles
from ._stem_files import held_sources, in_batches, stem_writers


def write_mix_file(
    project: Project,
    plan: RenderPlan,
    out: Path,
    span: range,
    *,
    rights: SongRights,
    bits: Bits,
    stems: Mapping[str, str] | None = None,
    stems_folder: Path | None = None,
    report: Report,
    stop: StopFlag,
    files: SoundFiles | None = None,
    loop_frames: int | None = None,
) -> tuple[float, float]:
    """The mix and the stems into their tagged files, block by block.

    Args:
        project: the song.
        plan: made from it.
        out: the mix's file.
        span: the frames wanted, on the timeline.
        rights: judges what is heard in each file.
        bits: of the files.
        stems: track id → file name of the stems wanted too, from `stem_names`.
        stems_folder: is there; needed for stems.
        report: told the share done.
        stop: asked inside the rendering.
        files: opens them; None writes what comes.
        loop_frames: how many of the first frames a sampler repeats.

    Returns:
        (integrated loudness in LUFS, true peak in dBTP) of the mix as it came; −inf for silence.

    Raises:
        CannotWriteError: when a file cannot be written.
        Stopped: when `stop` was set.
    """
    sources = held_sources(plan, frames=span.stop, only=None, report=part_of(report, 0.0, 0.5), stop=stop)
    mixing = part_of(report, 0.5, 0.5) if sources else report
    tags = mix_tags(
        project,
        rights=rights.of_song(),
        frames=len(span),
        start_frame=span.start,
        bits=bits,
        loop_frames=loop_frames,
    )
    opening = files or SoundFiles(project.rate, bits)
    first, *rest = in_batches(stems or {})

    def writers_of(names: Mapping[str, str]) -> AbstractContextManager[dict[str, Write]]:
        folder = stems_folder or Path()
        return stem_writers(
            project, names, folder, span, bits, rights=rights, files=opening, loop_frames=loop_frames
        )

    with opening.opened(out, tags) as write, writers_of(first) as writers:

        def written() -> Iterator[Audio]:
            for block in stream_mix(
                plan,
                start_frame=span.start,
                frames=len(span),
                sources=sources,
                stems=writers,
                report=part_of(mixing, 0.0, 1.0 / (1 + len(rest))),
                stop=stop,
            ):
                write(block)
                yield block

        mix = kept(written(), len(span))
    for number, batch in enumerate(rest, start=1):
        with writers_of(batch) as writers:
            stream_stems(
                plan,
                writers,
                start_frame=span.start,
                frames=len(span),
                sources=sources,
                report=part_of(mixing, number / (1 + len(rest)), 1.0 / (1 + len(rest))),
                stop=stop,
            )
    return integrated_lufs(mix, project.rate), true_peak_dbtp(mix, project.rate)
