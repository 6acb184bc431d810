"""A take becomes part of the project: its stems land on tracks, and its record stays with them."""

import math
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

import msgspec

from musicgen_desktop.document import AudioClip, ChordChange, Clip, NotesClip, Project, Section, Track
from musicgen_desktop.foundation import UserInputError, new_id
from musicgen_desktop.session.commands._edit import Edit, edited
from musicgen_desktop.session.controllers.remake import notes_track_of, with_notes

from ._candidate import Candidate
from ._resume import with_longer_take
from ._sound_files import with_collected_sound
from ._sound_heard import track_named
from ._sound_region import with_gap
from ._wish import Continue, New, RemakeRange

_UNTITLED = re.compile(r"Untitled( \d+)?")
_Lane = TypeVar("_Lane", ChordChange, Section)


def keep(
    project: Project,
    candidate: Candidate,
    *,
    at_tick: int | None = None,
    replace: bool = False,
    folder: Path | None = None,
) -> Edit:
    """The project with the take in it.

    An empty project becomes the take: tempo, meter, key, chords, sections, tracks, buses and master, and its
    name while it has none of its own. Where there is music, the project's tempo and levels stay; a stem goes
    to the track of its role, or to a new track when there is none or its place there is taken. That track
    keeps its sound while it plays anything else; a stem that replaces all of it sounds as it was auditioned.
    A take that goes on from a shorter one takes its place wherever that one plays.

    Args:
        project: the open one.
        candidate: made for it, or for none.
        at_tick: where its first tick belongs; where it was made for when None. A remake stays in its bars.
        replace: what lies there makes room: clips on the tracks of the same roles, chords and sections.
        folder: the project's: a take's sound gets a name among the project's audio files; takes of notes
            need none.

    Raises:
        UserInputError: when a remake's stems or bars are not there any more, or a take's sound is not.
        CannotWriteError, CannotWriteIntoError: when the disk refuses the sound.
    """
    if candidate.project.sources:
        if folder is None:
            raise UserInputError("The project has no folder for the take's sound yet; save it first.")
        candidate = with_collected_sound(candidate, folder)
    return placed(project, candidate, at_tick=at_tick, replace=replace)


def placed(
    project: Project, candidate: Candidate, *, at_tick: int | None = None, replace: bool = False
) -> Edit:
    """As `keep`, but the take's sound stays where it lies: to be heard, not to be saved."""
    label = f"Keep “{candidate.take.name}”"
    if isinstance(candidate.wish.mode, RemakeRange):
        return edited(label, project, _with_remade(project, candidate))
    if at_tick is None and (longer := with_longer_take(project, candidate)) is not None:
        return edited(label, project, longer)
    at = candidate.start_ticks if at_tick is None else at_tick
    if at < 0:
        raise UserInputError("A take cannot begin before the song; keep it at bar 1 or later.")
    kept = _with_lanes(project, candidate, at, replace=replace)
    if is_empty(project):
        roles = {made.role for made in _stems(candidate)}
        for track in project.tracks:
            if track.kind == "notes" and track.role and track.role in roles:
                kept = kept.without_track(track.id)  # what an earlier song left sounds like that song
        if _UNTITLED.fullmatch(project.name):
            kept = kept.renamed(candidate.take.name)
    kept = _with_tracks(kept, candidate, at, replace=replace)
    return edited(label, project, kept.with_take(candidate.take))


def is_empty(project: Project) -> bool:
    """Whether there is no clip on any track."""
    return not any(track.clips for track in project.tracks)


def _with_remade(project: Project, candidate: Candidate) -> Project:
    start, end = candidate.start_ticks, candidate.start_ticks + candidate.length_ticks
    mode = candidate.wish.mode
    if isinstance(mode, RemakeRange) and mode.track:
        return _with_remade_sound(project, candidate, mode.track)
    for made in _stems(candidate):
        for clip in made.clips:
            if isinstance(clip, NotesClip):
                # Its notes count from the beginning of the song.
                track = notes_track_of(project, made.role)
                project = project.with_track(
                    with_notes(track, start, end, clip.notes, clip.controls, candidate.id)
                )
    return project.with_take(candidate.take)


