"""Edits of clips on the timeline."""

from ._add import add_notes_clip
from ._edges import loop_clip, repeat_clip, split_clips, trim_clip
from ._glue import glue_clips
from ._place import copy_clips, delete_clips, duplicate_clips, move_clips, paste_clips
from ._sound import (
    color_clips,
    crossfade_clips,
    mute_clips,
    rename_clip,
    reverse_clips,
    set_clip_gain,
    set_fades,
)
from ._time import delete_time, insert_time

__all__ = [
    "add_notes_clip",
    "color_clips",
    "copy_clips",
    "crossfade_clips",
    "delete_clips",
    "delete_time",
    "duplicate_clips",
    "glue_clips",
    "insert_time",
    "loop_clip",
    "move_clips",
    "mute_clips",
    "paste_clips",
    "rename_clip",
    "repeat_clip",
    "reverse_clips",
    "set_clip_gain",
    "set_fades",
    "split_clips",
    "trim_clip",
]
