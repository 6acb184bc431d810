"""The piano roll's edits: notes and controllers of a clip, step input, and what is painted behind the notes.

Every edit is a pure function of the project. Ticks are content ticks of the clip unless said otherwise.
"""

from ._context import (
    chord_at,
    drum_names,
    ghost_notes,
    key_at,
    key_of_clip,
    pitches_in_key,
)
from ._controls import (
    ControlKind,
    ControlLane,
    control_lanes,
    control_range,
    controls_in_lane,
    delete_controls,
    draw_controls,
)
from ._draw import (
    SHORTEST_TICKS,
    add_notes,
    count_from_clip_start,
    delete_notes,
    duplicate_notes,
    glue_notes,
    move_notes,
    paste_notes,
    resize_notes,
    selection_in,
    split_notes,
)
from ._exchange import NotesEdit, song_tick
from ._pitch import invert_notes, snap_to_chords, snap_to_scale, transpose_in_scale, transpose_notes
from ._step_input import KeyMove, StepInput
from ._timing import humanize_notes, legato_notes, quantize_notes, reverse_notes, stretch_notes
from ._velocity import draw_velocity, scale_velocity, set_velocity, shift_velocity

__all__ = [
    "SHORTEST_TICKS",
    "ControlKind",
    "ControlLane",
    "KeyMove",
    "NotesEdit",
    "StepInput",
    "add_notes",
    "chord_at",
    "control_lanes",
    "control_range",
    "controls_in_lane",
    "count_from_clip_start",
    "delete_controls",
    "delete_notes",
    "draw_controls",
    "draw_velocity",
    "drum_names",
    "duplicate_notes",
    "ghost_notes",
    "glue_notes",
    "humanize_notes",
    "invert_notes",
    "key_at",
    "key_of_clip",
    "legato_notes",
    "move_notes",
    "paste_notes",
    "pitches_in_key",
    "quantize_notes",
    "resize_notes",
    "reverse_notes",
    "scale_velocity",
    "selection_in",
    "set_velocity",
    "shift_velocity",
    "snap_to_chords",
    "snap_to_scale",
    "song_tick",
    "split_notes",
    "stretch_notes",
    "transpose_in_scale",
    "transpose_notes",
]
