"""Tools, grid and views above the notes."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from musicgen_desktop.session.commands.notes import control_lanes
from musicgen_desktop.ui.bridges import SNAP_CHOICES, SnapChoice
from musicgen_desktop.ui.theme import Sizes, colour, font, tokens
from musicgen_desktop.ui.widgets import IconButton, TextButton

from ._choice import Choice
from ._roll_actions import TOOLS, RollActions, lane_name
from ._view_model import RollModel

TOOLBAR_PX = 34
_ICONS = {
    **{name: name for name in TOOLS},
    "step_input": "keyboard",
    "scale": "chord",
    "scale_snap": "magnet",
    "ghosts": "layer",
    "drum_map": "drums",
    "follow": "follow",
    "fit": "fit",
    "line": "automation",
}


class RollToolbar(QFrame):
    """One line: what is shown, tools, the grid, what is done to notes, and how the roll looks."""

    def __init__(self, model: RollModel, actions: RollActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model, self._actions = model, actions
        self.setProperty("kind", "panel")
        self.setFixedHeight(TOOLBAR_PX)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(8, 3, 8, 3)
        self._row.setSpacing(2)
        # In a narrow window parts are hidden; the line itself must not hold the window open.
        self._row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        for name in (*TOOLS, "step_input"):
            self._row.addWidget(self._button(name))
        self._gap()
        self._add_grid()
        self._gap()
        self.quantize, self.humanize, self._legato = (
            self._worded(name) for name in ("quantize", "humanize", "legato")
        )
        for button in (self.quantize, self.humanize, self._legato):
            self._row.addWidget(button)
        self._gap()
        self._add_lane()
        self._row.addStretch(1)
        self._add_title()
        self._row.addStretch(1)
        for name in ("scale", "scale_snap", "ghosts", "drum_map", "follow", "fit"):
            self._row.addWidget(self._button(name))
        for signal in (model.clip_changed, model.selection_changed, model.bridges.snap.changed):
            signal.connect(self._show)
        for signal in (model.options_changed, model.clip_changed):
            signal.connect(self._show_lanes)
        self._show_lanes()
        self._show()

    def minimumSizeHint(self) -> QSize:
        """As narrow as the tools are."""
        return QSize(420, TOOLBAR_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What matters least goes first when it gets narrow."""
        super().resizeEvent(event)
        width = self.width()
        self.about.setVisible(width >= 1060)
        self.title.setVisible(width >= 920)
        self._legato.setVisible(width >= 860)
        self.humanize.setVisible(width >= 800)
        self.line.setVisible(width >= 740)
        self.lane.setVisible(width >= 700)
        self.triplets.setVisible(width >= 560)
        self.quantize.setVisible(width >= 530)

    def _add_grid(self) -> None:
        self.snap = Choice(self)
        self.snap.setAccessibleName(self.tr("Grid"))
        self.snap.setToolTip(self.tr("The grid that notes snap to; hold Ctrl to leave it"))
        words = {"adaptive": self.tr("Adaptive"), "bar": self.tr("Bar"), "off": self.tr("Off")}
        for choice in SNAP_CHOICES:
            self.snap.addItem(words.get(choice, choice), choice)
        self.snap.setFixedWidth(92)
        self.snap.activated.connect(self._on_snap)
        self.triplets = TextButton("3", self, checkable=True, tip=self.tr("Triplets"))
        self.triplets.setAccessibleName(self.tr("Triplets"))
        self.triplets.setFixedWidth(30)
        self.triplets.clicked.connect(self._model.bridges.snap.set_triplets)
        self._row.addWidget(self.snap)
        self._row.addWidget(self.triplets)

    def _add_lane(self) -> None:
        model = self._model
        self.lane = Choice(self)
        self.lane.setAccessibleName(self.tr("Lane"))
        self.lane.setToolTip(self.tr("What the lane below the notes shows"))
        self.lane.setFixedWidth(126)
        self.lane.activated.connect(lambda place: model.set_lane(self.lane.itemData(place)))
        self.line = self._button("line")
        self._row.addWidget(self.lane)
        self._row.addWidget(self.line)

    def _add_title(self) -> None:
        self.about = QLabel(self)
        self.about.setProperty("kind", "faint")
        self.title = QLabel(self)
        self.title.setFont(font(Sizes.SMALL, 600))
        self.title.setMaximumWidth(220)
        self._row.addWidget(self.about)
        self._row.addSpacing(8)
        self._row.addWidget(self.title)

    def _show_lanes(self) -> None:
        clip = self._model.clip
        self.lane.clear()
        self.lane.addItem(self.tr("Velocity"), None)
        for lane in () if clip is None else control_lanes(clip):
            self.lane.addItem(lane_name(lane), (lane.kind, lane.number))
        for place in range(self.lane.count()):
            if self.lane.itemData(place) == self._model.lane:
                self.lane.setCurrentIndex(place)

    def _button(self, name: str) -> IconButton:
        button = IconButton.of(self._actions[name], _ICONS[name], self)
        button.setIconSize(QSize(16, 16))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _worded(self, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setDefaultAction(self._actions[name])
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName(self._actions[name].text())
        return button

    def _gap(self) -> None:
        self._row.addSpacing(5)
        self._row.addWidget(_Bar(self), 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addSpacing(5)

    def _on_snap(self, place: int) -> None:
        choice: SnapChoice = self.snap.itemData(place)
        self._model.bridges.snap.choose(choice)

    def _show(self) -> None:
        model, snap = self._model, self._model.bridges.snap
        self.snap.setCurrentIndex(self.snap.findData(snap.choice))
        self.triplets.setChecked(snap.triplets)
        clip = model.clip
        name = "" if clip is None else clip.name or (model.track.name if model.track else "")
        metrics = self.title.fontMetrics()
        self.title.setText(metrics.elidedText(name, Qt.TextElideMode.ElideRight, 200))
        self.title.setToolTip(name)
        if clip is None:
            self.about.setText("")
        elif model.selected:
            self.about.setText(self.tr("Selected: {count}").format(count=len(model.selected)))
        else:
            count = self.tr("Notes: {count}").format(count=len(clip.notes_inside()))
            key = f"{model.key}" if model.key is not None else ""
            self.about.setText("  ·  ".join(part for part in (key, count) if part))


class _Bar(QWidget):
    """A thin line between groups."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(1, 18)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line."""
        QPainter(self).fillRect(event.rect(), colour(tokens().line_strong))
