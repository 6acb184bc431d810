"""A project becomes a plan: absolute frames, strips in mixing order, latency and solo worked out."""

from ._compile import compile_plan
from ._frozen import freeze_holds, frozen_inputs, is_by_font
from ._routing import Routes, RoutingCycleError, find_routes
from ._sound_files import ClipReader, SoundFiles
from ._sources import PIANO
from ._values import ClipsSource, NotesSource, PlannedClip, PlannedStrip, RenderPlan, Source

__all__ = [
    "PIANO",
    "ClipReader",
    "ClipsSource",
    "NotesSource",
    "PlannedClip",
    "PlannedStrip",
    "RenderPlan",
    "Routes",
    "RoutingCycleError",
    "SoundFiles",
    "Source",
    "compile_plan",
    "find_routes",
    "freeze_holds",
    "frozen_inputs",
    "is_by_font",
]
