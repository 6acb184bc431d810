"""Edits of tracks: add, delete, order, names, sounds, mute and solo, groups, routing."""

from collections.abc import Collection, Iterable

import msgspec

from musicgen_desktop.document import TRACK_COLOURS, Project, Track, TrackKind
from musicgen_desktop.foundation import UserInputError, new_id
from musicgen_desktop.music import Patch

from ._edit import Edit, checked_name, counted, edited
from ._find import find_track, find_tracks, with_tracks

_NAMES = {"audio": "Audio", "notes": "Instrument", "bus": "Bus"}


def add_track(
    project: Project,
    *,
    kind: TrackKind,
    name: str | None = None,
    patch: Patch | None = None,
    after: str | None = None,
) -> tuple[Edit, str]:
    """Add an empty track in the next of the twelve colours.

    Args:
        project: as it is.
        kind: “audio”, “notes” or “bus”.
        name: what to call it; None counts: “Audio 1”, “Audio 2”.
        patch: what sounds a track of notes.
        after: the id of the track below which it comes; None is behind all that hold clips, and for a bus
            at the end.

    Returns:
        The edit and the track's id.

    Raises:
        UserInputError: for a second master, an empty name, a patch without notes, or when `after` is not
            there.
    """
    if kind not in _NAMES:
        raise UserInputError("A project has one master only: add an audio, instrument or bus track.")
    if patch is not None and kind != "notes":
        raise UserInputError("Only an instrument track has a sound of its own: leave the sound out.")
    track = Track(
        id=new_id("track"),
        name=_next_name(project, _NAMES[kind]) if name is None else checked_name("A track", name),
        kind=kind,
        color=_next_colour(project),
        patch=patch,
    )
    if after is None:
        position = len(project.tracks) if kind == "bus" else behind_clips(project)
    else:
        position = _behind(project, find_track(project, after))
    noun = {"audio": "audio track", "notes": "instrument track", "bus": "bus"}[kind]
    return edited(f"Add {noun}", project, project.with_track(track, position)), track.id


def delete_tracks(project: Project, track_ids: Collection[str]) -> Edit:
    """Take tracks away; what was routed to one of them plays into the master, and sends to it end.

    Raises:
        UserInputError: for the master, or when one is not there.
    """
    tracks = _without_master(project, track_ids, "The master cannot be deleted")
    after = project
    for track in tracks:
        after = after.without_track(track.id)
    return edited(counted("Delete", "track", len(tracks)), project, after)


def duplicate_track(project: Project, track_id: str) -> tuple[Edit, str]:
    """Lay a track once more below itself, with its clips, strip and automation.

    Returns:
        The edit and the new track's id.

    Raises:
        UserInputError: for the master, or when it is not there.
    """
    (track,) = _without_master(project, (track_id,), "The master cannot be duplicated")
    new_ids = {part.id: new_id("insert") for part in track.inserts}
    new_ids |= {part.id: new_id("send") for part in track.sends}
    copy = msgspec.structs.replace(
        track,
        id=new_id("track"),
        name=_copy_name(project, track.name),
        clips=tuple(clip.duplicated(clip.start_ticks) for clip in track.clips),
        inserts=tuple(msgspec.structs.replace(part, id=new_ids[part.id]) for part in track.inserts),
        sends=tuple(msgspec.structs.replace(part, id=new_ids[part.id]) for part in track.sends),
        automation=tuple(
            msgspec.structs.replace(
                curve, id=new_id("automation"), target=_renamed_target(curve.target, new_ids)
            )
            for curve in track.automation
        ),
        armed=False,
        frozen=None,  # its file was made of the other track
    )
    return edited("Duplicate track", project, project.with_track(copy, _behind(project, track))), copy.id


def rename_track(project: Project, track_id: str, name: str) -> Edit:
    """Call a track otherwise.

    Raises:
        UserInputError: for an empty name, or when it is not there.
    """
    track = find_track(project, track_id).renamed(checked_name("A track", name))
    return edited("Rename track", project, project.with_track(track))


def color_track(project: Project, track_id: str, color: str) -> Edit:
    """Give a track a colour such as “#64b5f6”.

    Raises:
        UserInputError: for text that is no colour, or when it is not there.
    """
    track = msgspec.structs.replace(find_track(project, track_id), color=color)
    return edited("Colour track", project, project.with_track(track))


def move_track(project: Project, track_id: str, position: int) -> Edit:
    """Move a track up or down.

    Args:
        project: as it is.
        track_id: of the track.
        position: where it stands afterwards, from 0; beyond the ends means at the end.

    Raises:
        UserInputError: for the master, which stays last, or when it is not there.
    """
    (track,) = _without_master(project, (track_id,), "The master always comes last")
    held = min(max(position, 0), len(project.tracks) - 1)
    return edited("Move track", project, project.with_track(track, held))


def set_patch(project: Project, track_id: str, patch: Patch) -> Edit:
    """Choose what sounds the notes of a track.

    Raises:
        UserInputError: when it holds no notes or is not there.
    """
    track = find_track(project, track_id)
    if track.kind != "notes":
        raise UserInputError(f"Track “{track.name}” plays no notes: choose an instrument track.")
    return edited("Choose sound", project, project.with_track(msgspec.structs.replace(track, patch=patch)))


