"""What a hand does in the timeline: drags, menus, typing, undo."""

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from musicgen_desktop.ui.timeline._inline_field import InlineField

LEFT = Qt.MouseButton.LeftButton
NONE, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier


class Painted(QObject):
    """What of a widget was painted."""

    def __init__(self, widget):
        super().__init__(widget)
        self.rects = []
        widget.installEventFilter(self)

    def eventFilter(self, _watched, event):  # noqa: N802 - as Qt has it
        if event.type() == QEvent.Type.Paint:
            self.rects.append(event.rect())
        return False


def drag(qtbot, view, start, end, modifiers=NONE, *, release=True):
    """Press, two moves, release."""
    qtbot.mousePress(view, LEFT, modifiers, start)
    for place in (QPoint((start.x() + end.x()) // 2, (start.y() + end.y()) // 2), end):
        move(view, place, modifiers)
    if release:
        qtbot.mouseRelease(view, LEFT, modifiers, end)


def move(view, place, modifiers=NONE, buttons=LEFT):
    """The mouse with a button held; `qtbot.mouseMove` knows no modifiers."""
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(place),
        QPointF(view.mapToGlobal(place)),
        Qt.MouseButton.NoButton,
        buttons,
        modifiers,
    )
    QApplication.sendEvent(view, event)


def wheel(view, place, turn, modifiers=NONE):
    """A notch is 120."""
    event = QWheelEvent(
        QPointF(place),
        QPointF(view.mapToGlobal(place)),
        QPoint(),
        QPoint(0, turn),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # noqa: FBT003 - Qt's own order
    )
    QApplication.sendEvent(view, event)


def field_of(view):
    """The field that is open; None without one."""
    return next((each for each in view.findChildren(InlineField) if not each.isHidden()), None)


def type_into(qtbot, view, text, key=Qt.Key.Key_Return):
    """Another text into the open field."""
    field = field_of(view)
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, key)


def menu_at(view, place):
    """The menu of a right click."""
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, view.mapToGlobal(place))
    QApplication.sendEvent(view, event)
    return getattr(view, "menu", None)


def every_action(menu):
    """Its lines and those of its submenus."""
    for action in menu.actions():
        yield action
        if action.menu() is not None:
            yield from every_action(action.menu())


def choose(menu, text):
    """A line by its words."""
    action = next(each for each in every_action(menu) if each.text().split("\t")[0] == text)
    action.trigger()
    menu.close()


def assert_one_undo(bridges, before):
    """Exactly one step leads back, and one on again."""
    after = bridges.project.project
    assert after != before
    bridges.project.undo()
    assert bridges.project.project == before
    bridges.project.redo()
    assert bridges.project.project == after
