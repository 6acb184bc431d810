"""How fast this machine composes, renders, plays and paints; each figure is measured when asked for."""

from ._compose import bench_compose
from ._decode import DECODER_SIZES, DecodeTable, bench_decode
from ._load import Load
from ._playback import bench_playback
from ._render import bench_render
from ._song import wide_song
from ._table import Row, Table
from ._take_engine import TAKE_ENGINE, lay_out_engine
from ._window import WINDOW_BENCH, WindowAnswer, WindowSizes, WindowTask, bench_window

__all__ = [
    "DECODER_SIZES",
    "TAKE_ENGINE",
    "WINDOW_BENCH",
    "DecodeTable",
    "Load",
    "Row",
    "Table",
    "WindowAnswer",
    "WindowSizes",
    "WindowTask",
    "bench_compose",
    "bench_decode",
    "bench_playback",
    "bench_render",
    "bench_window",
    "lay_out_engine",
    "wide_song",
]
