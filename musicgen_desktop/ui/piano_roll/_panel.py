"""The piano roll: keyboard, notes and lane of the clip that is edited."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QMenu,
    QScrollBar,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from musicgen_desktop.document import NotesClip
from musicgen_desktop.ui.bridges import Bridges
from musicgen_desktop.ui.widgets import EmptyState, TextButton

from ._audition import Audition
from ._edits import RollEdits
from ._keyboard_view import KeyboardView
from ._lane_scale import LaneScale
from ._lane_view import LaneView
from ._notes_view import NotesView
from ._popovers import HumanizePopover, Popover, QuantizePopover, VelocityPopover
from ._roll_actions import RollActions
from ._ruler_view import RulerView
from ._step_keys import StepKeys
from ._toolbar import RollToolbar
from ._view_model import RollModel

_AIR_PX = 200
_LOW_PX = 230
"""Lower than this there is no room for a lane."""
_LANE_SHARE = 0.3
"""Of the panel's height: a larger lane gets smaller when the panel does."""


class PianoRollPanel(QWidget):
    """Shows the notes clip that the selection names as edited, or says how one comes here."""

    def __init__(self, bridges: Bridges, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Piano roll"))
        self._bridges = bridges
        self.model = RollModel(bridges, self)
        self.edits = RollEdits(self.model)
        self.audition = Audition(self.model, self)
        self.steps = StepKeys(self.model, self.audition, self)
        self.actions_by_name = RollActions(self.model, self.edits, self.steps, bridges.actions, self)
        self._add_popovers()
        self.toolbar = RollToolbar(self.model, self.actions_by_name, self)
        self.ruler = RulerView(self.model, self)
        self.keyboard = KeyboardView(self.model, self.audition, self)
        self.notes = NotesView(self.model, self.edits, self.audition, self.steps, self)
        self.lane = LaneView(self.model, self.edits, self)
        self.scale = LaneScale(self.model, self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty_state())
        self._stack.addWidget(self._roll())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self._connect()
        self._on_clip()

    # ---- parts ---------------------------------------------------------------------------------

    def _empty_state(self) -> QWidget:
        empty = EmptyState(
            "piano_roll",
            self.tr("No notes here yet"),
            self.tr("Double-click a notes clip to edit its notes here"),
        )
        self.first = TextButton(self.tr("Edit the first clip"), empty, kind="primary")
        self.first.clicked.connect(self._edit_first)
        empty.add(self.first)
        return empty

    def _roll(self) -> QWidget:
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.toolbar)
        self._time_bar = QScrollBar(Qt.Orientation.Horizontal, page)
        self._row_bar = QScrollBar(Qt.Orientation.Vertical, page)
        self._corners = [QWidget(page), QWidget(page), self.scale]
        upper = QWidget(page)
        grid = _grid(upper)
        grid.addWidget(self._corners[0], 0, 0)
        grid.addWidget(self.ruler, 0, 1)
        grid.addWidget(self.keyboard, 1, 0)
        grid.addWidget(self.notes, 1, 1)
        grid.addWidget(self._row_bar, 1, 2)
        self._lower = QWidget(page)
        below = _grid(self._lower)
        below.addWidget(self.scale, 0, 0)
        below.addWidget(self.lane, 0, 1)
        spacer = QWidget(self._lower)
        spacer.setFixedWidth(self._row_bar.sizeHint().width())
        below.addWidget(spacer, 0, 2)
        self._splitter = QSplitter(Qt.Orientation.Vertical, page)
        self._splitter.setHandleWidth(4)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(upper)
        self._splitter.addWidget(self._lower)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setSizes([1000, 72])
        column.addWidget(self._splitter, 1)
        bottom = QHBoxLayout()
        bottom.setSpacing(0)
        bottom.addWidget(self._corners[1])
        bottom.addWidget(self._time_bar, 1)
        bottom.addSpacing(self._row_bar.sizeHint().width())
        column.addLayout(bottom)
        return page

    def _add_popovers(self) -> None:
        self.quantize = QuantizePopover(self)
        self.quantize.quantize_requested.connect(self.edits.quantize)
        self.humanize = HumanizePopover(self)
        self.humanize.humanize_requested.connect(self.edits.humanize)
        self.velocity = VelocityPopover(self)
        self.velocity.velocity_requested.connect(self.edits.set_velocity)
        add, part = self.actions_by_name.add, self.actions_by_name.parts["timing"]
        add(
            "quantize",
            part,
            self.tr("Quantize"),
            lambda: self._open(self.quantize, self.toolbar.quantize),
            "Q",
        )
        add(
            "humanize",
            part,
            self.tr("Humanize"),
            lambda: self._open(self.humanize, self.toolbar.humanize),
            "Ctrl+H",
        )
        part = self.actions_by_name.parts["edit"]
        add("velocity", part, self.tr("Set velocity"), self._type_velocity, "Shift+V")

    def _connect(self) -> None:
        model, player = self.model, self._bridges.player
        model.clip_changed.connect(self._on_clip)
        model.view_changed.connect(self._show_bars)
        self.notes.menu_wanted.connect(self._open_menu)
        self.lane.menu_wanted.connect(lambda place: _popped_up(self.actions_by_name.lane_menu(self), place))
        self.ruler.menu_wanted.connect(lambda place: _popped_up(self.actions_by_name.ruler_menu(self), place))
        self._time_bar.valueChanged.connect(self._on_time_bar)
        self._row_bar.valueChanged.connect(
            lambda value: model.show(model.geometry.scrolled(model.geometry.left_tick, value))
        )
        self._head_x: int | None = None
        player.place_changed.connect(self._on_place)
        self._bridges.project.changed.connect(lambda _change: self._show_first())
        self._bridges.project.opened.connect(self._show_first)

    def take_focus(self) -> None:
        """To the notes, or to the button that brings some."""
        target = self.first if self.model.clip is None else self.notes
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # ---- what happens --------------------------------------------------------------------------

    def resizeEvent(self, event: object) -> None:
        """Without height there is no lane, and with little of it the notes come first."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._lower.setVisible(self.height() >= _LOW_PX)
        most, (upper, lower) = round(_LANE_SHARE * self.height()), self._splitter.sizes()
        if lower > most:
            self._splitter.setSizes([upper + lower - most, most])

    def _on_clip(self) -> None:
        is_roll = self.model.clip is not None
        self._stack.setCurrentIndex(1 if is_roll else 0)
        if not is_roll:
            self._show_first()
        self._show_bars()

    def _show_first(self) -> None:
        self.first.setVisible(_first_clip(self._bridges) is not None)

    def _edit_first(self) -> None:
        clip = _first_clip(self._bridges)
        if clip is not None:
            self._bridges.selection.edit_clip(clip.id)
            self.notes.setFocus()

    def _show_bars(self) -> None:
        model, geometry = self.model, self.model.geometry
        width = self.keyboard.sizeHint().width()
        for corner in self._corners:
            if corner.width() != width:
                corner.setFixedWidth(width)
        if model.clip is None:
            return
        scale = geometry.px_per_tick
        first = min(0.0, geometry.left_tick)
        end = max(model.zero + model.content_end, geometry.tick_at(0)) + _AIR_PX / scale
        for bar in (self._time_bar, self._row_bar):
            bar.blockSignals(True)  # noqa: FBT003 - Qt's own
        self._time_bar.setRange(round(first * scale), max(0, round(end * scale) - geometry.width))
        self._time_bar.setPageStep(geometry.width)
        self._time_bar.setSingleStep(40)
        self._time_bar.setValue(round(geometry.left_tick * scale))
        self._row_bar.setRange(0, geometry.most_top_px)
        self._row_bar.setPageStep(geometry.height)
        self._row_bar.setSingleStep(geometry.row_px)
        self._row_bar.setValue(geometry.top_px)
        for bar in (self._time_bar, self._row_bar):
            bar.blockSignals(False)  # noqa: FBT003 - Qt's own

    def _on_time_bar(self, value: int) -> None:
        geometry = self.model.geometry
        self.model.show(geometry.scrolled(value / geometry.px_per_tick, geometry.top_px))

    def _on_place(self, _tick: float) -> None:
        """Repaint two narrow stripes: where the play head was, and where it is."""
        model, geometry = self.model, self.model.geometry
        if model.clip is None:
            return
        tick = model.play_tick
        x = None if tick is None else round(geometry.x_of(tick))
        is_followed = model.follows and self._bridges.player.is_running and model.preview is None
        if tick is not None and x is not None and is_followed and not 0 <= x < geometry.width:
            model.show(geometry.scrolled(tick - 24 / geometry.px_per_tick, geometry.top_px))
            x = 24
        for place in (self._head_x, x):
            if place is not None and -4 <= place <= geometry.width + 4:
                for view in (self.notes, self.lane, self.ruler):
                    view.update(QRect(place - 4, 0, 9, view.height()))
        self._head_x = x

    def _open_menu(self, note: object, place: QPoint) -> None:
        has_notes = note is not None or bool(self.model.selected)
        made = self.actions_by_name.note_menu(self) if has_notes else self.actions_by_name.grid_menu(self)
        _popped_up(made, place)

    def _open(self, popover: Popover, anchor: QWidget) -> None:
        if self.model.clip is not None:
            popover.open_at(anchor)

    def _type_velocity(self) -> None:
        if self.model.selected:
            loudest = max(note.velocity for note in self.model.selected)
            self.velocity.velocity.setValue(loudest)
            self._open(self.velocity, self.toolbar.quantize)
            self.velocity.velocity.selectAll()


def _popped_up(menu: QMenu, place: QPoint) -> None:
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.popup(place)


def _grid(parent: QWidget) -> QGridLayout:
    grid = QGridLayout(parent)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(0)
    grid.setColumnStretch(1, 1)
    return grid


def _first_clip(bridges: Bridges) -> NotesClip | None:
    clips = (clip for track in bridges.project.project.tracks for clip in track.clips)
    return next((clip for clip in clips if isinstance(clip, NotesClip)), None)
