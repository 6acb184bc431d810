"""The fields in which names, chords and numbers of the lanes are typed."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QRect
from PySide6.QtWidgets import QWidget

from musicgen_desktop.ui.timeline._inline_field import InlineField
from musicgen_desktop.ui.timeline._view_state import SongLane

from ._geometry import LanesGeometry
from ._hit import Hit, rect_of
from ._view_model import LanesModel

_WIDTH_PX, _LEAST_PX, _HIGHEST_PX = 150, 72, 24


class LaneFields(QObject):
    """Opens a field over the thing that is typed, inside the view.

    Args:
        model: of the lanes.
        view: the lanes.
        geometry: where everything lies now.
    """

    def __init__(self, model: LanesModel, view: QWidget, geometry: Callable[[], LanesGeometry]) -> None:
        super().__init__(view)
        self._model, self._view, self._geometry = model, view, geometry

    def type_text(self, hit: Hit) -> None:
        """A thing's name, symbol or number."""
        model = self._model
        box = rect_of(model.project, self._geometry(), hit).toRect()
        self._open(hit.lane, box, model.text_of(hit), lambda text: model.set_text(hit, text))

    def type_new(self, lane: SongLane, tick: float) -> None:
        """A new chord, key or meter, in the bar of a tick."""
        model = self._model
        start = model.project.meter_map.tick_of_bar(model.bar_at(tick))
        if lane == "chords":
            # Where chords change within the bar, a new one begins behind the last of them.
            ends = [each.tick + each.length_ticks for each in model.project.chords]
            start = max([start, *(end for end in ends if end <= tick)])

        def take(text: str) -> bool:
            if lane == "chords":
                return model.put_chord(start, text)
            return model.set_text(Hit(lane, "body", str(start)), text)

        left = round(self._geometry().timeline.x_of(start))
        self._open(lane, QRect(left, 0, _WIDTH_PX, _HIGHEST_PX), "", take)

    def _open(self, lane: SongLane, box: QRect, text: str, take: Callable[[str], bool]) -> None:
        strip = self._geometry().lane(lane)
        if strip is None:
            return
        left = min(max(0, box.left()), max(0, self._view.width() - _WIDTH_PX))
        height = min(_HIGHEST_PX, strip.height)
        top = strip.top + (0 if lane == "ruler" else (strip.height - height) // 2)
        width = min(_WIDTH_PX, max(_LEAST_PX, box.width()))
        name = {
            "sections": self.tr("Name of the section"),
            "chords": self.tr("Chord, such as Am7 or F#m7b5"),
            "key": self.tr("Key, such as F# minor or D dorian"),
            "meter": self.tr("Meter, such as 4/4 or 7/8"),
            "tempo": self.tr("Tempo in beats per minute"),
            "ruler": self.tr("Name of the marker"),
        }[lane]
        InlineField(self._view, QRect(left, top, width, height), text, name, take)
