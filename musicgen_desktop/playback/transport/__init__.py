"""Where the song is, and where it goes next: plain values and rules, no thread and no sound card."""

from ._metronome import clicks_between, count_in_start
from ._playhead import SHORTEST_LOOP_FRAMES, Playhead, Span

__all__ = ["SHORTEST_LOOP_FRAMES", "Playhead", "Span", "clicks_between", "count_in_start"]
