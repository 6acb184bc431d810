"""Parts that are made for a song that is there: bars again, bars that follow, one more stem."""

from collections.abc import Mapping
from typing import Any

import msgspec

from musicgen_desktop.document import ChordChange, NotesClip, Project, Section, Take, Track
from musicgen_desktop.foundation import StopFlag, UserInputError, new_id
from musicgen_desktop.generation import (
    STEMS,
    NotesTake,
    Remake,
    Request,
    Stem,
    check_remake,
    check_request,
    request_from_values,
)
from musicgen_desktop.session.controllers._engines import engine_named
from musicgen_desktop.session.controllers.remake import (
    as_it_stands,
    composed_take,
    notes_track_of,
    refuse_rests,
    remade_take,
)
from musicgen_desktop.timing import Meter

from ._wish import RemakeRange

_USUAL_MORE_BARS = 8


class Fragment(msgspec.Struct, frozen=True):
    """What was made for a place in a song.

    Attributes:
        take: the whole song that it is a part of.
        project: its tracks on a ruler that begins at tick 0.
        start_ticks: where that is in the song.
        asked: what its record remembers beside the song's request.
    """

    take: NotesTake
    take_id: str
    name: str
    project: Project
    start_ticks: int
    asked: Mapping[str, Any]


def remade(project: Project, wish: RemakeRange, seed: int, stop: StopFlag) -> Fragment:
    """Stems of the project again between two bars.

    Raises:
        UserInputError: when the project does not have them, or they were moved since they were composed.
    """
    bars = project.meter_map.bar_of(max(0, project.length_ticks - 1))
    remake = Remake(wish.stems, wish.first_bar, wish.last_bar, seed)
    check_remake(remake, tuple(track.role for track in project.tracks if track.kind == "notes"), bars)
    start = project.meter_map.tick_of_bar(wish.first_bar)
    end = project.meter_map.tick_of_bar(wish.last_bar + 1)
    take = remade_take(project, remake, stop, made_by=_maker(project, wish, start))
    refuse_rests(project, take, remake, start, end)
    take_id = new_id("take")
    roles = frozenset(wish.stems)
    return Fragment(
        take=take,
        take_id=take_id,
        name=f"{take.title}, {', '.join(wish.stems)} again",
        project=_cut(project, take, roles, start, end, take_id),
        start_ticks=start,
        asked={"remake": {**msgspec.structs.asdict(remake), "stems": list(wish.stems)}},
    )


def _maker(project: Project, wish: RemakeRange, start: int) -> Take:
    """The take that those bars were composed in."""
    for role in wish.stems:
        for clip in notes_track_of(project, role).clips:
            if not isinstance(clip, NotesClip) or not clip.start_ticks <= start < clip.end_ticks:
                continue
            if clip.start_ticks != clip.content_offset_ticks:
                raise UserInputError(
                    f"Bar {wish.first_bar} of {role} was moved since it was composed, so its plan does not"
                    " fit there; remake it at its old place, or compose a new take."
                )
            found = next((take for take in project.takes if take.id == clip.take_id and take.request), None)
            if found is not None:
                return found
    return composed_take(project)


def continued(project: Project, bar: int | None, more: int | None, seed: int, stop: StopFlag) -> Fragment:
    """Bars that follow the song: the same request, composed longer, from that bar on.

    Key, tempo, meter, sounds and stems are the project's. The first bars are composed again only to be thrown
    away; `seed` chooses what follows.

    Raises:
        UserInputError: when the song does not reach that bar, or would become too long.
    """
    last = project.meter_map.bar_of(max(0, project.length_ticks - 1))
    first = last + 1 if bar is None else bar
    if not 2 <= first <= last + 1:
        raise UserInputError(f"The song cannot go on at bar {first}; choose a bar from 2 to {last + 1}.")
    request = msgspec.structs.replace(
        as_it_stands(request_from_values(composed_take(project).request), project),
        bars=first - 1 + (_USUAL_MORE_BARS if more is None else more),
        chords=None,
        stems=_roles(project),
        seed=seed,
    )
    check_request(request)
    engine = engine_named(request.engine)
    # A seed chooses the style where nothing else does; a song goes on in its own.
    style = engine.generate(request_from_values(composed_take(project).request), stop=stop).style
    start = project.meter_map.tick_of_bar(first)
    request = msgspec.structs.replace(
        request, style=style, meter=_only_meter(project), tempo_bpm=project.tempo_map.bpm_at(start)
    )
    take = engine.generate(request, stop=stop)
    take_id = new_id("take")
    end = take.meter_map.tick_of_bar(take.bars + 1)
    return Fragment(
        take=take,
        take_id=take_id,
        name=f"{project.name}, from bar {first}",
        project=_cut(project, take, frozenset(_roles(project)), start, end, take_id),
        start_ticks=start,
        asked={},
    )


