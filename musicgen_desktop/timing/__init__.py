"""Musical time: ticks, tempo, meter, bars and beats, and the grid.

A tick is an integer, `PPQ` of them to the quarter note, and the only musical truth. Seconds and frames are
derived from ticks through a `TempoMap`. BPM always means quarter notes per minute. Bars and beats count
from 1.
"""

from ._grid import Grid, grid_lines
from ._meter import Meter, MeterChange, MeterMap
from ._position import Position, parse_position
from ._tempo import MAX_BPM, MIN_BPM, TempoMap, TempoPoint, check_tempo
from ._ticks import PPQ, Tick, note_ticks

__all__ = [
    "MAX_BPM",
    "MIN_BPM",
    "PPQ",
    "Grid",
    "Meter",
    "MeterChange",
    "MeterMap",
    "Position",
    "TempoMap",
    "TempoPoint",
    "Tick",
    "check_tempo",
    "grid_lines",
    "note_ticks",
    "parse_position",
]
