"""The rights of what was bounced: those of all takes that are heard in it, and of what plays them."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from musicgen_desktop.document import AudioClip, Origin, Project, Take, Track, origins_of
from musicgen_desktop.foundation import UserInputError, new_id
from musicgen_desktop.playback.plan import PIANO, freeze_holds, is_by_font

from ._rights import SoundRights, rights_of_notes, sound_rights

_LONGEST = 1_000
_BY_HAND = "bounce"
"""The engine of what was played by hand: nothing made it, but its SoundFont has a licence."""


def bounced_take(project: Project, source: Track, *, folder: Path, soundfont: Path | None) -> Take | None:
    """What a bounce has to say of its origin.

    Args:
        project: which knows the takes.
        source: that is bounced, with the clips that are heard; of a bus those of all that plays into it
            count.
        folder: the project's.
        soundfont: the General MIDI font that plays it now. What a take said of the sounds of its day is
            replaced.

    Returns:
        A take that names those it was made from: their engines, licences and prompts, and only for sale when
        all of them are, and the font is. None when no clip came from a take and no font is heard.

    Raises:
        UserInputError: when the licences do not fit into a project. None of their words is ever left out.
    """
    tracks = heard_tracks(project, source)
    heard = {clip.take_id for track in tracks for clip in track.clips if not clip.muted}
    takes = [take for take in project.takes if take.id in heard]
    sounds, has_font = sounds_heard(project, tracks, folder, soundfont)
    if not takes and not has_font:
        return None
    first = takes[0] if takes else Take("", "", _BY_HAND)
    return msgspec.structs.replace(
        first,
        id=new_id("take"),
        name=f"{source.name} bounced"[:_LONGEST],
        engine=_fitting(source, _joined(" + ", (take.engine for take in takes)) or _BY_HAND),
        model=_fitting(source, _joined(" + ", (take.model for take in takes))),
        licence=_fitting(source, _joined(" ", (*licences_of(takes, tracks), sounds.sentence))),
        commercial_use=sounds.commercial_use and all(take.commercial_use for take in takes),
        prompt=_joined(" / ", (take.prompt for take in takes)),
        # The request stays with the takes themselves: a bounce cannot be made again by an engine.
        request={},
        versions={name: version for take in takes for name, version in take.versions.items()},
        measured={},
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        starred=False,
        made_from=tuple(take.id for take in takes),
    )


def licences_of(takes: Iterable[Take], tracks: Iterable[Track]) -> Iterator[str]:
    """Of takes that are audio the whole licence; of notes what is not about the sounds they once had."""
    as_audio = {clip.take_id for track in tracks for clip in track.clips if isinstance(clip, AudioClip)}
    return (take.licence if take.id in as_audio else rights_of_notes(take.licence) for take in takes)


def sounds_heard(
    project: Project, tracks: Iterable[Track], folder: Path, soundfont: Path | None
) -> tuple[SoundRights, bool]:
    """(the rights of all instruments that are heard, whether a SoundFont is among them)."""
    by_synth, on_font, by_lost_font = False, False, False
    for track in tracks:
        if track.kind != "notes" or all(clip.muted for clip in track.clips):
            continue
        if (track.patch or PIANO).source != "general_midi":
            by_synth = True
        elif soundfont is not None:
            on_font = True
        elif track.frozen and is_by_font(track.frozen.inputs) and freeze_holds(track, project, None, folder):
            by_lost_font = True
        else:
            by_synth = True
    rights = sound_rights(
        by_synth=by_synth, soundfont=soundfont if on_font else None, by_lost_font=by_lost_font
    )
    return rights, on_font or by_lost_font


def bounced_origins(project: Project, source: Track) -> tuple[Origin, ...]:
    """The files of others that are heard in a bounce. Arguments as those of `bounced_take`."""
    clips = (clip for track in heard_tracks(project, source) for clip in track.clips if not clip.muted)
    return origins_of(project, clips)


def heard_tracks(project: Project, source: Track) -> list[Track]:
    """The track itself; of a bus those whose sound reaches it."""
    return _feeding(project, source) if source.kind == "bus" else [source]


def _feeding(project: Project, bus: Track) -> list[Track]:
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
    """Each once, in order."""
    return between.join(dict.fromkeys(text for text in texts if text))


def _fitting(source: Track, text: str) -> str:
    """Text as long as a project allows: of a licence no word may be lost."""
    if len(text) > _LONGEST:
        raise UserInputError(
            f"All that is heard in “{source.name}” has more licences than one file can name;"
            " bounce fewer of its tracks at a time."
        )
    return text
