"""What one frame of the lanes shows, as plain values."""

import msgspec

from musicgen_desktop.document import Project

from ._geometry import LanesGeometry
from ._hit import Hit


class LanesPicture(msgspec.Struct, frozen=True):
    """One frame.

    Attributes:
        project: as it is, or as the drag under way would make it.
        origin: the project before that drag; the same object when there is none.
        geometry: where everything lies.
        play_tick: where the play head is.
        span: the selected span of time.
        selected: the thing that keys are about.
        hover: what is under the mouse.
        guide_tick: where a drag would land; None without one.
        guide_text: what is said there.
        guide_y: where it is said, in pixels of the view.
        has_focus: the keyboard is here.
    """

    project: Project
    origin: Project
    geometry: LanesGeometry
    play_tick: float = 0.0
    span: tuple[int, int] | None = None
    selected: Hit | None = None
    hover: Hit | None = None
    guide_tick: int | None = None
    guide_text: str = ""
    guide_y: float = 0.0
    has_focus: bool = False

    def is_marked(self, hit: Hit) -> bool:
        """Whether this is the selected thing."""
        return self.selected is not None and (self.selected.lane, self.selected.key) == (hit.lane, hit.key)

    def is_hovered(self, hit: Hit) -> bool:
        """Whether the mouse is on it."""
        return self.hover is not None and (self.hover.lane, self.hover.key) == (hit.lane, hit.key)
