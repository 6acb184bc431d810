"""How fast this machine composes and renders; every figure is measured when it is asked for."""

from ._compose import bench_compose
from ._render import bench_render
from ._table import Row, Table

__all__ = ["Row", "Table", "bench_compose", "bench_render"]
