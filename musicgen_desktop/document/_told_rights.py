"""What is told of the rights of clips, wherever they go."""

from collections.abc import Iterable

from ._clip import AudioClip, Clip
from ._origin import Origin
from ._project import Project
from ._track import Track


def origins_of(project: Project, clips: Iterable[Clip]) -> tuple[Origin, ...]:
    """The files of others that clips came from, each once; none of what was drawn, recorded or made here."""
    sources = {source.id: source for source in project.sources}
    found: dict[Origin, None] = {}
    for clip in clips:
        if not isinstance(clip, AudioClip):
            found |= dict.fromkeys(clip.origins)
            continue
        source = sources[clip.source_id]
        if source.origins is not None:
            found |= dict.fromkeys(source.origins)
        elif clip.take_id is None:
            # Older projects did not note where a sound came from: only a take tells that it was made here.
            found[Origin(source.name)] = None
    return tuple(found)


def told_rights(project: Project, tracks: Iterable[Track], *, muted: bool = False) -> str:
    """The licences of all takes in these tracks, and what is known of files of others; each once.

    Args:
        project: which knows the takes.
        tracks: whose clips count.
        muted: muted clips count too.
    """
    clips = [clip for track in tracks for clip in track.clips if muted or not clip.muted]
    used = {clip.take_id for clip in clips}
    licences = [take.licence for take in project.takes if take.id in used and take.licence]
    return " ".join(dict.fromkeys([*licences, *(each.sentence for each in origins_of(project, clips))]))
