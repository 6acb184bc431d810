"""Controller lanes below the notes of a clip: numbered controllers, pitch bend, channel pressure.

All ticks are the clip's content ticks. Every function that takes a clip's id raises UserInputError when there
is no such clip of notes; a controller number outside 0 … 127 is a ValueError.
"""

from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from musicgen_desktop.document import NotesClip, Project
from musicgen_desktop.music import Control
from musicgen_desktop.session.commands._edit import Edit

from ._exchange import find_notes_clip, with_clip_changed

ControlKind = Literal["cc", "pitch_bend", "pressure"]

_NAMES = {
    1: "Modulation",
    2: "Breath",
    4: "Foot",
    5: "Portamento time",
    7: "Volume",
    10: "Pan",
    11: "Expression",
    64: "Sustain pedal",
    65: "Portamento",
    66: "Sostenuto pedal",
    67: "Soft pedal",
    71: "Resonance",
    72: "Release time",
    73: "Attack time",
    74: "Brightness",
    91: "Reverb",
    93: "Chorus",
}


class ControlLane(msgspec.Struct, frozen=True):
    """One controller of a clip.

    Attributes:
        kind: as in `music.Control`.
        number: which controller, 0 … 127; 0 for the other kinds.
        name: what a person calls it.
        low: smallest value.
        high: largest value.
        is_used: whether the clip moves it.
    """

    kind: ControlKind
    number: int
    name: str
    low: int
    high: int
    is_used: bool


_USUAL: tuple[tuple[ControlKind, int], ...] = (
    ("cc", 1),
    ("cc", 11),
    ("cc", 64),
    ("pitch_bend", 0),
    ("pressure", 0),
)


def control_lanes(clip: NotesClip) -> tuple[ControlLane, ...]:
    """The lanes to offer: modulation, expression, sustain, bend, pressure, and what else the clip moves."""
    used = {(control.kind, control.number) for control in clip.controls}
    others = sorted(used - set(_USUAL))
    lanes: list[ControlLane] = []
    for kind, number in (*_USUAL, *others):
        low, high = control_range(kind)
        lanes.append(ControlLane(kind, number, _name(kind, number), low, high, (kind, number) in used))
    return tuple(lanes)


def control_range(kind: ControlKind) -> tuple[int, int]:
    """The smallest and the largest value of a kind of controller."""
    return (-8192, 8191) if kind == "pitch_bend" else (0, 127)


def controls_in_lane(clip: NotesClip, kind: ControlKind, number: int = 0) -> tuple[Control, ...]:
    """The moves of one controller, by time."""
    lane = (control for control in clip.controls if (control.kind, control.number) == (kind, number))
    return tuple(sorted(lane, key=lambda control: control.tick))


def draw_controls(
    project: Project, clip_id: str, kind: ControlKind, number: int, points: Sequence[tuple[int, int]]
) -> Edit:
    """Draw a stroke: all moves of the controller from its first to its last tick give way to it.

    Args:
        project: the project as it is.
        clip_id: of a notes clip.
        kind: as in `music.Control`.
        number: which controller; 0 for the other kinds.
        points: (tick, value) in the order of drawing; of two at one tick the later drawn stays.
            Ticks before 0 count as 0, values outside `control_range` as the nearest in it.
    """
    low, high = control_range(kind)
    drawn = {max(0, tick): max(low, min(high, value)) for tick, value in points}
    stroke = [Control(tick, kind, number, value) for tick, value in drawn.items()]
    first, last = min(drawn, default=0), max(drawn, default=-1)
    return _redrawn(project, clip_id, "Draw controller", kind, number, first, last + 1, stroke)


def delete_controls(
    project: Project, clip_id: str, kind: ControlKind, number: int, start_tick: int, end_tick: int
) -> Edit:
    """Take out the controller's moves from `start_tick` up to, not including, `end_tick`."""
    return _redrawn(project, clip_id, "Delete controller", kind, number, start_tick, end_tick, ())


def _redrawn(
    project: Project,
    clip_id: str,
    label: str,
    kind: ControlKind,
    number: int,
    start_tick: int,
    end_tick: int,
    stroke: Iterable[Control],
) -> Edit:
    track, clip = find_notes_clip(project, clip_id)
    kept = [
        control
        for control in clip.controls
        if (control.kind, control.number) != (kind, number) or not start_tick <= control.tick < end_tick
    ]
    controls = tuple(sorted((*kept, *stroke), key=lambda control: control.tick))
    changed = msgspec.structs.replace(clip, controls=controls)
    return Edit(label, with_clip_changed(project, track, changed))


def _name(kind: ControlKind, number: int) -> str:
    if kind == "pitch_bend":
        return "Pitch bend"
    if kind == "pressure":
        return "Pressure"
    return _NAMES.get(number, f"Controller {number}")
