"""Small controls that panels share. None knows the project."""

from ._buttons import IconButton, TextButton
from ._drag_handle import DragHandle, Files, carry_files
from ._empty import EmptyState
from ._knob import Knob
from ._notice import NoticeBar

__all__ = [
    "DragHandle",
    "EmptyState",
    "Files",
    "IconButton",
    "Knob",
    "NoticeBar",
    "TextButton",
    "carry_files",
]
