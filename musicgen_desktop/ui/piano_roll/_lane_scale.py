"""The values at the lane's top, middle and bottom, left of it."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from musicgen_desktop.session.commands.notes import control_range
from musicgen_desktop.ui.theme import Sizes, colour, font, tokens

from ._lane_geometry import LaneGeometry
from ._view_model import RollModel


def lane_geometry(model: RollModel, height: int) -> LaneGeometry:
    """The heights of the lane that is shown, this many pixels high."""
    low, high = (1, 127) if model.lane is None else control_range(model.lane[0])
    return LaneGeometry(height, low, high)


class LaneScale(QWidget):
    """Three numbers, or two where it is low."""

    def __init__(self, model: RollModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setAccessibleName(self.tr("Values of the lane"))
        model.options_changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The numbers, each at its height."""
        worn, lane = tokens(), lane_geometry(self._model, self.height())
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(worn.ground))
        painter.setPen(QPen(colour(worn.line_strong), 1))
        painter.drawLine(0, 0, self.width(), 0)
        painter.drawLine(self.width() - 1, 0, self.width() - 1, self.height())
        painter.setFont(font(Sizes.TINY, tabular=True))
        painter.setPen(colour(worn.text_faint))
        middle = (lane.low + lane.high + 1) // 2
        for value in (lane.low, lane.high) if self.height() < 52 else (lane.low, middle, lane.high):
            y = max(8, min(self.height() - 8, round(lane.y_of(value))))
            text = str(value).replace("-", "−")
            box = QRect(2, y - 8, self.width() - 10, 16)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)
        painter.end()
