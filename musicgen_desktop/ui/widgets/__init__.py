"""Small controls that panels share. None knows the project."""

from ._buttons import IconButton, TextButton
from ._colour_swatch import ColourSwatch, colour_names
from ._drag_handle import (
    DragHandle,
    Files,
    HandleState,
    carry_files,
    drag_tip,
    handle_cursor,
    paint_handle,
)
from ._elided import ElidedLabel
from ._empty import EmptyState
from ._instrument_picker import InstrumentPicker
from ._knob import Knob
from ._notice import NoticeBar
from ._number_field import NumberField
from ._number_text import decibels, pan_text, plain, signed, typed_decibels, typed_number, typed_pan
from ._page import Columns, ScrollPage, text_label
from ._picker import Picker, PickerEntry
from ._progress_row import ProgressRow
from ._reveal import copy_paths, reveal
from ._screen_room import screen_room

__all__ = [
    "ColourSwatch",
    "Columns",
    "DragHandle",
    "ElidedLabel",
    "EmptyState",
    "Files",
    "HandleState",
    "IconButton",
    "InstrumentPicker",
    "Knob",
    "NoticeBar",
    "NumberField",
    "Picker",
    "PickerEntry",
    "ProgressRow",
    "ScrollPage",
    "TextButton",
    "carry_files",
    "colour_names",
    "copy_paths",
    "decibels",
    "drag_tip",
    "handle_cursor",
    "paint_handle",
    "pan_text",
    "plain",
    "reveal",
    "screen_room",
    "signed",
    "text_label",
    "typed_decibels",
    "typed_number",
    "typed_pan",
]
