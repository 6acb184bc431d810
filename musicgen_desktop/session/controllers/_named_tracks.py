"""Tracks as a person names them."""

from collections.abc import Sequence

from musicgen_desktop.document import Project, Track
from musicgen_desktop.foundation import UserInputError


def tracks_named(project: Project, words: Sequence[str], *, buses: bool = False) -> tuple[Track, ...]:
    """The tracks that words mean: a number as the mixer counts, a name, or a role, capitals or not.

    Args:
        project: whose tracks, the master not among them.
        words: each one or more tracks.
        buses: whether buses may be meant.

    Returns:
        Each once, in the mixer's order.

    Raises:
        UserInputError: when a word means none; the sentence lists the names.
    """
    offered = [track for track in project.tracks if buses or track.kind != "bus"]
    found: set[str] = set()
    for word in words:
        meant = _meant(project, offered, word.strip())
        if not meant:
            names = ", ".join(track.name for track in offered) or "none"
            raise UserInputError(f"There is no track “{word[:40]}” to be had here; there is: {names}.")
        found.update(meant)
    return tuple(track for track in offered if track.id in found)


def names_of(text: str) -> tuple[str, ...]:
    """`drums, bass` → names."""
    return tuple(word.strip() for word in text.split(",") if word.strip())


def _meant(project: Project, offered: Sequence[Track], word: str) -> list[str]:
    wish = word.casefold()
    for matches in (
        [track.id for track in offered if track.name.casefold() == wish],
        [track.id for track in offered if track.role.casefold() == wish],
        [track.id for track in offered if track.id == word],
    ):
        if matches and wish:
            return matches
    if word.isascii() and word.isdigit() and 1 <= int(word[:6]) <= len(project.tracks):
        track = project.tracks[int(word[:6]) - 1]
        return [track.id] if track in offered else []
    return []