def _with_remade_sound(project: Project, candidate: Candidate, track_id: str) -> Project:
    """The new piece between the cut clips of its track."""
    start, end = candidate.start_ticks, candidate.start_ticks + candidate.length_ticks
    track = with_gap(project, track_named(project, track_id), start, end)
    for source in candidate.project.sources:
        project = project.with_source(source)
    for made in _stems(candidate):
        for clip in made.clips:
            placed = msgspec.structs.replace(clip, id=new_id("clip"), start_ticks=clip.start_ticks + start)
            track = track.with_clip(placed)
    return project.with_track(track).with_take(candidate.take)


def _with_lanes(project: Project, candidate: Candidate, at: int, *, replace: bool) -> Project:
    """Tempo, meter, key and master of an empty project; chords and sections where there are none."""
    made, end = candidate.project, at + candidate.length_ticks
    if is_empty(project):
        project = msgspec.structs.replace(
            project,
            tempo_map=made.tempo_map,
            meter_map=made.meter_map,
            keys=made.keys,
            chords=(),
            sections=(),
            master=made.master,
            end_ticks=end,
        )
    elif project.end_ticks:
        project = msgspec.structs.replace(project, end_ticks=max(project.end_ticks, end))
    if not isinstance(candidate.wish.mode, New | Continue):
        return project
    chords = tuple(msgspec.structs.replace(each, tick=each.tick + at) for each in made.chords)
    sections = tuple(
        msgspec.structs.replace(each, id=new_id("section"), start_ticks=each.start_ticks + at)
        for each in made.sections
    )
    return msgspec.structs.replace(
        project,
        chords=_joined(project.chords, chords, at, end, replace=replace),
        sections=_joined(project.sections, sections, at, end, replace=replace),
    )


def _joined(
    there: tuple[_Lane, ...], made: tuple[_Lane, ...], start: int, end: int, *, replace: bool
) -> tuple[_Lane, ...]:
    """Both, in order: what is there makes room, or nothing is added where something is."""
    taken = any(_start(each) < end and _start(each) + each.length_ticks > start for each in there)
    if taken and not replace:
        return there
    joined = list(made)
    for each in there:
        joined += _outside(each, start, end)
    return tuple(sorted(joined, key=_start))


def _outside(each: _Lane, start: int, end: int) -> Iterable[_Lane]:
    """What is left of it before and after the range; the earlier part keeps its id."""
    first, last = _start(each), _start(each) + each.length_ticks
    if first < start:
        yield _spanning(each, first, min(last, start))
    if last > end:
        right = _spanning(each, max(first, end), last)
        yield (
            msgspec.structs.replace(right, id=new_id("section"))
            if isinstance(right, Section) and first < start
            else right
        )


def _start(each: ChordChange | Section) -> int:
    return each.tick if isinstance(each, ChordChange) else each.start_ticks


def _spanning(each: _Lane, start: int, end: int) -> _Lane:
    where = "tick" if isinstance(each, ChordChange) else "start_ticks"
    return msgspec.structs.replace(each, **{where: start, "length_ticks": end - start})


def _with_tracks(project: Project, candidate: Candidate, at: int, *, replace: bool) -> Project:
    end = at + candidate.length_ticks
    for source in candidate.project.sources:
        project = project.with_source(source)
    for made in _stems(candidate):
        clips = tuple(
            msgspec.structs.replace(placed_clip(project, clip, at), id=new_id("clip")) for clip in made.clips
        )
        host = next(
            (t for t in project.tracks if t.role == made.role and t.kind == made.kind == "notes"), None
        )
        if host is not None and (replace or not _plays(host, at, end)):
            if replace:
                host = _cleared(host, at, end)
                if not host.clips:
                    project, host = _sounding_as(project, candidate.project, made, host)
            for clip in clips:
                host = host.with_clip(clip)
            project = project.with_track(host)
        else:
            project = _with_new_track(project, candidate.project, made, clips)
    return project


