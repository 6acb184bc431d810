"""Which channel, and which port, each track of a song plays on."""

from collections.abc import Hashable, Sequence
from typing import NamedTuple

DRUM_CHANNEL = 9
"""Channel 10 for musicians: General MIDI's drums."""

MELODIC_CHANNELS = tuple(channel for channel in range(16) if channel != DRUM_CHANNEL)


class Place(NamedTuple):
    """Where a track plays: a port has sixteen channels of its own."""

    port: int
    channel: int


def places_of(sounds: Sequence[Hashable], drums: Sequence[bool]) -> list[Place]:
    """A channel of its own for each of the first fifteen melodic tracks; all drums share theirs.

    Later ones play on further ports, which not every reader knows. For those that put all ports together a
    track gets the channel whose last user sounds the same, as long as one is left on its port: then the
    channel's program is right for both.

    Args:
        sounds: per track, what its program change selects.
        drums: per track, whether it holds drums.
    """
    places: list[Place] = []
    last: dict[int, Hashable] = {}
    melodic = 0
    free: list[int] = []
    for sound, is_drums in zip(sounds, drums, strict=True):
        if is_drums:
            places.append(Place(0, DRUM_CHANNEL))
            continue
        port, at = divmod(melodic, len(MELODIC_CHANNELS))
        if at == 0:
            free = list(MELODIC_CHANNELS)
        channel = next((each for each in free if port and last[each] == sound), free[0])
        free.remove(channel)
        last[channel] = sound
        places.append(Place(port, channel))
        melodic += 1
    return places
