"""The order of a REAPER project's tracks: what plays into a bus lies in its folder, right below it."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from musicgen_desktop.document import Project, Track


class Row(NamedTuple):
    """A track of the file: one of the song's, or what one sounds like, inside that one's folder.

    Attributes:
        track: of the song.
        is_sound: the row holds the track's sound.
        opens: the rows below it lie in its folder.
        closes: how many folders end with this row.
    """

    track: Track
    is_sound: bool
    opens: bool
    closes: int


def rows_of(project: Project, with_sound: Collection[str]) -> list[Row]:
    """All rows; within a folder the song's own order stays.

    Args:
        project: the song.
        with_sound: ids of the tracks whose sound has a row.
    """
    deep = [*_in_depth(project, with_sound)]
    depths_after = [*(depth for _, _, depth in deep[1:]), 0]
    return [
        Row(track, is_sound, opens=after > depth, closes=max(0, depth - after))
        for (track, is_sound, depth), after in zip(
            deep, depths_after, strict=False
        )  # a song may have no tracks
    ]


def _in_depth(project: Project, with_sound: Collection[str]) -> Iterator[tuple[Track, bool, int]]:
    """(track, whether it is its sound, how many folders it lies in)."""
    inside: dict[str, list[Track]] = {}
    for track in project.tracks:
        inside.setdefault(track.output or project.master.id, []).append(track)
    waiting = [(track, 0) for track in reversed(inside.get(project.master.id, []))]
    while waiting:
        track, depth = waiting.pop()
        yield track, False, depth
        if track.id in with_sound:
            yield track, True, depth + 1
        waiting += [(each, depth + 1) for each in reversed(inside.get(track.id, []))]