def placed_clip(project: Project, clip: Clip, at: int) -> Clip:
    """A take's clip in the song. Sound lasts as long as it does, whatever the tempo there is."""
    start = clip.start_ticks + at
    if isinstance(clip, AudioClip):
        source, tempo = project.source(clip.source_id), project.tempo_map
        end = tempo.tick_at(tempo.seconds_at(start) + source.frames / source.rate)
        # A file ends on a whole frame: the tick that it was cut at lies less than one from there.
        length = max(1, math.ceil(end - tempo.tick_at(1.0 / source.rate) - start))
        return msgspec.structs.replace(clip, start_ticks=start, length_ticks=length)
    return msgspec.structs.replace(clip, start_ticks=start)


def _stems(candidate: Candidate) -> list[Track]:
    return [track for track in candidate.project.tracks if track.kind in ("notes", "audio")]


def _plays(track: Track, start: int, end: int) -> bool:
    return any(clip.start_ticks < end and clip.end_ticks > start for clip in track.clips)


def _cleared(track: Track, start: int, end: int) -> Track:
    """The track with nothing in the range; a clip that reaches over it is cut in two."""
    for clip in track.clips:
        if not isinstance(clip, NotesClip) or clip.end_ticks <= start or clip.start_ticks >= end:
            continue
        track = track.without_clip(clip.id)
        if clip.start_ticks < start:
            track = track.with_clip(clip.trimmed_to(clip.start_ticks, start - clip.start_ticks))
        if clip.end_ticks > end:
            right = clip.trimmed_to(end, clip.end_ticks - end)
            is_second = clip.start_ticks < start
            track = track.with_clip(msgspec.structs.replace(right, id=new_id("clip")) if is_second else right)
    return track


def _sounding_as(project: Project, made: Project, stem: Track, track: Track) -> tuple[Project, Track]:
    """The track with the stem's sound; name, colour, group, mute and solo stay its own.

    Curves of the track go: they moved the sound that is gone. The stem's buses come along where they are
    missing.
    """
    sends = []
    for send in stem.sends:
        project, bus_id = _with_bus(project, made.track(send.target))
        sends.append(msgspec.structs.replace(send, id=new_id("send"), target=bus_id))
    sounding = msgspec.structs.replace(
        track,
        patch=stem.patch,
        trim_db=stem.trim_db,
        polarity_inverted=stem.polarity_inverted,
        gain_db=stem.gain_db,
        pan=stem.pan,
        inserts=tuple(msgspec.structs.replace(insert, id=new_id("insert")) for insert in stem.inserts),
        sends=tuple(sends),
        automation=(),
        frozen=None,
    )
    return project, sounding


def _with_new_track(project: Project, made: Project, stem: Track, clips: tuple[Clip, ...]) -> Project:
    """The take's strip as a track before the buses."""
    bare = msgspec.structs.replace(stem, id=new_id("track"), clips=clips, output=None)
    project, fresh = _sounding_as(project, made, stem, bare)
    before_buses = next(
        (index for index, each in enumerate(project.tracks) if each.kind == "bus"), len(project.tracks)
    )
    return project.with_track(fresh, before_buses)


def _with_bus(project: Project, bus: Track) -> tuple[Project, str]:
    """The project with a bus of that name, and its id there."""
    for track in project.tracks:
        if track.kind == "bus" and track.name == bus.name:
            return project, track.id
    fresh = msgspec.structs.replace(
        bus,
        id=new_id("track"),
        inserts=tuple(msgspec.structs.replace(insert, id=new_id("insert")) for insert in bus.inserts),
        sends=(),
        output=None,
        automation=(),
    )
    return project.with_track(fresh), fresh.id
