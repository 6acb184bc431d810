"""A project's stems as files."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from musicgen_desktop.document import Project
from musicgen_desktop.dsp import Audio
from musicgen_desktop.exchange.stems import stem_file_name, stem_tags
from musicgen_desktop.foundation import Report, StopFlag, UserInputError
from musicgen_desktop.media import Bits
from musicgen_desktop.playback.offline import Write, render_sources, stream_stems
from musicgen_desktop.playback.plan import NotesSource, RenderPlan

from ._long_songs import part_of
from ._named_tracks import tracks_named
from ._song_rights import SongRights
from ._sound_files import SoundFiles

_MOST_OPEN = 80
"""Files written in one pass; some systems let a program have no more than 256."""

MOST_HELD_BYTES = 1 << 30
"""Sound of instruments that is kept in memory between playing and mixing."""


def stem_names(
    project: Project,
    plan: RenderPlan,
    *,
    only: Sequence[str] | None = None,
    groups: bool = False,
    extension: str = "wav",
    at_tick: int = 0,
) -> dict[str, str]:
    """The stems to write: track id → file name, in the tracks' order.

    Args:
        project: the song.
        plan: made from it.
        only: names, roles or numbers of the tracks (and buses) wanted; None takes all that play something.
        groups: buses have stems too. What a bus adds to the mix is in its tracks' stems as well.
        extension: of the files, without the dot.
        at_tick: where the files begin.

    Raises:
        UserInputError: when one that was asked for is not there.
    """
    playing = {strip.id for strip in plan.sources}  # an empty track has no stem
    tracks = [track for track in project.tracks if track.id in playing]
    buses = [track for track in project.tracks if track.kind == "bus"]
    # A stem is called the same whether it is written alone or with all others.
    names = {
        track.id: stem_file_name(number, track.name, project, extension=extension, at_tick=at_tick)
        for number, track in enumerate([*tracks, *buses], start=1)
    }
    if only is None:
        return {track.id: names[track.id] for track in (*tracks, *(buses if groups else ()))}
    wanted = tracks_named(project, only, buses=True)
    for track in wanted:
        if track.id not in names:
            raise UserInputError(f"Track “{track.name}” plays nothing, so it has no stem.")
    return {track.id: names[track.id] for track in wanted}


@contextmanager
def stem_writers(
    project: Project,
    names: Mapping[str, str],
    folder: Path,
    span: range,
    bits: Bits,
    *,
    rights: SongRights,
    files: SoundFiles | None = None,
    loop_frames: int | None = None,
) -> Iterator[dict[str, Write]]:
    """What takes each stem and writes it to its tagged file; all files appear at the end, or none.

    Args:
        project: the song.
        names: track id → file name.
        folder: is there.
        span: the frames on the timeline that will come.
        bits: of the files.
        rights: judges what is heard in each.
        files: opens them; None writes what comes.
        loop_frames: how many of the first frames a sampler repeats.

    Raises:
        CannotWriteError: when a file cannot be written.
    """
    files = files or SoundFiles(project.rate, bits)
    with ExitStack() as opened:
        writers: dict[str, Write] = {}
        for track_id, name in names.items():
            tags = stem_tags(
                project,
                project.track(track_id),
                rights=rights.of_track(rights.project.track(track_id)),
                frames=len(span),
                start_frame=span.start,
                bits=bits,
                loop_frames=loop_frames,
            )
            writers[track_id] = opened.enter_context(files.opened(folder / name, tags))
        yield writers


def in_batches(names: Mapping[str, str]) -> list[dict[str, str]]:
    """As many stems at a time as may have their files open; at least one batch, maybe an empty one."""
    items = list(names.items())
    return [dict(items[at : at + _MOST_OPEN]) for at in range(0, max(1, len(items)), _MOST_OPEN)]


def held_sources(
    plan: RenderPlan, *, frames: int, only: Iterable[str] | None, report: Report, stop: StopFlag
) -> dict[str, Audio]:
    """What the instruments play, each played once for the mix, the stems and the groups.

    Where the system allows, processes do it side by side. Of a song too long for the memory nothing is held:
    its instruments play while it is mixed. Audio clips are read then anyhow.

    Args:
        plan: what to render.
        frames: the length of each.
        only: ids of the tracks whose sound is needed; None for all.
        report: told the share done.
        stop: asked every few seconds of sound.

    Raises:
        Stopped: when `stop` was set.
    """
    needed = {strip.id for strip in plan.sources} if only is None else set(only)
    instruments = [
        strip.id
        for strip in plan.sources
        if isinstance(strip.source, NotesSource) and strip.is_heard and strip.id in needed
    ]
    if len(instruments) < 2 or len(instruments) * frames * 8 > MOST_HELD_BYTES:
        return {}
    return render_sources(plan, tracks=instruments, frames=frames, report=report, stop=stop)


def write_stem_files(
    project: Project,
    plan: RenderPlan,
    folder: Path,
    span: range,
    names: Mapping[str, str],
    *,
    rights: SongRights,
    bits: Bits,
    report: Report,
    stop: StopFlag,
    files: SoundFiles | None = None,
    loop_frames: int | None = None,
) -> None:
    """One tagged file per stem, all of one length.

    Args:
        project: the song.
        plan: made from it.
        folder: is there.
        span: the frames wanted, on the timeline.
        names: of the files, from `stem_names`.
        rights: judges what is heard in each.
        bits: of the files.
        report: told the share done.
        stop: asked inside the rendering.
        files: opens them; None writes what comes.
        loop_frames: how many of the first frames a sampler repeats.

    Raises:
        CannotWriteError: when a file cannot be written.
        Stopped: when `stop` was set.
    """
    buses = any(project.track(track_id).kind == "bus" for track_id in names)
    sources = held_sources(
        plan, frames=span.stop, only=None if buses else names, report=part_of(report, 0.0, 0.5), stop=stop
    )
    mixing = part_of(report, 0.5, 0.5) if sources else report
    batches = in_batches(names)
    for number, batch in enumerate(batches):
        with stem_writers(
            project, batch, folder, span, bits, rights=rights, files=files, loop_frames=loop_frames
        ) as writers:
            stream_stems(
                plan,
                writers,
                start_frame=span.start,
                frames=len(span),
                sources=sources,
                report=part_of(mixing, number / len(batches), 1.0 / len(batches)),
                stop=stop,
            )
