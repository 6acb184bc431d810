"""What a track sends: the messages of its MIDI file, on its live channel."""

from musicgen_desktop.document import Project, Track
from musicgen_desktop.exchange.live_sync import Part
from musicgen_desktop.exchange.midi_file import track_midi

from ._routing import Route

_CONTROL, _PROGRAM = 0xB0, 0xC0
_BANK = (0, 32)


def part_of(project: Project, track: Track, route: Route) -> Part:
    """All that a track sends; nothing while it is muted."""
    if not route.is_heard:
        return Part(track.id, route.port, route.channel)
    setup: list[bytes] = []
    messages: list[tuple[int, bytes]] = []
    tick = 0
    for message in track_midi(project, track).tracks[-1]:
        tick += message.time
        if message.is_meta:
            continue
        data = bytes(message.bytes())
        if data[0] >= 0xF0:
            continue
        data = bytes((data[0] & 0xF0 | route.channel, *data[1:]))
        kind = data[0] & 0xF0
        if tick == 0 and (kind == _PROGRAM or (kind == _CONTROL and data[1] in _BANK)):
            setup.append(data)
        else:
            messages.append((tick, data))
    return Part(track.id, route.port, route.channel, tuple(setup), tuple(messages))
