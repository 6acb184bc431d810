"""What one may do with songs and projects: each job joins the rooms that it needs."""

from ._asked import chosen_soundfont
from ._named_tracks import names_of
from ._song_sound import SoundWish
from .bounce import BounceProject, BounceReport, BounceTracks
from .compose import ComposeSong
from .export import ExportProject, ExportReport
from .freeze import FreezeProject, FreezeReport, FreezeTrack, UnfreezeTrack
from .remake import RemakeBars
from .render import RenderProject, RenderReport
from .request import bars_of, checked_bits, checked_midi, checked_rate, request_of, stems_of
from .song_report import SongReport
from .styles import StyleListing, list_styles

__all__ = [
    "BounceProject",
    "BounceReport",
    "BounceTracks",
    "ComposeSong",
    "ExportProject",
    "ExportReport",
    "FreezeProject",
    "FreezeReport",
    "FreezeTrack",
    "RemakeBars",
    "RenderProject",
    "RenderReport",
    "SongReport",
    "SoundWish",
    "StyleListing",
    "UnfreezeTrack",
    "bars_of",
    "checked_bits",
    "checked_midi",
    "checked_rate",
    "chosen_soundfont",
    "list_styles",
    "names_of",
    "request_of",
    "stems_of",
]
