"""What makes a control learnable: lines in its menu, its controller in its tooltip, a mark in its corner."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QMenu, QToolTip, QWidget

from musicgen_desktop.ui.theme import colour, tokens

from ._learning import LearnBridge, LearnTarget

translate = QCoreApplication.translate

MARK_PX = 7
"""The size of the mark: a folded corner, at the right of the top."""


def add_learn_lines(menu: QMenu, learning: LearnBridge, target: LearnTarget, what: str = "") -> None:
    """“Learn MIDI…” and, for what is bound, “Forget MIDI”.

    Args:
        menu: gets the lines.
        learning: is asked.
        target: what a controller is to move.
        what: its name, where the menu is of more than one thing.
    """
    learn = translate("Learn", "Learn MIDI for {name}…").format(name=what) if what else ""
    learn = learn or translate("Learn", "Learn MIDI…")
    menu.addAction(learn).triggered.connect(lambda _checked=False: learning.learn(target))
    mark = learning.mark_of(target)
    if mark:
        text = translate("Learn", "Forget MIDI ({controller})").format(controller=mark)
        menu.addAction(text).triggered.connect(lambda _checked=False: learning.forget(target))


def tip_with_mark(tip: str, learning: LearnBridge, target: LearnTarget) -> str:
    """A tooltip with the controller in a line of its own."""
    mark = learning.mark_of(target)
    if not mark:
        return tip
    said = translate("Learn", "MIDI: {controller}").format(controller=mark)
    return f"{tip}\n{said}" if tip else said


def paint_learn_mark(painter: QPainter, right: float, top: float) -> None:
    """The folded corner of what a controller moves."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(tokens().accent_strong))
    corner = (QPointF(right - MARK_PX, top), QPointF(right, top), QPointF(right, top + MARK_PX))
    painter.drawPolygon(QPolygonF(corner))
    painter.restore()


class LearnSpot(QObject):
    """Makes a widget learnable: a right click, or the menu key, offers to learn it.

    Args:
        widget: what a controller is to move; it owns this.
        learning: is asked.
        target: of the widget.
        others: what its menu offers to learn as well, for it has no control of its own: target and name.
    """

    def __init__(
        self,
        widget: QWidget,
        learning: LearnBridge,
        target: LearnTarget,
        others: Sequence[tuple[LearnTarget, str]] = (),
    ) -> None:
        super().__init__(widget)
        self._widget, self._learning, self._target, self._others = widget, learning, target, others
        self._mark = _Mark(widget)
        self._mark.hide()
        widget.installEventFilter(self)
        learning.changed.connect(self._show)
        self._show()

    @property
    def is_marked(self) -> bool:
        """Whether a controller moves it."""
        return not self._mark.isHidden()

    def turn_to(self, target: LearnTarget) -> None:
        """The widget shows something else now."""
        self._target = target
        self._show()

    def menu(self) -> QMenu:
        """What a right click opens."""
        menu = QMenu(self._widget)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        add_learn_lines(menu, self._learning, self._target)
        for target, name in self._others:
            menu.addSeparator()
            add_learn_lines(menu, self._learning, target, name)
        return menu

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Menu and tooltip are ours; the mark stays in its corner."""
        if isinstance(event, QContextMenuEvent):
            by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
            below = self._widget.mapToGlobal(QPoint(0, self._widget.height()))
            self.menu().popup(below if by_key else event.globalPos())
            return True
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self.is_marked:
            tip = tip_with_mark(self._widget.toolTip(), self._learning, self._target)
            QToolTip.showText(event.globalPos(), tip, self._widget)
            return True
        if event.type() == QEvent.Type.Resize:
            self._mark.place()
        return super().eventFilter(watched, event)

    def _show(self) -> None:
        mark = self._learning.mark_of(self._target)
        if mark == self._mark.accessibleName():
            return  # every edit comes by here
        self._mark.setAccessibleName(mark)
        self._mark.setVisible(bool(mark))
        self._mark.place()


class _Mark(QWidget):
    def __init__(self, of: QWidget) -> None:
        super().__init__(of)
        self._of = of
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.resize(MARK_PX, MARK_PX)

    def place(self) -> None:
        self.move(self._of.width() - MARK_PX - 1, 1)
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_learn_mark(QPainter(self), float(MARK_PX), 0.0)
