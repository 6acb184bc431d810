"""What is looked at: clips, tracks, a span, or the whole song; and whether it would sound the same."""

import msgspec

from musicgen_desktop.document import Project

_Heard = tuple[object, ...]


class Target(msgspec.Struct, frozen=True):
    """A part of the song.

    Attributes:
        start_ticks, end_ticks: the span, its end outside.
        track_ids: only these are heard; None is the mix.
        clip_ids: of those tracks only these clips; empty is all.
    """

    start_ticks: int
    end_ticks: int
    track_ids: tuple[str, ...] | None = None
    clip_ids: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look at."""
        return self.end_ticks <= self.start_ticks


def target_of(
    project: Project,
    clip_ids: tuple[str, ...],
    track_ids: tuple[str, ...],
    span: tuple[int, int] | None,
) -> Target:
    """Clips, when some are selected; else the selected tracks or the mix, over the selected span or all.

    Args:
        project: as it is.
        clip_ids: selected.
        track_ids: selected; the master among them is the mix.
        span: selected; an empty one counts as none.
    """
    wanted = set(clip_ids)
    found = [(track.id, clip) for track in project.tracks for clip in track.clips if clip.id in wanted]
    if found:
        return Target(
            min(clip.start_ticks for _, clip in found),
            max(clip.end_ticks for _, clip in found),
            tuple(dict.fromkeys(track_id for track_id, _ in found)),
            tuple(clip.id for _, clip in found),
        )
    first, after = span if span is not None and span[1] > span[0] else (0, project.length_ticks)
    known = {track.id for track in project.tracks}
    if track_ids and known.issuperset(track_ids):
        return Target(first, after, track_ids)
    return Target(first, after)


def only_target(project: Project, target: Target) -> Project:
    """The project in which the target's tracks hold the target's clips alone."""
    if not target.clip_ids:
        return project
    wanted = set(target.clip_ids)
    tracks = tuple(
        msgspec.structs.replace(track, clips=tuple(clip for clip in track.clips if clip.id in wanted))
        if target.track_ids is not None and track.id in target.track_ids
        else track
        for track in project.tracks
    )
    return msgspec.structs.replace(project, tracks=tracks)


def heard(project: Project) -> _Heard:
    """Everything of a project that changes how it sounds; two equal ones sound the same.

    Names, colours, sections, chords and what is armed are not among it. Untouched parts are the identical
    objects in every version, so that comparing is quick.
    """
    strips = tuple(
        (
            track.id,
            track.clips,
            track.patch,
            (track.trim_db, track.gain_db, track.pan, track.polarity_inverted),
            (track.muted, track.soloed, track.solo_safe),
            track.inserts,
            track.sends,
            track.output,
            track.automation,
            track.frozen,
        )
        for track in project.all_tracks
    )
    return (strips, project.tempo_map, project.rate, project.sources)
