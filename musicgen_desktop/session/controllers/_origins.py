"""Files of others are remembered with what they say of their rights, wherever it comes to lie."""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from musicgen_desktop.document import Clip, NotesClip, Origin, Track
from musicgen_desktop.media import UnreadableAudioError, read_comments, read_tags

_LONGEST = 1_000


def origin_of_file(path: Path, rights: str = "") -> Origin:
    """A file of others.

    Args:
        path: it.
        rights: what it says of them.
    """
    return Origin(path.name[:_LONGEST], rights[:_LONGEST])


def origin_of_sound(path: Path) -> Origin:
    """A sound file of others, with the copyright that it is tagged with."""
    try:
        return origin_of_file(path, read_tags(path).info.get("ICOP", ""))
    except UnreadableAudioError:
        pass
    try:
        return origin_of_file(path, read_comments(path).get("COPYRIGHT", ""))
    except UnreadableAudioError:
        return origin_of_file(path)


def notes_from(origin: Origin, tracks: Iterable[Track]) -> tuple[Track, ...]:
    """Tracks whose notes came from a file."""
    return tuple(
        msgspec.structs.replace(track, clips=tuple(_from(origin, clip) for clip in track.clips))
        for track in tracks
    )


def _from(origin: Origin, clip: Clip) -> Clip:
    return msgspec.structs.replace(clip, origins=(origin,)) if isinstance(clip, NotesClip) else clip


def remark_on(origin: Origin) -> tuple[str, ...]:
    """What is told when a file comes in that says something of its rights."""
    if not origin.rights:
        return ()
    return (f"{origin.sentence} Every export of the song will say so.",)
