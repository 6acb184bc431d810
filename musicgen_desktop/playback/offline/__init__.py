"""Songs become files: the mix, stems, and what lies between, faster than they play."""

from ._mix import render_mix, stream_mix
from ._stems import apply_master, render_pre_master, render_stems
from ._tracks import render_sources

__all__ = [
    "apply_master",
    "render_mix",
    "render_pre_master",
    "render_sources",
    "render_stems",
    "stream_mix",
]
