"""Markers, the loop, the song's end and its name."""

import msgspec

from musicgen_desktop.document import LoopRange, Marker, Project
from musicgen_desktop.foundation import UserInputError, new_id
from musicgen_desktop.session.commands._edit import Edit, checked_name, checked_tick, edited


def add_marker(project: Project, name: str, tick: int) -> tuple[Edit, str]:
    """Name a place in the song.

    Returns:
        The edit and the marker's id.

    Raises:
        UserInputError: for an empty name or a place before the song.
    """
    marker = Marker(new_id("marker"), checked_name("A marker", name), checked_tick("A marker", tick))
    return edited("Add marker", project, _with_marker(project, marker)), marker.id


def rename_marker(project: Project, marker_id: str, name: str) -> Edit:
    """Call a marker otherwise.

    Raises:
        UserInputError: for an empty name, or when it is not there.
    """
    marker = _find_marker(project, marker_id)
    renamed = msgspec.structs.replace(marker, name=checked_name("A marker", name))
    return edited("Rename marker", project, _with_marker(project, renamed))


def move_marker(project: Project, marker_id: str, tick: int) -> Edit:
    """Move a marker.

    Raises:
        UserInputError: for a place before the song, or when it is not there.
    """
    marker = _find_marker(project, marker_id).moved_to(checked_tick("A marker", tick))
    return edited("Move marker", project, _with_marker(project, marker))


def delete_marker(project: Project, marker_id: str) -> Edit:
    """Take a marker away.

    Raises:
        UserInputError: when it is not there.
    """
    marker = _find_marker(project, marker_id)
    kept = tuple(other for other in project.markers if other is not marker)
    return edited("Delete marker", project, msgspec.structs.replace(project, markers=kept))


def set_loop(project: Project, start_ticks: int, end_ticks: int, enabled: bool | None = None) -> Edit:  # noqa: FBT001 - as the transport's button reads
    """Set the span that the transport repeats, and switch it on or off.

    Args:
        project: as it is.
        start_ticks: where it begins.
        end_ticks: the first tick outside; no earlier than the start.
        enabled: None keeps what is set.

    Raises:
        UserInputError: for a span before the song, one that ends before it begins, or an empty one that is
            to be repeated.
    """
    wanted = project.loop.enabled if enabled is None else enabled
    checked_tick("The loop", start_ticks)
    if end_ticks < start_ticks or (wanted and end_ticks == start_ticks):
        raise UserInputError("The loop needs some length: let it end after it begins.")
    loop = LoopRange(start_ticks, end_ticks, wanted)
    if enabled is None or wanted == project.loop.enabled:
        label = "Set loop"
    else:
        label = "Switch loop on" if wanted else "Switch loop off"
    return edited(label, project, msgspec.structs.replace(project, loop=loop))


def set_end(project: Project, tick: int) -> Edit:
    """Set where the song ends; 0 lets it end with its last clip.

    Raises:
        UserInputError: for a place before the song.
    """
    after = msgspec.structs.replace(project, end_ticks=checked_tick("The song's end", tick))
    return edited("Set song end", project, after)


def rename_project(project: Project, name: str) -> Edit:
    """Call the song otherwise; its folder keeps its name until it is saved elsewhere.

    Raises:
        UserInputError: for an empty name.
    """
    return edited("Rename song", project, project.renamed(checked_name("The song", name)))


def _find_marker(project: Project, marker_id: str) -> Marker:
    for marker in project.markers:
        if marker.id == marker_id:
            return marker
    raise UserInputError("This marker is no longer in the song; choose another one.")


def _with_marker(project: Project, marker: Marker) -> Project:
    others = [other for other in project.markers if other.id != marker.id]
    markers = sorted([*others, marker], key=lambda each: each.tick)
    return msgspec.structs.replace(project, markers=tuple(markers))
