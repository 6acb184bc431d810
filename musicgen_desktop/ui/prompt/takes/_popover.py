"""Everything that is known of a take, to be read and copied."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from musicgen_desktop.session.controllers.generating import Candidate
from musicgen_desktop.ui.widgets import IconButton, TextButton, screen_room

from ._words import parameters, parameters_text

_WIDTH, _HIGHEST = 380, 560


class ParametersPopover(QFrame):
    """Opens beside the take; Esc or a click elsewhere closes it."""

    def __init__(self, candidate: Candidate, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("kind", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(self.tr("All parameters of {name}").format(name=candidate.take.name))
        title = QLabel(candidate.take.name, self)
        title.setProperty("kind", "title")
        title.setTextFormat(Qt.TextFormat.PlainText)
        self.copy = TextButton(self.tr("Copy all"), self, icon_name="copy")
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(parameters_text(candidate)))
        close = IconButton("close", self.tr("Close"), self)
        close.clicked.connect(self.close)
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(self.copy)
        head.addWidget(close)
        page = QFrame()
        page.setProperty("kind", "panel")
        grid = QGridLayout(page)
        grid.setContentsMargins(12, 0, 12, 12)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for heading, rows in parameters(candidate):
            _add_group(grid, heading, rows)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(page)
        area.setAccessibleName(self.tr("Parameters"))
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 8, 1, 1)
        head.setContentsMargins(12, 0, 8, 0)
        column.addLayout(head)
        column.addWidget(area, 1)
        self.resize(_WIDTH, min(_HIGHEST, page.sizeHint().height() + 60))

    def open_at(self, place: QPoint) -> None:
        """Show it with its corner there, wholly on the screen."""
        room = screen_room(place)
        x = min(place.x(), room.right() - self.width())
        y = min(place.y(), room.bottom() - self.height())
        self.move(max(room.left(), x), max(room.top(), y))
        self.show()
        self.copy.setFocus(Qt.FocusReason.PopupFocusReason)


def _add_group(grid: QGridLayout, heading: str, rows: tuple[tuple[str, str], ...]) -> None:
    label = QLabel(heading)
    label.setProperty("kind", "heading")
    label.setContentsMargins(0, 10, 0, 2)
    grid.addWidget(label, grid.rowCount(), 0, 1, 2)
    for name, value in rows:
        row = grid.rowCount()
        left = QLabel(name)
        left.setProperty("kind", "soft")
        left.setMaximumWidth(130)
        left.setWordWrap(True)
        right = QLabel(value)
        right.setTextFormat(Qt.TextFormat.PlainText)
        right.setWordWrap(True)
        right.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for each in (left, right):
            each.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(left, row, 0)
        grid.addWidget(right, row, 1)
