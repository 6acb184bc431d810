"""Songs of as many tracks as wanted, for measuring."""

import msgspec

from musicgen_desktop.document import Insert, Project, Send, Track
from musicgen_desktop.foundation import new_id
from musicgen_desktop.generation import NotesTake, Request
from musicgen_desktop.generation.composer import Composer
from musicgen_desktop.session.controllers._project_of_take import project_of_take

_PROMPT = "house, 124 bpm, 16 bars"
_STEMS = ("drums", "bass", "chords", "pad", "melody")
_SENDS = 8
_QUIET_DB = -40.0


def wide_song(tracks: int, *, seed: int = 1) -> Project:
    """A composed song of so many tracks, each with equalizer and compressor, two reverbs, turned low."""
    takes: list[NotesTake] = []
    while sum(len(take.stems) for take in takes) < tracks:
        request = Request(prompt=_PROMPT, stems=_STEMS, seed=seed + len(takes))
        takes.append(Composer().generate(request))
    project = project_of_take(takes[0])
    players = [track for take in takes for track in project_of_take(take).tracks if track.kind == "notes"]
    reverbs = [
        Track(
            id=f"reverb-{number}", name=f"Reverb {number}", kind="bus", inserts=(_insert("reverb", wet=1.0),)
        )
        for number in (1, 2)
    ]
    strips = [_strip(track, number, reverbs) for number, track in enumerate(players[:tracks])]
    master = msgspec.structs.replace(project.master, gain_db=_QUIET_DB)
    return msgspec.structs.replace(project, tracks=(*strips, *reverbs), master=master)


def _strip(track: Track, number: int, reverbs: list[Track]) -> Track:
    sends: tuple[Send, ...] = ()
    if number < _SENDS:
        sends = (Send(id=new_id("send"), target=reverbs[number % 2].id, gain_db=-12.0),)
    return msgspec.structs.replace(
        track,
        id=f"track-{number}",
        clips=tuple(
            msgspec.structs.replace(clip, id=f"clip-{number}-{at}") for at, clip in enumerate(track.clips)
        ),
        gain_db=-12.0,
        inserts=(
            _insert("equalizer", low_cut_hz=60.0, peak1_db=-3.0, high_shelf_db=2.0),
            _insert("compressor"),
        ),
        sends=sends,
        output=None,
        automation=(),
    )


def _insert(effect: str, **parameters: float) -> Insert:
    return Insert(id=new_id("insert"), effect=effect, parameters=parameters)
