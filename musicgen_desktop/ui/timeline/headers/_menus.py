"""The menus of the headers."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QAction, QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QMenu, QWidget

from musicgen_desktop.document import Track
from musicgen_desktop.session.commands import automation_targets
from musicgen_desktop.ui.bridges import Actions
from musicgen_desktop.ui.timeline._view_state import TimelineState
from musicgen_desktop.ui.widgets import colour_names

from ._view_model import HeadersModel

translate = QCoreApplication.translate


def colour_menu(model: HeadersModel, track_id: str, parent: QWidget) -> QMenu:
    """The palette of twelve, each with its name."""
    menu = QMenu(translate("Headers", "Colour"), parent)
    current = model.track(track_id).color
    for code, name in colour_names().items():
        action = _add(menu, name, partial(model.recolour, track_id, code))
        action.setIcon(_dot(code))
        action.setCheckable(True)
        action.setChecked(code == current)
    return menu


def add_menu(actions: Actions, parent: QWidget) -> QMenu:
    """Which kind of track comes."""
    menu = QMenu(translate("Headers", "Add track"), parent)
    for each in ("track.add_notes", "track.add_audio", "track.add_bus"):
        menu.addAction(actions[each])
    return menu


def output_menu(model: HeadersModel, track_id: str, parent: QWidget) -> QMenu:
    """Where a track plays to."""
    menu = QMenu(translate("Headers", "Output"), parent)
    track, project = model.track(track_id), model.project
    buses = [(each.id, each.name) for each in project.tracks if each.kind == "bus" and each.id != track_id]
    choices: list[tuple[str | None, str]] = [(None, project.master.name), *buses]
    for output, name in choices:
        action = _add(menu, name, partial(model.route, track_id, output))
        action.setCheckable(True)
        action.setChecked(track.output == output)
    return menu


def targets_menu(
    model: HeadersModel, state: TimelineState, track_id: str, parent: QWidget, *, shown: str = ""
) -> QMenu:
    """The knobs of a track: a lane of each can be opened, or shown in place of another one.

    Args:
        model: of the headers.
        state: of the timeline.
        track_id: of the track.
        parent: the view.
        shown: the target that the lane shows now; empty to open one more lane.
    """
    menu = QMenu(translate("Headers", "Show automation of"), parent)
    track = model.track(track_id)
    moved = {curve.target for curve in track.automation if curve.points}
    sub: QMenu | None = None
    heading = ""
    for knob in automation_targets(model.project, track):
        # “Equalizer: low gain” stands as “low gain” in the menu “Equalizer”.
        title, colon, name = knob.label.partition(": ")
        if not colon:
            into, text = menu, knob.label
        else:
            if sub is None or title != heading:
                sub, heading = menu.addMenu(title), title
            into, text = sub, name
        if shown:
            slot: Callable[[], object] = partial(model.swap_lane, track_id, shown, knob.target)
        else:
            slot = partial(state.open_lane, track_id, knob.target)
        action = _add(into, f"• {text}" if knob.target in moved else text, slot)
        action.setCheckable(True)
        action.setChecked(knob.target in state.lanes_of(track_id))
    return menu


def lane_menu(
    model: HeadersModel, state: TimelineState, track_id: str, target: str, parent: QWidget
) -> QMenu:
    """What one can do to a lane."""
    menu = QMenu(parent)
    menu.addMenu(targets_menu(model, state, track_id, menu, shown=target))
    more = targets_menu(model, state, track_id, menu)
    more.setTitle(translate("Headers", "Open one more lane"))
    menu.addMenu(more)
    curve = next((each for each in model.track(track_id).automation if each.target == target), None)
    menu.addSeparator()
    if curve is not None:
        moves = _add(
            menu,
            translate("Headers", "Automation moves the knob"),
            partial(model.toggle_curve, track_id, target),
        )
        moves.setCheckable(True)
        moves.setChecked(curve.enabled)
        _add(menu, translate("Headers", "Remove automation"), partial(model.remove_curve, track_id, target))
    _add(menu, translate("Headers", "Close lane"), partial(state.close_lane, track_id, target))
    return menu


class TrackMenu(QMenu):
    """Made anew at every right click on a header.

    Args:
        model: of the headers.
        state: of the timeline.
        actions: of the window.
        track: under the mouse.
        asks: freeze, bounce and hand over, each with its words; what there is to ask for.
        parent: the view.
    """

    def __init__(
        self,
        model: HeadersModel,
        state: TimelineState,
        actions: Actions,
        track: Track,
        asks: list[tuple[str, Callable[[], object]]],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        for each in ("track.add_notes", "track.add_audio", "track.add_bus"):
            self.addAction(actions[each])
        self.addSeparator()
        is_master = track.kind == "master"
        self.addAction(actions["track.rename"])
        self.addMenu(colour_menu(model, track.id, self))
        if not is_master:
            for each in ("track.duplicate", "track.group", "track.delete"):
                self.addAction(actions[each])
        self.addSeparator()
        for each in ("track.mute",) if is_master else ("track.mute", "track.solo"):
            self.addAction(actions[each])
        if track.kind in ("audio", "notes"):
            self.addAction(actions["track.arm"])
        self.addSeparator()
        if track.kind == "notes":
            self.addAction(actions["track.instrument"])
        if not is_master:
            self.addMenu(output_menu(model, track.id, self))
        self.addMenu(targets_menu(model, state, track.id, self))
        self.addAction(actions["track.lanes"])
        self.addSeparator()
        sizes = self.addMenu(translate("Headers", "Row height"))
        for text, height in (
            (translate("Headers", "Small"), 26),
            (translate("Headers", "Medium"), 44),
            (translate("Headers", "Large"), 64),
            (translate("Headers", "Huge"), 120),
        ):
            _add(sizes, text, partial(state.set_row_height, track.id, height))
        _add(sizes, translate("Headers", "As usual"), partial(state.reset_row_height, track.id))
        self.addSeparator()
        for text, slot in asks:
            _add(self, text, slot)


def _add(menu: QMenu, text: str, slot: Callable[[], object]) -> QAction:
    action = menu.addAction(text)
    action.triggered.connect(lambda _checked=False: slot())
    return action


def _dot(code: str) -> QIcon:
    picture = QPixmap(14, 14)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(code))
    painter.drawRoundedRect(QRectF(1.0, 1.0, 12.0, 12.0), 3.0, 3.0)
    painter.end()
    return QIcon(picture)
