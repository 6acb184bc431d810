"""The buses on a track's way to the master."""

from collections.abc import Iterable

from musicgen_desktop.document import Project, Track


def groups_of(project: Project, tracks: Iterable[Track]) -> set[str]:
    """The ids of the buses that tracks play through on their way to the master: a muted one silences them."""
    found: set[str] = set()
    for track in tracks:
        target = track.output
        while target is not None and target not in found:
            found.add(target)
            target = project.track(target).output
    return found
