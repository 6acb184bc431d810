"""Who feeds whom: the order of mixing, what mute and solo leave, and how late each strip is."""

from collections.abc import Mapping, Sequence

import msgspec

from musicgen_desktop.document import Project, Send, Track
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.playback.mixer import SILENT_DB


class RoutingCycleError(UserInputError):
    """A bus that ends up in its own input."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(
            f"The routing runs in a circle ({' → '.join(names)}): change an output or a send of these tracks."
        )


class Routes(msgspec.Struct, frozen=True):
    """Where each strip's sound may go.

    Attributes:
        order: every track's id, sources before the buses they feed, the master last.
        output: track id → the strip it plays into, whether heard or not (the master has none).
        open_outputs: ids of tracks whose output is heard.
        open_sends: (track id, send id) of the sends that are heard.
    """

    order: tuple[str, ...]
    output: Mapping[str, str]
    open_outputs: frozenset[str]
    open_sends: frozenset[tuple[str, str]]


def find_routes(project: Project) -> Routes:
    """Work out order, mute and solo.

    Mute closes a track's output and all its sends, pre-fader ones too. When any track is soloed, heard are:
    soloed tracks, the groups they play into, what plays into a soloed group, and solo-safe tracks; a track
    that only sends to a soloed return is heard through that return alone. Mute wins over solo.

    Raises:
        RoutingCycleError: when a signal would run in a circle.
    """
    output = {track.id: track.output or project.master.id for track in project.tracks}
    order = _mixing_order(project, output)
    heard, lent = _heard(project, output)
    open_outputs, open_sends = set(), set()
    for track in project.tracks:
        if track.muted:
            continue
        if track.id in heard:
            open_outputs.add(track.id)
        for send in track.sends:
            if send.enabled and (track.id in heard or send.target in lent) and not _is_shut(track, send):
                open_sends.add((track.id, send.id))
    return Routes(order, output, frozenset(open_outputs), frozenset(open_sends))


def _is_shut(track: Track, send: Send) -> bool:
    """Whether nothing ever passes, so that no effect has to run for it."""
    moves = any(curve.enabled and curve.target == f"send:{send.id}:gain_db" for curve in track.automation)
    return send.gain_db <= SILENT_DB and not moves


def _mixing_order(project: Project, output: Mapping[str, str]) -> tuple[str, ...]:
    """Kahn's algorithm, the project's own order kept wherever it may be."""
    targets = {track.id: _targets(track, output) for track in project.tracks}
    waiting_for = dict.fromkeys((track.id for track in project.all_tracks), 0)
    for fed in targets.values():
        for target in fed:
            waiting_for[target] += 1
    order: list[str] = []
    left = [track.id for track in project.tracks]
    while left:
        ready = [each for each in left if waiting_for[each] == 0]
        if not ready:
            names = {track.id: track.name for track in project.tracks}
            raise RoutingCycleError([names[each] for each in _circle(left, targets)])
        order += ready
        left = [each for each in left if waiting_for[each] > 0]
        for each in ready:
            for target in targets[each]:
                waiting_for[target] -= 1
    return (*order, project.master.id)


def _circle(left: Sequence[str], targets: Mapping[str, Sequence[str]]) -> list[str]:
    """One circle among tracks that wait for each other, its first repeated at the end."""
    waiting = set(left)
    # What waits is fed from a circle; going upstream must meet a track twice.
    feeders = {target: each for each in left for target in targets[each] if target in waiting}
    path = [left[0]]
    while path.count(path[-1]) == 1:
        path.append(feeders[path[-1]])
    return path[path.index(path[-1]) :][::-1]


def _targets(track: Track, output: Mapping[str, str]) -> list[str]:
    return [output[track.id], *(send.target for send in track.sends if send.enabled)]


def _heard(project: Project, output: Mapping[str, str]) -> tuple[set[str], set[str]]:
    """(heard tracks, soloed returns that tracks may send to though they are not heard themselves)."""
    soloed = {track.id for track in project.tracks if track.soloed}
    if not soloed:
        return {track.id for track in project.tracks}, set()
    heard = set(soloed)
    for each in soloed:
        downstream = output.get(each)
        while downstream is not None:
            heard.add(downstream)
            downstream = output.get(downstream)
    grown = True
    upstream = set(soloed)
    while grown:
        found = {track.id for track in project.tracks if output[track.id] in upstream}
        grown = not found <= upstream
        upstream |= found
    return heard | upstream | {track.id for track in project.tracks if track.solo_safe}, soloed
