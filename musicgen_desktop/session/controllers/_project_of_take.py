"""An engine's take becomes a project: tracks, clips, returns and master."""

from collections.abc import Iterable
from datetime import UTC, datetime

import msgspec

from musicgen_desktop.document import (
    MASTER_ID,
    TRACK_COLOURS,
    ChordChange,
    Insert,
    KeyChange,
    NotesClip,
    Project,
    Section,
    Send,
    Take,
    Track,
)
from musicgen_desktop.foundation import new_id
from musicgen_desktop.generation import Effect, NotesTake, Provenance, Return, Stem
from musicgen_desktop.playback.mixer import check_effect

from ._balance import LIMITER_ID


def project_of_take(take: NotesTake, *, rate: int = 48_000) -> Project:
    """A new project that holds the take: one note clip per stem over the whole song, faders at 0 dB.

    Raises:
        UserInputError: when the take asks for an effect that there is none of, as a style of one's own may.
    """
    provenance = take_record(take.provenance, take.title)
    end = take.meter_map.tick_of_bar(take.bars + 1)
    returns = [_return_track(bus) for bus in take.returns]
    buses = {track.name: track.id for track in returns}
    tracks = [
        _stem_track(stem, buses, TRACK_COLOURS[index % len(TRACK_COLOURS)], end, provenance.id)
        for index, stem in enumerate(take.stems)
    ]
    return Project(
        id=new_id("project"),
        name=take.title,
        rate=rate,
        tempo_map=take.tempo_map,
        meter_map=take.meter_map,
        keys=(KeyChange(0, str(take.key)),),
        chords=tuple(
            ChordChange(placed.start_ticks, placed.length_ticks, str(placed.chord)) for placed in take.chords
        ),
        sections=tuple(
            Section(new_id("section"), placed.name, placed.start_ticks, placed.length_ticks, placed.intensity)
            for placed in take.sections
        ),
        tracks=(*tracks, *returns),
        master=Track(id=MASTER_ID, name="Master", kind="master", inserts=_master_inserts(take.master)),
        takes=(provenance,),
        end_ticks=end,
    )


def take_record(provenance: Provenance, name: str) -> Take:
    """What the project remembers of how a take was made."""
    return Take(
        id=new_id("take"),
        name=name,
        engine=provenance.engine,
        model=provenance.model,
        licence=provenance.licence,
        commercial_use=provenance.commercial_use,
        prompt=provenance.prompt,
        seed=provenance.seed,
        request=provenance.request,
        versions=provenance.versions,
        measured={},
        created=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def _stem_track(stem: Stem, buses: dict[str, str], colour: str, end_ticks: int, take_id: str) -> Track:
    clip = NotesClip(
        id=new_id("clip"),
        name=stem.name,
        start_ticks=0,
        length_ticks=end_ticks,
        notes=stem.notes,
        controls=stem.controls,
        take_id=take_id,
    )
    return Track(
        id=new_id("track"),
        name=stem.name,
        kind="notes",
        role=stem.role,
        color=colour,
        clips=(clip,),
        patch=stem.patch,
        pan=stem.mix.pan,
        inserts=_inserts(stem.mix.inserts),
        sends=tuple(
            Send(id=new_id("send"), target=buses[name], gain_db=gain_db)
            for name, gain_db in stem.mix.sends.items()
            if name in buses
        ),
    )


def _return_track(bus: Return) -> Track:
    return Track(
        id=new_id("track"),
        name=bus.name,
        kind="bus",
        role="return",
        inserts=_inserts(bus.inserts),
        solo_safe=True,
    )


def _master_inserts(effects: Iterable[Effect]) -> tuple[Insert, ...]:
    """A limiter that ends a style's master is the one that mastering sets: two in a row are one too many."""
    inserts = _inserts(effects)
    if inserts and inserts[-1].effect == "limiter":
        return (*inserts[:-1], msgspec.structs.replace(inserts[-1], id=LIMITER_ID))
    return inserts


def _inserts(effects: Iterable[Effect]) -> tuple[Insert, ...]:
    wanted = tuple(effects)
    for effect in wanted:
        check_effect(effect.kind, effect.parameters)
    return tuple(
        Insert(id=new_id("insert"), effect=effect.kind, name="", parameters=dict(effect.parameters))
        for effect in wanted
    )