def layered(project: Project, role: str, seed: int, stop: StopFlag) -> NotesTake:
    """The song with one more stem, which is written to what the others play now.

    Raises:
        UserInputError: when the project has that stem, or was not composed.
    """
    check_request(Request(stems=(role,)))
    roles = _roles(project)
    if role in roles:
        raise UserInputError(f"The project has a stem “{role}” already; remake it, or choose another one.")
    request = as_it_stands(request_from_values(composed_take(project).request), project)
    request = msgspec.structs.replace(
        request,
        stems=tuple(stem for stem in STEMS if stem in {*roles, role}),
        meter=_only_meter(project),
    )
    engine = engine_named(request.engine)
    take = engine.generate(request, stop=stop)
    played = tuple(
        stem if stem.role == role else _as_played(stem, notes_track_of(project, stem.role))
        for stem in take.stems
    )
    take = msgspec.structs.replace(take, stems=played)
    made = engine.remake(take, Remake((role,), 1, take.bars, seed), stop=stop)
    provenance = made.provenance
    provenance = msgspec.structs.replace(
        provenance, seed=seed, request={**provenance.request, "layer": {"role": role, "seed": seed}}
    )
    return msgspec.structs.replace(made, provenance=provenance, title=f"{role.capitalize()} layer")


def _only_meter(project: Project) -> Meter:
    if len(project.meter_map.changes) > 1:
        raise UserInputError(
            "The meter changes within the song, and no plan leads through that; compose a new song instead."
        )
    return project.meter_map.changes[0].meter


def _roles(project: Project) -> tuple[str, ...]:
    has = {track.role for track in project.tracks if track.kind == "notes"}
    roles = tuple(stem for stem in STEMS if stem in has)
    if not roles:
        raise UserInputError("The project has no stems yet; compose a new song first.")
    return roles


def _as_played(stem: Stem, track: Track) -> Stem:
    clips = [clip for clip in track.clips if isinstance(clip, NotesClip)]
    notes = sorted(
        (note for clip in clips for note in clip.sounding_notes()), key=lambda n: (n.start_ticks, n.pitch)
    )
    return msgspec.structs.replace(stem, notes=tuple(notes))


def _cut(
    project: Project, take: NotesTake, roles: frozenset[str], start: int, end: int, take_id: str
) -> Project:
    """Those bars of the take on the project's own strips. The clips keep the song's ruler inside."""
    tracks: list[Track] = []
    for track in project.tracks:
        if track.kind == "bus":
            tracks.append(track)
        elif track.kind == "notes" and track.role in roles:
            roles = roles - {track.role}  # a second track of the role is somebody's own
            stem = take.stem(track.role)
            clip = NotesClip(
                id=new_id("clip"),
                name=track.name,
                start_ticks=0,
                length_ticks=end - start,
                notes=tuple(note for note in stem.notes if start <= note.start_ticks < end),
                controls=tuple(control for control in stem.controls if start <= control.tick < end),
                content_offset_ticks=start,
                take_id=take_id,
            )
            tracks.append(
                msgspec.structs.replace(track, clips=(clip,), frozen=None, automation=(), soloed=False)
            )
    return msgspec.structs.replace(
        project,
        id=new_id("project"),
        tempo_map=take.tempo_map,
        meter_map=take.meter_map,
        tracks=tuple(tracks),
        sources=(),
        markers=(),
        sections=tuple(
            Section(new_id("section"), s.name, s.start_ticks - start, s.length_ticks, s.intensity)
            for s in _pieces(take.sections, start, end)
        ),
        chords=tuple(
            ChordChange(c.start_ticks - start, c.length_ticks, str(c.chord))
            for c in _pieces(take.chords, start, end)
        ),
        end_ticks=end - start,
    )


def _pieces(placed: Any, start: int, end: int) -> list[Any]:
    """What lies between two ticks, cut there."""
    pieces = []
    for each in placed:
        first, last = max(each.start_ticks, start), min(each.start_ticks + each.length_ticks, end)
        if first < last:
            pieces.append(msgspec.structs.replace(each, start_ticks=first, length_ticks=last - first))
    return pieces
