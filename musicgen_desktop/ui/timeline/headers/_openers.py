"""What opens over the headers: fields, menus and the chooser of instruments."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtWidgets import QMenu, QWidget

from musicgen_desktop.document import Track
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.session.commands import learnable_targets
from musicgen_desktop.ui.bridges import Bridges, LearnTarget, add_learn_lines
from musicgen_desktop.ui.timeline._inline_field import InlineField
from musicgen_desktop.ui.timeline._view_state import TimelineState
from musicgen_desktop.ui.widgets import InstrumentPicker, decibels, typed_decibels

from ._geometry import Hit, Part, add_rect, learnable_of
from ._menus import TrackMenu, add_menu, colour_menu, lane_menu, output_menu, targets_menu
from ._view_model import HeadersModel

RectOf = Callable[[str, Part, str], QRect]
"""Track id, part and target → where it lies in the view."""
Asks = Callable[[Track], list[tuple[str, Callable[[], object]]]]
"""What a track's menu asks of others: words and what they do."""


class HeaderOpeners(QObject):
    """Opens each thing beside the part of the header that it belongs to.

    Args:
        bridges: of the window.
        state: of the timeline.
        model: of the headers.
        view: the headers.
        rect_of: see there.
        asks: see there.
    """

    def __init__(
        self,
        bridges: Bridges,
        state: TimelineState,
        model: HeadersModel,
        view: QWidget,
        rect_of: RectOf,
        asks: Asks,
    ) -> None:
        super().__init__(view)
        self._bridges, self._state, self._model = bridges, state, model
        self._view, self._rect_of, self._asks = view, rect_of, asks
        self.menu: QMenu | None = None
        self.picker: InstrumentPicker | None = None

    def rename(self, track_id: str) -> None:
        """The field of a track's name."""
        box = self._rect_of(track_id, "name", "").adjusted(-4, -1, 0, 1)
        name, text = self.tr("Name of the track"), self._model.track(track_id).name
        InlineField(self._view, box, text, name, partial(self._model.rename, track_id))

    def type_gain(self, track_id: str) -> None:
        """The field of a track's level."""
        box = self._rect_of(track_id, "value", "").adjusted(-18, -2, 0, 2)
        written = decibels(self._model.track(track_id).gain_db)
        InlineField(self._view, box, written, self.tr("Level in dB"), partial(self._take_gain, track_id))

    def kind(self, track_id: str) -> None:
        """The instrument of a track of notes, or where another one plays to."""
        track = self._model.track(track_id)
        box = self._rect_of(track_id, "kind", "")
        place = self._below(self._rect_of(track_id, "body", "") if box.isEmpty() else box)
        if track.kind == "notes":
            try:
                self.picker = InstrumentPicker(track.patch, self._view)
            except UserInputError as error:
                self._bridges.project.refused.emit(str(error))
                return
            self.picker.patch_chosen.connect(partial(self._model.set_patch, track_id))
            self.picker.open_at(place)
        elif track.kind != "master":
            self._open(output_menu(self._model, track_id, self._view), place)

    def menu_below(self, hit: Hit) -> None:
        """The menu that a click on a part opens; nothing for parts without one."""
        model, view = self._model, self._view
        match hit.part:
            case "add":
                box = add_rect(self._state.geometry, view.width())
                self._open(add_menu(self._bridges.actions, view), self._below(box))
            case "colour":
                menu = colour_menu(model, hit.track_id, view)
                self._open(menu, self._below(self._rect_of(hit.track_id, "colour", "")))
            case "target":
                menu = targets_menu(model, self._state, hit.track_id, view, shown=hit.target)
                self._open(menu, self._below(self._rect_of(hit.track_id, "target", hit.target)))
            case "kind":
                self.kind(hit.track_id)
            case _:
                pass

    def context_menu(self, hit: Hit | None, place: QPoint) -> None:
        """The menu of what is under the mouse, at a place of the screen."""
        model, view, actions = self._model, self._view, self._bridges.actions
        if hit is None or not hit.track_id:
            self._open(add_menu(actions, view), place)
        elif hit.target:
            menu = lane_menu(model, self._state, hit.track_id, hit.target, view)
            menu.addSeparator()
            add_learn_lines(menu, self._bridges.learning, LearnTarget(hit.track_id, hit.target))
            self._open(menu, place)
        else:
            if hit.track_id not in model.selected:
                model.select(hit.track_id)
            track = model.track(hit.track_id)
            track_menu = TrackMenu(model, self._state, actions, track, self._asks(track), view)
            self._add_learning(track_menu, hit, track)
            self._open(track_menu, place)

    def _add_learning(self, menu: QMenu, hit: Hit, track: Track) -> None:
        """What a controller can move: of the part under the mouse, or in a menu of its own."""
        learning, first = self._bridges.learning, menu.actions()[0]
        if learnable_of(hit.part):
            lines = QMenu(menu)
            add_learn_lines(lines, learning, LearnTarget(track.id, learnable_of(hit.part)))
            menu.insertActions(first, lines.actions())
            menu.insertSeparator(first)
            return
        names = {
            "gain_db": self.tr("fader"),
            "pan": self.tr("pan"),
            "muted": self.tr("mute"),
            "soloed": self.tr("solo"),
            "armed": self.tr("arm"),
        }
        menu.addSeparator()
        lines = menu.addMenu(self.tr("Learn MIDI"))
        known = {each.target for each in learnable_targets(self._model.project, track)}
        for target, name in names.items():
            if target in known:
                add_learn_lines(lines, learning, LearnTarget(track.id, target), name)

    def _take_gain(self, track_id: str, text: str) -> bool:
        try:
            gain_db = typed_decibels(text)
        except ValueError:
            self._bridges.project.refused.emit(self.tr("A level is a number of decibels, like -6 or +1.5."))
            return False
        return self._model.set_gain(track_id, gain_db)

    def _open(self, menu: QMenu, place: QPoint) -> None:
        self.menu = menu
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def _below(self, box: QRect) -> QPoint:
        return self._view.mapToGlobal(box.bottomLeft() + QPoint(0, 2))
