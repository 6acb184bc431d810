"""Where the song is, and where it goes next: plain values and rules, no thread and no sound card."""

from musicgen_desktop.timing import SHORTEST_LOOP_FRAMES, Playhead, Span

from ._metronome import clicks_between, count_in_start
from ._transport import Transport, TransportState

__all__ = [
    "SHORTEST_LOOP_FRAMES",
    "Playhead",
    "Span",
    "Transport",
    "TransportState",
    "clicks_between",
    "count_in_start",
]
