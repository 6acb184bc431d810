"""The engine that needs no weights: prompt → plan (form, key, tempo, chords) → notes of every stem.

Styles are data: one TOML file each, ours in `resources/styles`, the user's in `user_data_folder()/styles`.
"""

from ._composer import Composer
from ._plan import Plan, SectionPlan, StemPlan
from ._style import Style
from ._style_checks import parse_patch
from ._style_files import BadStyleFileError, Styles, UnknownStyleError, load_styles, style_folders

__all__ = [
    "BadStyleFileError",
    "Composer",
    "Plan",
    "SectionPlan",
    "StemPlan",
    "Style",
    "Styles",
    "UnknownStyleError",
    "load_styles",
    "parse_patch",
    "style_folders",
]
