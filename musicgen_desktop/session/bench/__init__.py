"""How fast this machine composes, renders and plays; every figure is measured when it is asked for."""

from ._compose import bench_compose
from ._load import Load
from ._playback import bench_playback
from ._render import bench_render
from ._song import wide_song
from ._table import Row, Table

__all__ = ["Load", "Row", "Table", "bench_compose", "bench_playback", "bench_render", "wide_song"]