def mute_tracks(project: Project, track_ids: Collection[str], *, muted: bool = True) -> Edit:
    """Silence tracks, the master too, or let them be heard again.

    Raises:
        UserInputError: when one is not there.
    """
    tracks = [track.muted_as(muted) for track in find_tracks(project, track_ids)]
    verb = "Mute" if muted else "Unmute"
    return edited(counted(verb, "track", len(tracks)), project, with_tracks(project, tracks))


def solo_tracks(
    project: Project, track_ids: Collection[str], *, soloed: bool = True, exclusive: bool = False
) -> Edit:
    """Hear these tracks alone, or no longer.

    Args:
        project: as it is.
        track_ids: the tracks.
        soloed: False ends it.
        exclusive: end the solo of all other tracks as well.

    Raises:
        UserInputError: for the master, or when one is not there.
    """
    wanted = _without_master(project, track_ids, "The master cannot be soloed")
    base = project.soloed_alone() if exclusive else project
    tracks = [base.track(track.id).soloed_as(soloed) for track in wanted]
    verb = "Solo" if soloed else "Unsolo"
    return edited(counted(verb, "track", len(tracks)), project, with_tracks(base, tracks))


def arm_tracks(
    project: Project, track_ids: Collection[str], *, armed: bool = True, exclusive: bool = False
) -> Edit:
    """Make tracks ready to record, or no longer.

    Args:
        project: as it is.
        track_ids: tracks that hold clips.
        armed: False ends it.
        exclusive: disarm all other tracks as well.

    Raises:
        UserInputError: for a bus or the master, or when one is not there.
    """
    wanted = find_tracks(project, track_ids)
    for track in wanted:
        if track.kind not in ("audio", "notes"):
            raise UserInputError(f"“{track.name}” cannot record: arm an audio or an instrument track.")
    others = [track.armed_as(False) for track in project.tracks if exclusive]  # noqa: FBT003
    tracks = [*others, *(track.armed_as(armed) for track in wanted)]
    verb = "Arm" if armed else "Disarm"
    return edited(counted(verb, "track", len(wanted)), project, with_tracks(project, tracks))


def group_tracks(
    project: Project, track_ids: Collection[str], *, name: str | None = None
) -> tuple[Edit, str]:
    """Let tracks play into a new bus below them, which plays to where they all did (else to the master).

    A track that plays into another one of them goes on doing so.

    Returns:
        The edit and the bus's id.

    Raises:
        UserInputError: for no tracks, the master, or an empty name; or when one is not there.
    """
    members = _without_master(project, track_ids, "The master cannot be grouped")
    if not members:
        raise UserInputError("There is nothing to group: select a track or more.")
    outer = [track for track in members if track.output not in set(track_ids)]
    outputs = {track.output for track in outer}
    bus = Track(
        id=new_id("track"),
        name=_next_name(project, "Group") if name is None else checked_name("A group", name),
        kind="bus",
        color=_next_colour(project),
        output=outputs.pop() if len(outputs) == 1 else None,
    )
    after = project.with_track(bus, _behind(project, members[-1]))
    after = with_tracks(after, [track.routed_to(bus.id) for track in outer])
    return edited(counted("Group", "track", len(members)), project, after), bus.id


def route_track(project: Project, track_id: str, output: str | None) -> Edit:
    """Let a track play into a bus, by its id; None or the master's id is the master.

    Raises:
        UserInputError: for the master itself, an output that is no bus, or a routing in a circle; or when a
            track is not there.
    """
    (track,) = _without_master(project, (track_id,), "The master plays into the speakers only")
    if output == project.master.id:
        output = None
    if output is not None:
        find_track(project, output)
    return edited("Route track", project, project.with_track(track.routed_to(output)))


def _without_master(project: Project, track_ids: Collection[str], sentence: str) -> tuple[Track, ...]:
    tracks = find_tracks(project, track_ids)
    if any(track is project.master for track in tracks):
        raise UserInputError(f"{sentence}: choose other tracks.")
    return tracks


def _behind(project: Project, track: Track) -> int:
    """The position below a track; below the master is the end of the others."""
    ids = [each.id for each in project.tracks]
    return ids.index(track.id) + 1 if track.id in ids else len(ids)


def behind_clips(project: Project) -> int:
    """The position of a new track: below all that hold clips, and so above the buses at the end."""
    return max(
        (row + 1 for row, track in enumerate(project.tracks) if track.kind in ("audio", "notes")), default=0
    )


def _next_colour(project: Project) -> str:
    used = sum(1 for track in project.tracks if track.color)
    return TRACK_COLOURS[used % len(TRACK_COLOURS)]


def _next_name(project: Project, noun: str) -> str:
    return _first_free(project, (f"{noun} {number}" for number in range(1, len(project.tracks) + 2)))


def _copy_name(project: Project, name: str) -> str:
    return _first_free(project, (f"{name} {number}" for number in range(2, len(project.tracks) + 3)))


def _first_free(project: Project, names: Iterable[str]) -> str:
    taken = {track.name for track in project.tracks}
    return next(name for name in names if name not in taken)


def _renamed_target(target: str, new_ids: dict[str, str]) -> str:
    """The target of a curve whose insert or send has got another id."""
    what, colon, rest = target.partition(":")
    if not colon:
        return target
    part, colon, name = rest.partition(":")
    return f"{what}:{new_ids[part]}:{name}"
