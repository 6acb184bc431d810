"""Musical time: ticks, tempo, meter, bars and beats, and the grid.

A tick is an integer, `PPQ` of them to the quarter note, and the only musical truth. Seconds and frames are
derived from ticks through a `TempoMap`. BPM always means quarter notes per minute. Bars and beats count
from 1.

While a song plays, a `PlayClock` tells other processes which frame of the timeline is heard when, and how the
song goes on: a little ahead of the ear, so that a jump or a stop is known before it is heard.
"""

from ._grid import Grid, grid_lines
from ._master_clock import MasterClock, MasterState
from ._master_clock_page import MasterClockPage
from ._meter import Meter, MeterChange, MeterMap
from ._passages import Passage, Passages
from ._play_clock import ClockReading, HeardCourse
from ._play_clock_page import PlayClock
from ._playhead import SHORTEST_LOOP_FRAMES, Playhead, Span
from ._position import Position, parse_position
from ._tempo import MAX_BPM, MIN_BPM, TempoMap, TempoPoint, check_tempo
from ._ticks import PPQ, Tick, note_ticks

__all__ = [
    "MAX_BPM",
    "MIN_BPM",
    "PPQ",
    "SHORTEST_LOOP_FRAMES",
    "ClockReading",
    "Grid",
    "HeardCourse",
    "MasterClock",
    "MasterClockPage",
    "MasterState",
    "Meter",
    "MeterChange",
    "MeterMap",
    "Passage",
    "Passages",
    "PlayClock",
    "Playhead",
    "Position",
    "Span",
    "TempoMap",
    "TempoPoint",
    "Tick",
    "check_tempo",
    "grid_lines",
    "note_ticks",
    "parse_position",
]
