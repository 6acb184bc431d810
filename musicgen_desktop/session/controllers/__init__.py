"""What one may do with songs and projects: each job joins the rooms that it needs."""

from .compose import ComposeSong
from .export import ExportProject, ExportReport
from .remake import RemakeBars
from .render import RenderProject, RenderReport
from .request import bars_of, checked_bits, checked_rate, request_of, stems_of
from .song_report import SongReport
from .styles import StyleListing, list_styles

__all__ = [
    "ComposeSong",
    "ExportProject",
    "ExportReport",
    "RemakeBars",
    "RenderProject",
    "RenderReport",
    "SongReport",
    "StyleListing",
    "bars_of",
    "checked_bits",
    "checked_rate",
    "list_styles",
    "request_of",
    "stems_of",
]
