"""What one frame of the headers shows, as plain values."""

import msgspec

from musicgen_desktop.document import Project
from musicgen_desktop.ui.timeline._geometry import TimelineGeometry
from musicgen_desktop.ui.widgets import HandleState

from ._geometry import Hit


class LaneText(msgspec.Struct, frozen=True):
    """What an automation lane's header says: the knob, its value at the play head, whether it moves."""

    label: str
    value: str
    enabled: bool
    has_curve: bool


class HeadersPicture(msgspec.Struct, frozen=True):
    """One frame.

    Attributes:
        project: as it is.
        geometry: of the timeline.
        width: of the view.
        height: of the view.
        selected: ids of the selected tracks.
        current: id of the current one.
        hover: what is under the mouse.
        silent: ids of the tracks that others' solo silences.
        lanes: (track id, target) → what its header says.
        open_lanes: ids of the tracks with open lanes.
        words: track id → instrument or kind.
        has_focus: the keyboard is here.
        carries: headers have a handle that carries files out.
        handles: track id → how far those files are, where anybody asked for them.
        drop_line: where a dragged header would go; None without one.
        dragged: id of that track.
    """

    project: Project
    geometry: TimelineGeometry
    width: int
    height: int
    selected: frozenset[str] = frozenset()
    current: str = ""
    hover: Hit | None = None
    silent: frozenset[str] = frozenset()
    lanes: dict[tuple[str, str], LaneText] = {}
    open_lanes: frozenset[str] = frozenset()
    words: dict[str, str] = {}
    has_focus: bool = False
    carries: bool = False
    handles: dict[str, HandleState] = {}
    drop_line: int | None = None
    dragged: str = ""
