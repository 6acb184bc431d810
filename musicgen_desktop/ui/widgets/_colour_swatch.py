"""A patch of colour that opens the twelve track colours."""

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from musicgen_desktop.ui.theme import TRACK_COLOURS, colour, tokens


def colour_names() -> dict[str, str]:
    """What each of the twelve is called, so that nobody has to tell them apart by eye."""
    say = QCoreApplication.translate
    names = (
        say("ColourSwatch", "Coral"),
        say("ColourSwatch", "Orange"),
        say("ColourSwatch", "Yellow"),
        say("ColourSwatch", "Green"),
        say("ColourSwatch", "Teal"),
        say("ColourSwatch", "Sky"),
        say("ColourSwatch", "Blue"),
        say("ColourSwatch", "Violet"),
        say("ColourSwatch", "Purple"),
        say("ColourSwatch", "Pink"),
        say("ColourSwatch", "Brown"),
        say("ColourSwatch", "Slate"),
    )
    return dict(zip(TRACK_COLOURS, names, strict=True))


class ColourSwatch(QToolButton):
    """Shows a colour; a click offers others. `clearable` is the text of a line that chooses none."""

    colour_chosen = Signal(str)

    def __init__(self, name: str, *, clearable: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colour = ""
        self._name = name
        self.setFixedSize(22, 22)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(name)
        self.setToolTip(name)
        menu = QMenu(self)
        if clearable:
            menu.addAction(clearable, lambda: self.colour_chosen.emit(""))
            menu.addSeparator()
        for code, words in colour_names().items():
            menu.addAction(_dot(code), words, lambda chosen=code: self.colour_chosen.emit(chosen))
        self.setMenu(menu)

    @property
    def shown(self) -> str:
        """The colour, “#rrggbb”; empty for none, or for several."""
        return self._colour

    def show_colour(self, code: str) -> None:
        """The project changed."""
        if code != self._colour:
            self._colour = code
            words = colour_names().get(code, code)
            self.setToolTip(f"{self._name}: {words}" if words else self._name)
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The patch, and the ring of the focus."""
        worn = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(3.5, 3.5, -3.5, -3.5)
        painter.setPen(colour(worn.line_strong) if not self.underMouse() else colour(worn.text))
        painter.setBrush(colour(self._colour) if self._colour else Qt.BrushStyle.Dense6Pattern)
        painter.drawRoundedRect(box, 3, 3)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(colour(worn.accent))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)

    def sizeHint(self) -> QSize:
        """Small."""
        return QSize(22, 22)


def _dot(code: str) -> QIcon:
    picture = QPixmap(16, 16)
    picture.fill(QColor(0, 0, 0, 0))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(code))
    painter.drawRoundedRect(QRectF(1, 1, 14, 14), 3, 3)
    painter.end()
    return QIcon(picture)
