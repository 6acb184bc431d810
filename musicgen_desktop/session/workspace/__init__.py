"""Around the open project: recent ones, a home for unsaved work, what a crash left, lost audio files."""

from ._lost_media import Found, MissingMedia, find_in_folder, missing_media, relocate, relocate_all
from ._open_mark import LeftBehind, OpenMark, left_behind
from ._recent import Recent, RecentProject
from ._unsaved import is_unsaved, new_project_folder, projects_folder, remove_unsaved, remove_untouched

__all__ = [
    "Found",
    "LeftBehind",
    "MissingMedia",
    "OpenMark",
    "Recent",
    "RecentProject",
    "find_in_folder",
    "is_unsaved",
    "left_behind",
    "missing_media",
    "new_project_folder",
    "projects_folder",
    "relocate",
    "relocate_all",
    "remove_unsaved",
    "remove_untouched",
]
