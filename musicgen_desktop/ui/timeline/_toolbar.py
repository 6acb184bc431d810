"""The row above the timeline: tools, grid, follow and zoom."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QWidget

from musicgen_desktop.ui.bridges import SNAP_CHOICES, Bridges, SnapChoice
from musicgen_desktop.ui.theme import colour, tokens
from musicgen_desktop.ui.widgets import IconButton, TextButton

TOOLBAR_PX = 34

_TOOLS = (
    ("tool.select", "select"),
    ("tool.range", "range"),
    ("tool.draw", "draw"),
    ("tool.split", "split"),
    ("tool.erase", "erase"),
    ("tool.mute", "mute"),
)
_EDITS = (("clip.duplicate", "copy"), ("clip.glue", "glue"), ("clip.crossfade", "fade"))
_ZOOMS = (("timeline.zoom_out", "zoom_out"), ("timeline.fit", "fit"), ("timeline.zoom_in", "zoom_in"))
_GAP_PX = 12
_EDITS_FROM_PX, _ZOOMS_FROM_PX = 560, 430


class TimelineToolbar(QWidget):
    """Buttons of the canvas's actions, and the grid that drags snap to."""

    def __init__(self, bridges: Bridges, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridges = bridges
        self.setFixedHeight(TOOLBAR_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(8, 3, 8, 3)
        self._row.setSpacing(2)
        # In a narrow window parts are hidden; the row itself must not hold the window open.
        self._row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        self._add_buttons(_TOOLS)
        self._row.addSpacing(_GAP_PX)
        self._add_grid()
        self._row.addSpacing(_GAP_PX)
        self._edits = self._add_buttons(_EDITS)
        self._row.addStretch(1)
        self._add_buttons((("timeline.follow", "follow"),))
        self._row.addSpacing(_GAP_PX)
        self._zooms = self._add_buttons(_ZOOMS)
        bridges.snap.changed.connect(self._show)
        self._show()

    def minimumSizeHint(self) -> QSize:
        """As narrow as tools and grid are."""
        return QSize(_ZOOMS_FROM_PX, TOOLBAR_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What keys do as well goes first when it gets narrow."""
        super().resizeEvent(event)
        for button in self._edits:
            button.setVisible(self.width() >= _EDITS_FROM_PX)
        for button in self._zooms:
            button.setVisible(self.width() >= _ZOOMS_FROM_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A panel's ground, and a line below."""
        worn, painter = tokens(), QPainter(self)
        painter.fillRect(self.rect(), colour(worn.raised))
        painter.fillRect(0, self.height() - 1, self.width(), 1, colour(worn.line))

    def _add_buttons(self, names: tuple[tuple[str, str], ...]) -> list[IconButton]:
        made: list[IconButton] = []
        for action_id, icon in names:
            button = IconButton.of(self._bridges.actions[action_id], icon, self)
            button.setIconSize(QSize(16, 16))
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._row.addWidget(button)
            made.append(button)
        return made

    def _add_grid(self) -> None:
        self.snap = QComboBox(self)
        self.snap.setAccessibleName(self.tr("Grid"))
        self.snap.setToolTip(self.tr("The grid that clips snap to; hold Ctrl to leave it"))
        words = {"adaptive": self.tr("Adaptive"), "bar": self.tr("Bar"), "off": self.tr("Off")}
        for choice in SNAP_CHOICES:
            self.snap.addItem(words.get(choice, choice), choice)
        self.snap.setFixedWidth(96)
        self.snap.activated.connect(self._on_snap)
        self.triplets = TextButton("3", self, checkable=True, tip=self.tr("Triplets"))
        self.triplets.setAccessibleName(self.tr("Triplets"))
        self.triplets.setFixedWidth(30)
        self.triplets.clicked.connect(self._bridges.snap.set_triplets)
        self._row.addWidget(self.snap)
        self._row.addWidget(self.triplets)

    def _on_snap(self, place: int) -> None:
        choice: SnapChoice = self.snap.itemData(place)
        self._bridges.snap.choose(choice)

    def _show(self) -> None:
        self.snap.setCurrentIndex(self.snap.findData(self._bridges.snap.choice))
        self.triplets.setChecked(self._bridges.snap.triplets)
