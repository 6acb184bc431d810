"""Songs become files: the mix, stems, and what lies between, faster than they play."""

from ._mix import Write, render_mix, stream_mix, stream_stems
from ._stems import apply_master, render_pre_master, render_stems
from ._strip_sound import PlacedBlock, stream_strip
from ._tracks import render_sources

__all__ = [
    "PlacedBlock",
    "Write",
    "apply_master",
    "render_mix",
    "render_pre_master",
    "render_sources",
    "render_stems",
    "stream_mix",
    "stream_stems",
    "stream_strip",
]
