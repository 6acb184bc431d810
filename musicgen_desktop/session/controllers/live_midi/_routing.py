"""Which port and channel each track's notes go to."""

from collections.abc import Collection, Mapping
from typing import Literal

import msgspec

from musicgen_desktop.document import Project, Track
from musicgen_desktop.exchange.live_sync import PortWish
from musicgen_desktop.playback.plan import RoutingCycleError, find_routes

Virtual = Literal["one", "tracks"]
"""Whether this program offers one port for all tracks, or one for each."""

SONG_PORT = "Song"
_DRUMS = 9
_CHANNELS = 16


class Route(msgspec.Struct, frozen=True):
    """Where one track's notes go.

    Attributes:
        port: the key of an output port.
        channel: 0 … 15.
        is_heard: whether mute and solo leave anything of the track.
    """

    port: str
    channel: int
    is_heard: bool


class Routing(msgspec.Struct, frozen=True):
    """Where all of a song goes."""

    ports: tuple[PortWish, ...] = ()
    routes: Mapping[str, Route] = {}


def routing_of(
    project: Project, virtual: Virtual, offsets_ms: Mapping[str, float], song_port: str = SONG_PORT
) -> Routing:
    """Ports and channels by what tracks say of their MIDI output.

    A track that leaves its channel to the program gets one that no other track of its port has, as long as
    there are any; drums have channel 10, where General MIDI expects them.

    Args:
        project: the song.
        virtual: of the ports that this program offers.
        offsets_ms: port → how much later its messages are sent; the empty name is for those that we offer.
        song_port: how the one port for all tracks is called.
    """
    tracks = [track for track in project.tracks if track.kind == "notes" and track.midi_output is not None]
    heard = _heard_tracks(project)
    ports: dict[str, PortWish] = {}
    by_port: dict[str, list[Track]] = {}
    for track in tracks:
        port = _port_of(track, virtual, offsets_ms, song_port)
        ports[port.key] = port
        by_port.setdefault(port.key, []).append(track)
    routes: dict[str, Route] = {}
    for key, users in by_port.items():
        taken = {track.midi_output.channel for track in users if track.midi_output is not None}
        for track, channel in zip(users, _channels(users, taken), strict=True):
            routes[track.id] = Route(key, channel, track.id in heard)
    return Routing(tuple(ports.values()), routes)


def _port_of(track: Track, virtual: Virtual, offsets_ms: Mapping[str, float], song_port: str) -> PortWish:
    name = "" if track.midi_output is None else track.midi_output.port
    offset = offsets_ms.get(name, 0.0)
    if name:
        return PortWish(name, name, is_virtual=False, offset_ms=offset)
    if virtual == "tracks":
        return PortWish(f"track:{track.id}", track.name, offset_ms=offset)
    return PortWish("", song_port, offset_ms=offset)


def _channels(users: list[Track], taken: Collection[int | None]) -> list[int]:
    free = [channel for channel in range(_CHANNELS) if channel != _DRUMS and channel not in taken]
    left: list[int] = []
    found: list[int] = []
    for track in users:
        output = track.midi_output
        if output is not None and output.channel is not None:
            found.append(output.channel)
        elif track.patch is not None and track.patch.is_drums:
            found.append(_DRUMS)
        else:
            left = left or list(free) or [each for each in range(_CHANNELS) if each != _DRUMS]
            found.append(left.pop(0))
    return found


def _heard_tracks(project: Project) -> frozenset[str]:
    """Tracks of which something reaches the master, or another port than it."""
    try:
        routes = find_routes(project)
    except RoutingCycleError:
        return frozenset(track.id for track in project.tracks)  # whoever plays it is told
    found: set[str] = set()
    for track in project.tracks:
        at = track.id
        while at in routes.open_outputs and at in routes.output:
            at = routes.output[at]
        if at == project.master.id and not project.master.muted:
            found.add(track.id)
    return frozenset(found)
