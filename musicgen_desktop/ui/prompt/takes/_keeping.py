"""Whether a take that is kept makes room for itself, and what to say of it afterwards."""

from collections.abc import Collection, Iterable

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence

from musicgen_desktop.document import Project, Track
from musicgen_desktop.session.controllers.generating import Candidate, New, RemakeRange
from musicgen_desktop.ui.prompt._modes import has_music

translate = QCoreApplication.translate


def covers(project: Project, candidate: Candidate, start_ticks: int) -> bool:
    """Whether clips on tracks of the take's roles lie where it would, beginning at that tick."""
    end_ticks = start_ticks + candidate.length_ticks
    roles = {track.role for track in candidate.project.tracks if track.kind == "notes"}
    return any(
        track.kind == "notes" and track.role in roles and _plays(track, start_ticks, end_ticks)
        for track in project.tracks
    )


def makes_room(project: Project, candidate: Candidate) -> bool:
    """Whether keeping a take replaces what is there, unless one asks for the other way.

    A remake does, and so does a song over a song: two that play at once are seldom meant.
    """
    mode = candidate.wish.mode
    if isinstance(mode, RemakeRange):
        return True
    return isinstance(mode, New) and covers(project, candidate, candidate.start_ticks)


def undo_key() -> str:
    """The key of Undo, as the platform writes it."""
    return QKeySequence(QKeySequence.StandardKey.Undo).toString(QKeySequence.SequenceFormat.NativeText)


def kept_sentence(
    before: Project,
    after: Project,
    candidate: Candidate,
    clip_ids: Collection[str],
    start_ticks: int,
    *,
    replaced: bool,
) -> str:
    """What came where.

    Args:
        before: the project without the take.
        after: with it.
        candidate: the take.
        clip_ids: the clips that it brought.
        start_ticks: where it begins.
        replaced: something made room for it.
    """
    tracks = [track for track in after.tracks if any(clip.id in clip_ids for clip in track.clips)]
    end_ticks = start_ticks + candidate.length_ticks
    first, last = after.meter_map.bar_of(start_ticks), after.meter_map.bar_of(end_ticks - 1)
    where = (
        translate("Takes", "bar {first}") if first == last else translate("Takes", "bars {first}–{last}")
    ).format(first=first, last=last)
    known = {track.id for track in before.tracks}
    if replaced:
        sentence = translate(
            "Takes",
            "Kept “{name}” in {where}, in place of what was there: {tracks}. {undo} brings the old back.",
        )
    elif has_music(before) and all(track.id not in known for track in tracks):
        sentence = translate("Takes", "Kept “{name}” in {where} on new tracks: {tracks}.")
    else:
        sentence = translate("Takes", "Kept “{name}” in {where}: {tracks}.")
    said = sentence.format(name=candidate.take.name, where=where, tracks=_names(tracks), undo=undo_key())
    others = [
        track for track in after.tracks if track not in tracks and _plays(track, start_ticks, end_ticks)
    ]
    if replaced and others:  # roles that the new song does not have
        said += " " + translate("Takes", "Still as before: {others}.").format(others=_names(others))
    return said


def _plays(track: Track, start_ticks: int, end_ticks: int) -> bool:
    return any(clip.start_ticks < end_ticks and clip.end_ticks > start_ticks for clip in track.clips)


def _names(tracks: Iterable[Track]) -> str:
    return ", ".join(track.name for track in tracks)
