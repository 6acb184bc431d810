"""A user without a mouse."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from tests.unit.ui.main_window.conftest import settle


def press(*keys):
    """Keys one after another, each to what has the focus then: “Ctrl+1”, “Return”."""
    for key in keys:
        combination = QKeySequence(key)[0]
        target = QApplication.focusWidget() or QApplication.activeWindow()
        QTest.keyClick(target, combination.key(), combination.keyboardModifiers())
        settle()


def type_in(text):
    """Letters to what has the focus."""
    QTest.keyClicks(QApplication.focusWidget(), text)
    settle()


def name_of(widget):
    """What a screen reader says of a widget."""
    if isinstance(widget, QComboBox):
        return widget.accessibleName()  # Qt passes on what is chosen instead
    interface = QAccessible.queryAccessibleInterface(widget)
    return "" if interface is None else interface.text(QAccessible.Text.Name)


def focused_name():
    """What a screen reader says of what has the focus."""
    return name_of(QApplication.focusWidget())


def tab_to(name, key="Tab", most=80):
    """Tab until something of that name has the focus."""
    for _ in range(most):
        if focused_name() == name:
            return
        press(key)
    raise AssertionError(f"“{name}” is not reached; the last one is “{focused_name()}”")


def in_dialog(open_it, use):
    """Do something that waits for a dialog, and use the dialog meanwhile: `use` is given it."""
    used, raised = [], []

    def look():
        dialog = QApplication.activeModalWidget()
        if dialog is None or used:
            return
        used.append(dialog)
        try:
            settle()
            use(dialog)
        except BaseException as error:  # noqa: BLE001 - Qt would lose it
            raised.append(error)
        finally:
            if QApplication.activeModalWidget() is dialog:
                dialog.reject()

    timer = QTimer(interval=0)
    timer.timeout.connect(look)
    timer.start()
    open_it()
    timer.stop()
    if raised:
        raise raised[0]
    assert used, "no dialog opened"


def takes_text(widget):
    """Whether letters typed there become text."""
    if isinstance(widget, QComboBox):
        return widget.isEditable()
    is_text = isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit | QAbstractSpinBox)
    return is_text and not widget.isReadOnly()


def can_focus(widget):
    """Whether the Tab key stops there."""
    by_tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(by_tab) and widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None


def focusable(root):
    """All widgets in a window or panel where the Tab key stops."""
    return [each for each in root.findChildren(QWidget) if can_focus(each)]
