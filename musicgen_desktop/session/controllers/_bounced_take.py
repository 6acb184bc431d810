"""The rights of what was bounced: those of all takes that are heard in it."""

from collections.abc import Iterable
from datetime import UTC, datetime

import msgspec

from musicgen_desktop.document import Clip, Project, Take, Track
from musicgen_desktop.foundation import new_id

_LONGEST = 1_000


def bounced_take(project: Project, track: Track, clips: Iterable[Clip]) -> Take | None:
    """What a bounce has to say of its origin.

    Args:
        project: which knows the takes.
        track: that was bounced.
        clips: that were taken; of a bus those of all that plays into it count.

    Returns:
        A take that names those it was made from: their engines, licences and prompts, and only for sale when
        all of them are. None when no clip came from a take.
    """
    heard = (
        [clip for each in _feeding(project, track) for clip in each.clips] if track.kind == "bus" else clips
    )
    wanted = {clip.take_id for clip in heard if not clip.muted}
    takes = [take for take in project.takes if take.id in wanted]
    if not takes:
        return None
    return msgspec.structs.replace(
        takes[0],
        id=new_id("take"),
        name=f"{track.name} bounced"[:_LONGEST],
        engine=_joined(" + ", (take.engine for take in takes)),
        model=_joined(" + ", (take.model for take in takes)),
        licence=_joined(" ", (take.licence for take in takes)),
        commercial_use=all(take.commercial_use for take in takes),
        prompt=_joined(" / ", (take.prompt for take in takes)),
        # The request stays with the takes themselves: a bounce cannot be made again by an engine.
        request={},
        versions={name: version for take in takes for name, version in take.versions.items()},
        measured={},
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        starred=False,
        made_from=tuple(take.id for take in takes),
    )


def _feeding(project: Project, bus: Track) -> list[Track]:
    """The tracks whose sound reaches a bus."""
    reached = {bus.id}
    grown = True
    while grown:
        more = {
            track.id
            for track in project.tracks
            if track.output in reached or any(send.target in reached for send in track.sends if send.enabled)
        }
        grown = not more <= reached
        reached |= more
    return [track for track in project.tracks if track.id in reached and not track.muted]


def _joined(between: str, texts: Iterable[str]) -> str:
    """Each once, in order; as long as a project allows."""
    return between.join(dict.fromkeys(text for text in texts if text))[:_LONGEST]
