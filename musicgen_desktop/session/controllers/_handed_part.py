"""What of a song is handed over: clips, a stem, some bars, the mix."""

from typing import NamedTuple

import msgspec

from musicgen_desktop.document import Project, Track
from musicgen_desktop.exchange.stems import stem_file_name
from musicgen_desktop.foundation import UserInputError

from ._asked import rings_out
from ._bars import checked_bars
from ._groups import groups_of
from ._song_audio import song_frames


class Clips(msgspec.Struct, frozen=True, tag="clips"):
    """One clip or several: a file for each of their tracks, from the first clip's start to the last's end."""

    clip_ids: tuple[str, ...]


class Stem(msgspec.Struct, frozen=True, tag="stem"):
    """A track or a bus from bar 1 to the song's end, as its stem is exported."""

    track_id: str


class Bars(msgspec.Struct, frozen=True, tag="bars"):
    """Some bars, the last included: of the mix, or of these tracks, a file for each."""

    first_bar: int
    last_bar: int
    track_ids: tuple[str, ...] = ()


class Mix(msgspec.Struct, frozen=True, tag="mix"):
    """The whole song as it is heard."""


Part = Clips | Stem | Bars | Mix

_WHOLE: tuple[int, int | None] = (0, None)
"""From bar 1 to where the song's files end."""


class Handed(NamedTuple):
    """A part, ready to be rendered.

    Attributes:
        project: plays nothing but the part.
        names: track id → file name without its ending, of the tracks that get files; none for the mix.
        mix: the mix's file name without its ending; empty when tracks get files.
        span: the frames of the timeline that the files hold.
        start_ticks: where they begin.
        end_ticks: the first tick outside.
        loop_frames: how many of the first frames a sampler repeats; None for a song that rings out.
    """

    project: Project
    names: dict[str, str]
    mix: str
    span: range
    start_ticks: int
    end_ticks: int
    loop_frames: int | None


def handed_part(project: Project, part: Part) -> Handed:
    """Look a part up in its project.

    Raises:
        UserInputError: when it is not there any more, or nothing is in it.
    """
    match part:
        case Clips():
            return _clips(project, part)
        case Stem():
            track = _track(project, part.track_id)
            return _tracks(project, {track.id: track.name}, _WHOLE)
        case Bars():
            first, last = checked_bars(project, part.first_bar, part.last_bar)
            meters = project.meter_map
            ticks = meters.tick_of_bar(first), meters.tick_of_bar(last + 1)
            suffix = f"bars {first}-{last}" if last > first else f"bar {first}"
            if part.track_ids:
                chosen = [_track(project, track_id) for track_id in part.track_ids]
                in_order = sorted(chosen, key=project.tracks.index)
                return _tracks(project, {track.id: f"{track.name} {suffix}" for track in in_order}, ticks)
            return _mix(project, f"{project.name} {suffix}", ticks)
        case Mix():
            return _mix(project, project.name, _WHOLE)


def _clips(project: Project, part: Clips) -> Handed:
    wanted = frozenset(part.clip_ids)
    names: dict[str, str] = {}
    played: dict[str, Track] = {}
    for track in project.tracks:
        clips = tuple(clip.muted_as(muted=False) for clip in track.clips if clip.id in wanted)
        if clips:
            played[track.id] = msgspec.structs.replace(track, clips=clips, frozen=None)
            names[track.id] = (clips[0].name if len(clips) == 1 else "") or track.name
    chosen = [clip for track in played.values() for clip in track.clips]
    if not chosen or len(chosen) != len(wanted):
        raise UserInputError("A clip is no longer in the song; select others.")
    ticks = min(clip.start_ticks for clip in chosen), max(clip.end_ticks for clip in chosen)
    return _handed(project, played, names, ticks)


def _tracks(project: Project, names: dict[str, str], ticks: tuple[int, int | None]) -> Handed:
    played = {track_id: project.track(track_id) for track_id in names}
    for track in played.values():
        if track.kind != "bus" and all(clip.muted for clip in track.clips):
            raise UserInputError(f"Track “{track.name}” plays nothing, so there is nothing to hand over.")
    return _handed(project, played, names, ticks)


def _mix(project: Project, name: str, ticks: tuple[int, int | None]) -> Handed:
    span, end = _span(project, ticks)
    base = _base(0, name, project, ticks[0])
    return Handed(project, {}, base, span, ticks[0], end, _loop(project, span, ticks))


def _handed(
    project: Project, played: dict[str, Track], names: dict[str, str], ticks: tuple[int, int | None]
) -> Handed:
    """The project with these tracks heard, whatever is muted or soloed, and no others but those they need."""
    has_bus = any(track.kind == "bus" for track in played.values())
    groups = groups_of(project, played.values())
    tracks = tuple(
        _heard(played.get(track.id, track))
        if track.id in played or track.id in groups
        else track.soloed_as(soloed=False)
        for track in project.tracks
        if track.id in played or track.kind == "bus" or has_bus
    )
    span, end = _span(project, ticks)
    numbers = _numbers(project)
    return Handed(
        project=msgspec.structs.replace(project, tracks=tracks, end_ticks=project.length_ticks),
        names={
            track_id: _base(numbers[track_id], name, project, ticks[0]) for track_id, name in names.items()
        },
        mix="",
        span=span,
        start_ticks=ticks[0],
        end_ticks=end,
        loop_frames=_loop(project, span, ticks),
    )


def _base(number: int, name: str, project: Project, tick: int) -> str:
    return stem_file_name(number, name, project, at_tick=tick).removesuffix(".wav")


def _loop(project: Project, span: range, ticks: tuple[int, int | None]) -> int | None:
    """Clips and bars are repeated, and so is a song that was made as a loop."""
    return None if ticks[1] is None and rings_out(project) else len(span)


def _heard(track: Track) -> Track:
    return msgspec.structs.replace(track, muted=False, soloed=False)


def _span(project: Project, ticks: tuple[int, int | None]) -> tuple[range, int]:
    """(frames, the first tick outside)."""
    tempo, (start, end) = project.tempo_map, ticks
    first = tempo.frame_at(start, project.rate)
    if end is None:
        if not project.length_ticks:
            raise UserInputError("The song is empty; there is nothing to hand over.")
        return range(first, song_frames(project, tail=rings_out(project))), project.length_ticks
    return range(first, max(first + 1, tempo.frame_at(end, project.rate))), end


def _numbers(project: Project) -> dict[str, int]:
    """Track id → the number of its stem: those with clips in the mixer's order, then the others."""
    playing = [track for track in project.tracks if track.clips]
    others = [track for track in project.tracks if not track.clips]
    return {track.id: number for number, track in enumerate([*playing, *others], start=1)}


def _track(project: Project, track_id: str) -> Track:
    found = next((track for track in project.tracks if track.id == track_id), None)
    if found is None:
        raise UserInputError("This track is no longer in the song; choose another one.")
    return found
