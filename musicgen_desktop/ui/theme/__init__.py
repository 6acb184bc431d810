"""How the window looks: tokens, font, icons, palette and style sheet, all from one table of colours."""

from musicgen_desktop.document import TRACK_COLOURS

from ._apply import apply_theme
from ._current import blend, colour, tokens, wear
from ._dress import dress, restyle
from ._fonts import FAMILY, font, load_fonts
from ._icons import icon, icon_names
from ._language import languages, speak
from ._tokens import (
    DARK,
    LIGHT,
    METER_FALL_DB_S,
    PEAK_HOLD_S,
    THEMES,
    Sizes,
    Tokens,
    contrast,
)

__all__ = [
    "DARK",
    "FAMILY",
    "LIGHT",
    "METER_FALL_DB_S",
    "PEAK_HOLD_S",
    "THEMES",
    "TRACK_COLOURS",
    "Sizes",
    "Tokens",
    "apply_theme",
    "blend",
    "colour",
    "contrast",
    "dress",
    "font",
    "icon",
    "icon_names",
    "languages",
    "load_fonts",
    "restyle",
    "speak",
    "tokens",
    "wear",
]
