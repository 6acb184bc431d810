"""Edits of what lies along the song: tempo, meter, key, chords, sections, markers, loop."""

from ._chords import delete_chord, move_chord, set_chord
from ._meter_and_key import delete_key, delete_meter, set_key, set_meter
from ._places import (
    add_marker,
    delete_marker,
    move_marker,
    rename_marker,
    rename_project,
    set_end,
    set_loop,
)
from ._sections import (
    add_section,
    delete_section,
    duplicate_section,
    move_section,
    rename_section,
    resize_section,
)
from ._tempo import delete_tempo, move_tempo, ramp_tempo, set_tempo

__all__ = [
    "add_marker",
    "add_section",
    "delete_chord",
    "delete_key",
    "delete_marker",
    "delete_meter",
    "delete_section",
    "delete_tempo",
    "duplicate_section",
    "move_chord",
    "move_marker",
    "move_section",
    "move_tempo",
    "ramp_tempo",
    "rename_marker",
    "rename_project",
    "rename_section",
    "resize_section",
    "set_chord",
    "set_end",
    "set_key",
    "set_loop",
    "set_meter",
    "set_tempo",
]
